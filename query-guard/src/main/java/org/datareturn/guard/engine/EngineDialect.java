package org.datareturn.guard.engine;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.datareturn.guard.declaration.ColumnType;
import org.jspecify.annotations.Nullable;

/** How an engine writes what engines write differently; the defaults are standard SQL. */
public interface EngineDialect {
    /** A list of all values of a whole-number expression. */
    String listOf(String expression);

    /** A name in quotes. */
    default String name(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** The engine's name of a column's type. */
    default String type(ColumnType type) {
        return type.sqlName();
    }

    /** A constant of a type. */
    default String literal(@Nullable Object value, String type) {
        return switch (value) {
            case null -> "CAST(NULL AS " + type + ")";
            case String text -> "'" + text.replace("'", "''") + "'";
            case BigDecimal number -> "CAST(" + number.toPlainString() + " AS " + type + ")";
            case LocalDate date -> "DATE '" + date + "'";
            default -> "CAST(" + value + " AS " + type + ")";
        };
    }
}
