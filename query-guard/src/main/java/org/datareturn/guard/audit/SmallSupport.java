package org.datareturn.guard.audit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.roaringbitmap.RoaringBitmap;

/**
 * Searches the part of a span that lies over small atoms, with a new vector in it, for a vector that concerns few
 * subjects. Finding the lightest is hard in general (it is the minimum distance of a linear code), so this is a bounded
 * information-set search (Prange 1962; Lee and Brickell 1988). First the new vector and its sums with one old row are
 * weighed: that finds every single atom and pair of atoms, and, as a light vector rarely meets two pivots when there are
 * many more atoms than rows, nearly every other. While the matrix is small the search is repeated over all pairs of
 * rows in several elimination orders.
 */
final class SmallSupport {
    private static final int ORDERS = 6;
    private static final long MOST_WORK = 20_000_000;

    private final List<int[]> rows;
    private final int[] added;
    private final List<RoaringBitmap> subjects;
    private final int k;

    /**
     * A search.
     *
     * @param rows reduced rows over small atoms, among which nothing light was found before
     * @param added the new vector, reduced by them
     * @param subjects the subjects behind each atom
     */
    SmallSupport(List<int[]> rows, int[] added, List<RoaringBitmap> subjects, int k) {
        this.rows = rows;
        this.added = added;
        this.subjects = subjects;
        this.k = k;
    }

    /** Whether a vector concerning fewer than k subjects turned up. */
    boolean found() {
        if (light(added)) {
            return true;
        }
        for (int[] row : rows) {
            if (lightPair(added, row)) {
                return true;
            }
        }
        return foundInOtherOrders();
    }

    private boolean foundInOtherOrders() {
        List<Integer> columns = new ArrayList<>();
        for (int j = 0; j < subjects.size(); j++) {
            if (added[j] != 0 || anyRowAt(j)) {
                columns.add(j);
            }
        }
        long dimension = rows.size() + 1L;
        if (dimension * dimension * columns.size() * ORDERS > MOST_WORK) {
            return false;
        }
        List<RoaringBitmap> kept = columns.stream().map(subjects::get).toList();
        List<int[]> basis = new ArrayList<>();
        rows.forEach(row -> basis.add(compact(row, columns)));
        basis.add(compact(added, columns));
        SmallSupport compacted = new SmallSupport(List.of(), compact(added, columns), kept, k);
        // Heaviest first: then the last pivots, and with them the lightest vectors, fall on light atoms.
        List<Integer> order = new ArrayList<>();
        for (int c = 0; c < kept.size(); c++) {
            order.add(c);
        }
        order.sort((a, b) ->
                Integer.compare(kept.get(b).getCardinality(), kept.get(a).getCardinality()));
        SplittableRandom random = new SplittableRandom(kept.size() * 31L + basis.size());
        for (int attempt = 0; attempt < ORDERS; attempt++) {
            if (compacted.foundIn(basis, order)) {
                return true;
            }
            for (int c = order.size() - 1; c > 0; c--) {
                java.util.Collections.swap(order, c, random.nextInt(c + 1));
            }
        }
        return false;
    }

    private boolean anyRowAt(int column) {
        for (int[] row : rows) {
            if (row[column] != 0) {
                return true;
            }
        }
        return false;
    }

    private static int[] compact(int[] row, List<Integer> columns) {
        int[] compact = new int[columns.size()];
        for (int c = 0; c < compact.length; c++) {
            compact[c] = row[columns.get(c)];
        }
        return compact;
    }

    private boolean foundIn(List<int[]> basis, List<Integer> order) {
        List<int[]> reduced = new ArrayList<>();
        basis.forEach(row -> reduced.add(row.clone()));
        int done = 0;
        for (int column : order) {
            int pivot = done;
            while (pivot < reduced.size() && reduced.get(pivot)[column] == 0) {
                pivot++;
            }
            if (pivot == reduced.size()) {
                continue;
            }
            int[] row = reduced.set(pivot, reduced.get(done));
            reduced.set(done, row);
            LinearSpan.scale(row, LinearSpan.inverse(row[column]));
            for (int i = 0; i < reduced.size(); i++) {
                if (i != done) {
                    LinearSpan.subtract(reduced.get(i), row, reduced.get(i)[column]);
                }
            }
            done++;
        }
        for (int i = 0; i < reduced.size(); i++) {
            if (light(reduced.get(i))) {
                return true;
            }
            for (int j = i + 1; j < reduced.size(); j++) {
                if (lightPair(reduced.get(i), reduced.get(j))) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean lightPair(int[] left, int[] right) {
        RoaringBitmap apart = new RoaringBitmap();
        boolean meet = false;
        for (int c = 0; c < subjects.size(); c++) {
            meet |= left[c] != 0 && right[c] != 0;
            if ((left[c] == 0) != (right[c] == 0)) {
                apart.or(subjects.get(c));
                if (apart.getCardinality() >= k) {
                    // Whatever is not in both stays in every sum of the two.
                    return false;
                }
            }
        }
        if (!meet) {
            // Two light vectors side by side: the union of what they tell.
            return !apart.isEmpty();
        }
        Set<Integer> ratios = new HashSet<>();
        for (int c = 0; c < subjects.size(); c++) {
            if (left[c] != 0 && right[c] != 0) {
                int ratio = LinearSpan.modulo((long) left[c] * LinearSpan.inverse(right[c]));
                if (ratios.add(ratio)) {
                    int[] sum = left.clone();
                    LinearSpan.subtract(sum, right, ratio);
                    if (light(sum)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private boolean light(int[] vector) {
        RoaringBitmap concerned = new RoaringBitmap();
        for (int c = 0; c < subjects.size(); c++) {
            if (vector[c] != 0) {
                concerned.or(subjects.get(c));
                if (concerned.getCardinality() >= k) {
                    return false;
                }
            }
        }
        return !concerned.isEmpty();
    }
}
