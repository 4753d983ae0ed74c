package org.datareturn.guard.sql;

import java.util.Locale;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.datareturn.policy.Refusal;
import org.jspecify.annotations.Nullable;

/** Finds the place in the text that a refusal made on the plan is about: plans have forgotten places. */
final class Places {
    private Places() {}

    /** A refusal that points somewhere: at the first mention of the name it speaks of, else at the whole query. */
    static Refusal point(Refusal refusal, SqlNode tree) {
        if (refusal.position().isPresent()) {
            return refusal;
        }
        SqlParserPos place = refusal.arguments().isEmpty()
                ? null
                : find(tree, refusal.arguments().getFirst());
        SqlParserPos position = place == null ? tree.getParserPosition() : place;
        return position.getLineNum() > 0 ? refusal.at(position.getLineNum(), position.getColumnNum()) : refusal;
    }

    private static @Nullable SqlParserPos find(@Nullable SqlNode node, String name) {
        return switch (node) {
            case SqlIdentifier identifier
            when last(identifier).equals(name.toLowerCase(Locale.ROOT)) -> identifier.getParserPosition();
            case SqlCall call -> {
                if (call.getOperator().getName().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT))) {
                    yield call.getParserPosition();
                }
                yield first(call.getOperandList(), name);
            }
            case SqlNodeList list -> first(list, name);
            case null, default -> null;
        };
    }

    private static @Nullable SqlParserPos first(Iterable<? extends @Nullable SqlNode> nodes, String name) {
        for (SqlNode node : nodes) {
            SqlParserPos found = find(node, name);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static String last(SqlIdentifier identifier) {
        return identifier.names.getLast().toLowerCase(Locale.ROOT);
    }
}
