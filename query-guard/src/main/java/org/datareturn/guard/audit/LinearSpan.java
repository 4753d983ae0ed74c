package org.datareturn.guard.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * Everything that can be computed by adding and subtracting the sums of one kind that were told: their linear span, kept
 * so that one can tell whether a sum over few persons lies in it (sum auditing: Chin and Özsoyoğlu, "Auditing and
 * inference control in statistical databases", IEEE TSE 1982).
 *
 * <p>A told sum is one over a set of elements (rows, subjects), or a combination of such sums. Elements that stand in exactly the same sets form an
 * <em>atom</em>; sums are vectors over atoms (0/1 for sets), kept in reduced row echelon form modulo the prime 2³¹−1. Pivots are
 * kept on atoms that are not {@link Lightness light} where possible, so the rows whose pivot is light span exactly what
 * can be solved over light atoms alone. A new set that, reduced by the others, still has a heavy atom therefore opens
 * nothing about few persons; for any other the light combinations are searched ({@link LightCombination}).
 *
 * <p>What is searched: the reduced new vector, every sum of it with one row over light atoms that cancels somewhere (so
 * single atoms and pairs of atoms exactly), and, while the light part is not too large, further unions. A combination
 * that has a heavy atom is taken to concern enough; that few persons in it dominate the rest is looked for in the
 * new vector, alone and with one row (and by the caller in single sets). Bounds keep memory finite; at the bound nothing more may be told.
 * Arithmetic modulo a prime can only make more vectors look solvable, but for a denominator divisible by 2³¹−1. Not
 * thread-safe.
 */
public final class LinearSpan {
    private static final int NO_ATOM = AtomIndex.NO_ATOM;

    /** Values of all rows together that are not 0: at most 400 megabytes. */
    private static final long MOST_VALUES = 50_000_000;

    private static final int MOST_ATOMS = 400_000;
    /** A residue that is one of so few fractions is taken to be that fraction: any other is that with odds of 1 : 5,000. */
    private static final int MOST_DIVISOR = 24;

    private static final int MOST_FACTOR = 4096;

    /** Elements whose atoms are looked up in the time in which two containers of 65,536 elements are compared. */
    private static final int LOOKUPS_PER_BLOCK = 128;

    private static final int BLOCK_BITS = 16;

    /** Combinations that are looked at for one dominated sum, and the atoms of one. */
    private static final int MOST_LOOKED_AT = 2_000;

    private static final int MOST_ATOMS_WEIGHED = 64;

    /** Atoms that are taken off a set one by one before each element's is looked up. */
    private static final int MOST_PEELED = 4;

    private final List<RoaringBitmap> atoms = new ArrayList<>();
    private final List<SparseVector> rows = new ArrayList<>();
    private final List<Integer> pivots = new ArrayList<>();
    /** All elements of all atoms. */
    private final RoaringBitmap elements = new RoaringBitmap();
    /** Made when atoms become so many that looking at each of a set's elements costs less than looking at each atom. */
    private @Nullable AtomIndex atomOf;
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
            if (full()) {
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
        return !full();
    }

    private boolean full() {
        long numbers = 0;
        for (SparseVector row : rows) {
            numbers += row.size();
        }
        return numbers > MOST_VALUES || atoms.size() > MOST_ATOMS;
    }

    /** Moves a row's light pivot to a heavy atom when it has one. */
    private void moveToHeavy(int row) {
        int heavy = light[pivots.get(row)] ? heaviest(rows.get(row), true) : NO_ATOM;
        if (heavy >= 0) {
            pivot(row, heavy);
        }
    }

    /** Whether a set has an element in common with a set that was prepared or restored. */
    public boolean touches(RoaringBitmap set) {
        return RoaringBitmap.intersects(elements, set);
    }

    /** Where a combination of sums over prepared sets stands to everything told. Nothing changes by asking. */
    public Position position(Combination asked, Lightness lightness) {
        SparseVector whole = vector(asked);
        SparseVector vector = reduced(whole);
        int pivot = heaviest(vector, false);
        if (pivot < 0) {
            return new Position.Computable(asked);
        }
        if (!light[pivot]) {
            return free(vector, pivot, lightness);
        }
        List<SparseVector> lightRows = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            if (light[pivots.get(i)]) {
                lightRows.add(rows.get(i));
            }
        }
        Optional<RoaringBitmap> set = asked.set();
        Optional<SparseVector> difference = new LightCombination(
                        lightRows,
                        vector,
                        atoms,
                        weights,
                        lightness,
                        e -> set.map(s -> without(s, e) != null).orElse(true))
                .find();
        if (difference.isEmpty()) {
            return free(vector, pivot, lightness);
        }
        RoaringBitmap nearest = set.isPresent() ? without(set.get(), difference.get()) : null;
        return nearest == null
                ? combination(whole.minus(difference.get(), 1))
                        .<Position>map(Position.Computable::new)
                        .orElseGet(Position.Entangled::new)
                : new Position.Computable(Combination.of(nearest));
    }

    private Position free(SparseVector vector, int pivot, Lightness lightness) {
        return lightness.canBeDominated() && opensDominated(vector, lightness)
                ? new Position.Entangled()
                : new Position.Free(new Addition(vector, pivot));
    }

    /**
     * Whether a new vector, alone or with one row in which some atom cancels, is a sum of which few make up most. Enough
     * persons may stand behind it, so {@link LightCombination} does not look for it. Whoever alone makes up most of a sum
     * makes up more of the atom they are in, so only sums with a light atom are looked at; two of different atoms, neither of
     * whom dominates their own, are not found so.
     */
    private boolean opensDominated(SparseVector vector, Lightness lightness) {
        if (dominated(vector, lightness)) {
            return true;
        }
        int looked = 0;
        for (SparseVector row : rows) {
            Set<Integer> ratios = new LinkedHashSet<>();
            for (int n = 0; n < vector.size(); n++) {
                int value = row.at(vector.place(n));
                if (value != 0) {
                    ratios.add(SparseVector.modulo((long) vector.value(n) * SparseVector.inverse(value)));
                }
            }
            for (int ratio : ratios) {
                if (dominated(vector.minus(row, ratio), lightness)) {
                    return true;
                }
                looked++;
            }
            if (looked > MOST_LOOKED_AT) {
                return false;
            }
        }
        return false;
    }

    private boolean dominated(SparseVector vector, Lightness lightness) {
        boolean anyLight = false;
        RoaringBitmap concerned = new RoaringBitmap();
        for (int n = 0; n < vector.size(); n++) {
            anyLight |= light[vector.place(n)];
        }
        if (!anyLight || vector.size() > MOST_ATOMS_WEIGHED) {
            return false;
        }
        for (int n = 0; n < vector.size(); n++) {
            concerned.or(atoms.get(vector.place(n)));
        }
        return lightness.dominated(concerned);
    }

    /** A vector as a combination of atoms, where its coefficients are fractions of small numbers. */
    private Optional<Combination> combination(SparseVector rest) {
        for (int divisor = 1; divisor <= MOST_DIVISOR; divisor++) {
            Optional<Combination> whole = timed(rest, divisor);
            if (whole.isPresent()) {
                return whole;
            }
        }
        return Optional.empty();
    }

    /** A vector as a combination with this divisor, when that makes all its coefficients small whole numbers. */
    private Optional<Combination> timed(SparseVector vector, int divisor) {
        List<Combination.Part> parts = new ArrayList<>();
        for (int n = 0; n < vector.size(); n++) {
            int residue = SparseVector.modulo((long) vector.value(n) * divisor);
            int factor = residue > SparseVector.PRIME / 2 ? residue - SparseVector.PRIME : residue;
            if (Math.abs(factor) > MOST_FACTOR) {
                return Optional.empty();
            }
            parts.add(new Combination.Part(atoms.get(vector.place(n)).clone(), factor));
        }
        return Optional.of(new Combination(parts, divisor));
    }

    /** A set minus a combination of atoms; null when that is no set. */
    private @Nullable RoaringBitmap without(RoaringBitmap set, SparseVector difference) {
        RoaringBitmap rest = set.clone();
        for (int n = 0; n < difference.size(); n++) {
            RoaringBitmap atom = atoms.get(difference.place(n));
            boolean inside = set.contains(atom.first());
            if (inside && difference.value(n) == 1) {
                rest.andNot(atom);
            } else if (!inside && difference.value(n) == SparseVector.PRIME - 1) {
                rest.or(atom);
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

    /** Adds a sum that was told already; used when a memory is restored. */
    public void restore(Combination told) {
        judge = null;
        for (Combination.Part part : told.parts()) {
            refine(part.set(), null);
        }
        SparseVector vector = reduced(vector(told));
        add(new Addition(vector, heaviest(vector, false)));
    }

    /** What a set adds to a span. */
    public static final class Addition {
        private final SparseVector vector;
        private final int pivot;

        private Addition(SparseVector vector, int pivot) {
            this.vector = vector;
            this.pivot = pivot;
        }
    }

    /** A combination of prepared sets over atoms. */
    private SparseVector vector(Combination combination) {
        SparseVector sum = SparseVector.ofOnes(new int[0]);
        int inverse = SparseVector.inverse(combination.divisor());
        for (Combination.Part part : combination.parts()) {
            int taken = SparseVector.modulo((long) Math.floorMod(-part.factor(), SparseVector.PRIME) * inverse);
            sum = sum.minus(SparseVector.ofOnes(atomsOf(part.set())), taken);
        }
        return sum;
    }

    private SparseVector reduced(SparseVector whole) {
        SparseVector vector = whole;
        for (int n = 0; n < whole.size(); n++) {
            // A pivot's column is 0 in every other row, so taking one row off changes no other pivot's place.
            int row = rowOfPivot[whole.place(n)];
            if (row != NO_ATOM) {
                vector = vector.minus(rows.get(row), whole.value(n));
            }
        }
        return vector;
    }

    /** Makes a column the pivot of a row: 1 there, 0 in every other row. */
    private void pivot(int row, int column) {
        SparseVector vector =
                rows.get(row).times(SparseVector.inverse(rows.get(row).at(column)));
        rows.set(row, vector);
        for (int i = 0; i < rows.size(); i++) {
            if (i != row) {
                rows.set(i, rows.get(i).minus(vector, rows.get(i).at(column)));
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
    private int heaviest(SparseVector vector, boolean heavyOnly) {
        int best = NO_ATOM;
        for (int n = 0; n < vector.size(); n++) {
            int atom = vector.place(n);
            if (!(heavyOnly && light[atom]) && (best < 0 || heavier(atom, best))) {
                best = atom;
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
        int[] inside = parts(set);
        int before = atoms.size();
        for (int j = NO_ATOM; j < before; j++) {
            boolean cut = inside[j + 1] > 0
                    && (j == NO_ATOM || inside[j + 1] < atoms.get(j).getCardinality());
            if (cut) {
                split(j, set, lightness);
            }
        }
    }

    /** How many of a set's elements lie in each atom; the first number is of those that lie in none. */
    private int[] parts(RoaringBitmap set) {
        int[] inside = new int[atoms.size() + 1];
        long blocks = (set.last() >>> BLOCK_BITS) - (set.first() >>> BLOCK_BITS) + 1L;
        if (!touches(set)) {
            inside[0] = set.getCardinality();
        } else if (atoms.size() * blocks * LOOKUPS_PER_BLOCK <= set.getLongCardinality()) {
            inside[0] = set.getCardinality();
            for (int j = 0; j < atoms.size(); j++) {
                inside[j + 1] = RoaringBitmap.andCardinality(atoms.get(j), set);
                inside[0] -= inside[j + 1];
            }
        } else if (atomOf != null || !peeled(set, inside)) {
            Arrays.fill(inside, 0);
            AtomIndex index = index();
            set.forEach((int element) -> inside[index.get(element) + 1]++);
        }
        return inside;
    }

    /** Takes whole atoms off a set; false when it is made of more than a few. */
    private boolean peeled(RoaringBitmap set, int[] inside) {
        RoaringBitmap rest = set;
        for (int n = 0; n < MOST_PEELED; n++) {
            int atom = NO_ATOM;
            for (int j = 0; j < atoms.size() && atom == NO_ATOM; j++) {
                atom = atoms.get(j).contains(rest.first()) ? j : NO_ATOM;
            }
            RoaringBitmap left =
                    atom == NO_ATOM ? RoaringBitmap.and(rest, elements) : RoaringBitmap.andNot(rest, atoms.get(atom));
            inside[atom + 1] = rest.getCardinality() - left.getCardinality();
            rest = left;
            if (rest.isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** The atoms a set is the union of, in order. */
    private int[] atomsOf(RoaringBitmap set) {
        BitSet of = new BitSet(atoms.size());
        if (atomOf == null || atoms.size() < set.getLongCardinality()) {
            for (int j = 0; j < atoms.size(); j++) {
                of.set(j, set.contains(atoms.get(j).first()));
            }
        } else {
            AtomIndex index = atomOf;
            set.forEach((int element) -> of.set(index.get(element)));
        }
        return of.stream().toArray();
    }

    private AtomIndex index() {
        if (atomOf == null) {
            AtomIndex index = new AtomIndex();
            for (int j = 0; j < atoms.size(); j++) {
                index(index, j);
            }
            atomOf = index;
        }
        return atomOf;
    }

    private void index(AtomIndex index, int atom) {
        atoms.get(atom).forEach((int element) -> index.put(element, atom));
    }

    /** Makes the elements of a set that lie in an atom an atom of their own, whose column is that atom's, or 0. */
    private void split(int from, RoaringBitmap set, @Nullable Lightness lightness) {
        RoaringBitmap part;
        if (from == NO_ATOM) {
            part = RoaringBitmap.andNot(set, elements);
            elements.or(part);
        } else {
            part = RoaringBitmap.and(atoms.get(from), set);
            atoms.set(from, RoaringBitmap.andNot(atoms.get(from), part));
        }
        int place = atoms.size();
        atoms.add(part);
        if (atomOf != null) {
            index(atomOf, place);
        }
        if (place >= capacity) {
            capacity += capacity / 2;
            weights = Arrays.copyOf(weights, capacity);
            light = Arrays.copyOf(light, capacity);
            int before = rowOfPivot.length;
            rowOfPivot = Arrays.copyOf(rowOfPivot, capacity);
            Arrays.fill(rowOfPivot, before, capacity, NO_ATOM);
        }
        if (from != NO_ATOM) {
            for (SparseVector row : rows) {
                int value = row.at(from);
                if (value != 0) {
                    row.append(place, value);
                }
            }
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
}
