package org.datareturn.guard.audit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * Searches a new vector, and its sums with what is solvable over light atoms, for one that concerns too few. Finding the
 * lightest is hard in general (it is the minimum distance of a linear code), so this is a bounded information-set search
 * (Prange 1962; Lee and Brickell 1988). First the new vector and its sums with one old row are weighed: that finds every
 * single atom and pair of atoms, and, as a light vector rarely meets two pivots when there are many more atoms than rows,
 * nearly every other. While the matrix is small the search is repeated over all pairs of rows in several elimination
 * orders. Used once, by one thread.
 */
final class LightCombination {
    private static final int ORDERS = 6;
    private static final long MOST_WORK = 20_000_000;
    /** So many rows over a hundred atoms are the most work. */
    private static final int MOST_ROWS = 180;

    private final List<int[]> rows;
    private final int[] added;
    private final List<RoaringBitmap> atoms;
    private final int[] weights;
    private final Lightness lightness;
    private final Predicate<int[]> preferred;
    private final boolean oneElementPerSubject;
    private int @Nullable [] found;
    private boolean settled;
    private int foundSubjects;

    /**
     * A search.
     *
     * @param rows reduced rows over light atoms, among which nothing light was found before
     * @param added the new vector, reduced by them
     * @param weights the number of subjects behind each atom
     * @param preferred which combinations the caller can use best; any other is found only when there is none of these
     */
    LightCombination(
            List<int[]> rows,
            int[] added,
            List<RoaringBitmap> atoms,
            int[] weights,
            Lightness lightness,
            Predicate<int[]> preferred) {
        this.rows = rows;
        this.added = added;
        this.atoms = atoms;
        this.weights = weights;
        this.lightness = lightness;
        this.preferred = preferred;
        this.oneElementPerSubject = lightness.oneElementPerSubject();
    }

    /** The lightest combination that turned up, the new vector taken once in it; empty when none is light. */
    Optional<int[]> find() {
        weigh(added);
        for (int[] row : rows) {
            pair(added, row, added.length);
        }
        if (found == null) {
            searchOtherOrders();
        }
        return Optional.ofNullable(found);
    }

    /** Keeps a vector if it is light and better than what was found. */
    private void weigh(int[] vector) {
        if (oneElementPerSubject && !dominable(vector) && tooMany(c -> vector[c] != 0)) {
            return;
        }
        RoaringBitmap concerned = new RoaringBitmap();
        for (int c = 0; c < atoms.size(); c++) {
            if (vector[c] != 0) {
                concerned.or(atoms.get(c));
            }
        }
        if (concerned.isEmpty() || !lightness.light(concerned)) {
            return;
        }
        boolean usable = preferred.test(vector);
        int subjects = lightness.subjects(concerned);
        if (found == null || (usable && !settled) || (usable == settled && subjects < foundSubjects)) {
            found = vector.clone();
            settled = usable;
            foundSubjects = subjects;
        }
    }

    /** Whether an atom of a vector is light because few make up most of it, and not because they are few. */
    private boolean dominable(int[] vector) {
        for (int c = 0; c < atoms.size(); c++) {
            if (vector[c] != 0 && weights[c] >= lightness.minGroupSize()) {
                return true;
            }
        }
        return false;
    }

    /** Whether enough subjects stand behind some atoms together, which are nobody's twice. */
    private boolean tooMany(IntPredicate chosen) {
        int subjects = 0;
        for (int c = 0; c < atoms.size() && subjects < lightness.minGroupSize(); c++) {
            subjects += chosen.test(c) ? weights[c] : 0;
        }
        return subjects >= lightness.minGroupSize();
    }

    private static boolean meet(int[] left, int[] right, int width) {
        for (int c = 0; c < width; c++) {
            if (left[c] != 0 && right[c] != 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether enough subjects stand behind the atoms that are in one of two vectors: they stay in every sum of the two. */
    private boolean enoughApart(int[] left, int[] right) {
        if (oneElementPerSubject) {
            return tooMany(c -> (left[c] == 0) != (right[c] == 0));
        }
        RoaringBitmap apart = new RoaringBitmap();
        for (int c = 0; c < atoms.size(); c++) {
            if ((left[c] == 0) != (right[c] == 0)) {
                apart.or(atoms.get(c));
            }
        }
        return lightness.subjects(apart) >= lightness.minGroupSize();
    }

    /** Weighs the sums of two vectors in which some atom cancels; no others can be lighter than the two. */
    private void pair(int[] left, int[] right, int width) {
        if (!meet(left, right, atoms.size()) || enoughApart(left, right)) {
            return;
        }
        Set<Integer> ratios = new HashSet<>();
        for (int c = 0; c < atoms.size(); c++) {
            if (left[c] != 0 && right[c] != 0) {
                int ratio = LinearSpan.modulo((long) left[c] * LinearSpan.inverse(right[c]));
                if (ratios.add(ratio)) {
                    int[] sum = left.clone();
                    LinearSpan.subtract(sum, right, ratio);
                    once(sum, width);
                }
            }
        }
    }

    /** Weighs a vector scaled so that it has the new vector once, which the column {@code mark} counts if there is one. */
    private void once(int[] vector, int mark) {
        if (mark >= vector.length) {
            weigh(vector);
        } else if (vector[mark] != 0) {
            int[] scaled = vector.clone();
            LinearSpan.scale(scaled, LinearSpan.inverse(vector[mark]));
            weigh(scaled);
        }
    }

    private void searchOtherOrders() {
        boolean[] reached = new boolean[atoms.size()];
        List<int[]> near = connected(reached);
        List<Integer> columns = new ArrayList<>();
        for (int c = 0; c < reached.length; c++) {
            if (reached[c]) {
                columns.add(c);
            }
        }
        long dimension = near.size() + 1L;
        if (dimension * dimension * columns.size() * ORDERS > MOST_WORK) {
            return;
        }
        List<int[]> basis = new ArrayList<>();
        near.forEach(row -> basis.add(compact(row, columns, 0)));
        basis.add(compact(added, columns, 1));
        LightCombination compacted = new LightCombination(
                List.of(),
                basis.getLast(),
                columns.stream().map(atoms::get).toList(),
                columns.stream().mapToInt(c -> weights[c]).toArray(),
                lightness,
                e -> preferred.test(expand(e, columns)));
        // Heaviest first: then the last pivots, and with them the lightest vectors, fall on light atoms.
        List<Integer> order = new ArrayList<>();
        for (int c = 0; c < columns.size(); c++) {
            order.add(c);
        }
        order.sort((a, b) -> Integer.compare(weights[columns.get(b)], weights[columns.get(a)]));
        SplittableRandom random = new SplittableRandom(columns.size() * 31L + basis.size());
        for (int attempt = 0; attempt < ORDERS && compacted.found == null; attempt++) {
            compacted.searchOrder(basis, order);
            for (int c = order.size() - 1; c > 0; c--) {
                Collections.swap(order, c, random.nextInt(c + 1));
            }
        }
        if (compacted.found != null) {
            found = expand(compacted.found, columns);
        }
    }

    /** The rows that hang together with the new vector by common atoms, which are marked; no others can lighten it. */
    private List<int[]> connected(boolean[] reached) {
        mark(added, reached);
        List<int[]> near = new ArrayList<>();
        List<int[]> far = new ArrayList<>(rows);
        boolean grown = true;
        while (grown && near.size() <= MOST_ROWS) {
            List<int[]> touching =
                    far.stream().filter(row -> touches(row, reached)).toList();
            touching.forEach(row -> mark(row, reached));
            near.addAll(touching);
            far.removeAll(touching);
            grown = !touching.isEmpty();
        }
        return near;
    }

    private static boolean touches(int[] vector, boolean[] reached) {
        for (int c = 0; c < reached.length; c++) {
            if (reached[c] && vector[c] != 0) {
                return true;
            }
        }
        return false;
    }

    private static void mark(int[] vector, boolean[] reached) {
        for (int c = 0; c < reached.length; c++) {
            reached[c] |= vector[c] != 0;
        }
    }

    /** A vector over these columns only, and after them how often it has the new vector. */
    private static int[] compact(int[] row, List<Integer> columns, int added) {
        int[] compact = new int[columns.size() + 1];
        for (int c = 0; c < columns.size(); c++) {
            compact[c] = row[columns.get(c)];
        }
        compact[columns.size()] = added;
        return compact;
    }

    private int[] expand(int[] compact, List<Integer> columns) {
        int[] vector = new int[added.length];
        for (int c = 0; c < columns.size(); c++) {
            vector[columns.get(c)] = compact[c];
        }
        return vector;
    }

    private void searchOrder(List<int[]> basis, List<Integer> order) {
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
        int mark = order.size();
        for (int i = 0; i < reduced.size(); i++) {
            once(reduced.get(i), mark);
            for (int j = i + 1; j < reduced.size(); j++) {
                pair(reduced.get(i), reduced.get(j), mark);
            }
        }
    }
}
