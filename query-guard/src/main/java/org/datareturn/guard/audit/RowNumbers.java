package org.datareturn.guard.audit;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.roaringbitmap.BitSetUtil;
import org.roaringbitmap.PeekableIntIterator;
import org.roaringbitmap.RoaringBitmap;

/**
 * Numbers for rows and subjects that stay the same across editions and restarts. A person's n-th row keeps its number
 * whatever a refresh changes in it: the audit then takes a changed value for an unchanged one, which can only make it
 * stricter, where a new number would let a refresh of one column blind it to all others. Thread-safe.
 */
public final class RowNumbers {
    private final Map<Long, Integer> subjects = new HashMap<>();
    private final Map<String, Table> tables = new HashMap<>();

    /**
     * Rows not seen before.
     *
     * @param table their table
     * @param rowHashes their identities, in the order of their numbers
     * @param subjectHashes their subjects' identities
     */
    public record NewRows(String table, List<Long> rowHashes, List<Long> subjectHashes) {
        public NewRows {
            rowHashes = List.copyOf(rowHashes);
            subjectHashes = List.copyOf(subjectHashes);
        }
    }

    private static final class Table {
        private final Map<Long, Integer> numbers = new HashMap<>();
        private int[] subjectOf = new int[1024];
        private final RoaringBitmap owners = new RoaringBitmap();
        private boolean repeated;
    }

    /** Those of these rows that have no number yet. */
    public synchronized NewRows unknown(String table, List<Long> rowHashes, List<Long> subjectHashes) {
        Map<Long, Integer> numbers = tables.computeIfAbsent(table, t -> new Table()).numbers;
        List<Long> rows = new java.util.ArrayList<>();
        List<Long> owners = new java.util.ArrayList<>();
        for (int i = 0; i < rowHashes.size(); i++) {
            if (!numbers.containsKey(rowHashes.get(i))) {
                rows.add(rowHashes.get(i));
                owners.add(subjectHashes.get(i));
            }
        }
        return new NewRows(table, rows, owners);
    }

    /** Gives new rows their numbers. */
    public synchronized void add(NewRows rows) {
        Table table = tables.computeIfAbsent(rows.table(), t -> new Table());
        for (int i = 0; i < rows.rowHashes().size(); i++) {
            int number = table.numbers.size();
            table.numbers.put(rows.rowHashes().get(i), number);
            if (number >= table.subjectOf.length) {
                table.subjectOf = Arrays.copyOf(table.subjectOf, number * 2);
            }
            int owner = subjects.size();
            Integer known = subjects.putIfAbsent(rows.subjectHashes().get(i), owner);
            table.subjectOf[number] = known == null ? owner : known;
            table.repeated |= !table.owners.checkedAdd(table.subjectOf[number]);
        }
    }

    /** The numbers of rows that all have one. */
    public synchronized List<Integer> numbers(String table, List<Long> rowHashes) {
        Map<Long, Integer> numbers = tables.computeIfAbsent(table, t -> new Table()).numbers;
        return rowHashes.stream().map(hash -> numbers.getOrDefault(hash, -1)).toList();
    }

    /** How many rows of a table ever were. */
    public synchronized int count(String table) {
        return tables.computeIfAbsent(table, t -> new Table()).numbers.size();
    }

    /** The distinct subjects behind rows of a table. */
    public synchronized RoaringBitmap subjects(String table, RoaringBitmap rows) {
        return BitSetUtil.bitmapOf(subjectBits(table, rows));
    }

    /** The distinct subjects behind rows, a bit each: one pass over the rows without searching for a place for each. */
    private long[] subjectBits(String table, RoaringBitmap rows) {
        int[] subjectOf = tables.computeIfAbsent(table, t -> new Table()).subjectOf;
        long[] bits = new long[Math.ceilDiv(subjects.size(), Long.SIZE)];
        rows.forEach((int row) -> {
            int subject = subjectOf[row];
            // A shift by a number of bits counts from 0 in each word.
            bits[subject / Long.SIZE] |= 1L << subject;
        });
        return bits;
    }

    private synchronized int countSubjects(String table, RoaringBitmap rows, int atMost) {
        int[] subjectOf = tables.computeIfAbsent(table, t -> new Table()).subjectOf;
        BitSet counted = new BitSet(subjects.size());
        int count = 0;
        PeekableIntIterator each = rows.getIntIterator();
        while (each.hasNext() && count < atMost) {
            int subject = subjectOf[each.next()];
            if (!counted.get(subject)) {
                counted.set(subject);
                count++;
            }
        }
        return count;
    }

    /** Whether no subject has ever had two rows of a table. */
    public synchronized boolean neverTwoPerSubject(String table) {
        return !tables.computeIfAbsent(table, t -> new Table()).repeated;
    }

    /** The number of distinct subjects behind rows of a table, not counted further than {@code atMost}. */
    public int subjectCount(String table, RoaringBitmap rows, int atMost) {
        return neverTwoPerSubject(table) ? Math.min(rows.getCardinality(), atMost) : countSubjects(table, rows, atMost);
    }

    /** What each subject has of these rows' amounts, by the subject's number; subjects without any are 0. */
    public synchronized double[] totals(String table, RoaringBitmap rows, IntToDoubleFunction amount) {
        int[] subjectOf = tables.computeIfAbsent(table, t -> new Table()).subjectOf;
        double[] totals = new double[subjects.size()];
        rows.forEach((int row) -> totals[subjectOf[row]] += amount.applyAsDouble(row));
        return totals;
    }

    /** Those of some rows of a table that are of these subjects. */
    public synchronized RoaringBitmap rowsOf(String table, RoaringBitmap subjects, RoaringBitmap among) {
        int[] subjectOf = tables.computeIfAbsent(table, t -> new Table()).subjectOf;
        RoaringBitmap rows = new RoaringBitmap();
        among.forEach((int row) -> {
            if (subjects.contains(subjectOf[row])) {
                rows.add(row);
            }
        });
        return rows;
    }

    /** The numbers of the subjects behind these rows, in the same order. */
    public synchronized List<Integer> subjectNumbers(String table, List<Integer> rows) {
        int[] subjectOf = tables.computeIfAbsent(table, t -> new Table()).subjectOf;
        return rows.stream().map(row -> subjectOf[row]).toList();
    }
}
