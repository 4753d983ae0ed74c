package org.datareturn.guard;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table that passed disclosure control; only {@link DisclosureControl} makes one. Immutable.
 */
public final class Released implements ZoneAnswer {
    /** What a column holds. */
    public enum ColumnKind {
        /** A group key. */
        KEY,
        /** A number of rows, subjects or distinct keys. */
        COUNT,
        /** A sum of a measure. */
        SUM,
        /** A mean of a measure. */
        AVERAGE,
        /** Computed from released values. */
        DERIVED
    }

    /**
     * A column.
     *
     * @param name its name, as the query gives it
     * @param sqlType VARCHAR, BIGINT, INTEGER, DECIMAL(p,s), DATE or BOOLEAN
     * @param kind what it holds
     * @param tolerance how far a released value may lie from the unrounded one: half the rounding step for counts and
     *     sums, 0 where nothing may be altered; a watermark may use no more
     */
    public record Column(String name, String sqlType, ColumnKind kind, BigDecimal tolerance) {}

    private final Content content;
    private final boolean fromMemory;

    /**
     * Everything an answer holds but where it came from.
     *
     * @param number the number of this answer among those its organisation was given on this zone, from 1
     * @param suppressedGroups at most so many groups were left out; 0 also when few persons stand behind them
     */
    record Content(
            int number,
            List<Column> columns,
            List<List<@Nullable Object>> rows,
            int suppressedGroups,
            String planDigest,
            String edition,
            String rewrittenSql) {
        Content {
            columns = List.copyOf(columns);
            List<List<@Nullable Object>> copies = new ArrayList<>();
            rows.forEach(row -> copies.add(Collections.unmodifiableList(new ArrayList<@Nullable Object>(row))));
            rows = Collections.unmodifiableList(copies);
        }
    }

    Released(Content content, boolean fromMemory) {
        this.content = content;
        this.fromMemory = fromMemory;
    }

    Content content() {
        return content;
    }

    /** The number of this answer among those its organisation was given on this zone, from 1. */
    public int number() {
        return content.number();
    }

    /** The columns, in order. */
    public List<Column> columns() {
        return content.columns();
    }

    /**
     * The rows, each as wide as {@link #columns()}: {@link String}, {@link Long}, {@link BigDecimal},
     * {@link java.time.LocalDate}, {@link Boolean} or null by the column's type. Unmodifiable.
     */
    public List<List<@Nullable Object>> rows() {
        return content.rows();
    }

    /**
     * At most so many groups were left out, a multiple of the zone's rounding; 0 also when fewer than
     * {@code min_group_size} subjects stand behind all of them together.
     */
    public int suppressedGroups() {
        return content.suppressedGroups();
    }

    /** SHA-256 of the normalised plan, in hexadecimal: the same for every spelling of the same question. */
    public String planDigest() {
        return content.planDigest();
    }

    /** The edition of the data that was asked: SHA-256 over its rows, in hexadecimal. */
    public String edition() {
        return content.edition();
    }

    /** The SQL the engine ran, without the lists of cells it was given. */
    public String rewrittenSql() {
        return content.rewrittenSql();
    }

    /** Whether the same question had been answered before and this is that answer. */
    public boolean fromMemory() {
        return fromMemory;
    }
}
