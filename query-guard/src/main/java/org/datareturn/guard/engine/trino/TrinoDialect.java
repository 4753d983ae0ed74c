package org.datareturn.guard.engine.trino;

import java.time.LocalDate;
import org.datareturn.guard.engine.EngineDialect;
import org.jspecify.annotations.Nullable;

/** How Trino writes what engines write differently. Stateless. */
final class TrinoDialect implements EngineDialect {
    private static final int LAST_PLAIN_YEAR = 9999;

    @Override
    public String listOf(String expression) {
        return "array_agg(" + expression + ")";
    }

    @Override
    public String literal(@Nullable Object value, String type) {
        return value instanceof LocalDate date && (date.getYear() < 0 || date.getYear() > LAST_PLAIN_YEAR)
                ? date(Long.toString(date.toEpochDay()))
                : EngineDialect.super.literal(value, type);
    }

    /** The date so many days after 1970-01-01. */
    static String date(String days) {
        return "date_add('day', " + days + ", DATE '1970-01-01')";
    }
}
