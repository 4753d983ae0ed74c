package org.datareturn.sandbox.watermark;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A released table as this room sees it: named columns, and rows of strings, longs, decimals, doubles, booleans and
 * nulls. Immutable.
 *
 * @param columns at least one; names are distinct
 * @param rows as many values a row as there are columns
 */
public record NeutralTable(List<Column> columns, List<List<@Nullable Object>> rows) {
    /** What a column is. */
    public enum Role {
        /** Names the row (a group column); never changed. */
        KEY,
        /** A released figure. */
        VALUE
    }

    /**
     * A column.
     *
     * @param name its name
     * @param role what it is
     * @param tolerance how far a value may be moved either way, in the column's own unit; half the rounding step or
     *     less; 0 when it must not be moved. Whole numbers are moved by whole numbers: the part behind the point is cut
     *     off
     */
    public record Column(String name, Role role, BigDecimal tolerance) {
        /**
         * Checks that a key is not to be moved.
         *
         * @throws IllegalArgumentException when the tolerance is negative, or not 0 for a key
         */
        public Column {
            if (tolerance.signum() < 0 || (role == Role.KEY && tolerance.signum() != 0)) {
                throw new IllegalArgumentException("the tolerance of " + name + " must be ≥ 0, and 0 for a key");
            }
        }

        /** A key column. */
        public static Column key(String name) {
            return new Column(name, Role.KEY, BigDecimal.ZERO);
        }

        /** A value column with its tolerance. */
        public static Column value(String name, BigDecimal tolerance) {
            return new Column(name, Role.VALUE, tolerance);
        }
    }

    /**
     * Checks and copies.
     *
     * @throws IllegalArgumentException when rows do not fit the columns, names repeat or a value is of another type
     */
    public NeutralTable {
        columns = List.copyOf(columns);
        Set<String> names = new HashSet<>();
        if (columns.isEmpty() || !columns.stream().allMatch(column -> names.add(column.name()))) {
            throw new IllegalArgumentException("a table has at least one column, and their names are distinct");
        }
        List<List<@Nullable Object>> copy = new ArrayList<>(rows.size());
        for (List<@Nullable Object> row : rows) {
            if (row.size() != columns.size() || !row.stream().allMatch(NeutralTable::isKnown)) {
                throw new IllegalArgumentException("a row has one value of a known type for each column");
            }
            copy.add(Collections.unmodifiableList(new ArrayList<>(row)));
        }
        rows = Collections.unmodifiableList(copy);
    }

    private static boolean isKnown(@Nullable Object value) {
        return value == null
                || value instanceof String
                || value instanceof Long
                || value instanceof BigDecimal
                || value instanceof Double
                || value instanceof Boolean;
    }

    /** Places of the columns of a role, ascending. */
    List<Integer> places(Role role) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).role() == role) {
                places.add(i);
            }
        }
        return places;
    }
}
