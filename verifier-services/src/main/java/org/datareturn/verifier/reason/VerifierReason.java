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

    /** No day. */
    DATE_FORM(Kind.INVALID, "字段 {0}：日期无效，应如 2026-11-21。", "Field {0}: not a day such as 2026-11-21."),
    /** No administrative division's code. */
    REGION_FORM(
            Kind.INVALID, "字段 {0}：行政区划代码应为 6 位数字。", "Field {0}: not the six-digit code of an administrative division."),
    /** No number or word of a register. */
    CODE_FORM(
            Kind.INVALID,
            "字段 {0}：编号含有不允许的字符或过长。",
            "Field {0}: the code holds a character that is not allowed, or is too long."),

    /** So many different candidates were tried on this person, by whomever, that none is answered any more. */
    SUBJECT_CLOSED(
            Kind.EXHAUSTED,
            "针对同一对象的不同组合尝试过多，该对象已停止核验；如确有需要，请联系安全管理员。",
            "Too many different combinations were tried on this subject; it is closed for checks. If you must, turn to a"
                    + " security officer."),
    /** The same question was answered under this grant a moment ago. */
    ASKED_TOO_SOON(
            Kind.EXHAUSTED,
            "同一问题在规定间隔内已经核验过，请稍后再试。",
            "The same question was answered within the product''s interval; ask again later."),
    /** The operator's calls of the day are used up. */
    OPERATOR_QUOTA_USED_UP(Kind.EXHAUSTED, "该操作人员当日的调用额度已用尽。", "The operator''s calls of the day are used up."),
    /** The grant's calls of the day are used up. */
    GRANT_QUOTA_USED_UP(Kind.EXHAUSTED, "该授权当日的调用额度已用尽。", "The grant''s calls of the day are used up."),
    /** The calls of the day about this subject are used up. */
    SUBJECT_QUOTA_USED_UP(Kind.EXHAUSTED, "当日针对该对象的核验次数已用尽。", "The calls of the day about this subject are used up."),
    /** The request was sent too long ago, or bears a time to come. */
    REQUEST_OUTSIDE_WINDOW(
            Kind.PRECONDITION,
            "请求时间与节点时间相差超过 {0} 秒，请校准时钟后重新发起。",
            "The time of the request and the node''s differ by more than {0} seconds; set the clock and send it anew."),
    /** The node has started since the request was sent, and cannot know whether it came before. */
    REQUEST_BEFORE_START(
            Kind.PRECONDITION,
            "请求的发出时间早于节点本次启动，无法确认其是否已受理过；请以新的时间和随机数重新发起。",
            "The request was sent before the node started and may have come already; send it anew with a new time and nonce."),
    /** The same request came before. */
    REQUEST_REPEATED(
            Kind.PRECONDITION,
            "该请求已受理过，不得重放；请以新的随机数重新发起。",
            "This request came before and is not taken twice; send another with a nonce of its own."),
    /** The operator is held to a few calls an hour after an alarm. */
    OPERATOR_THROTTLED(
            Kind.EXHAUSTED,
            "该操作人员触发风险预警，调用频次已受限，请稍后再试。",
            "The operator set off an alarm and is held to a few calls an hour; try later."),
    /** The operator is suspended for enumerating. */
    OPERATOR_SUSPENDED(
            Kind.DENIED,
            "该操作人员因疑似枚举核验已被暂停，请联系安全管理员。",
            "The operator is suspended on suspicion of enumerating; turn to a security officer."),
    /** The grant is suspended for enumerating. */
    GRANT_SUSPENDED_FOR_PROBING(
            Kind.DENIED,
            "该授权因疑似枚举核验已被暂停，请联系安全管理员。",
            "The grant is suspended on suspicion of enumerating; turn to a security officer."),

    /** The product's yes depends on more than the values sent, or a no is what is searched for. */
    PRIVATE_PRODUCT_UNSUITED(
            Kind.PRECONDITION,
            "核验产品 {0} 含条件或以“无记录”为肯定，不支持隐私核验。",
            "The product {0} has conditions, or says yes where there is no record; it cannot be checked privately."),
    /** No table is published for this product, grant and epoch. */
    PRIVATE_EPOCH_NOT_OPEN(
            Kind.NOT_FOUND, "该授权的隐私核验周期未开放。", "No epoch of that name is open for private checks under this grant."),
    /** The batch is empty or too large. */
    PRIVATE_BATCH_SIZE(Kind.INVALID, "批量应为 1 至 {0} 项。", "A batch has 1 to {0} items."),
    /** An element is no point of the group. */
    PRIVATE_ELEMENT(
            Kind.INVALID, "第 {0} 个盲化元素不是有效的曲线点。", "Element {0} of the batch is not a valid point of the curve."),
    /** The grant's evaluations of the epoch are used up, or would be by this batch. */
    PRIVATE_QUOTA_USED_UP(
            Kind.EXHAUSTED,
            "该授权在本周期的隐私核验额度不足，剩余 {0} 项。",
            "The grant''s evaluations of this epoch do not suffice: {0} are left."),
    /** The answer is malformed. */
    PRIVATE_ANSWER_MALFORMED(Kind.INVALID, "隐私核验的应答格式不正确。", "The answer to the private check is malformed."),
    /** The proof does not show that the announced key was used. */
    PRIVATE_PROOF_REFUSED(
            Kind.PRECONDITION,
            "证明未能表明服务方使用了所公布的密钥，结果已丢弃。",
            "The proof does not show that the announced key was used; the answer is thrown away."),
    /** The table is not the one announced. */
    PRIVATE_TABLE_NOT_ANNOUNCED(
            Kind.PRECONDITION, "应答表与公布的不一致。", "The answer table is not the one that was announced."),

    /** No such model on this node. */
    MODEL_UNKNOWN(Kind.NOT_FOUND, "没有名为 {0} 的模型。", "There is no model named {0}."),
    /** No reviewer has approved this very model. */
    MODEL_NOT_APPROVED(
            Kind.PRECONDITION, "模型 {0} 未经审核批准或已停用，不得使用。", "The model {0} is not approved for use, or no longer."),
    /** The grant does not cover the model. */
    GRANT_LACKS_MODEL(Kind.DENIED, "数据使用授权未包含模型 {0}。", "The grant does not cover the model {0}."),
    /** The file is not the one declared. */
    MODEL_DIGEST(
            Kind.PRECONDITION,
            "模型文件的 SHA-256 与声明不一致，拒绝装载。",
            "The model''s file has another SHA-256 than its declaration says; it is not loaded."),
    /** The file cannot be read, is too large, or is no ONNX model. */
    MODEL_FILE(
            Kind.INVALID,
            "模型文件无法读取、过大或不是 ONNX 模型。",
            "The model''s file cannot be read, is too large or is no ONNX model."),
    /** The graph holds something that could loop, draw lots, load a file or run foreign code. */
    MODEL_GRAPH(Kind.DENIED, "模型图含有不允许的内容：{0}。", "The model''s graph holds something that is not allowed: {0}."),
    /** Inputs or outputs are not as declared. */
    MODEL_SHAPE(Kind.PRECONDITION, "模型的输入或输出与声明不一致：{0}。", "The model''s inputs or outputs are not as declared: {0}."),
    /** The runtime would end this process. */
    MODEL_RUNTIME_COMMAND_LINE(
            Kind.UNAVAILABLE,
            "本进程的命令行超过 {0} 个字符，模型运行时会因此崩溃，故不装载；请用 java -jar 或 CLASSPATH 变量缩短命令行。",
            "The command line of this process is longer than {0} characters, on which the model runtime crashes, so it is"
                    + " not loaded; shorten it by java -jar or a CLASSPATH variable."),
    /** The model gave no finite number. */
    MODEL_OUTPUT(Kind.PRECONDITION, "模型未给出有限数值，已拒绝。", "The model gave no finite number; refused."),
    /** A band holds so few persons that it would point at them. */
    MODEL_BAND_TOO_SMALL(
            Kind.PRECONDITION,
            "分档 {0} 的人数少于 {1}，可能指向个人；请合并分档。",
            "The band {0} holds fewer than {1} persons and could point at one; merge it with its neighbour."),
    /** A feature lies outside its declared bounds or list. */
    FEATURE_OUT_OF_BOUNDS(
            Kind.INVALID, "特征列 {0}：取值超出声明的范围。", "Feature column {0}: the value lies outside what is declared."),
    /** The sealed features cannot be opened. */
    FEATURES_UNREADABLE(Kind.UNAVAILABLE, "特征表 {0} 无法读取。", "The feature table {0} cannot be read."),

    /** No edition of the registry has been published on this node. */
    REGISTRY_NOT_LOADED(Kind.UNAVAILABLE, "登记库 {0} 尚未装载。", "The registry {0} has not been loaded."),
    /** The registry could not be read, or what it says of itself does not hold. */
    REGISTRY_UNREADABLE(Kind.UNAVAILABLE, "登记库 {0} 暂时无法读取。", "The registry {0} cannot be read at present."),

    /** The source lacks one of the columns the registry needs, or has it twice. */
    REGISTRY_HEADER(Kind.INVALID, "数据来源缺少或重复列 {0}。", "The source lacks the column {0} or has it twice."),
    /** A column is of a type that has no text of its own. */
    REGISTRY_COLUMN_TYPE(
            Kind.INVALID,
            "列 {0} 的类型无法读取，请改为文本、整数、小数、日期或布尔类型。",
            "The column {0} is of a type that cannot be read; make it text, a whole or decimal number, a date or a boolean."),
    /** The file ends in the middle of a row, is not UTF-8 or cannot be read. */
    REGISTRY_FILE(
            Kind.INVALID,
            "文件损坏，或不是 UTF-8 CSV（或 Parquet）。",
            "The file is damaged, or is not CSV in UTF-8 (or not Parquet)."),
    /** The source holds no row that could be taken. */
    REGISTRY_NO_ROWS(Kind.INVALID, "数据来源中没有可用的数据行。", "The source holds no row that can be used."),
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
