package org.datareturn.guard;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.datareturn.guard.declaration.ColumnDeclaration;
import org.datareturn.guard.plan.Aggregate;
import org.datareturn.guard.plan.CellQuery;
import org.datareturn.guard.plan.Expr;

/**
 * What has to be measured with noise so that all values of a query follow from it, and no more. Depends on the query and
 * on public facts only.
 *
 * @param rowConditions the conditions rows are counted under; nothing stands for all rows
 * @param rowsFromPairs whether the only rows counted are all rows, and a measured pair tells them anyway
 * @param subjectConditions the conditions subjects are counted under, where subjects have several rows
 * @param measures measures of which a pair is measured: the amounts above the least and below the greatest bound
 * @param keyCounts distinct keys counted
 */
record DpPlan(
        List<Optional<Expr>> rowConditions,
        boolean rowsFromPairs,
        List<Optional<Expr>> subjectConditions,
        List<ColumnDeclaration> measures,
        List<Aggregate.CountKeys> keyCounts) {

    /**
     * The plan of a query.
     *
     * @param threshold whether group keys are not public, so that their subjects have to be counted
     */
    static DpPlan of(CellQuery query, Population population, boolean threshold) {
        boolean single = population.onePerSubject(query.fact());
        Set<Optional<Expr>> rows = new LinkedHashSet<>();
        Set<Optional<Expr>> subjects = new LinkedHashSet<>();
        Set<ColumnDeclaration> measures = new LinkedHashSet<>();
        List<Aggregate.CountKeys> keys = new ArrayList<>();
        for (Aggregate aggregate : query.aggregates()) {
            switch (aggregate) {
                case Aggregate.CountRows(Optional<Expr> condition) -> rows.add(condition);
                case Aggregate.CountSubjects(Optional<Expr> condition) -> (single ? rows : subjects).add(condition);
                case Aggregate.Share(Expr condition, Expr among) -> {
                    rows.add(Optional.of(condition));
                    rows.add(Optional.of(among));
                }
                case Aggregate.CountMeasure(ColumnDeclaration measure) -> {
                    if (complete(query, population, measure)) {
                        rows.add(Optional.empty());
                    } else {
                        measures.add(measure);
                    }
                }
                case Aggregate.Sum(ColumnDeclaration measure) -> measures.add(measure);
                case Aggregate.Average(ColumnDeclaration measure) -> measures.add(measure);
                case Aggregate.CountKeys counted -> keys.add(counted);
            }
        }
        if (threshold) {
            (single ? rows : subjects).add(Optional.empty());
        }
        boolean fromPairs = Set.of(Optional.<Expr>empty()).containsAll(rows)
                && measures.stream().anyMatch(measure -> complete(query, population, measure));
        return new DpPlan(List.copyOf(rows), fromPairs, List.copyOf(subjects), List.copyOf(measures), keys);
    }

    /** Whether every row has a value of a measure: a public fact of the edition. */
    static boolean complete(CellQuery query, Population population, ColumnDeclaration measure) {
        return population.missing(query.fact(), measure).isEmpty();
    }

    /** Whether all rows are counted for themselves. */
    boolean countsRows() {
        return !rowConditions.isEmpty() && !rowsFromPairs;
    }

    /**
     * How many statistics share the loss.
     *
     * @param rowStatistics how many of them count rows
     */
    int shares(int rowStatistics) {
        return Math.max(
                1, (countsRows() ? rowStatistics : 0) + subjectConditions.size() + measures.size() + keyCounts.size());
    }
}
