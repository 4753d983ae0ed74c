package org.datareturn.guard;

import org.datareturn.policy.ReasonCode;

/** Why a data zone refuses. Codes are part of the public contract; {@code docs/guard-rules.md} explains each. */
public enum GuardReason implements ReasonCode {
    /** Not SQL. */
    SQL_SYNTAX(Kind.INVALID, "无法解析该 SQL", "the SQL cannot be parsed"),
    /** Parsed, but no plan could be made of it. */
    QUERY_NOT_UNDERSTOOD(Kind.INVALID, "无法理解该查询", "the query cannot be understood"),
    /** Too long, too deep or too many terms. */
    SQL_TOO_COMPLEX(Kind.INVALID, "SQL 过长或过于复杂（{0}）", "the SQL is too long or too complex ({0})"),
    /** Something other than one query. */
    STATEMENT_NOT_ALLOWED(Kind.DENIED, "只接受一条查询语句", "only one query statement is accepted"),
    /** UNION, EXCEPT or INTERSECT of rows. */
    SET_OPERATION(Kind.DENIED, "只能对汇总结果做集合运算", "set operations are for aggregates, not for rows"),
    /** A query inside a query that does not aggregate first. */
    SUBQUERY(Kind.DENIED, "子查询须先汇总", "a sub-query aggregates first"),
    /** OVER (…) over rows. */
    WINDOW(Kind.DENIED, "窗口函数只能用于汇总结果", "window functions are for groups, not for rows"),
    /** TABLESAMPLE, RAND and the like. */
    SAMPLING(Kind.DENIED, "不允许抽样和随机函数", "sampling and random functions are not allowed"),
    /** A query without an aggregate. */
    ROWS_NOT_ALLOWED(Kind.DENIED, "只回答汇总结果，不返回个人记录", "only aggregates are answered, never rows"),
    /** An aggregate that is not in the allow-list. */
    AGGREGATE_NOT_ALLOWED(Kind.DENIED, "不允许聚合函数 {0}", "the aggregate {0} is not allowed"),
    /** A measure in an expression that its sum cannot be taken out of. */
    MASKED_MEASURE(
            Kind.DENIED,
            "度量列在聚合函数中只能乘加常数，或受分组列、条件列的 CASE 限定",
            "inside an aggregate a measure stands bare, times and plus constants, or under CASE on other columns"),
    /** A function that is not in the allow-list. */
    FUNCTION_NOT_ALLOWED(Kind.DENIED, "此处不允许函数或运算 {0}", "the function or operator {0} is not allowed here"),
    /** Nothing of that name, for this caller. */
    UNKNOWN_NAME(Kind.NOT_FOUND, "不存在名为 {0} 的表或列", "there is no table or column {0}"),
    /** Types that do not fit. */
    TYPE_MISMATCH(Kind.INVALID, "表达式的类型不符", "the types of an expression do not fit"),
    /** The person was to be shown, filtered or grouped. */
    SUBJECT_NOT_USABLE(
            Kind.DENIED,
            "{0} 标识个人，只能用于 COUNT(DISTINCT) 和声明的连接",
            "{0} names the person: only COUNT(DISTINCT) and declared joins may use it"),
    /** A column that is no group key was to be one. */
    COLUMN_NOT_GROUPABLE(Kind.DENIED, "列 {0} 不可用于分组", "column {0} is not a group column"),
    /** A column that is no filter was to be one. */
    COLUMN_NOT_FILTERABLE(Kind.DENIED, "列 {0} 不可用于条件", "column {0} is not a filter column"),
    /** A column that is no measure was to be summed. */
    COLUMN_NOT_MEASURE(Kind.DENIED, "列 {0} 不可用于求和或平均", "column {0} is not a measure"),
    /** A condition on a banded column that does not lie on its edges. */
    OFF_BAND_EDGE(Kind.DENIED, "列 {0} 的条件必须落在分段边界上", "a condition on {0} must lie on the edges of its bands"),
    /** A constant too rare to be named, or that does not exist: the two look alike. */
    RARE_CONSTANT(Kind.DENIED, "{0} 的比较常量过于罕见或不存在", "a constant compared with {0} is too rare or does not exist"),
    /** Tables joined otherwise than declared. */
    JOIN_NOT_DECLARED(Kind.DENIED, "只能按声明的方式连接表", "tables are joined only as declared"),
    /** Two tables with several rows a person on either side. */
    JOIN_FANS_OUT(Kind.DENIED, "该连接会使行数倍增", "this join multiplies rows"),
    /** No table with persons in the query. */
    NO_SUBJECT_TABLE(Kind.DENIED, "查询至少要涉及一张含个人的表", "a query involves at least one table about persons"),
    /** Nothing may be released of what was asked. */
    NOTHING_RELEASABLE(Kind.DENIED, "所问内容中没有可以发布的结果", "nothing of what was asked may be released"),
    /** What the query computes from released values has no result. */
    NOT_COMPUTABLE(Kind.INVALID, "由已发布的数值无法算出所要的结果", "what was asked cannot be computed from the released values"),
    /** The audit of earlier answers has reached its bound. */
    AUDIT_EXHAUSTED(Kind.EXHAUSTED, "本版数据可回答的不同问题已用尽", "no more different questions can be answered on these data"),
    /** The privacy budget does not suffice. */
    BUDGET_EXHAUSTED(Kind.EXHAUSTED, "隐私预算已用尽，将于 {0} 恢复", "the privacy budget is used up; it is full again from {0}"),
    /** More cells than the guard handles. */
    TOO_MANY_CELLS(Kind.EXHAUSTED, "分组过细", "the grouping is too fine"),
    /** The zone answers approved templates only. */
    APPROVED_ONLY(Kind.DENIED, "本专区只回答经审批的查询", "this zone answers approved queries only"),
    /** A template's parameter is declared wrongly. */
    TEMPLATE_PARAMETER_MALFORMED(
            Kind.INVALID, "查询模板的参数 {0} 声明有误", "the parameter {0} of the template is declared wrongly"),
    /** Names in a template's SQL and declared parameters are not the same. */
    TEMPLATE_PARAMETERS_DIFFER(
            Kind.INVALID,
            "查询模板 SQL 中的参数与声明的参数不一致（{0}）",
            "the parameters in the SQL of the template and those declared differ ({0})"),
    /** More or fewer arguments than parameters. */
    TEMPLATE_ARGUMENTS_COUNT(
            Kind.INVALID, "给出的参数个数不符：该查询模板有 {0} 个参数", "the template has {0} parameters, not as many were given"),
    /** An argument of another type. */
    TEMPLATE_ARGUMENT_TYPE(Kind.INVALID, "参数的类型不符，应为 {0}", "the argument is of another type than {0}"),
    /** An argument outside its parameter's range. */
    TEMPLATE_ARGUMENT_OUT_OF_RANGE(
            Kind.DENIED, "参数 {0} 超出审批的取值范围", "the parameter {0} lies outside its approved range"),
    /** The call was authorised for something else. */
    NOT_AUTHORISED_FOR_ZONE(Kind.DENIED, "该授权不适用于本专区", "the authorisation is not for this zone"),
    /** The engine took too long or failed. */
    ENGINE_UNAVAILABLE(Kind.UNAVAILABLE, "引擎未能在时限内完成", "the engine did not finish in time"),
    /** The memory of answers cannot be written. */
    MEMORY_UNAVAILABLE(Kind.UNAVAILABLE, "无法记录答复，故不予答复", "the answer could not be remembered, so it is not given"),
    /** A fault of the guard itself; whatever it was about to answer is not answered. */
    GUARD_FAILED(Kind.INTERNAL, "防护组件内部错误，故不予答复", "a fault inside the guard, so there is no answer");

    private final Kind kind;
    private final String zh;
    private final String en;

    GuardReason(Kind kind, String zh, String en) {
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
