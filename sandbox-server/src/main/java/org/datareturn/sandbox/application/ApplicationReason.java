package org.datareturn.sandbox.application;

import org.datareturn.policy.ReasonCode;

/** Why an application was not taken, read or decided. Field names are those of the API. */
public enum ApplicationReason implements ReasonCode {
    /** A field that must be filled in is blank. */
    APPLICATION_FIELD_MISSING(Kind.INVALID, "申请表缺少必填项：{0}", "The application lacks a required field: {0}"),
    /** A field is filled in and cannot be right. */
    APPLICATION_FIELD_MALFORMED(Kind.INVALID, "申请表项不正确：{0}，{1}", "A field of the application is wrong: {0}, {2}"),
    /** A resource that is not in the catalogue. */
    RESOURCE_NOT_IN_CATALOGUE(
            Kind.INVALID,
            "资源目录中没有 {0}：名称有误，或其数据尚未装载",
            "The catalogue has no {0}: the name is wrong, or its data are not loaded yet"),
    /** A resource that is not shared. */
    RESOURCE_NOT_SHARED(Kind.DENIED, "资源 {0} 不予共享，依据：{1}", "Resource {0} is not shared; basis: {1}"),
    /** A field none of the resources has. */
    FIELD_NOT_IN_CATALOGUE(Kind.INVALID, "所申请的资源没有字段 {0}", "None of the resources asked for has the field {0}"),
    /** A resource of which no field is asked for. */
    RESOURCE_WITHOUT_FIELD(Kind.INVALID, "没有申请资源 {0} 的任何字段", "No field of resource {0} is asked for"),
    /** A product without some of the fields it always asks for. */
    PRODUCT_FIELDS_MISSING(
            Kind.INVALID,
            "产品 {0} 每次核验都需要以下字段，请一并申请：{1}",
            "The product {0} always asks for these fields too; apply for them as well: {1}"),
    /** A resource somebody else provides. */
    RESOURCE_OF_OTHER_PROVIDER(
            Kind.INVALID,
            "资源 {0} 由 {1} 提供；一份申请只能涉及同一提供单位的资源",
            "{0} is provided by {1}; one application names resources of one provider"),
    /** Resources that different authorities review. */
    CONTENT_AUTHORITIES_DIFFER(
            Kind.INVALID,
            "所申请的资源由不同的主管部门进行内容审核，请分别申请",
            "Different authorities review the content of these resources; file one application for each"),
    /** No authority could review it. */
    NO_AUTHORITY_TO_REVIEW(
            Kind.PRECONDITION,
            "本节点没有有权审核该申请的上级主管部门",
            "This node knows no upper authority that could review the application"),
    /** A region the authority cannot grant. */
    REGION_BEYOND_AUTHORITY(
            Kind.INVALID, "地区 {0} 不在内容审核主管部门的管辖范围内", "Region {0} lies outside the reviewing authority''s own"),
    /** The commitment's text is not the one in force. */
    COMMITMENT_TEXT_DIFFERS(
            Kind.INVALID, "承诺书文本与现行版本 {0} 不一致", "The commitment''s text is not the one in force, version {0}"),
    /** The caller lacks a role. */
    APPLICATION_ROLE_MISSING(Kind.DENIED, "操作员没有角色 {0}", "The operator does not hold the role {0}"),
    /** No such application, or none that concerns this caller. */
    APPLICATION_NOT_FOUND(Kind.NOT_FOUND, "没有编号为 {0} 的申请", "There is no application {0}"),
    /** The reviewer belongs to the applicant, or filed it. */
    REVIEW_OF_OWN_APPLICATION(
            Kind.DENIED, "不得审核本单位或本人提交的申请", "Nobody reviews an application of their own organisation"),
    /** The same person would do both reviews. */
    REVIEWER_REVIEWED_BEFORE(
            Kind.DENIED, "形式审核与内容审核不得由同一人进行", "One person does not do both the formal and the content review"),
    /** The reviewer's organisation is not the authority for this review. */
    REVIEW_BY_WRONG_AUTHORITY(
            Kind.DENIED, "该申请不由本单位审核", "The review of this application is not this organisation''s to make"),
    /** The state forbids the step. */
    APPLICATION_STEP_IMPOSSIBLE(
            Kind.PRECONDITION, "申请 {0} 处于 {1} 状态，不能执行 {2}", "Application {0} is {1}; {2} is not possible"),
    /** A refusal must say why. */
    REFUSAL_NEEDS_REASONS(Kind.INVALID, "审核不予通过的应说明理由", "A refusal must state its reasons"),
    /** A content refusal must say on what law it rests. */
    REFUSAL_NEEDS_LEGAL_BASIS(Kind.INVALID, "内容审核不予通过的应说明法律法规依据", "A content refusal must state its legal basis"),
    /** The validity asked for is over before it was approved. */
    REQUESTED_VALIDITY_PASSED(
            Kind.PRECONDITION, "申请的有效期已过，不能批准", "The validity asked for is over; it cannot be approved any more");

    private final Kind kind;
    private final String zh;
    private final String en;

    ApplicationReason(Kind kind, String zh, String en) {
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
