package org.datareturn.guard.engine.postgresql;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.datareturn.guard.engine.NumberedTable;
import org.jspecify.annotations.Nullable;

/**
 * Rows in the text format of {@code COPY … FROM STDIN} (PostgreSQL 18, SQL COPY, "Text Format"): a line a row, tabs between
 * values, {@code \N} for null, control characters and the backslash escaped. Used by one thread.
 */
final class CopyText {
    private final StringBuilder text = new StringBuilder();

    /** Adds one row of a table with its two numbers. */
    void add(NumberedTable table, int place) {
        List<@Nullable Object> row = table.table().rows().get(place);
        for (Object value : row) {
            value(value);
            text.append('\t');
        }
        text.append(table.rows().get(place)).append('\t');
        text.append(table.subjects().get(place)).append('\n');
    }

    private void value(@Nullable Object value) {
        switch (value) {
            case null -> text.append("\\N");
            case Long whole -> text.append(whole.longValue());
            case BigDecimal decimal -> text.append(decimal.toPlainString());
            case Boolean flag -> text.append(flag.booleanValue() ? 't' : 'f');
            case LocalDate date -> date(date);
            case String string -> escaped(string);
            default -> throw new IllegalArgumentException("no such type of value in a table");
        }
    }

    private void date(LocalDate date) {
        // Year 0 of ISO 8601 is 1 BC.
        int year = date.getYear() > 0 ? date.getYear() : 1 - date.getYear();
        text.append(String.format(Locale.ROOT, "%04d-%02d-%02d", year, date.getMonthValue(), date.getDayOfMonth()));
        if (date.getYear() < 1) {
            text.append(" BC");
        }
    }

    private void escaped(String string) {
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            switch (c) {
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                case '\b' -> text.append("\\b");
                case '\f' -> text.append("\\f");
                default -> text.append(c);
            }
        }
    }

    /** Characters added since the last {@link #take}. */
    int length() {
        return text.length();
    }

    /** What was added, in UTF-8; then empty again. */
    byte[] take() {
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        text.setLength(0);
        return bytes;
    }
}
