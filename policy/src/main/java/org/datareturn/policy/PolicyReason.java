package org.datareturn.policy;

/**
 * Why a policy, or an engine that should have asked one, denies. The Rego sources use the same codes; a test holds the
 * two together. Thread-safe: immutable.
 */
public enum PolicyReason implements ReasonCode {
    /** How the caller was proven is not a way the policy accepts. */
    CALLER_NOT_PROVEN(
            Kind.UNAUTHENTICATED, "调用者身份的证明方式不被接受", "the caller''s identity is not proven in an accepted way"),
    /** The operator lacks the role this kind of call needs. */
    ROLE_MISSING(
            Kind.DENIED,
            "操作人员没有此类调用所需的角色，请由具备该角色的人员调用",
            "the operator lacks the role this call needs; call as one who has it"),
    /** The call names no grant, or none of that name exists. */
    GRANT_UNKNOWN(Kind.NOT_FOUND, "没有可供本次调用使用的授权", "there is no grant this call could be made under"),
    /**
     * The named grant belongs to somebody else. Callers are told the words of {@link #GRANT_UNKNOWN}: who guesses a
     * grant's name must not learn that it exists. See {@link #told()}.
     */
    GRANT_OF_ANOTHER_ORGANISATION(Kind.NOT_FOUND, "没有可供本次调用使用的授权", "there is no grant this call could be made under"),
    /** The grant is paused. */
    GRANT_SUSPENDED(Kind.PRECONDITION, "授权已暂停，请联系安全管理员", "the grant is suspended; ask the security officer"),
    /** The grant has ended for good. */
    GRANT_REVOKED(Kind.PRECONDITION, "授权已撤销", "the grant is revoked"),
    /** The grant's validity has not begun. */
    GRANT_NOT_YET_VALID(Kind.PRECONDITION, "授权尚未生效", "the grant is not valid yet"),
    /** The grant's validity is over. */
    GRANT_EXPIRED(Kind.PRECONDITION, "授权已过期", "the grant has expired"),
    /** The grant does not cover the verification product. */
    PRODUCT_NOT_GRANTED(
            Kind.DENIED,
            "授权不包含该核验产品，如需使用请另行申请",
            "the grant does not cover this verification product; file an application for it"),
    /** The grant does not cover the data zone. */
    ZONE_NOT_GRANTED(
            Kind.DENIED, "授权不包含该数据专区，如需使用请另行申请", "the grant does not cover this data zone; file an application for it"),
    /** A request field is sent that the grant does not name. */
    FIELD_NOT_GRANTED(
            Kind.DENIED,
            "请求字段超出授权范围，请只发送授权的字段，或另行申请",
            "a request field is outside the grant; send only fields it names, or file a new application"),
    /** The question concerns a division the grant does not cover. */
    REGION_NOT_GRANTED(
            Kind.DENIED,
            "行政区划超出授权范围，如需使用请另行申请",
            "the administrative division is outside the grant; file an application for it"),
    /** The stated purpose is not the grant's. */
    PURPOSE_NOT_GRANTED(
            Kind.DENIED,
            "用途与授权不符，请按授权用途调用，或另行申请",
            "the stated purpose is not the grant''s; state that one, or file a new application"),
    /** The scenario may call in working hours only. */
    OUTSIDE_WORKING_HOURS(
            Kind.PRECONDITION, "该场景只能在工作日的规定时段内调用", "this scenario may call on working days within its hours only"),
    /** The policy was told too little, or something it does not know. */
    POLICY_INPUT_INCOMPLETE(Kind.DENIED, "授权判断所需的信息不完整", "what the policy needs to know is incomplete"),
    /** The facts cannot be given to an engine: too large, or not valid Unicode. */
    POLICY_INPUT_UNFIT(Kind.INVALID, "授权判断的输入过大或不是有效的文本", "the policy''s input is too large or not valid text"),
    /** The policy has no answer. */
    POLICY_UNDEFINED(Kind.INTERNAL, "策略没有给出决定", "the policy gave no decision"),
    /** The policy's answer is not a decision. */
    POLICY_MALFORMED(Kind.INTERNAL, "策略给出的决定无法理解", "the policy gave a decision that cannot be understood"),
    /** The policy allowed without saying what must be done. */
    POLICY_OBLIGATION_MISSING(Kind.INTERNAL, "策略放行但缺少必须的义务", "the policy allowed without a required obligation"),
    /** The policy denied for a reason nobody knows. */
    POLICY_REASON_UNKNOWN(Kind.INTERNAL, "策略给出了未知的拒绝理由", "the policy denied for an unknown reason"),
    /** The engine cannot be asked now. */
    POLICY_UNAVAILABLE(Kind.UNAVAILABLE, "策略引擎暂时不可用", "the policy engine is not available now");

    private final Kind kind;
    private final String zh;
    private final String en;

    PolicyReason(Kind kind, String zh, String en) {
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

    /** The code a caller may be told. Edges send and record {@code told()}: the receipt carries the record to the caller. */
    public PolicyReason told() {
        return this == GRANT_OF_ANOTHER_ORGANISATION ? GRANT_UNKNOWN : this;
    }
}
