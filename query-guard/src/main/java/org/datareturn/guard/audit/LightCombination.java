package org.datareturn.guard.audit;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
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
    private static final int NO_MARK = -1;
    private static final int ORDERS = 6;
    private static final long MOST_WORK = 20_000_000;
    /** So many rows over a hundred atoms are the most work. */
    private static final int MOST_ROWS = 180;

    private final List<SparseVector> rows;
    private final SparseVector added;
    private final List<RoaringBitmap> atoms;
    private final int[] weights;
    private final Lightness lightness;
    private final Predicate<SparseVector> preferred;
    private final boolean oneElementPerSubject;
    private @Nullable SparseVector found;
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
            List<SparseVector> rows,
            SparseVector added,
            List<RoaringBitmap> atoms,
            int[] weights,
            Lightness lightness,
            Predicate<SparseVector> preferred) {
        this.rows = rows;
        this.added = added;
        this.atoms = atoms;
        this.weights = weights;
        this.lightness = lightness;
        this.preferred = preferred;
        this.oneElementPerSubject = lightness.oneElementPerSubject();
    }

    /** The lightest combination that turned up, the new vector taken once in it; empty when none is light. */
    Optional<SparseVector> find() {
        weigh(added);
        for (SparseVector row : rows) {
            pair(added, row, NO_MARK);
        }
        if (found == null) {
            searchOtherOrders();
        }
        return Optional.ofNullable(found);
    }

    /** Keeps a vector if it is light and better than what was found. */
    private void weigh(SparseVector vector) {
        if (oneElementPerSubject && !dominable(vector) && subjects(vector) >= lightness.minGroupSize()) {
            return;
        }
        RoaringBitmap concerned = new RoaringBitmap();
        for (int n = 0; n < vector.size(); n++) {
            if (vector.place(n) < atoms.size()) {
                concerned.or(atoms.get(vector.place(n)));
            }
        }
        if (concerned.isEmpty() || !lightness.light(concerned)) {
            return;
        }
        boolean usable = preferred.test(vector);
        int subjects = lightness.subjects(concerned);
        if (found == null || (usable && !settled) || (usable == settled && subjects < foundSubjects)) {
            found = vector;
            settled = usable;
            foundSubjects = subjects;
        }
    }

    /** Whether an atom of a vector is light because few make up most of it, and not because they are few. */
    private boolean dominable(SparseVector vector) {
        for (int n = 0; n < vector.size(); n++) {
            if (weight(vector.place(n)) >= lightness.minGroupSize()) {
                return true;
            }
        }
        return false;
    }

    private int weight(int atom) {
        return atom < atoms.size() ? weights[atom] : 0;
    }

    /** The subjects behind a vector's atoms, which are nobody's twice; not counted further than the minimum. */
    private int subjects(SparseVector vector) {
        int subjects = 0;
        for (int n = 0; n < vector.size() && subjects < lightness.minGroupSize(); n++) {
            subjects += weight(vector.place(n));
        }
        return subjects;
    }

    /**
     * Weighs the sums of two vectors in which some atom cancels; no others can be lighter than the two. Those atoms that
     * are in one of the two only stay in every sum.
     */
    private void pair(SparseVector left, SparseVector right, int mark) {
        Set<Integer> ratios = new LinkedHashSet<>();
        RoaringBitmap apart = new RoaringBitmap();
        int subjectsApart = 0;
        int l = 0;
        int r = 0;
        while (l < left.size() || r < right.size()) {
            int atLeft = l < left.size() ? left.place(l) : Integer.MAX_VALUE;
            int atRight = r < right.size() ? right.place(r) : Integer.MAX_VALUE;
            int atom = Math.min(atLeft, atRight);
            if (atLeft == atRight && atom < atoms.size()) {
                ratios.add(SparseVector.modulo((long) left.value(l) * SparseVector.inverse(right.value(r))));
            } else if (oneElementPerSubject) {
                subjectsApart += weight(atom);
            } else if (atom < atoms.size()) {
                apart.or(atoms.get(atom));
                subjectsApart = apart.getCardinality() < lightness.minGroupSize() ? 0 : lightness.subjects(apart);
            }
            if (subjectsApart >= lightness.minGroupSize()) {
                return;
            }
            l += atLeft <= atRight ? 1 : 0;
            r += atRight <= atLeft ? 1 : 0;
        }
        for (int ratio : ratios) {
            once(left.minus(right, ratio), mark);
        }
    }

    /** Weighs a vector scaled so that it has the new vector once, which the place {@code mark} counts if there is one. */
    private void once(SparseVector vector, int mark) {
        if (mark == NO_MARK) {
            weigh(vector);
        } else if (vector.at(mark) != 0) {
            weigh(vector.times(SparseVector.inverse(vector.at(mark))).withoutLast());
        }
    }

    private void searchOtherOrders() {
        BitSet reached = new BitSet(atoms.size());
        List<SparseVector> basis = connected(reached);
        long dimension = basis.size() + 1L;
        if (dimension * dimension * reached.cardinality() * ORDERS > MOST_WORK) {
            return;
        }
        // Behind all atoms stands how often a vector has the new one in it.
        int mark = atoms.size();
        SparseVector marked = added.times(1);
        marked.append(mark, 1);
        basis.add(marked);
        // Heaviest first: then the last pivots, and with them the lightest vectors, fall on light atoms.
        List<Integer> order = new ArrayList<>(reached.stream().boxed().toList());
        order.sort((a, b) -> Integer.compare(weights[b], weights[a]));
        SplittableRandom random = new SplittableRandom(order.size() * 31L + basis.size());
        for (int attempt = 0; attempt < ORDERS && found == null; attempt++) {
            searchOrder(basis, order, mark);
            for (int c = order.size() - 1; c > 0; c--) {
                Collections.swap(order, c, random.nextInt(c + 1));
            }
        }
    }

    /** The rows that hang together with the new vector by common atoms, which are marked; no others can lighten it. */
    private List<SparseVector> connected(BitSet reached) {
        mark(added, reached);
        List<SparseVector> near = new ArrayList<>();
        List<SparseVector> far = new ArrayList<>(rows);
        boolean grown = true;
        while (grown && near.size() <= MOST_ROWS) {
            List<SparseVector> touching =
                    far.stream().filter(row -> touches(row, reached)).toList();
            touching.forEach(row -> mark(row, reached));
            near.addAll(touching);
            far.removeAll(touching);
            grown = !touching.isEmpty();
        }
        return near;
    }

    private static boolean touches(SparseVector vector, BitSet reached) {
        for (int n = 0; n < vector.size(); n++) {
            if (reached.get(vector.place(n))) {
                return true;
            }
        }
        return false;
    }

    private static void mark(SparseVector vector, BitSet reached) {
        for (int n = 0; n < vector.size(); n++) {
            reached.set(vector.place(n));
        }
    }

    private void searchOrder(List<SparseVector> basis, List<Integer> order, int mark) {
        List<SparseVector> reduced = new ArrayList<>(basis);
        int done = 0;
        for (int column : order) {
            int pivot = done;
            while (pivot < reduced.size() && reduced.get(pivot).at(column) == 0) {
                pivot++;
            }
            if (pivot == reduced.size()) {
                continue;
            }
            SparseVector chosen = reduced.set(pivot, reduced.get(done));
            SparseVector row = chosen.times(SparseVector.inverse(chosen.at(column)));
            reduced.set(done, row);
            for (int i = 0; i < reduced.size(); i++) {
                if (i != done) {
                    reduced.set(i, reduced.get(i).minus(row, reduced.get(i).at(column)));
                }
            }
            done++;
        }
        for (int i = 0; i < reduced.size(); i++) {
            once(reduced.get(i), mark);
            for (int j = i + 1; j < reduced.size(); j++) {
                pair(reduced.get(i), reduced.get(j), mark);
            }
        }
    }
}
