package org.datareturn.guard.template;

import java.util.List;

/**
 * Proof that arguments are of the declared types and lie in the declared ranges of one template; only
 * {@link QueryTemplate} makes one. The values stay beside the text and become literals of its parse tree. Immutable.
 */
public final class BoundQuery {
    private final String sql;
    private final List<Object> literals;

    BoundQuery(String sql, List<Object> literals) {
        this.sql = sql;
        this.literals = List.copyOf(literals);
    }

    /** The SQL, with a {@code ?} for each of {@link #literals}. */
    public String sql() {
        return sql;
    }

    /** The values of the places, in order: Long, BigDecimal, String, LocalDate or Boolean. */
    public List<Object> literals() {
        return literals;
    }
}
