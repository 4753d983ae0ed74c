package org.datareturn.guard.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;
import org.roaringbitmap.RoaringBitmapWriter;

/**
 * Everything that can be computed by adding and subtracting the sums of one kind that were told: their linear span, kept
 * so that one can tell whether a sum over few persons lies in it (sum auditing: Chin and Özsoyoğlu, "Auditing and
 * inference control in statistical databases", IEEE TSE 1982).
 *
 * <p>A told sum is a set of elements (rows, subjects). Elements that stand in exactly the same sets form an
 * <em>atom</em>; sets are 0/1 vectors over atoms, kept in reduced row echelon form modulo the prime 2³¹−1. Pivots are
 * kept on atoms that are not {@link Lightness light} where possible, so the rows whose pivot is light span exactly what
 * can be solved over light atoms alone. A new set that, reduced by the others, still has a heavy atom therefore opens
 * nothing about few persons; for any other the light combinations are searched ({@link LightCombination}).
 *
 * <p>What is searched: the reduced new vector, every sum of it with one row over light atoms that cancels somewhere (so
 * single atoms and pairs of atoms exactly), and, while the light part is not too large, further unions. A combination
 * that has a heavy atom is taken to concern enough; that one atom of it is so large that it dominates the rest is looked
 * for only where the caller compares single sets. Bounds keep memory finite; at the bound nothing more may be told.
 * Arithmetic modulo a prime can only make more vectors look solvable, but for a denominator divisible by 2³¹−1. Not
 * thread-safe.
 */
public final class LinearSpan {
    private static final int NO_ATOM = AtomIndex.NO_ATOM;

    static final int PRIME = Integer.MAX_VALUE;

    private static final int MOST_NUMBERS = 16_000_000;
    private static final int MOST_ATOMS = 40_000;

    private final List<RoaringBitmap> atoms = new ArrayList<>();
    private final List<int[]> rows = new ArrayList<>();
    private final List<Integer> pivots = new ArrayList<>();
    private final AtomIndex atomOf = new AtomIndex();
    /** The row whose pivot an atom is, or −1. */
    private int[] rowOfPivot = unpivoted(64);

    private int[] weights = new int[64];
    private boolean[] light = new boolean[64];
    private int capacity = 64;
    private @Nullable Lightness judge;
    /** Whether an atom became heavy that may stand in rows whose pivot is light. */
    private boolean unsettled;

    /**
     * Splits atoms so that these sets are unions of atoms, and moves pivots to heavy atoms where that is possible. To be
     * called before {@link #position} with these sets. Splitting changes nothing about what is solvable.
     *
     * @return whether there was room; when not, nothing more may be told
     */
    public boolean prepare(Collection<RoaringBitmap> sets, Lightness lightness) {
        boolean known = lightness.equals(judge);
        judge = lightness;
        for (RoaringBitmap set : sets) {
            if ((long) (rows.size() + sets.size()) * atoms.size() > MOST_NUMBERS || atoms.size() > MOST_ATOMS) {
                return false;
            }
            refine(set, known ? lightness : null);
        }
        if (!known) {
            for (int j = 0; j < atoms.size(); j++) {
                weigh(j, lightness);
            }
            unsettled = true;
        }
        if (unsettled) {
            for (int i = 0; i < rows.size(); i++) {
                moveToHeavy(i);
            }
            unsettled = false;
        }
        return (long) (rows.size() + sets.size()) * atoms.size() <= MOST_NUMBERS;
    }

    /** Moves a row's light pivot to a heavy atom when it has one. */
    private void moveToHeavy(int row) {
        int heavy = light[pivots.get(row)] ? heaviest(rows.get(row), true) : NO_ATOM;
        if (heavy >= 0) {
            pivot(row, heavy);
        }
    }

    /** Where a prepared set stands to everything told. Nothing changes by asking. */
    public Position position(RoaringBitmap set, Lightness lightness) {
        int[] vector = reduced(set);
        int pivot = heaviest(vector, false);
        if (pivot < 0) {
            return new Position.Computable(set);
        }
        if (!light[pivot]) {
            return new Position.Free(new Addition(vector, pivot));
        }
        List<int[]> lightRows = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            if (light[pivots.get(i)]) {
                lightRows.add(rows.get(i));
            }
        }
        Optional<int[]> difference =
                new LightCombination(lightRows, vector, atoms, weights, lightness, e -> without(set, e) != null).find();
        if (difference.isEmpty()) {
            return new Position.Free(new Addition(vector, pivot));
        }
        RoaringBitmap nearest = without(set, difference.get());
        return nearest == null ? new Position.Entangled() : new Position.Computable(nearest);
    }

    /** A set minus a combination of atoms; null when that is no set. */
    private @Nullable RoaringBitmap without(RoaringBitmap set, int[] difference) {
        RoaringBitmap rest = set.clone();
        for (int j = 0; j < atoms.size(); j++) {
            if (difference[j] == 0) {
                continue;
            }
            boolean inside = set.contains(atoms.get(j).first());
            if (inside && difference[j] == 1) {
                rest.andNot(atoms.get(j));
            } else if (!inside && difference[j] == PRIME - 1) {
                rest.or(atoms.get(j));
            } else {
                return null;
            }
        }
        return rest;
    }

    /** Adds what {@link #position} found, when nothing was added since. */
    public void add(Addition addition) {
        if (addition.pivot >= 0) {
            rows.add(addition.vector);
            pivots.add(NO_ATOM);
            pivot(rows.size() - 1, addition.pivot);
        }
    }

    /** Adds a set that was told already; used when a memory is restored. */
    public void restore(RoaringBitmap set) {
        judge = null;
        refine(set, null);
        int[] vector = reduced(set);
        add(new Addition(vector, heaviest(vector, false)));
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
        // The set is a union of atoms.
        set.forEach((int element) -> vector[atomOf.get(element)] = 1);
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
        int before = pivots.set(row, column);
        if (before != NO_ATOM) {
            rowOfPivot[before] = NO_ATOM;
        }
        rowOfPivot[column] = row;
    }

    private static int[] unpivoted(int room) {
        int[] none = new int[room];
        Arrays.fill(none, NO_ATOM);
        return none;
    }

    /** The best pivot where a vector is not 0: a heavy atom before a light one, then the largest; −1 when there is none. */
    private int heaviest(int[] vector, boolean heavyOnly) {
        int best = NO_ATOM;
        for (int j = 0; j < atoms.size(); j++) {
            if (vector[j] != 0 && !(heavyOnly && light[j]) && (best < 0 || heavier(j, best))) {
                best = j;
            }
        }
        return best;
    }

    private boolean heavier(int atom, int other) {
        return light[atom] == light[other] ? weights[atom] > weights[other] : light[other];
    }

    private void weigh(int atom, Lightness lightness) {
        weights[atom] = lightness.subjects(atoms.get(atom));
        light[atom] = weights[atom] < lightness.minGroupSize() || lightness.dominated(atoms.get(atom));
    }

    /** Splits the atoms a set cuts; weighs the parts when a judge is given. */
    private void refine(RoaringBitmap set, @Nullable Lightness lightness) {
        if (set.isEmpty()) {
            return;
        }
        int[] inside = new int[atoms.size() + 1];
        set.forEach((int element) -> inside[atomOf.get(element) + 1]++);
        int known = atoms.size();
        for (int j = NO_ATOM; j < known; j++) {
            boolean cut = inside[j + 1] > 0
                    && (j == NO_ATOM || inside[j + 1] < atoms.get(j).getCardinality());
            if (cut) {
                split(j, set, lightness);
            }
        }
    }

    /** Makes the elements of a set that lie in an atom an atom of their own, whose column is that atom's, or 0. */
    private void split(int from, RoaringBitmap set, @Nullable Lightness lightness) {
        RoaringBitmap part;
        if (from == NO_ATOM) {
            RoaringBitmapWriter<RoaringBitmap> writer =
                    RoaringBitmapWriter.writer().get();
            set.forEach((int element) -> {
                if (atomOf.get(element) == NO_ATOM) {
                    writer.add(element);
                }
            });
            part = writer.get();
        } else {
            part = RoaringBitmap.and(atoms.get(from), set);
            atoms.set(from, RoaringBitmap.andNot(atoms.get(from), part));
        }
        int place = atoms.size();
        atoms.add(part);
        part.forEach((int element) -> atomOf.put(element, place));
        if (place >= capacity) {
            capacity += capacity / 2;
            weights = Arrays.copyOf(weights, capacity);
            light = Arrays.copyOf(light, capacity);
            int known = rowOfPivot.length;
            rowOfPivot = Arrays.copyOf(rowOfPivot, capacity);
            Arrays.fill(rowOfPivot, known, capacity, NO_ATOM);
            rows.replaceAll(row -> Arrays.copyOf(row, capacity));
        }
        for (int[] row : rows) {
            row[place] = from == NO_ATOM ? 0 : row[from];
        }
        if (lightness != null) {
            weigh(place, lightness);
            if (from != NO_ATOM) {
                boolean wasLight = light[from];
                weigh(from, lightness);
                unsettled |= wasLight && !(light[from] && light[place]);
                if (!wasLight && rowOfPivot[from] != NO_ATOM) {
                    moveToHeavy(rowOfPivot[from]);
                }
            }
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
