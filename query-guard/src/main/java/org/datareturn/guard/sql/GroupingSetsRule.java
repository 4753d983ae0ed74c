package org.datareturn.guard.sql;

import org.apache.calcite.sql.SqlNode;
import org.datareturn.guard.GuardReason;
import org.datareturn.policy.Refusal;
import org.jspecify.annotations.Nullable;

/** ROLLUP, CUBE and GROUPING SETS give the margins from which a suppressed cell is subtracted. */
final class GroupingSetsRule extends TreeRule {
    GroupingSetsRule() {
        super(GuardReason.GROUPING_SETS);
    }

    @Override
    boolean offends(SqlNode node, @Nullable SqlNode parent) {
        return switch (node.getKind()) {
            case ROLLUP, CUBE, GROUPING_SETS, GROUPING, GROUPING_ID, GROUP_ID -> true;
            default -> false;
        };
    }

    @Override
    Refusal hinted(Refusal refusal) {
        return refusal.withHint("请对每个分组层次分别提问。", "Ask each level of grouping on its own.");
    }
}
