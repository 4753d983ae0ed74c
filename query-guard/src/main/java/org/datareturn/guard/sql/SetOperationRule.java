package org.datareturn.guard.sql;

import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.datareturn.guard.GuardReason;
import org.datareturn.policy.Refusal;
import org.jspecify.annotations.Nullable;

/** UNION, EXCEPT, INTERSECT and VALUES subtract answers from one another or pad them with decoy rows. */
final class SetOperationRule extends TreeRule {
    SetOperationRule() {
        super(GuardReason.SET_OPERATION);
    }

    @Override
    boolean offends(SqlNode node, @Nullable SqlNode parent) {
        return node.getKind().belongsTo(SqlKind.SET_QUERY)
                || node.getKind() == SqlKind.VALUES
                || node.getKind() == SqlKind.EXPLICIT_TABLE;
    }

    @Override
    Refusal hinted(Refusal refusal) {
        return refusal.withHint("请分别提出各个汇总查询。", "Ask each aggregate on its own.");
    }
}
