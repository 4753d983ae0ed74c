package org.datareturn.guard.sql;

import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.datareturn.guard.GuardReason;
import org.datareturn.policy.Refusal;
import org.jspecify.annotations.Nullable;

/** Samples and random conditions give many answers about overlapping sets. */
final class SamplingRule extends TreeRule {
    private static final Set<String> RANDOM = Set.of("RAND", "RANDOM", "RAND_INTEGER", "UUID", "SAMPLE");

    SamplingRule() {
        super(GuardReason.SAMPLING);
    }

    @Override
    boolean offends(SqlNode node, @Nullable SqlNode parent) {
        if (node.getKind() == SqlKind.TABLESAMPLE) {
            return true;
        }
        return node instanceof SqlCall call
                && RANDOM.contains(call.getOperator().getName().toUpperCase(Locale.ROOT));
    }

    @Override
    Refusal hinted(Refusal refusal) {
        return refusal.withHint("请对全部数据提问。", "Ask about all rows.");
    }
}
