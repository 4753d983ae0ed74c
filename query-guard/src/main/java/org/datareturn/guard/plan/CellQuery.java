package org.datareturn.guard.plan;

import java.util.List;
import java.util.Optional;
import org.datareturn.guard.declaration.JoinDeclaration;

/**
 * One question to the data, in the guard's own terms: rows are divided into base cells, base cells are merged into
 * groups, and values are asked of each group. Its {@link #canonical} text is the same for every spelling.
 *
 * @param tables the tables joined, the most detailed one first
 * @param joins how they are joined, in an order in which each adds one table
 * @param base the columns base cells are formed by
 * @param where which base cells take part
 * @param keys the groups' keys, over base columns
 * @param aggregates what is asked of each group
 */
public record CellQuery(
        List<String> tables,
        List<JoinDeclaration> joins,
        List<BaseColumn> base,
        Optional<Expr> where,
        List<Expr> keys,
        List<Aggregate> aggregates) {
    public CellQuery {
        tables = List.copyOf(tables);
        joins = List.copyOf(joins);
        base = List.copyOf(base);
        keys = List.copyOf(keys);
        aggregates = List.copyOf(aggregates);
    }

    /** The most detailed table: its rows are the rows counted and summed. */
    public String fact() {
        return tables.getFirst();
    }

    /** The question as text. */
    public String canonical() {
        StringBuilder text = new StringBuilder().append(tables).append(joins);
        base.forEach(b -> text.append(b.table())
                .append('.')
                .append(b.column().name())
                .append(b.split())
                .append(b.tests()));
        text.append(where).append(keys);
        for (Aggregate aggregate : aggregates) {
            text.append(
                    switch (aggregate) {
                        case Aggregate.CountMeasure count ->
                            "count " + count.measure().name();
                        case Aggregate.Sum sum -> "sum " + sum.measure().name();
                        case Aggregate.Average average ->
                            "avg " + average.measure().name();
                        default -> aggregate.toString();
                    });
            text.append(';');
        }
        return text.toString();
    }
}
