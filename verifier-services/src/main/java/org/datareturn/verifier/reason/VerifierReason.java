package org.datareturn.verifier.reason;

import org.datareturn.policy.ReasonCode;

/**
 * Why a verification was refused, or a row of a registry was not taken. The codes of malformed values depend on the
 * request alone: they are decided before any registry is read, so they tell nothing about what a registry holds.
 */
public enum VerifierReason implements ReasonCode {
    /** No such product. */
    PRODUCT_UNKNOWN(Kind.NOT_FOUND, "没有名为 {0} 的核验产品。", "There is no verification product named {0}."),
    /** The authorised call is not for this request: another product, or other fields than were authorised. */
    CALL_NOT_FOR_REQUEST(
            Kind.DENIED,
            "该授权调用与核验请求的产品或字段不一致。",
            "The authorised call is for another product or other fields than the request."),
    /** The call names no grant, or one that does not cover the product. */
    GRANT_LACKS_PRODUCT(Kind.DENIED, "数据使用授权未包含核验产品 {0}。", "The grant does not cover the verification product {0}."),
    /** The grant does not cover a field the product needs. */
    GRANT_LACKS_FIELD(Kind.DENIED, "数据使用授权未包含字段 {0}。", "The grant does not cover the field {0}."),
    /** A field the product asks for was not sent. */
    FIELD_MISSING(Kind.INVALID, "缺少字段 {0}。", "The field {0} is missing."),
    /** A field was sent that the product does not ask for. */
    FIELD_UNEXPECTED(Kind.INVALID, "多余的字段 {0}，该产品不接受。", "The product does not take the field {0}."),

    /** Nothing is left of the name once white space and invisible characters are dropped. */
    PERSON_NAME_EMPTY(Kind.INVALID, "字段 {0}：姓名为空。", "Field {0}: the name is empty."),
    /** The name is longer than any name. */
    PERSON_NAME_LENGTH(Kind.INVALID, "字段 {0}：姓名过长。", "Field {0}: the name is too long."),
    /** The name holds a character no name holds. */
    PERSON_NAME_CHARACTER(
            Kind.INVALID, "字段 {0}：姓名含有不允许的字符。", "Field {0}: the name holds a character that is not allowed in names."),
    /** Neither 18 nor 15 characters. */
    ID_NUMBER_LENGTH(
            Kind.INVALID,
            "字段 {0}：公民身份号码应为 18 位（或旧 15 位）。",
            "Field {0}: a citizen identification number has 18 characters (or 15, the old kind)."),
    /** Something else than digits, or an X elsewhere than at the end. */
    ID_NUMBER_CHARACTER(
            Kind.INVALID,
            "字段 {0}：公民身份号码含有不允许的字符。",
            "Field {0}: the identification number holds a character that is not allowed there."),
    /** The first two digits are no province's. */
    ID_NUMBER_AREA(
            Kind.INVALID,
            "字段 {0}：公民身份号码的地址码无效。",
            "Field {0}: the area digits of the identification number are not valid."),
    /** The date of birth is no date. */
    ID_NUMBER_BIRTH_DATE(
            Kind.INVALID,
            "字段 {0}：公民身份号码中的出生日期不存在。",
            "Field {0}: the date of birth in the identification number does not exist."),
    /** The date of birth has not come yet. */
    ID_NUMBER_BIRTH_IN_FUTURE(
            Kind.INVALID,
            "字段 {0}：公民身份号码中的出生日期尚未到来。",
            "Field {0}: the date of birth in the identification number is in the future."),
    /** The check character does not fit (ISO 7064 MOD 11-2). */
    ID_NUMBER_CHECK(
            Kind.INVALID,
            "字段 {0}：公民身份号码的校验码不符。",
            "Field {0}: the check character of the identification number is wrong."),
    /** Not 18 characters. */
    CREDIT_CODE_LENGTH(
            Kind.INVALID, "字段 {0}：统一社会信用代码应为 18 位。", "Field {0}: a unified social credit code has 18 characters."),
    /** A character outside the code's alphabet (no I, O, Z, S, V). */
    CREDIT_CODE_CHARACTER(
            Kind.INVALID,
            "字段 {0}：统一社会信用代码含有不允许的字符。",
            "Field {0}: the unified social credit code holds a character that is not allowed there."),
    /** The check character does not fit (mod 31). */
    CREDIT_CODE_CHECK(
            Kind.INVALID,
            "字段 {0}：统一社会信用代码的校验码不符。",
            "Field {0}: the check character of the unified social credit code is wrong."),

    /** No edition of the registry has been published on this node. */
    REGISTRY_NOT_LOADED(Kind.UNAVAILABLE, "登记库 {0} 尚未装载。", "The registry {0} has not been loaded."),
    /** The registry could not be read, or what it says of itself does not hold. */
    REGISTRY_UNREADABLE(Kind.UNAVAILABLE, "登记库 {0} 暂时无法读取。", "The registry {0} cannot be read at present."),

    /** The file has no header with the columns the registry needs, each once. */
    REGISTRY_HEADER(Kind.INVALID, "文件表头缺少或重复列 {0}。", "The file''s header lacks the column {0} or has it twice."),
    /** The file ends in the middle of a row, is not UTF-8 or cannot be read. */
    REGISTRY_FILE(Kind.INVALID, "文件无法按 UTF-8 CSV 读取。", "The file cannot be read as CSV in UTF-8."),
    /** The file holds no row that could be taken. */
    REGISTRY_NO_ROWS(Kind.INVALID, "文件中没有可用的数据行。", "The file holds no row that can be used."),
    /** The row has more or fewer fields than the header. */
    ROW_SHAPE(Kind.INVALID, "该行的字段数与表头不同。", "The row has another number of fields than the header."),
    /** Another row says something else about the same subject. */
    ROW_CONTRADICTS(Kind.INVALID, "该行与同一主体的其他行不一致。", "The row contradicts another row about the same subject.");

    private final Kind kind;
    private final String zh;
    private final String en;

    VerifierReason(Kind kind, String zh, String en) {
        this.kind = kind;
        this.zh = zh;
        this.en = en;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public String zh() {
        return zh;
    }

    @Override
    public String en() {
        return en;
    }
}
