package org.datareturn.guard.sql;

import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.datareturn.guard.GuardReason;
import org.datareturn.policy.Refusal;
import org.jspecify.annotations.Nullable;

/** Window functions give values for each row. */
final class WindowRule extends TreeRule {
    WindowRule() {
        super(GuardReason.WINDOW);
    }

    @Override
    boolean offends(SqlNode node, @Nullable SqlNode parent) {
        return node.getKind() == SqlKind.OVER || node.getKind() == SqlKind.WINDOW;
    }

    @Override
    Refusal hinted(Refusal refusal) {
        return refusal.withHint(
                "请用 GROUP BY 和聚合函数；占比可用两个聚合值相除。", "Use GROUP BY; a share is one aggregate divided by another.");
    }
}
