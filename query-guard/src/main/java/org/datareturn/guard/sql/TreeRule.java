package org.datareturn.guard.sql;

import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.datareturn.guard.GuardReason;
import org.datareturn.policy.Refusal;
import org.jspecify.annotations.Nullable;

/** A rule that refuses a tree when any of its nodes offends; points at the first one. */
abstract class TreeRule implements GuardRule {
    private final GuardReason reason;

    TreeRule(GuardReason reason) {
        this.reason = reason;
    }

    @Override
    public final GuardReason reason() {
        return reason;
    }

    /** Whether a node offends, given the node it stands in. */
    abstract boolean offends(SqlNode node, @Nullable SqlNode parent);

    /** The argument of the message, when it has one. */
    String argument(SqlNode node) {
        return node instanceof SqlCall call ? call.getOperator().getName() : "";
    }

    /** What would be answered instead. */
    abstract Refusal hinted(Refusal refusal);

    @Override
    public final Optional<Refusal> check(SqlNode tree) {
        SqlNode found = find(tree, null);
        if (found == null) {
            return Optional.empty();
        }
        Refusal refusal = Refusal.of(reason, argument(found));
        var position = found.getParserPosition();
        return Optional.of(hinted(
                position.getLineNum() > 0 ? refusal.at(position.getLineNum(), position.getColumnNum()) : refusal));
    }

    private @Nullable SqlNode find(@Nullable SqlNode node, @Nullable SqlNode parent) {
        if (node == null) {
            return null;
        }
        if (offends(node, parent)) {
            return node;
        }
        Iterable<? extends @Nullable SqlNode> children = switch (node) {
            case SqlCall call -> call.getOperandList();
            case SqlNodeList list -> list;
            default -> java.util.List.<SqlNode>of();
        };
        for (SqlNode child : children) {
            SqlNode found = find(child, node);
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
