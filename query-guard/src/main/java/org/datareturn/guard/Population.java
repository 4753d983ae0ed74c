package org.datareturn.guard;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.datareturn.guard.audit.MeasureVersions;
import org.datareturn.guard.audit.RowNumbers;
import org.datareturn.guard.declaration.ColumnDeclaration;
import org.datareturn.guard.declaration.ReleaseFloor;
import org.datareturn.guard.declaration.RowsPerSubject;
import org.datareturn.guard.declaration.TableDeclaration;
import org.datareturn.guard.declaration.ZoneDeclaration;
import org.datareturn.guard.load.LoadedTable;
import org.datareturn.guard.plan.Derived;
import org.datareturn.guard.plan.Values;
import org.datareturn.guard.plan.ZoneFacts;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.PeekableIntIterator;
import org.roaringbitmap.RoaringBatchIterator;
import org.roaringbitmap.RoaringBitmap;

/**
 * What the guard itself keeps of an edition: how many subjects hold each value of a group or filter column, which
 * columns are unique, which rows lack a measure, and whose row is whose. Immutable after construction.
 */
final class Population implements ZoneFacts {
    /** Row numbers read from a set at once. */
    private static final int BATCH = 4096;

    private final RowNumbers numbers;
    private final Map<String, Map<Object, Integer>> holders = new HashMap<>();
    private final Map<String, RoaringBitmap> missing = new HashMap<>();
    private final Map<String, RoaringBitmap> idle = new HashMap<>();
    private final Map<String, long[]> amounts = new HashMap<>();
    private final Map<String, Double> largest = new ConcurrentHashMap<>();
    private final Map<String, Double> smallest = new ConcurrentHashMap<>();
    private final Map<String, RoaringBitmap> present = new HashMap<>();
    private final Set<String> unique = new HashSet<>();
    private final Set<String> secondRows = new HashSet<>();
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
                present.put(
                        declared.name(),
                        RoaringBitmap.bitmapOfUnordered(
                                rows.stream().mapToInt(Integer::intValue).toArray()));
                for (int c = 0; c < table.columns().size(); c++) {
                    count(table, c, rows, subjects, zone.release().minGroupSize());
                }
                if (single(declared, subjects)) {
                    onePerSubject.add(declared.name());
                }
            }
        });
    }

    /** Whether a table holds one row of each subject: by what is declared, and by the data where nothing is. */
    private static boolean single(TableDeclaration declared, List<Integer> subjects) {
        return switch (declared.rows()) {
            case ONE -> true;
            case SEVERAL -> false;
            case AS_FOUND -> new HashSet<>(subjects).size() == subjects.size();
        };
    }

    private void count(LoadedTable table, int place, List<Integer> rows, List<Integer> subjects, int minGroupSize) {
        ColumnDeclaration column = table.columns().get(place);
        String name = table.table().name() + "." + column.name();
        Map<Object, RoaringBitmap> holdersOf = new TreeMap<>(Values.ORDER);
        RoaringBitmap absent = new RoaringBitmap();
        RoaringBitmap zero = new RoaringBitmap();
        Set<Object> seen = new HashSet<>();
        int repeated = 0;
        boolean counted = column.filterable() || column.groupable();
        for (int i = 0; i < rows.size(); i++) {
            Object value = table.rows().get(i).get(place);
            if (value == null) {
                absent.add(rows.get(i));
                continue;
            }
            repeated += seen.add(value) ? 0 : 1;
            if (column.bounds().map(bounds -> clampedToZero(bounds, value)).orElse(false)) {
                zero.add(rows.get(i));
            }
            if (counted) {
                holdersOf.computeIfAbsent(value, v -> new RoaringBitmap()).add(subjects.get(i));
            }
        }
        boolean severalOfOne = column.subject() && table.table().rows() == RowsPerSubject.SEVERAL;
        // Whether a join is answered must not tell that somebody has a second row: few are as if there were none.
        int enough = column.subject() ? minGroupSize : 1;
        if (repeated < enough && !severalOfOne) {
            unique.add(name);
            if (repeated > 0) {
                secondRows.add(table.table().name());
            }
        }
        if (column.bounds().isPresent()) {
            long[] added = amounts(table, place, rows, column);
            amounts.put(name, added);
            Derived.square(column).ifPresent(square -> {
                // A square is missing and 0 where its root is.
                String squared = table.table().name() + "." + square.name();
                amounts.put(squared, Arrays.stream(added).map(x -> x * x).toArray());
                missing.put(squared, absent);
                idle.put(squared, RoaringBitmap.or(absent, zero));
            });
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

    /** The columns of a table that can be summed, and their squares. */
    List<ColumnDeclaration> measures(TableDeclaration table) {
        return table.columns().stream()
                .filter(column -> column.bounds().isPresent())
                .flatMap(column -> Stream.concat(Stream.of(column), Derived.square(column).stream()))
                .filter(column -> amounts.containsKey(table.name() + "." + column.name()))
                .toList();
    }

    /** The rows that add something else to a measure's sums than when the memory last saw them. */
    MeasureVersions.Changes changes(LoadedTable table, ColumnDeclaration measure, AnswerMemory memory) {
        List<Integer> rows = numbers.numbers(table.table().name(), table.rowIdentities());
        Space.Amounts space = new Space.Amounts(table.table().name(), measure);
        String name = space.measureName();
        return memory.versions(name).changes(name, rows, amounts(space.table(), measure));
    }

    /** Whether few persons make up most of a measure's sum over some rows (n, k rule). */
    boolean dominated(String table, ColumnDeclaration measure, RoaringBitmap rows, ReleaseFloor.Dominance rule) {
        long[] byRow = amounts(table, measure);
        IntToDoubleFunction amount = row -> row < byRow.length ? Math.abs((double) byRow[row]) : 0;
        return !outweighs(rows, amount, outweighing(table, measure, rule)) && dominated(table, rows, amount, rule);
    }

    /**
     * Whether few persons make up most of a difference of sums over elements of a measure, also of amounts that a refresh
     * has changed or removed.
     */
    boolean dominated(
            Space.Amounts space, RoaringBitmap elements, MeasureVersions versions, ReleaseFloor.Dominance rule) {
        RoaringBitmap rows = versions.rows(elements);
        return current(space, elements, versions)
                ? dominated(space.table(), space.measure(), rows, rule)
                : dominated(space.table(), rows, versions.changed(elements), rule);
    }

    /** The sum over elements of a measure, also of amounts that a refresh has changed or removed. */
    BigDecimal total(Space.Amounts space, RoaringBitmap elements, MeasureVersions versions) {
        return current(space, elements, versions)
                ? total(space.table(), space.measure(), versions.rows(elements))
                : new BigDecimal(
                        versions.total(elements), space.measure().type().scale());
    }

    /** Whether elements are what their rows add in this edition. */
    private boolean current(Space.Amounts space, RoaringBitmap elements, MeasureVersions versions) {
        return neverRefreshed(space.table(), versions)
                || (versions.current(elements) && present(space.table()).contains(versions.rows(elements)));
    }

    /** Whether all amounts that any sum was ever over are those of this edition. */
    boolean neverRefreshed(String table, MeasureVersions versions) {
        return versions.oneElementPerRow()
                && numbers.count(table) == present(table).getCardinality();
    }

    /** A sum that is larger than this cannot be dominated by anybody. */
    private double outweighing(String table, ColumnDeclaration measure, ReleaseFloor.Dominance rule) {
        long[] byRow = amounts(table, measure);
        String name = table + "." + measure.name() + "/" + rule.largest();
        return most(name, table, row -> Math.abs((double) byRow[row]), rule);
    }

    /**
     * The sum that the largest subjects of the whole table could just dominate: over fewer rows nobody adds more. Found
     * once an edition.
     */
    private double most(String name, String table, IntToDoubleFunction amount, ReleaseFloor.Dominance rule) {
        double most = largest.computeIfAbsent(
                name,
                any -> Arrays.stream(shares(table, present(table), amount))
                        .limit(Math.max(2, rule.largest()))
                        .sum());
        return most * 100 / rule.percent();
    }

    /** A sum over more contributors than this cannot be dominated by anybody. */
    long mostContributors(String table, ColumnDeclaration measure, ReleaseFloor.Dominance rule) {
        double least = smallest.computeIfAbsent(
                table + "." + measure.name(),
                any -> Arrays.stream(amounts(table, measure))
                        .filter(amount -> amount != 0)
                        .mapToDouble(amount -> Math.abs((double) amount))
                        .min()
                        .orElse(1));
        return (long) (outweighing(table, measure, rule) / least) + 1;
    }

    /** Whether few persons own most of some rows: a count of rows is a sum over persons too. */
    boolean dominated(String table, RoaringBitmap rows, ReleaseFloor.Dominance rule) {
        // The largest of this edition say nothing of rows of an earlier one.
        boolean outweighed = present(table).contains(rows)
                && rows.getCardinality() > most(table + "/" + rule.largest(), table, row -> 1, rule);
        return !onePerSubject(table) && !outweighed && dominated(table, rows, row -> 1, rule);
    }

    /** Whether a sum is larger than any the largest subjects of the table could dominate; looks at as few rows as it can. */
    private static boolean outweighs(RoaringBitmap rows, IntToDoubleFunction amount, double most) {
        double all = 0;
        PeekableIntIterator each = rows.getIntIterator();
        while (each.hasNext() && all <= most) {
            all += amount.applyAsDouble(each.next());
        }
        return all > most;
    }

    /**
     * The (n, k) rule: the n largest may not make up k % of the sum. And the p % rule with p = 100 − k: the second largest,
     * who knows what is theirs, may not come closer than p % to the largest, so what all others add must be at least
     * p % of the largest (Hundepool et al., "Statistical Disclosure Control", 2012, 4.2.2).
     */
    private boolean dominated(
            String table, RoaringBitmap rows, IntToDoubleFunction amount, ReleaseFloor.Dominance rule) {
        double[] shares = shares(table, rows, amount);
        double all = Arrays.stream(shares).sum();
        double top = Arrays.stream(shares).limit(rule.largest()).sum();
        double others = all - Arrays.stream(shares).limit(2).sum();
        // Amounts are magnitudes, so whoever has none comes last and changes nothing.
        return all > 0 && (top * 100 >= all * rule.percent() || others * 100 < shares[0] * (100 - rule.percent()));
    }

    /** What each subject adds, the most first. */
    private double[] shares(String table, RoaringBitmap rows, IntToDoubleFunction amount) {
        double[] shares = numbers.totals(table, rows, amount);
        Arrays.sort(shares);
        for (int i = 0, j = shares.length - 1; i < j; i++, j--) {
            double least = shares[i];
            shares[i] = shares[j];
            shares[j] = least;
        }
        return shares;
    }

    /**
     * The sum of a measure over rows, all of this edition, clamped to its bounds.
     */
    BigDecimal total(String table, ColumnDeclaration measure, RoaringBitmap rows) {
        long[] byRow = amounts(table, measure);
        if (fits(measure, rows) && (rows.isEmpty() || rows.last() < byRow.length)) {
            return new BigDecimal(
                    BigInteger.valueOf(total(byRow, rows)), measure.type().scale());
        }
        BigInteger all = BigInteger.ZERO;
        long part = 0;
        PeekableIntIterator each = rows.getIntIterator();
        while (each.hasNext()) {
            int row = each.next();
            long amount = row < byRow.length ? byRow[row] : 0;
            if (Math.abs(amount / 4) > Long.MAX_VALUE / 16 || Math.abs(part) > Long.MAX_VALUE / 4) {
                all = all.add(BigInteger.valueOf(part)).add(BigInteger.valueOf(amount));
                part = 0;
            } else {
                part += amount;
            }
        }
        return new BigDecimal(all.add(BigInteger.valueOf(part)), measure.type().scale());
    }

    /** Whether a sum over so many rows is a 64-bit number whatever the amounts. */
    private static boolean fits(ColumnDeclaration measure, RoaringBitmap rows) {
        return measure.bounds()
                .map(bounds -> bounds.least().abs().max(bounds.greatest().abs()))
                .map(most -> most.movePointRight(measure.type().scale())
                        .add(BigDecimal.ONE)
                        .multiply(BigDecimal.valueOf(rows.getLongCardinality())))
                .filter(sum -> sum.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) < 0)
                .isPresent();
    }

    /** Adds up amounts that cannot overflow. */
    private static long total(long[] byRow, RoaringBitmap rows) {
        long total = 0;
        int[] batch = new int[BATCH];
        RoaringBatchIterator each = rows.getBatchIterator();
        while (each.hasNext()) {
            int length = each.nextBatch(batch);
            for (int i = 0; i < length; i++) {
                total += byRow[batch[i]];
            }
        }
        return total;
    }

    /** The rows of a table in this edition. */
    RoaringBitmap present(String table) {
        return present.getOrDefault(table, new RoaringBitmap());
    }

    /** Whether persons stand behind more than one table, so that counts over one may be held against counts over another. */
    boolean personsInSeveralTables() {
        return personal.size() > 1;
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

    /** Whether a table taken for one with one row a person has a few second rows. */
    boolean secondRows(String table) {
        return secondRows.contains(table);
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

    /** Whether no subject has ever had two rows of a table. */
    boolean neverTwoPerSubject(String table) {
        return numbers.neverTwoPerSubject(table);
    }

    /** The number of distinct subjects behind rows of a table. */
    int subjectCount(String table, RoaringBitmap rows) {
        return numbers.subjectCount(table, rows, Integer.MAX_VALUE);
    }

    /** The number of distinct subjects behind rows of a table, not counted further than {@code atMost}. */
    int subjectCount(String table, RoaringBitmap rows, int atMost) {
        return numbers.subjectCount(table, rows, atMost);
    }

    /** Whether so many distinct subjects stand behind rows of a table. */
    boolean atLeast(int subjects, String table, RoaringBitmap rows) {
        return numbers.subjectCount(table, rows, subjects) >= subjects;
    }

    /** How many values a column has, the missing one included; more than any table has rows when that is not known. */
    int distinct(String table, ColumnDeclaration column) {
        Map<Object, Integer> counts = holders.get(table + "." + column.name());
        return counts == null || counts.isEmpty() ? Integer.MAX_VALUE : counts.size() + 1;
    }

    /** The values of a column that at least so many subjects hold. */
    List<Object> values(String table, ColumnDeclaration column, int atLeast) {
        return holders.getOrDefault(table + "." + column.name(), Map.of()).entrySet().stream()
                .filter(entry -> !personal.contains(table) || entry.getValue() >= atLeast)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The numbers of the subjects behind these rows, in the same order. */
    List<Integer> owners(String table, List<Integer> rows) {
        return numbers.subjectNumbers(table, rows);
    }

    /** The rows of a table that are of these subjects; of those who had one row only, also when a refresh removed it. */
    RoaringBitmap rowsOf(String table, RoaringBitmap subjects) {
        RoaringBitmap among = numbers.neverTwoPerSubject(table)
                ? RoaringBitmap.bitmapOfRange(0, numbers.count(table))
                : present(table);
        return numbers.rowsOf(table, subjects, among);
    }

    /** The distinct subjects behind rows of a table. */
    RoaringBitmap subjects(String table, RoaringBitmap rows) {
        return numbers.subjects(table, rows);
    }
}
