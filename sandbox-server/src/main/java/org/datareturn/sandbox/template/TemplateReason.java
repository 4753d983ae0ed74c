package org.datareturn.sandbox.template;

import org.datareturn.policy.ReasonCode;

/** Why a template was not taken, decided or run. */
public enum TemplateReason implements ReasonCode {
    /** No such template, or none that concerns this caller. */
    TEMPLATE_NOT_FOUND(Kind.NOT_FOUND, "没有编号为 {0} 的查询模板", "There is no query template {0}"),
    /** It waits for a person. */
    TEMPLATE_NOT_APPROVED(Kind.PRECONDITION, "查询模板 {0} 尚未获批准", "The query template {0} has not been approved"),
    /** A person refused it. */
    TEMPLATE_REFUSED(Kind.DENIED, "查询模板 {0} 未获批准，不能执行", "The query template {0} was refused and does not run"),
    /** What it was assessed under has changed. */
    TEMPLATE_SUSPENDED(
            Kind.PRECONDITION,
            "专区声明或策略已变更，查询模板 {0} 暂停使用，须重新评估并批准",
            "The zone''s declaration or the policy has changed; the query template {0} is suspended until it is assessed and"
                    + " approved again"),
    /** It asks another zone. */
    TEMPLATE_OF_ANOTHER_ZONE(Kind.DENIED, "查询模板 {0} 不属于本专区", "The query template {0} is not of this zone"),
    /** The caller does not review this zone's content. */
    TEMPLATE_REVIEW_NOT_ALLOWED(
            Kind.DENIED,
            "只有该专区内容审核主管部门的内容审核员可以审批查询模板",
            "Only a content reviewer of the authority responsible for the zone decides on its query templates"),
    /** The submitter, or somebody of the same organisation, would decide. */
    TEMPLATE_REVIEW_OF_OWN(Kind.DENIED, "不得审批本单位或本人提交的查询模板", "Nobody decides on a template of their own organisation"),
    /** Its state forbids the step. */
    TEMPLATE_STEP_IMPOSSIBLE(
            Kind.PRECONDITION,
            "查询模板 {0} 处于 {1} 状态，不能执行该操作",
            "The query template {0} is {1}; this step is not possible"),
    /** A decision must say why. */
    TEMPLATE_DECISION_NEEDS_REASONS(
            Kind.INVALID,
            "批准或不批准查询模板均应说明理由",
            "A decision on a query template states its reasons, of at most 4000 characters"),
    /** The title is missing or too long. */
    TEMPLATE_TITLE_MALFORMED(
            Kind.INVALID, "查询模板应有 1 至 200 字的标题", "A query template has a title of 1 to 200 characters");

    private final Kind kind;
    private final String zh;
    private final String en;

    TemplateReason(Kind kind, String zh, String en) {
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
