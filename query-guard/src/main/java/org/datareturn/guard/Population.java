package org.datareturn.guard;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import org.datareturn.guard.audit.RowNumbers;
import org.datareturn.guard.declaration.ColumnDeclaration;
import org.datareturn.guard.declaration.ReleaseFloor;
import org.datareturn.guard.declaration.ZoneDeclaration;
import org.datareturn.guard.load.LoadedTable;
import org.datareturn.guard.plan.Values;
import org.datareturn.guard.plan.ZoneFacts;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * What the guard itself keeps of an edition: how many subjects hold each value of a group or filter column, which
 * columns are unique, which rows lack a measure, and whose row is whose. Immutable after construction.
 */
final class Population implements ZoneFacts {
    private final RowNumbers numbers;
    private final Map<String, Map<Object, Integer>> holders = new HashMap<>();
    private final Map<String, RoaringBitmap> missing = new HashMap<>();
    private final Map<String, RoaringBitmap> idle = new HashMap<>();
    private final Map<String, long[]> amounts = new HashMap<>();
    private final Set<String> unique = new HashSet<>();
    private final Set<String> personal = new HashSet<>();
    private final Set<String> onePerSubject = new HashSet<>();

    Population(ZoneDeclaration zone, Map<String, LoadedTable> tables, RowNumbers numbers) {
        this.numbers = numbers;
        zone.tables().forEach(declared -> {
            LoadedTable table = tables.get(declared.name());
            if (table != null) {
                declared.subject().ifPresent(subject -> personal.add(declared.name()));
                List<Integer> rows = numbers.numbers(declared.name(), table.rowIdentities());
                List<Integer> subjects = numbers.subjectNumbers(declared.name(), rows);
                for (int c = 0; c < table.columns().size(); c++) {
                    count(table, c, rows, subjects);
                }
                if (new HashSet<>(subjects).size() == subjects.size()) {
                    onePerSubject.add(declared.name());
                }
            }
        });
    }

    private void count(LoadedTable table, int place, List<Integer> rows, List<Integer> subjects) {
        ColumnDeclaration column = table.columns().get(place);
        String name = table.table().name() + "." + column.name();
        Map<Object, RoaringBitmap> holdersOf = new TreeMap<>(Values.ORDER);
        RoaringBitmap absent = new RoaringBitmap();
        RoaringBitmap zero = new RoaringBitmap();
        Set<Object> seen = new HashSet<>();
        boolean repeated = false;
        boolean counted = column.filterable() || column.groupable();
        for (int i = 0; i < rows.size(); i++) {
            Object value = table.rows().get(i).get(place);
            if (value == null) {
                absent.add(rows.get(i));
                continue;
            }
            repeated |= !seen.add(value);
            if (column.bounds().map(bounds -> clampedToZero(bounds, value)).orElse(false)) {
                zero.add(rows.get(i));
            }
            if (counted) {
                holdersOf.computeIfAbsent(value, v -> new RoaringBitmap()).add(subjects.get(i));
            }
        }
        if (!repeated) {
            unique.add(name);
        }
        if (column.bounds().isPresent()) {
            amounts.put(name, amounts(table, place, rows, column));
        }
        missing.put(name, absent);
        idle.put(name, RoaringBitmap.or(absent, zero));
        Map<Object, Integer> counts = new TreeMap<>(Values.ORDER);
        holdersOf.forEach((value, bitmap) -> counts.put(value, bitmap.getCardinality()));
        holders.put(name, counts);
    }

    /** What each row adds to a sum, by the row's number, in units of the column's last decimal place. */
    private static long[] amounts(LoadedTable table, int place, List<Integer> rows, ColumnDeclaration column) {
        ColumnDeclaration.Bounds bounds = column.bounds().orElseThrow();
        long[] byRow = new long[rows.stream().mapToInt(Integer::intValue).max().orElse(-1) + 1];
        for (int i = 0; i < rows.size(); i++) {
            BigDecimal number = Values.number(table.rows().get(i).get(place));
            if (number != null) {
                byRow[rows.get(i)] = number.max(bounds.least())
                        .min(bounds.greatest())
                        .movePointRight(column.type().scale())
                        .setScale(0, RoundingMode.HALF_UP)
                        .longValueExact();
            }
        }
        return byRow;
    }

    /**
     * What each row of this edition adds to a sum of a measure, clamped to its bounds, by the row's number and in units
     * of the column's last decimal place; 0 where there is no value. Shared: not to be written to.
     */
    long[] amounts(String table, ColumnDeclaration measure) {
        return amounts.getOrDefault(table + "." + measure.name(), new long[0]);
    }

    /** Whether few persons make up most of a measure's sum over some rows (n, k rule). */
    boolean dominated(String table, ColumnDeclaration measure, RoaringBitmap rows, ReleaseFloor.Dominance rule) {
        long[] byRow = amounts(table, measure);
        // A row of an earlier edition that is gone adds nothing that anybody could still learn of this one.
        return dominated(table, rows, row -> row < byRow.length ? byRow[row] : 0, rule);
    }

    /** Whether few persons own most of some rows: a count of rows is a sum over persons too. */
    boolean dominated(String table, RoaringBitmap rows, ReleaseFloor.Dominance rule) {
        return dominated(table, rows, row -> 1, rule);
    }

    private boolean dominated(
            String table, RoaringBitmap rows, IntToDoubleFunction amount, ReleaseFloor.Dominance rule) {
        List<Integer> numbered = new ArrayList<>(rows.getCardinality());
        rows.forEach((int row) -> numbered.add(row));
        List<Integer> owners = numbers.subjectNumbers(table, numbered);
        Map<Integer, Double> bySubject = new HashMap<>();
        for (int i = 0; i < numbered.size(); i++) {
            bySubject.merge(owners.get(i), amount.applyAsDouble(numbered.get(i)), Double::sum);
        }
        double[] shares =
                bySubject.values().stream().mapToDouble(Math::abs).sorted().toArray();
        double all = Arrays.stream(shares).sum();
        double largest = Arrays.stream(shares)
                .skip(Math.max(0, shares.length - rule.largest()))
                .sum();
        return all > 0 && largest * 100 >= all * rule.percent();
    }

    private static boolean clampedToZero(ColumnDeclaration.Bounds bounds, Object value) {
        BigDecimal number = Values.number(value);
        return number != null
                && number.max(bounds.least()).min(bounds.greatest()).signum() == 0;
    }

    @Override
    public boolean publishable(String table, ColumnDeclaration column, Object value, int minGroupSize) {
        return !personal.contains(table) || holders(table, column, value) >= minGroupSize;
    }

    private int holders(String table, ColumnDeclaration column, @Nullable Object value) {
        Map<Object, Integer> counts = holders.getOrDefault(table + "." + column.name(), Map.of());
        return value == null || counts.isEmpty() ? 0 : counts.getOrDefault(value, 0);
    }

    @Override
    public boolean unique(String table, String column) {
        return unique.contains(table + "." + column);
    }

    @Override
    public boolean personal(String table) {
        return personal.contains(table);
    }

    /** Whether no subject has two rows in a table. */
    boolean onePerSubject(String table) {
        return onePerSubject.contains(table);
    }

    /** Rows of a table that lack a value of a column. */
    RoaringBitmap missing(String table, ColumnDeclaration column) {
        return missing.getOrDefault(table + "." + column.name(), new RoaringBitmap());
    }

    /** Rows of a table that add nothing to a measure's sum: no value, or 0 once clamped. */
    RoaringBitmap idle(String table, ColumnDeclaration column) {
        return idle.getOrDefault(table + "." + column.name(), new RoaringBitmap());
    }

    /** The distinct subjects behind rows of a table. */
    RoaringBitmap subjects(String table, RoaringBitmap rows) {
        return numbers.subjects(table, rows);
    }
}
