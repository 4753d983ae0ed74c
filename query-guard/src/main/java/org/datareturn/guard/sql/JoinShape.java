package org.datareturn.guard.sql;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.datareturn.guard.GuardReason;
import org.datareturn.guard.QueryRefused;
import org.datareturn.guard.declaration.JoinDeclaration;
import org.datareturn.guard.declaration.TableDeclaration;
import org.datareturn.guard.plan.ZoneFacts;
import org.datareturn.policy.Refusal;

/**
 * The tables of a query, the most detailed first, and the joins in an order in which each adds one table by a key that
 * is unique in it. So a row of the join is a row of the first table, and no row counts twice.
 */
record JoinShape(List<String> tables, List<JoinDeclaration> joins) {

    static JoinShape of(Sources sources, ZoneFacts facts, Set<String> measured) throws QueryRefused {
        List<TableDeclaration> candidates = sources.tables().stream()
                .filter(t -> facts.personal(t.name()))
                .filter(t -> measured.isEmpty() || (measured.size() == 1 && measured.contains(t.name())))
                .sorted(Comparator.comparing(TableDeclaration::name))
                .toList();
        for (TableDeclaration fact : candidates) {
            Optional<JoinShape> shape = from(fact.name(), sources, facts);
            if (shape.isPresent()) {
                return shape.get();
            }
        }
        if (measured.isEmpty() && candidates.isEmpty()) {
            throw new QueryRefused(Refusal.of(GuardReason.NO_SUBJECT_TABLE));
        }
        if (sources.joins().size() < sources.tables().size() - 1) {
            throw sources.joinRefused();
        }
        throw new QueryRefused(Refusal.of(GuardReason.JOIN_FANS_OUT)
                .withHint(
                        "度量列须来自明细最多的一张表，其余表每人或每键至多一行。",
                        "Measures come from the most detailed table; the others hold one row a person or key."));
    }

    /** The joins as ones in which a row is a row of this table; empty when they are not. */
    static Optional<JoinShape> from(String fact, Sources sources, ZoneFacts facts) {
        List<String> reached = new ArrayList<>(List.of(fact));
        List<JoinDeclaration> ordered = new ArrayList<>();
        List<JoinDeclaration> left = new ArrayList<>(sources.joins().stream()
                .distinct()
                .sorted(Comparator.comparing(JoinDeclaration::toString))
                .toList());
        boolean progress = true;
        while (progress && !left.isEmpty()) {
            progress = false;
            for (JoinDeclaration join : List.copyOf(left)) {
                boolean leftKnown = reached.contains(join.leftTable());
                boolean rightKnown = reached.contains(join.rightTable());
                if (leftKnown && !rightKnown && facts.unique(join.rightTable(), join.rightColumn())) {
                    reached.add(join.rightTable());
                } else if (rightKnown && !leftKnown && facts.unique(join.leftTable(), join.leftColumn())) {
                    reached.add(join.leftTable());
                } else if (!(leftKnown && rightKnown)) {
                    continue;
                }
                left.remove(join);
                ordered.add(join);
                progress = true;
            }
        }
        return left.isEmpty() && reached.size() == sources.tables().size()
                ? Optional.of(new JoinShape(List.copyOf(reached), List.copyOf(ordered)))
                : Optional.empty();
    }
}
