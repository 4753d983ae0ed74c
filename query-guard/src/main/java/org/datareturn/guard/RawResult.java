package org.datareturn.guard;

import java.util.List;
import org.datareturn.guard.engine.BaseCell;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * Exact values as an engine computed them, before disclosure control; only {@link ZoneEngine} makes one, and nobody
 * outside this package can look into it. Immutable but for the sets of rows, which nobody changes.
 */
public final class RawResult {
    private final GuardedQuery query;
    private final List<Group> groups;
    private final List<BaseCell> cells;
    private final String sql;

    /**
     * A group: a union of base cells each of which stands for enough subjects.
     *
     * @param key its key
     * @param rows its rows
     * @param values what was asked of it, in the order of the query's aggregates
     */
    record Group(List<@Nullable Object> key, RoaringBitmap rows, List<Value> values) {}

    /** A value asked of a group. */
    sealed interface Value {
        /** A number of rows. */
        record Rows(RoaringBitmap rows) implements Value {}

        /** A number of distinct subjects of rows. */
        record Subjects(RoaringBitmap rows) implements Value {}

        /** A number of distinct keys among releasable base cells. */
        record Keys(int count) implements Value {}

        /** A measure over the rows of a group that have a value of it. */
        record Measured(RoaringBitmap rows) implements Value {}
    }

    RawResult(GuardedQuery query, List<Group> groups, List<BaseCell> cells, String sql) {
        this.query = query;
        this.groups = List.copyOf(groups);
        this.cells = List.copyOf(cells);
        this.sql = sql;
    }

    /** The query it answers. */
    public GuardedQuery query() {
        return query;
    }

    List<Group> groups() {
        return groups;
    }

    /**
     * Every base cell of the data asked, as fine as the engine divides, however few stand behind it and whether or not it
     * meets the query's condition. Noisy release modes decide on these: their noise belongs to values and not to the
     * conditions that name them.
     */
    List<BaseCell> cells() {
        return cells;
    }

    String sql() {
        return sql;
    }
}
