package org.datareturn.guard;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.datareturn.guard.declaration.ColumnDeclaration;
import org.datareturn.guard.plan.Aggregate;
import org.datareturn.guard.plan.CellQuery;

/**
 * What has to be measured with noise so that all values of a query follow from it, and no more. Depends on the query and
 * on public facts only.
 *
 * @param rows whether the number of rows is needed
 * @param rowsFromPairs whether a measured pair tells the number of rows anyway
 * @param subjects whether the number of subjects is needed, where subjects have several rows
 * @param measures measures of which a pair is measured: the amounts above the least and below the greatest bound
 * @param keyCounts distinct keys counted
 */
record DpPlan(
        boolean rows,
        boolean rowsFromPairs,
        boolean subjects,
        List<ColumnDeclaration> measures,
        List<Aggregate.CountKeys> keyCounts) {

    /**
     * The plan of a query.
     *
     * @param threshold whether group keys are not public, so that their subjects have to be counted
     */
    static DpPlan of(CellQuery query, Population population, boolean threshold) {
        boolean single = population.onePerSubject(query.fact());
        boolean rows = threshold && single;
        boolean subjects = threshold && !single;
        Set<ColumnDeclaration> measures = new LinkedHashSet<>();
        List<Aggregate.CountKeys> keys = new ArrayList<>();
        for (Aggregate aggregate : query.aggregates()) {
            switch (aggregate) {
                case Aggregate.CountRows count -> rows = true;
                case Aggregate.CountSubjects count -> {
                    rows |= single;
                    subjects |= !single;
                }
                case Aggregate.CountMeasure(ColumnDeclaration measure) -> {
                    if (complete(query, population, measure)) {
                        rows = true;
                    } else {
                        measures.add(measure);
                    }
                }
                case Aggregate.Sum(ColumnDeclaration measure) -> measures.add(measure);
                case Aggregate.Average(ColumnDeclaration measure) -> measures.add(measure);
                case Aggregate.CountKeys counted -> keys.add(counted);
            }
        }
        boolean fromPairs = measures.stream().anyMatch(measure -> complete(query, population, measure));
        return new DpPlan(rows, fromPairs, subjects, List.copyOf(measures), keys);
    }

    /** Whether every row has a value of a measure: a public fact of the edition. */
    static boolean complete(CellQuery query, Population population, ColumnDeclaration measure) {
        return population.missing(query.fact(), measure).isEmpty();
    }

    /** Whether rows are counted for themselves. */
    boolean countsRows() {
        return rows && !rowsFromPairs;
    }

    /** How many statistics share the loss. */
    int shares() {
        return Math.max(1, (countsRows() ? 1 : 0) + (subjects ? 1 : 0) + measures.size() + keyCounts.size());
    }
}
