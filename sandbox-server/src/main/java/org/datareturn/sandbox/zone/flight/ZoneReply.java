package org.datareturn.sandbox.zone.flight;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What came of a query: a released and recorded table, or a refusal. */
public sealed interface ZoneReply permits ZoneReply.Table, Refused {
    /**
     * A released, marked and recorded table.
     *
     * @param columns at least one
     * @param rows each as wide as {@code columns}, cells of {@link SqlType#cellClass()} or null where nullable;
     *     checked and copied here, {@link IllegalArgumentException} names the column and never the value
     * @param traceId the call's trace
     * @param receipt where the answer is recorded
     * @param notices what else the analyst should know
     */
    record Table(
            List<Column> columns,
            List<? extends List<? extends @Nullable Object>> rows,
            String traceId,
            String receipt,
            List<Notice> notices)
            implements ZoneReply {
        public Table {
            columns = List.copyOf(columns);
            notices = List.copyOf(notices);
            if (columns.isEmpty()) {
                throw new IllegalArgumentException("a table has at least one column");
            }
            List<List<? extends @Nullable Object>> copy = new ArrayList<>(rows.size());
            for (List<? extends @Nullable Object> row : rows) {
                copy.add(checked(columns, row));
            }
            rows = Collections.unmodifiableList(copy);
        }

        private static List<? extends @Nullable Object> checked(
                List<Column> columns, List<? extends @Nullable Object> row) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT, "rows must be %d cells wide, one was %d", columns.size(), row.size()));
            }
            List<@Nullable Object> cells = new ArrayList<>(row);
            for (int i = 0; i < cells.size(); i++) {
                Column column = columns.get(i);
                Object cell = cells.get(i);
                if (!accepts(column, cell)) {
                    throw new IllegalArgumentException(String.format(
                            Locale.ROOT,
                            "column %d is %s%s and a cell is not",
                            i + 1,
                            column.type().sql(),
                            column.nullable() ? "" : " NOT NULL"));
                }
            }
            return Collections.unmodifiableList(cells);
        }

        private static boolean accepts(Column column, @Nullable Object cell) {
            if (cell == null) {
                return column.nullable();
            }
            return column.type().cellClass().isInstance(cell)
                    && (!(column.type() instanceof SqlType.Decimal decimal) || decimal.fits((BigDecimal) cell));
        }
    }
}
