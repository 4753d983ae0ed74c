package org.datareturn.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.datareturn.guard.declaration.ColumnDeclaration;
import org.datareturn.guard.declaration.ColumnType;
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
        return KeyValues.key(query, cell);
    }

    private Optional<List<List<@Nullable Object>>> combinations(Set<Integer> columns) {
        return KeyValues.combinations(query, columns, this::values);
    }

    private Optional<List<@Nullable Object>> values(BaseColumn base) {
        ColumnDeclaration column = base.column();
        List<@Nullable Object> values;
        switch (base.split()) {
            case BaseColumn.Split.ByMention(List<Object> named) -> values = KeyValues.mentioned(named);
            case BaseColumn.Split.ByBand byBand -> values = KeyValues.bands(base);
            case BaseColumn.Split.ByValue byValue -> {
                if (column.type().kind() == ColumnType.Kind.BOOLEAN) {
                    values = new ArrayList<>(List.of(true, false));
                } else if (column.values().isEmpty()) {
                    return Optional.empty();
                } else {
                    values = new ArrayList<>(column.values());
                }
            }
        }
        if (!population.missing(base.table(), column).isEmpty()) {
            values.add(null);
        }
        return Optional.of(values);
    }
}
