package org.datareturn.sandbox.zone.flight;

import java.util.ArrayList;
import java.util.List;

/**
 * A statement and the values bound to it; what a handle seals. Neither holds a NUL, which parts them.
 *
 * @param sql the statement
 * @param arguments values for its places, as text; empty before any were bound
 */
record Prepared(String sql, List<String> arguments) {
    private static final char PART = '\0';

    Prepared {
        arguments = List.copyOf(arguments);
        if (sql.indexOf(PART) >= 0 || arguments.stream().anyMatch(a -> a.indexOf(PART) >= 0)) {
            throw RefusalStatus.of(FlightReason.FLIGHT_COMMAND_MALFORMED);
        }
    }

    static Prepared of(String sql) {
        return new Prepared(sql, List.of());
    }

    /** Reads {@link #text}. */
    static Prepared read(String text) {
        List<String> parts = List.of(text.split(String.valueOf(PART), -1));
        return new Prepared(parts.getFirst(), parts.subList(1, parts.size()));
    }

    /** As one text. */
    String text() {
        List<String> parts = new ArrayList<>();
        parts.add(sql);
        parts.addAll(arguments);
        return String.join(String.valueOf(PART), parts);
    }
}
