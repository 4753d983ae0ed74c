package org.datareturn.guard.sql;

import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.datareturn.guard.GuardReason;
import org.datareturn.policy.Refusal;
import org.jspecify.annotations.Nullable;

/** One statement kind: whatever is not a query is refused by its class in the parse tree, whatever it is called. */
final class StatementRule extends TreeRule {
    StatementRule() {
        super(GuardReason.STATEMENT_NOT_ALLOWED);
    }

    @Override
    boolean offends(SqlNode node, @Nullable SqlNode parent) {
        return parent == null
                && !(node instanceof SqlSelect
                        || node instanceof SqlOrderBy
                        || node instanceof SqlWith
                        || node.getKind().belongsTo(SqlKind.QUERY));
    }

    @Override
    Refusal hinted(Refusal refusal) {
        return refusal.withHint("请改写为一条 SELECT … GROUP BY 查询。", "Write one SELECT … GROUP BY query.");
    }
}
