package org.datareturn.guard.plan;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.datareturn.guard.declaration.ColumnDeclaration;
import org.datareturn.guard.declaration.JoinDeclaration;
import org.datareturn.guard.declaration.ReleaseFloor;
import org.datareturn.guard.declaration.TableDeclaration;
import org.datareturn.guard.declaration.ZoneDeclaration;

/**
 * A zone as one caller sees it: what is hidden or not granted is not there.
 *
 * @param tables tables with at least one column left
 * @param joins joins both of whose columns are left
 * @param paid whether questions to the data share a privacy budget, so that none is asked that nobody wrote
 */
public record VisibleZone(List<TableDeclaration> tables, List<JoinDeclaration> joins, boolean paid) {
    public VisibleZone {
        tables = List.copyOf(tables);
        joins = List.copyOf(joins);
    }

    /** The zone reduced to these columns, written {@code table.column}, letter case aside. */
    public static VisibleZone of(ZoneDeclaration zone, Set<String> granted) {
        Set<String> names =
                granted.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
        List<TableDeclaration> tables = zone.tables().stream()
                .map(table -> table.with(table.columns().stream()
                        .filter(c -> !c.hidden() && names.contains(qualified(table.name(), c.name())))
                        .toList()))
                .filter(table -> !table.columns().isEmpty())
                .toList();
        List<JoinDeclaration> joins = zone.joins().stream()
                .filter(j -> names.contains(qualified(j.leftTable(), j.leftColumn()))
                        && names.contains(qualified(j.rightTable(), j.rightColumn())))
                .toList();
        return new VisibleZone(tables, joins, zone.release().noise() == ReleaseFloor.Noise.DP);
    }

    private static String qualified(String table, String column) {
        return (table + "." + column).toLowerCase(Locale.ROOT);
    }

    /** A column of a table of this view. */
    public record Source(TableDeclaration table, ColumnDeclaration column) {}
}
