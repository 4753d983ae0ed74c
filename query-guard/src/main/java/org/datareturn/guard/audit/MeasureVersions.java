package org.datareturn.guard.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.roaringbitmap.RoaringBitmap;

/**
 * What rows add to one measure's sums, told apart by value: a row's <em>element</em> is a number that changes when a
 * refresh changes the row's value of the measure, and only then. So a sum asked again after a refresh differs from the
 * earlier one by exactly the persons whose value changed. A row that adds nothing has no element. Kept across editions
 * and restarts as fingerprints, never as values. Thread-safe.
 */
public final class MeasureVersions {
    /** Elements from here on are of rows whose value has changed; below, an element is its row's number. */
    static final int LATER = 1 << 30;

    private final RoaringBitmap first = new RoaringBitmap();
    private final Map<Integer, Integer> laterOf = new HashMap<>();
    private final List<Integer> rowOfLater = new ArrayList<>();
    /** Rows that added something once and add nothing now. */
    private final RoaringBitmap idle = new RoaringBitmap();

    private int[] fingerprints = new int[0];

    /**
     * Rows whose value changed.
     *
     * @param measure table and column, with a point between them
     * @param rows their numbers
     * @param fingerprints 32 bits of each value's digest; 0 for a row that adds nothing
     */
    public record Changes(String measure, List<Integer> rows, List<Integer> fingerprints) {
        public Changes {
            rows = List.copyOf(rows);
            fingerprints = List.copyOf(fingerprints);
        }
    }

    /** Those of these rows whose value is not the one last known. */
    public synchronized Changes changes(String measure, int[] rows, int[] values) {
        List<Integer> changed = new ArrayList<>();
        List<Integer> to = new ArrayList<>();
        for (int i = 0; i < rows.length; i++) {
            int known = rows[i] < fingerprints.length ? fingerprints[rows[i]] : 0;
            if (known != values[i]) {
                changed.add(rows[i]);
                to.add(values[i]);
            }
        }
        return new Changes(measure, changed, to);
    }

    /** Gives changed rows new elements. */
    public synchronized void add(Changes changes) {
        for (int i = 0; i < changes.rows().size(); i++) {
            int row = changes.rows().get(i);
            int value = changes.fingerprints().get(i);
            if (row >= fingerprints.length) {
                fingerprints = Arrays.copyOf(fingerprints, Math.max(row + 1, row + row / 2));
            }
            // A row that added nothing so far has stood in no sum.
            boolean fresh = fingerprints[row] == 0 && !idle.checkedRemove(row);
            fingerprints[row] = value;
            first.remove(row);
            laterOf.remove(row);
            if (value == 0) {
                idle.add(row);
            } else if (fresh) {
                first.add(row);
            } else {
                laterOf.put(row, LATER + rowOfLater.size());
                rowOfLater.add(row);
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
}
