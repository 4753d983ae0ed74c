package org.datareturn.guard;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.datareturn.guard.plan.Aggregate;
import org.datareturn.guard.plan.Values;
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

    /**
     * How far off a released value may be.
     *
     * @param key the key of its group
     * @param value what was asked, such as {@code COUNT(*)} or {@code AVG(hours)}
     * @param halfWidth the half-width of its 95 % interval
     */
    public record Margin(List<@Nullable Object> key, String value, BigDecimal halfWidth) {
        public Margin {
            List<@Nullable Object> written = new ArrayList<>();
            for (Object part : key) {
                BigDecimal number = Values.number(part);
                written.add(part == null ? null : number == null ? part.toString() : number.toPlainString());
            }
            key = Collections.unmodifiableList(written);
        }

        static String label(Aggregate aggregate) {
            return switch (aggregate) {
                case Aggregate.CountRows rows -> "COUNT(*)";
                case Aggregate.CountSubjects subjects -> "COUNT(DISTINCT subject)";
                case Aggregate.CountKeys keys -> "COUNT(DISTINCT key)";
                case Aggregate.CountMeasure count -> "COUNT(" + count.measure().name() + ")";
                case Aggregate.Sum sum -> "SUM(" + sum.measure().name() + ")";
                case Aggregate.Average average -> "AVG(" + average.measure().name() + ")";
            };
        }
    }

    /**
     * What an answer cost.
     *
     * @param epsilon the privacy loss paid for it; 0 when it came from memory
     * @param left what its analyst still has of the budget
     */
    public record Cost(BigDecimal epsilon, BigDecimal left) {}

    private final Content content;
    private final boolean fromMemory;
    private final Optional<Cost> cost;

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
            String rewrittenSql,
            List<Margin> margins) {
        Content(
                int number,
                List<Column> columns,
                List<List<@Nullable Object>> rows,
                int suppressedGroups,
                String planDigest,
                String edition,
                String rewrittenSql) {
            this(number, columns, rows, suppressedGroups, planDigest, edition, rewrittenSql, List.of());
        }

        Content with(List<Margin> known) {
            return new Content(number, columns, rows, suppressedGroups, planDigest, edition, rewrittenSql, known);
        }

        Content {
            margins = List.copyOf(margins);
            columns = List.copyOf(columns);
            List<List<@Nullable Object>> copies = new ArrayList<>();
            rows.forEach(row -> copies.add(Collections.unmodifiableList(new ArrayList<@Nullable Object>(row))));
            rows = Collections.unmodifiableList(copies);
        }
    }

    Released(Content content, boolean fromMemory, Optional<Cost> cost) {
        this.content = content;
        this.fromMemory = fromMemory;
        this.cost = cost;
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

    /** How far off the values may be, where the zone's noise allows to say so; empty elsewhere. */
    public List<Margin> margins() {
        return content.margins();
    }

    /** What the answer cost, where answers are paid for from a budget. */
    public Optional<Cost> cost() {
        return cost;
    }

    /** Whether the same question had been answered before and this is that answer. */
    public boolean fromMemory() {
        return fromMemory;
    }
}
