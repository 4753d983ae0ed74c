package org.datareturn.guard;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.datareturn.guard.declaration.ColumnDeclaration;
import org.datareturn.guard.declaration.ColumnType;
import org.datareturn.guard.plan.Band;
import org.datareturn.guard.plan.BaseColumn;
import org.datareturn.guard.plan.CellQuery;
import org.datareturn.guard.plan.Evaluator;
import org.datareturn.guard.plan.Expr;
import org.datareturn.guard.plan.Values;
import org.jspecify.annotations.Nullable;

/**
 * What can be said of a query's cells without looking at the data: which values its base columns can take and which
 * group keys are possible. A column whose values are not public has no such list.
 *
 * @param query the query
 * @param population tells only which columns are complete, which is a public fact of the edition
 */
record PublicDomain(CellQuery query, Population population) {
    private static final int MOST_COMBINATIONS = 4096;
    private static final int MOST_KEYS = 512;

    /** Every group key that is possible, when all of them are public; the same list whatever the data hold. */
    Optional<Set<List<@Nullable Object>>> keys() {
        Set<Integer> used = new TreeSet<>();
        query.keys().forEach(key -> Expr.inputs(key, used::add));
        Set<Integer> withCondition = new TreeSet<>(used);
        query.where().ifPresent(where -> Expr.inputs(where, withCondition::add));
        Optional<List<List<@Nullable Object>>> conditioned = combinations(withCondition);
        Optional<List<List<@Nullable Object>>> cells = conditioned.isPresent() ? conditioned : combinations(used);
        if (cells.isEmpty()) {
            return Optional.empty();
        }
        TreeMap<List<@Nullable Object>, Boolean> keys = new TreeMap<>(Values.ROW_ORDER);
        for (List<@Nullable Object> cell : cells.get()) {
            boolean possible = conditioned.isEmpty()
                    || query.where().map(where -> Evaluator.holds(where, cell)).orElse(true);
            if (possible) {
                keys.put(key(cell), true);
            }
        }
        return keys.size() > MOST_KEYS ? Optional.empty() : Optional.of(keys.keySet());
    }

    /** The key of a cell's group. */
    List<@Nullable Object> key(List<@Nullable Object> cell) {
        List<@Nullable Object> key = new ArrayList<>();
        query.keys().forEach(expr -> key.add(Evaluator.evaluate(expr, cell)));
        return Collections.unmodifiableList(key);
    }

    /** Rows of values at these base columns (null elsewhere), in every combination; empty when a column is not public. */
    private Optional<List<List<@Nullable Object>>> combinations(Set<Integer> columns) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        List<@Nullable Object> start =
                new ArrayList<>(Collections.nCopies(query.base().size(), null));
        rows.add(start);
        for (int column : columns) {
            Optional<List<@Nullable Object>> values = values(query.base().get(column));
            if (values.isEmpty() || (long) rows.size() * values.get().size() > MOST_COMBINATIONS) {
                return Optional.empty();
            }
            List<List<@Nullable Object>> longer = new ArrayList<>();
            for (List<@Nullable Object> row : rows) {
                for (Object value : values.get()) {
                    List<@Nullable Object> with = new ArrayList<>(row);
                    with.set(column, value);
                    longer.add(with);
                }
            }
            rows = longer;
        }
        return Optional.of(rows);
    }

    private Optional<List<@Nullable Object>> values(BaseColumn base) {
        ColumnDeclaration column = base.column();
        List<@Nullable Object> values = new ArrayList<>();
        switch (base.split()) {
            case BaseColumn.Split.ByMention(List<Object> named) -> {
                values.addAll(named);
                values.add(BaseColumn.Unnamed.OTHER);
            }
            case BaseColumn.Split.ByBand byBand -> {
                for (int i = 0; i <= column.bins().size(); i++) {
                    values.add(new Band(i, column.bandLabel(i)));
                }
            }
            case BaseColumn.Split.ByValue byValue -> {
                if (column.type().kind() == ColumnType.Kind.BOOLEAN) {
                    values.addAll(List.of(true, false));
                } else if (column.values().isEmpty()) {
                    return Optional.empty();
                } else {
                    values.addAll(column.values());
                }
            }
        }
        if (!population.missing(base.table(), column).isEmpty()) {
            values.add(null);
        }
        return Optional.of(values);
    }
}
