package org.datareturn.guard.sql;

import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.datareturn.guard.GuardReason;
import org.datareturn.policy.Refusal;
import org.jspecify.annotations.Nullable;

/** {@code SELECT DISTINCT} lists rows under another name. */
final class RowListingRule extends TreeRule {
    RowListingRule() {
        super(GuardReason.ROWS_NOT_ALLOWED);
    }

    @Override
    boolean offends(SqlNode node, @Nullable SqlNode parent) {
        return node instanceof SqlSelect select && select.isDistinct();
    }

    @Override
    Refusal hinted(Refusal refusal) {
        return refusal.withHint(
                "可改用 SELECT 分组列, COUNT(*) … GROUP BY 分组列。",
                "Use SELECT group columns, COUNT(*) … GROUP BY group columns.");
    }
}
