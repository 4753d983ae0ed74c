package org.datareturn.guard.engine;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;
import org.datareturn.guard.declaration.ColumnType;
import org.jspecify.annotations.Nullable;

/** How an engine writes what engines write differently; the defaults are standard SQL. */
public interface EngineDialect {
    /** A list of all values of a whole-number expression. */
    String listOf(String expression);

    /**
     * A set of all values of an expression of whole numbers from 0 to {@code bits} − 1, as bytes that begin with 0 in the
     * highest bit of the first; empty when the engine has none. Much faster than a list where sets are few and large.
     *
     * @param bits a multiple of 64
     */
    default Optional<String> setOf(String expression, int bits) {
        return Optional.empty();
    }

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
