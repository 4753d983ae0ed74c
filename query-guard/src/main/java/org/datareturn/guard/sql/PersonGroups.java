package org.datareturn.guard.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rex.RexNode;
import org.datareturn.guard.GuardReason;
import org.datareturn.guard.QueryRefused;
import org.datareturn.guard.declaration.ColumnDeclaration;
import org.datareturn.guard.declaration.JoinDeclaration;
import org.datareturn.guard.plan.Expr;
import org.datareturn.guard.plan.VisibleZone;
import org.datareturn.guard.plan.ZoneFacts;
import org.datareturn.policy.Refusal;

/**
 * Groups of persons of whom something was put together.
 *
 * @param aggregate what divides them into groups
 * @param rows the rows
 * @param inner what was put together
 */
record PersonGroups(LogicalAggregate aggregate, PersonRows rows, PersonRows.Inner inner) {

    /**
     * Checks that a group has no person's values twice: whatever else they were put together by is known once the person is,
     * or is a key of the group; and no join has added rows.
     */
    void check(VisibleZone zone, ZoneFacts facts) throws QueryRefused {
        Sources sources = new Sources(zone, aggregate);
        List<Expr> columns = sources.read(rows.base());
        boolean added = inner.tables().stream()
                .allMatch(table -> JoinShape.from(table, sources, facts).isEmpty());
        if (added) {
            throw new QueryRefused(Refusal.of(GuardReason.JOIN_FANS_OUT));
        }
        List<Expr> groups = new ArrayList<>();
        for (int key : aggregate.getGroupSet()) {
            RexNode value = rows.fields().get(key);
            if (rows.computed(value)) {
                throw inner.refused();
            }
            groups.add(sources.rex().read(value, columns));
        }
        boolean always = aggregate.getGroupSets().size() == 1;
        Expr subject = sources.rex().read(inner.subject(), columns);
        for (RexNode key : inner.keys()) {
            Expr by = sources.rex().read(key, columns);
            boolean[] known = {true};
            Expr.inputs(by, i -> known[0] &= knownWithPerson(sources, facts, subject, sources.source(i)));
            if (!known[0] && !(always && groups.contains(by))) {
                throw inner.refused();
            }
        }
    }

    /** Whether a column has one value a person: it is the person, or of a table with one row a person, joined by it. */
    private static boolean knownWithPerson(Sources sources, ZoneFacts facts, Expr subject, VisibleZone.Source column) {
        if (!(subject instanceof Expr.Input(int index))) {
            return false;
        }
        VisibleZone.Source person = sources.source(index);
        for (ColumnDeclaration own : column.table().columns()) {
            boolean same = column.table().equals(person.table()) && own.equals(person.column());
            for (JoinDeclaration join : sources.joins()) {
                same |= joins(join, person, column, own) || joins(join, column, own, person);
            }
            if (same
                    && (own.equals(column.column())
                            || facts.unique(column.table().name(), own.name()))) {
                return true;
            }
        }
        return false;
    }

    private static boolean joins(
            JoinDeclaration join, VisibleZone.Source person, VisibleZone.Source column, ColumnDeclaration own) {
        return is(join.leftTable(), join.leftColumn(), person.table().name(), person.column())
                && is(join.rightTable(), join.rightColumn(), column.table().name(), own);
    }

    private static boolean joins(
            JoinDeclaration join, VisibleZone.Source column, ColumnDeclaration own, VisibleZone.Source person) {
        return is(join.leftTable(), join.leftColumn(), column.table().name(), own)
                && is(join.rightTable(), join.rightColumn(), person.table().name(), person.column());
    }

    private static boolean is(String table, String column, String otherTable, ColumnDeclaration other) {
        return table.equals(otherTable)
                && column.toLowerCase(Locale.ROOT).equals(other.name().toLowerCase(Locale.ROOT));
    }
}
