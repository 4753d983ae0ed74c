package org.datareturn.guard.sql;

import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.datareturn.guard.GuardReason;
import org.datareturn.policy.Refusal;
import org.jspecify.annotations.Nullable;

/** Lists, picks and bit sums return a person's own value, and no form of them is safe. */
final class AggregateRule extends TreeRule {
    private static final Set<String> FORBIDDEN = Set.of(
            "ANY_VALUE",
            "SINGLE_VALUE",
            "SOME",
            "EVERY",
            "BOOL_AND",
            "BOOL_OR",
            "LISTAGG",
            "STRING_AGG",
            "GROUP_CONCAT",
            "ARRAY_AGG",
            "ARRAY_CONCAT_AGG",
            "COLLECT",
            "FUSION",
            "INTERSECTION",
            "MODE",
            "BIT_AND",
            "BIT_OR",
            "BIT_XOR",
            "ARG_MIN",
            "ARG_MAX",
            "MIN_BY",
            "MAX_BY",
            "COVAR_POP",
            "COVAR_SAMP",
            "CORR",
            "REGR_COUNT",
            "REGR_SXX",
            "REGR_SYY",
            "REGR_SLOPE",
            "JSON_ARRAYAGG",
            "JSON_OBJECTAGG",
            "APPROX_COUNT_DISTINCT",
            "HISTOGRAM");

    AggregateRule() {
        super(GuardReason.AGGREGATE_NOT_ALLOWED);
    }

    @Override
    boolean offends(SqlNode node, @Nullable SqlNode parent) {
        return node instanceof SqlCall call
                && FORBIDDEN.contains(call.getOperator().getName().toUpperCase(Locale.ROOT));
    }

    static Refusal hint(Refusal refusal) {
        return refusal.withHint(
                "可用的聚合函数：COUNT、SUM、AVG、STDDEV、VARIANCE、MEDIAN、PERCENTILE_CONT、MIN、MAX。",
                "Allowed: COUNT, SUM, AVG, STDDEV, VARIANCE, MEDIAN, PERCENTILE_CONT, MIN, MAX.");
    }

    @Override
    Refusal hinted(Refusal refusal) {
        return hint(refusal);
    }
}
