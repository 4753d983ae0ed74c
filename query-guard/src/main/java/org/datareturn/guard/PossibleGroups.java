package org.datareturn.guard;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
        Optional<List<List<@Nullable Object>>> cells =
                KeyValues.combinations(query, keyed, base -> Optional.of(values(base)));
        if (cells.isEmpty()) {
            return keyed.stream()
                    .map(column -> (long) values(query.base().get(column)).size())
                    .reduce(1L, (a, b) -> Math.min(a * b, Integer.MAX_VALUE))
                    .intValue();
        }
        // A condition on other columns too leaves any group possible.
        Optional<Expr> where = keyed.containsAll(conditioned) ? query.where() : Optional.empty();
        Set<List<@Nullable Object>> keys = new TreeSet<>(Values.ROW_ORDER);
        for (List<@Nullable Object> cell : cells.get()) {
            if (where.map(condition -> Evaluator.holds(condition, cell)).orElse(true)) {
                keys.add(KeyValues.key(query, cell));
            }
        }
        return keys.size();
    }

    private List<@Nullable Object> values(BaseColumn base) {
        List<@Nullable Object> values = switch (base.split()) {
            case BaseColumn.Split.ByMention(List<Object> named) -> KeyValues.mentioned(named);
            case BaseColumn.Split.ByBand byBand -> KeyValues.bands(base);
            case BaseColumn.Split.ByValue byValue -> {
                Set<Object> known = new HashSet<>(population.values(base.table(), base.column(), minGroupSize));
                known.addAll(base.column().values());
                yield new ArrayList<>(known);
            }
        };
        if (population.atLeast(minGroupSize, base.table(), population.missing(base.table(), base.column()))) {
            values.add(null);
        }
        return values;
    }
}
