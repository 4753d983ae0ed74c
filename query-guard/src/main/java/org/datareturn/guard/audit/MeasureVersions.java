package org.datareturn.guard.audit;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.roaringbitmap.PeekableIntIterator;
import org.roaringbitmap.RoaringBitmap;

/**
 * What rows add to one measure's sums, told apart by value: a row's <em>element</em> is a number that changes when a
 * refresh changes the row's value of the measure, and only then. So a sum asked again after a refresh differs from the
 * earlier one by exactly the persons whose value changed. A row that adds nothing has no element. What an element added is
 * kept across editions and restarts: few who make up most of what a refresh changed or removed are found by it. Thread-safe.
 */
public final class MeasureVersions {
    /** Elements from here on are of rows whose value has changed; below, an element is its row's number. */
    static final int LATER = 1 << 30;

    private final RoaringBitmap first = new RoaringBitmap();
    private final Map<Integer, Integer> laterOf = new HashMap<>();
    private final List<Integer> rowOfLater = new ArrayList<>();
    /** Rows that added something once and add nothing now. */
    private final RoaringBitmap idle = new RoaringBitmap();

    /** What each row adds, as last known. */
    private long[] newest = new long[0];
    /** What those first elements added that are no longer what their rows add. */
    private final Map<Integer, Long> oldest = new HashMap<>();

    private final List<Long> later = new ArrayList<>();

    /**
     * Rows whose value changed.
     *
     * @param measure table and column, with a point between them
     * @param rows their numbers
     * @param amounts what each adds now, in units of the measure's last decimal place; 0 for nothing
     */
    public record Changes(String measure, List<Integer> rows, List<Long> amounts) {
        public Changes {
            rows = List.copyOf(rows);
            amounts = List.copyOf(amounts);
        }
    }

    /** Those of these rows whose amount, given by the row's number, is not the one last known. */
    public synchronized Changes changes(String measure, List<Integer> rows, long[] amounts) {
        List<Integer> changed = new ArrayList<>();
        List<Long> to = new ArrayList<>();
        for (int row : rows) {
            if (newest(row) != amounts[row]) {
                changed.add(row);
                to.add(amounts[row]);
            }
        }
        return new Changes(measure, changed, to);
    }

    private long newest(int row) {
        return row < newest.length ? newest[row] : 0;
    }

    /** Gives changed rows new elements. */
    public synchronized void add(Changes changes) {
        for (int i = 0; i < changes.rows().size(); i++) {
            int row = changes.rows().get(i);
            long amount = changes.amounts().get(i);
            if (row >= newest.length) {
                newest = Arrays.copyOf(newest, Math.max(row + 1, row + row / 2));
            }
            if (first.checkedRemove(row)) {
                oldest.put(row, newest[row]);
            }
            // A row that added nothing so far has stood in no sum.
            boolean fresh = newest[row] == 0 && !idle.checkedRemove(row);
            newest[row] = amount;
            laterOf.remove(row);
            if (amount == 0) {
                idle.add(row);
            } else if (fresh) {
                first.add(row);
            } else {
                laterOf.put(row, LATER + rowOfLater.size());
                rowOfLater.add(row);
                later.add(amount);
            }
        }
    }

    /** Whether no row has had two elements. */
    public synchronized boolean oneElementPerRow() {
        return rowOfLater.isEmpty();
    }

    /** The elements of those of these rows that add something. */
    public synchronized RoaringBitmap elements(RoaringBitmap rows) {
        RoaringBitmap elements = RoaringBitmap.and(rows, first);
        if (!laterOf.isEmpty()) {
            RoaringBitmap.andNot(rows, first).forEach((int row) -> {
                Integer element = laterOf.get(row);
                if (element != null) {
                    elements.add(element);
                }
            });
        }
        return elements;
    }

    /** The rows these elements stand for. */
    public synchronized RoaringBitmap rows(RoaringBitmap elements) {
        if (elements.isEmpty() || elements.last() < LATER) {
            return elements;
        }
        RoaringBitmap rows = new RoaringBitmap();
        elements.forEach((int element) -> rows.add(element < LATER ? element : rowOfLater.get(element - LATER)));
        return rows;
    }

    /** Whether all of these elements are still what their rows add. */
    public synchronized boolean current(RoaringBitmap elements) {
        return elements(rows(elements)).equals(elements);
    }

    /**
     * What each row has of a difference of two sums over these elements, by the row's number: of one element its amount,
     * of several, as a refresh leaves them, what each changed the one before by. 0 for other rows.
     */
    public synchronized IntToDoubleFunction changed(RoaringBitmap elements) {
        Map<Integer, Double> several = new HashMap<>();
        RoaringBitmap once = elements.clone();
        PeekableIntIterator each = elements.getIntIterator();
        each.advanceIfNeeded(LATER);
        while (each.hasNext()) {
            int element = each.next();
            int row = rowOfLater.get(element - LATER);
            // Elements come in the order of their making.
            double before = several.containsKey(row)
                    ? several.get(row)
                    : once.checkedRemove(row) ? oldest.getOrDefault(row, 0L) : 0;
            several.put(row, later.get(element - LATER) - before);
        }
        return row -> Math.abs(several.containsKey(row) ? several.get(row) : once.contains(row) ? first(row) : 0);
    }

    /** What these elements added up to, in units of the measure's last decimal place, whether or not they still do. */
    public synchronized BigInteger total(RoaringBitmap elements) {
        BigInteger total = BigInteger.ZERO;
        PeekableIntIterator each = elements.getIntIterator();
        while (each.hasNext()) {
            int element = each.next();
            total = total.add(BigInteger.valueOf(element < LATER ? first(element) : later.get(element - LATER)));
        }
        return total;
    }

    private synchronized long first(int row) {
        return oldest.getOrDefault(row, newest(row));
    }
}
