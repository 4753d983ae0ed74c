package org.datareturn.guard.declaration;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A table of a zone.
 *
 * @param name its name
 * @param columns its columns, in the order declared
 * @param rows how many rows it holds of one subject
 */
public record TableDeclaration(String name, List<ColumnDeclaration> columns, RowsPerSubject rows) {
    public TableDeclaration {
        columns = List.copyOf(columns);
    }

    /** The same table with some of its columns only. */
    public TableDeclaration with(List<ColumnDeclaration> some) {
        return new TableDeclaration(name, some, rows);
    }

    /** The column naming the protected person; empty when no person stands behind the table. */
    public Optional<ColumnDeclaration> subject() {
        return columns.stream().filter(ColumnDeclaration::subject).findFirst();
    }

    /** The column of a name, letter case aside. */
    public Optional<ColumnDeclaration> column(String columnName) {
        return columns.stream()
                .filter(c -> c.name().toLowerCase(Locale.ROOT).equals(columnName.toLowerCase(Locale.ROOT)))
                .findFirst();
    }
}
