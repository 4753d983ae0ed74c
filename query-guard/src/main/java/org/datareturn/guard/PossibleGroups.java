package org.datareturn.guard;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.datareturn.guard.plan.Band;
import org.datareturn.guard.plan.BaseColumn;
import org.datareturn.guard.plan.CellQuery;
import org.datareturn.guard.plan.Evaluator;
import org.datareturn.guard.plan.Expr;
import org.datareturn.guard.plan.Values;
import org.jspecify.annotations.Nullable;

/**
 * How many groups a query could have had, by the values that may be named and by nothing else of the data. A number of
 * groups that were suppressed would itself be an answer that nobody audits: asked for pairs of places it counts the
 * small groups of one of them.
 */
final class PossibleGroups {
    /** More combinations than this are not looked at one by one. */
    private static final int MOST_COMBINATIONS = 4096;

    private final CellQuery query;
    private final Population population;
    private final int minGroupSize;

    private PossibleGroups(GuardedQuery guarded, Population population) {
        this.query = guarded.query();
        this.population = population;
        this.minGroupSize = guarded.minGroupSize();
    }

    /** At most how many possible groups are not among so many that are shown; some of them may be empty. */
    static int notShown(GuardedQuery guarded, Population population, int shown) {
        return Math.max(0, new PossibleGroups(guarded, population).count() - shown);
    }

    private int count() {
        Set<Integer> keyed = new TreeSet<>();
        query.keys().forEach(key -> Expr.inputs(key, keyed::add));
        Set<Integer> conditioned = new TreeSet<>();
        query.where().ifPresent(where -> Expr.inputs(where, conditioned::add));
        long combinations = 1;
        List<List<@Nullable Object>> cells =
                List.of(Collections.nCopies(query.base().size(), null));
        for (int column : keyed) {
            List<@Nullable Object> values = values(query.base().get(column));
            combinations = Math.min(combinations * Math.max(1, values.size()), Integer.MAX_VALUE);
            if (combinations <= MOST_COMBINATIONS) {
                cells = times(cells, column, values);
            }
        }
        if (combinations > MOST_COMBINATIONS) {
            return (int) combinations;
        }
        // A condition on other columns too leaves any group possible.
        Optional<Expr> where = keyed.containsAll(conditioned) ? query.where() : Optional.empty();
        Set<List<@Nullable Object>> keys = new TreeSet<>(Values.ROW_ORDER);
        for (List<@Nullable Object> cell : cells) {
            if (where.map(condition -> Evaluator.holds(condition, cell)).orElse(true)) {
                List<@Nullable Object> key = new ArrayList<>();
                query.keys().forEach(expr -> key.add(Evaluator.evaluate(expr, cell)));
                keys.add(Collections.unmodifiableList(key));
            }
        }
        return keys.size();
    }

    private static List<List<@Nullable Object>> times(
            List<List<@Nullable Object>> cells, int column, List<@Nullable Object> values) {
        List<List<@Nullable Object>> longer = new ArrayList<>();
        for (List<@Nullable Object> cell : cells) {
            for (Object value : values) {
                List<@Nullable Object> with = new ArrayList<>(cell);
                with.set(column, value);
                longer.add(Collections.unmodifiableList(with));
            }
        }
        return longer;
    }

    private List<@Nullable Object> values(BaseColumn base) {
        List<@Nullable Object> values = new ArrayList<>();
        switch (base.split()) {
            case BaseColumn.Split.ByMention(List<Object> named) -> {
                values.addAll(named);
                values.add(BaseColumn.Unnamed.OTHER);
            }
            case BaseColumn.Split.ByBand byBand -> {
                for (int i = 0; i <= base.column().bins().size(); i++) {
                    values.add(new Band(i, base.column().bandLabel(i)));
                }
            }
            case BaseColumn.Split.ByValue byValue -> {
                Set<Object> known = new HashSet<>(population.values(base.table(), base.column(), minGroupSize));
                known.addAll(base.column().values());
                values.addAll(known);
            }
        }
        if (population.atLeast(minGroupSize, base.table(), population.missing(base.table(), base.column()))) {
            values.add(null);
        }
        return values;
    }
}
