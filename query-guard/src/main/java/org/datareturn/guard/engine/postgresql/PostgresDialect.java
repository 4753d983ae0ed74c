package org.datareturn.guard.engine.postgresql;

import java.time.LocalDate;
import org.datareturn.guard.declaration.ColumnType;
import org.datareturn.guard.engine.EngineDialect;
import org.jspecify.annotations.Nullable;

/** How PostgreSQL writes what engines write differently. Stateless. */
final class PostgresDialect implements EngineDialect {
    private static final int LAST_PLAIN_YEAR = 9999;

    @Override
    public String listOf(String expression) {
        return "array_agg(" + expression + ")";
    }

    @Override
    public String type(ColumnType type) {
        return type.kind() == ColumnType.Kind.VARCHAR ? "TEXT" : EngineDialect.super.type(type);
    }

    /** A column's type with its order: texts are compared byte by byte, whatever the database's language. */
    String declared(ColumnType type) {
        return type.kind() == ColumnType.Kind.VARCHAR ? "TEXT COLLATE \"C\"" : type(type);
    }

    @Override
    public String literal(@Nullable Object value, String type) {
        // Years beyond four digits and before year 1 are written otherwise than by ISO 8601: counted in days instead.
        return value instanceof LocalDate date && (date.getYear() < 1 || date.getYear() > LAST_PLAIN_YEAR)
                ? "(DATE '1970-01-01' + (" + date.toEpochDay() + "))"
                : EngineDialect.super.literal(value, type);
    }
}
