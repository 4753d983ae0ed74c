package org.datareturn.guard.sql;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.datareturn.guard.GuardReason;
import org.datareturn.policy.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * A column that is {@code n + n} of a column that is {@code n + n} … doubles at each level once it is written out, and the
 * validator writes it out. Bounds the size it would have: the product of the largest numbers of names in a select item,
 * level by level.
 */
final class ComplexityRule implements GuardRule {
    private static final long MOST = 10_000;

    @Override
    public GuardReason reason() {
        return GuardReason.SQL_TOO_COMPLEX;
    }

    @Override
    public Optional<Refusal> check(SqlNode tree) {
        return new Walk().size(tree) > MOST
                ? Optional.of(TextBounds.refused("> " + MOST + " terms").refusal())
                : Optional.empty();
    }

    /** One walk over a tree. */
    private static final class Walk {
        private final Map<String, Long> named = new HashMap<>();

        long size(@Nullable SqlNode node) {
            return switch (node) {
                case null -> 1;
                case SqlWith with -> {
                    with.withList.forEach(this::size);
                    yield size(with.body);
                }
                case SqlWithItem item -> {
                    long size = size(item.query);
                    named.merge(item.name.getSimple().toLowerCase(Locale.ROOT), size, Math::max);
                    yield size;
                }
                case SqlSelect select -> select(select);
                case SqlIdentifier table ->
                    named.getOrDefault(table.names.getLast().toLowerCase(Locale.ROOT), 1L);
                case SqlCall call -> largest(call.getOperandList());
                case SqlNodeList list -> largest(list);
                default -> 1;
            };
        }

        private long select(SqlSelect select) {
            long factor = 1;
            for (SqlNode item : select.getSelectList()) {
                factor = Math.max(factor, names(item));
            }
            long inside = 1;
            for (SqlNode clause : select.getOperandList()) {
                // In FROM, and wherever else a query stands.
                inside = Math.max(inside, size(clause));
            }
            return Math.min(Long.MAX_VALUE / 100_000, factor * inside);
        }

        private long largest(Iterable<? extends @Nullable SqlNode> nodes) {
            long largest = 1;
            for (SqlNode node : nodes) {
                largest = Math.max(largest, size(node));
            }
            return largest;
        }

        private long names(@Nullable SqlNode node) {
            return switch (node) {
                case SqlIdentifier identifier -> 1;
                case SqlCall call -> sum(call.getOperandList());
                case SqlNodeList list -> sum(list);
                case null, default -> 0;
            };
        }

        private long sum(Iterable<? extends @Nullable SqlNode> nodes) {
            long sum = 0;
            for (SqlNode node : nodes) {
                sum += names(node);
            }
            return sum;
        }
    }
}
