package org.datareturn.guard.engine.trino;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one answer of the server, read by the columns' types (Trino client REST API, "QueryResults"). Whatever is not
 * of the form the guard's own SQL can have is malformed.
 */
final class TrinoPage {
    private final List<String> types;

    private TrinoPage(List<String> types) {
        this.types = types;
    }

    /** Something the server should not have said. The message quotes nothing. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed() {
            super("malformed", null, false, false);
        }
    }

    /** Rows of these columns. */
    static TrinoPage of(JsonNode columns) {
        List<String> types = new ArrayList<>();
        columns.forEach(column -> types.add(column.path("type").asText()));
        return new TrinoPage(List.copyOf(types));
    }

    /** One row. */
    List<@Nullable Object> row(JsonNode row) throws Malformed {
        if (!row.isArray() || row.size() != types.size()) {
            throw new Malformed();
        }
        List<@Nullable Object> values = new ArrayList<>(types.size());
        for (int i = 0; i < types.size(); i++) {
            values.add(value(types.get(i), row.get(i)));
        }
        return Collections.unmodifiableList(values);
    }

    private static @Nullable Object value(String type, JsonNode value) throws Malformed {
        if (value.isNull()) {
            return null;
        }
        String name = type.contains("(") ? type.substring(0, type.indexOf('(')) : type;
        try {
            return switch (name) {
                case "bigint", "integer" -> whole(value);
                case "decimal" -> new BigDecimal(value.asText());
                case "varchar" -> value.asText();
                case "date" -> LocalDate.parse(value.asText());
                case "boolean" -> value.asBoolean();
                case "array" -> numbers(value);
                default -> throw new Malformed();
            };
        } catch (NumberFormatException | DateTimeException other) {
            throw new Malformed();
        }
    }

    private static long whole(JsonNode value) throws Malformed {
        if (!value.canConvertToLong()) {
            throw new Malformed();
        }
        return value.longValue();
    }

    private static int[] numbers(JsonNode values) throws Malformed {
        int[] numbers = new int[values.size()];
        for (int i = 0; i < numbers.length; i++) {
            if (!values.get(i).canConvertToInt()) {
                throw new Malformed();
            }
            numbers[i] = values.get(i).intValue();
        }
        return numbers;
    }
}
