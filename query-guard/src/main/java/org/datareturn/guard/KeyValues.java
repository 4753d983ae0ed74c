package org.datareturn.guard;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.datareturn.guard.plan.Band;
import org.datareturn.guard.plan.BaseColumn;
import org.datareturn.guard.plan.CellQuery;
import org.datareturn.guard.plan.Evaluator;
import org.jspecify.annotations.Nullable;

/** What a query's cells and keys can be, made of what its base columns can be. Stateless. */
final class KeyValues {
    private static final int MOST_COMBINATIONS = 4096;

    private KeyValues() {}

    /**
     * Cells with every combination of values at these base columns, null elsewhere.
     *
     * @param values what a base column can be; empty when that cannot be said
     * @return empty when that cannot be said or they are too many
     */
    static Optional<List<List<@Nullable Object>>> combinations(
            CellQuery query, Set<Integer> columns, Function<BaseColumn, Optional<List<@Nullable Object>>> values) {
        List<List<@Nullable Object>> cells =
                List.of(new ArrayList<>(Collections.nCopies(query.base().size(), null)));
        for (int column : columns) {
            Optional<List<@Nullable Object>> some = values.apply(query.base().get(column));
            if (some.isEmpty() || (long) cells.size() * some.get().size() > MOST_COMBINATIONS) {
                return Optional.empty();
            }
            List<List<@Nullable Object>> longer = new ArrayList<>();
            for (List<@Nullable Object> cell : cells) {
                for (Object value : some.get()) {
                    List<@Nullable Object> with = new ArrayList<>(cell);
                    with.set(column, value);
                    longer.add(with);
                }
            }
            cells = longer;
        }
        return Optional.of(cells);
    }

    /** The key of a cell's group. */
    static List<@Nullable Object> key(CellQuery query, List<@Nullable Object> cell) {
        List<@Nullable Object> key = new ArrayList<>();
        query.keys().forEach(expr -> key.add(Evaluator.evaluate(expr, cell)));
        return Collections.unmodifiableList(key);
    }

    /** The values a query names, and whatever else there is. */
    static List<@Nullable Object> mentioned(List<Object> named) {
        List<@Nullable Object> values = new ArrayList<>(named);
        values.add(BaseColumn.Unnamed.OTHER);
        return values;
    }

    /** All bands of a column. */
    static List<@Nullable Object> bands(BaseColumn base) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i <= base.column().bins().size(); i++) {
            values.add(new Band(i, base.column().bandLabel(i)));
        }
        return values;
    }
}
