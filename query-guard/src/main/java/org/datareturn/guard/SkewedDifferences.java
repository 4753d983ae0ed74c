package org.datareturn.guard;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.datareturn.guard.AnswerMemory.History;
import org.datareturn.guard.AnswerMemory.Told;
import org.datareturn.guard.declaration.ColumnDeclaration;
import org.datareturn.guard.declaration.ReleaseFloor;
import org.roaringbitmap.RoaringBitmap;

/**
 * The (n, k) dominance rule for what several answers give together. A dominated cell is never released, but the sum over
 * it is also what is left of a larger released sum when released pieces are taken away. Looked at are the nested
 * differences: an answer that lies in another, and what remains of the larger one as further answers inside the
 * remainder are taken away, largest first. Differences of few persons are the audit's business ({@link Audit}); sets
 * that only partly overlap, and other orders of taking away, are not searched. One decision, one thread, under the
 * history's lock.
 */
final class SkewedDifferences {
    private final Population population;
    private final String fact;
    private final int minGroupSize;
    private final ReleaseFloor.Dominance rule;
    private final Map<String, List<RoaringBitmap>> sums = new HashMap<>();

    SkewedDifferences(
            History history, Population population, String fact, int minGroupSize, ReleaseFloor.Dominance rule) {
        this.population = population;
        this.fact = fact;
        this.minGroupSize = minGroupSize;
        this.rule = rule;
        history.told().forEach(this::add);
    }

    /** Takes a sum that has been told into account. */
    void add(Told told) {
        sums.computeIfAbsent(told.space(), s -> new ArrayList<>()).add(told.elements());
    }

    /** Whether telling a sum would open a difference that few persons dominate. */
    boolean opens(Told sum, ColumnDeclaration measure) {
        List<RoaringBitmap> earlier = sums.getOrDefault(sum.space(), List.of()).stream()
                .sorted(Comparator.comparingInt(RoaringBitmap::getCardinality).reversed())
                .toList();
        RoaringBitmap asked = sum.elements();
        for (RoaringBitmap other : earlier) {
            RoaringBitmap rest = other.contains(asked)
                    ? RoaringBitmap.andNot(other, asked)
                    : asked.contains(other) ? RoaringBitmap.andNot(asked, other) : new RoaringBitmap();
            if (leavesSkewed(rest, earlier, measure)) {
                return true;
            }
        }
        return false;
    }

    private boolean leavesSkewed(RoaringBitmap difference, List<RoaringBitmap> earlier, ColumnDeclaration measure) {
        RoaringBitmap rest = difference;
        if (skewed(rest, measure)) {
            return true;
        }
        for (RoaringBitmap piece : earlier) {
            if (!piece.isEmpty() && piece.getCardinality() <= rest.getCardinality() && rest.contains(piece)) {
                rest = RoaringBitmap.andNot(rest, piece);
                if (skewed(rest, measure)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean skewed(RoaringBitmap rows, ColumnDeclaration measure) {
        return population.subjects(fact, rows).getCardinality() >= minGroupSize
                && population.dominated(fact, measure, rows, rule);
    }
}
