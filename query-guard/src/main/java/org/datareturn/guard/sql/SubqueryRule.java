package org.datareturn.guard.sql;

import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.datareturn.guard.GuardReason;
import org.datareturn.policy.Refusal;
import org.jspecify.annotations.Nullable;

/** A query inside an expression answers by how many rows it has, or for each row of the outer one. */
final class SubqueryRule extends TreeRule {
    SubqueryRule() {
        super(GuardReason.SUBQUERY);
    }

    @Override
    boolean offends(SqlNode node, @Nullable SqlNode parent) {
        if (!node.getKind().belongsTo(SqlKind.QUERY) || parent == null) {
            return false;
        }
        return switch (parent.getKind()) {
            case AS, JOIN, SELECT, WITH, WITH_ITEM, ORDER_BY -> false;
            default -> true;
        };
    }

    @Override
    Refusal hinted(Refusal refusal) {
        return refusal.withHint("条件中请直接写出取值。", "Write the values of the condition out.");
    }
}
