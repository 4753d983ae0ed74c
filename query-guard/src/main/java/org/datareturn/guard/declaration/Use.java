package org.datareturn.guard.declaration;

import java.util.Locale;
import java.util.Optional;

/** What a column may be used for. What is not declared does not exist. */
public enum Use {
    /** The protected person: counted distinct and joined on, never shown, filtered or grouped. */
    SUBJECT,
    /** A key of groups. */
    GROUP,
    /** May stand in conditions. */
    FILTER,
    /** A number inside SUM, AVG and COUNT only, clamped to its bounds. */
    MEASURE,
    /** May be joined on. */
    JOIN,
    /** No person stands behind its values: a key, a condition and a join alike. */
    PUBLIC,
    /** As if it did not exist. */
    HIDDEN;

    /** What is allowed, for messages. */
    public static final String ALLOWED = "subject, group, filter, measure, join, public, hidden";

    /** Reads a use as a declaration writes it; empty when there is no such use. */
    public static Optional<Use> parse(String text) {
        for (Use use : values()) {
            if (use.name().toLowerCase(Locale.ROOT).equals(text)) {
                return Optional.of(use);
            }
        }
        return Optional.empty();
    }
}
