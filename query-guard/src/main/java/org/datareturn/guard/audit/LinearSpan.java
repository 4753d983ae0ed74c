package org.datareturn.guard.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.roaringbitmap.RoaringBitmap;

/**
 * Everything that can be computed by adding and subtracting the answers of one kind that were given: their linear
 * span, kept so that one can tell whether a sum over few persons lies in it (sum auditing: Chin and Özsoyoğlu,
 * "Auditing and inference control in statistical databases", IEEE TSE 1982).
 *
 * <p>An answer is a set of elements (rows, or subjects). Elements that stand in exactly the same answers form an
 * <em>atom</em>; answers are 0/1 vectors over atoms, kept in reduced row echelon form modulo the prime 2³¹−1. An atom
 * is <em>small</em> when fewer than k distinct subjects stand behind it. Pivots are kept on large atoms where possible,
 * so the rows whose pivot is small span exactly what can be solved over small atoms alone; a vector with a large atom
 * in its support concerns at least k subjects and is no disclosure. A new answer that, reduced by the others, still
 * has a large atom therefore changes nothing over small atoms and is safe; any other is searched for combinations that
 * concern fewer than k subjects.
 *
 * <p>What is searched: the reduced new vector, every sum of it with one row over small atoms that cancels somewhere
 * (so single atoms and pairs of atoms exactly), and, while the small part is not too large, further unions by
 * {@link SmallSupport}. Bounds keep memory finite; at the bound the answer must be refused. Arithmetic modulo a prime can
 * only make more vectors look solvable, but for a denominator divisible by 2³¹−1. Not thread-safe.
 */
public final class LinearSpan {
    static final int PRIME = Integer.MAX_VALUE;

    private static final int MOST_NUMBERS = 16_000_000;
    private static final int MOST_ATOMS = 40_000;

    private final UnaryOperator<RoaringBitmap> subjectsOf;
    private final List<RoaringBitmap> atoms = new ArrayList<>();
    private final List<RoaringBitmap> subjects = new ArrayList<>();
    private final List<int[]> rows = new ArrayList<>();
    private final List<Integer> pivots = new ArrayList<>();
    private int capacity = 64;

    /** An empty span; {@code subjectsOf} tells the distinct subjects behind a set of elements. */
    public LinearSpan(UnaryOperator<RoaringBitmap> subjectsOf) {
        this.subjectsOf = subjectsOf;
    }

    /** A span that can be changed without changing this one. Sets are shared and never written to. */
    public LinearSpan copy() {
        LinearSpan copy = new LinearSpan(subjectsOf);
        copy.atoms.addAll(atoms);
        copy.subjects.addAll(subjects);
        rows.forEach(row -> copy.rows.add(row.clone()));
        copy.pivots.addAll(pivots);
        copy.capacity = capacity;
        return copy;
    }

    /**
     * Splits atoms so that these sets are unions of atoms, and moves pivots to atoms of at least {@code k} subjects
     * where that is possible. To be called before {@link #examine} with these sets. Splitting changes nothing about
     * what is solvable.
     *
     * @return whether there was room; when not, this span must be thrown away
     */
    public boolean prepare(Collection<RoaringBitmap> sets, int k) {
        for (RoaringBitmap set : sets) {
            refine(set);
            if (atoms.size() > MOST_ATOMS || (long) (rows.size() + sets.size()) * atoms.size() > MOST_NUMBERS) {
                return false;
            }
        }
        for (int i = 0; i < rows.size(); i++) {
            int large = weight(pivots.get(i)) >= k ? -1 : heaviest(rows.get(i), k);
            if (large >= 0) {
                pivot(i, large);
            }
        }
        return true;
    }

    /**
     * Looks whether a set could be told besides what was told.
     *
     * @return what it adds, to be given to {@link #add}; empty when with it something that concerns fewer than
     *     {@code k} subjects was found to be solvable
     */
    public Optional<Addition> examine(RoaringBitmap set, int k) {
        int[] vector = reduced(set);
        int pivot = heaviest(vector, 0);
        if (pivot < 0 || weight(pivot) >= k) {
            return Optional.of(new Addition(vector, pivot));
        }
        List<int[]> small = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            if (weight(pivots.get(i)) < k) {
                small.add(rows.get(i));
            }
        }
        boolean found = new SmallSupport(small, vector, subjects, k).found();
        return found ? Optional.empty() : Optional.of(new Addition(vector, pivot));
    }

    /** Adds what {@link #examine} found, when nothing was added since. */
    public void add(Addition addition) {
        if (addition.pivot >= 0) {
            rows.add(addition.vector);
            pivots.add(addition.pivot);
            pivot(rows.size() - 1, addition.pivot);
        }
    }

    /** Adds a set that was told already; used when a memory is restored. */
    public void restore(RoaringBitmap set) {
        refine(set);
        int[] vector = reduced(set);
        add(new Addition(vector, heaviest(vector, 0)));
    }

    /** What a set adds to a span. */
    public static final class Addition {
        private final int[] vector;
        private final int pivot;

        private Addition(int[] vector, int pivot) {
            this.vector = vector;
            this.pivot = pivot;
        }
    }

    private int[] reduced(RoaringBitmap set) {
        int[] vector = new int[capacity];
        for (int j = 0; j < atoms.size(); j++) {
            vector[j] = set.contains(atoms.get(j).first()) ? 1 : 0;
        }
        for (int i = 0; i < rows.size(); i++) {
            subtract(vector, rows.get(i), vector[pivots.get(i)]);
        }
        return vector;
    }

    /** Makes a column the pivot of a row: 1 there, 0 in every other row. */
    private void pivot(int row, int column) {
        int[] vector = rows.get(row);
        scale(vector, inverse(vector[column]));
        for (int i = 0; i < rows.size(); i++) {
            if (i != row) {
                subtract(rows.get(i), vector, rows.get(i)[column]);
            }
        }
        pivots.set(row, column);
    }

    private int weight(int atom) {
        return subjects.get(atom).getCardinality();
    }

    /** The heaviest atom, of at least this weight, where a vector is not 0; −1 when there is none. */
    private int heaviest(int[] vector, int least) {
        int best = -1;
        int most = least - 1;
        for (int j = 0; j < atoms.size(); j++) {
            if (vector[j] != 0 && weight(j) > most) {
                best = j;
                most = weight(j);
            }
        }
        return best;
    }

    private void refine(RoaringBitmap set) {
        RoaringBitmap rest = set.clone();
        int known = atoms.size();
        for (int j = 0; j < known; j++) {
            RoaringBitmap atom = atoms.get(j);
            int inside = RoaringBitmap.andCardinality(atom, set);
            if (inside == 0) {
                continue;
            }
            rest.andNot(atom);
            if (inside < atom.getCardinality()) {
                RoaringBitmap outside = RoaringBitmap.andNot(atom, set);
                atoms.set(j, outside);
                subjects.set(j, subjectsOf.apply(outside));
                column(RoaringBitmap.and(atom, set), j);
            }
        }
        if (!rest.isEmpty()) {
            column(rest, -1);
        }
    }

    /** A new atom, whose column is that of the atom it was split from, or 0. */
    private void column(RoaringBitmap atom, int from) {
        int place = atoms.size();
        atoms.add(atom);
        subjects.add(subjectsOf.apply(atom));
        if (place >= capacity) {
            capacity += capacity / 2;
            rows.replaceAll(row -> Arrays.copyOf(row, capacity));
        }
        for (int[] row : rows) {
            row[place] = from < 0 ? 0 : row[from];
        }
    }

    /** Takes {@code times} × {@code other} off a vector. */
    static void subtract(int[] vector, int[] other, int times) {
        if (times == 0) {
            return;
        }
        long factor = (long) PRIME - times;
        for (int j = 0; j < vector.length; j++) {
            vector[j] = modulo(vector[j] + factor * other[j]);
        }
    }

    static void scale(int[] vector, int times) {
        if (times == 1) {
            return;
        }
        for (int j = 0; j < vector.length; j++) {
            vector[j] = modulo((long) vector[j] * times);
        }
    }

    static int inverse(int value) {
        long result = 1;
        long base = value;
        // Fermat: a^(p−2) is the inverse of a.
        for (int exponent = PRIME - 2; exponent > 0; exponent >>= 1) {
            if ((exponent & 1) == 1) {
                result = modulo(result * base);
            }
            base = modulo(base * base);
        }
        return (int) result;
    }

    /** The rest modulo 2³¹−1 of a number below 2⁶²: the high bits count as much as the low ones. */
    static int modulo(long number) {
        long once = (number & PRIME) + (number >>> 31);
        long twice = (once & PRIME) + (once >>> 31);
        return (int) (twice == PRIME ? 0 : twice);
    }
}
