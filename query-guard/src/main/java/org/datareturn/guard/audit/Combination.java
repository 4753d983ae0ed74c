package org.datareturn.guard.audit;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.Function;
import org.roaringbitmap.RoaringBitmap;

/**
 * A combination of sums over disjoint sets, each taken a whole number of times, and all divided.
 *
 * @param parts the sets and how often each is taken; never 0 times
 * @param divisor positive
 */
public record Combination(List<Part> parts, int divisor) {
    /** Digits behind the point that are kept when dividing: more than any rounding asks for. */
    private static final int SCALE = 12;

    /**
     * One set.
     *
     * @param factor how often its sum is taken
     */
    public record Part(RoaringBitmap set, int factor) {}

    /** Copies the list. */
    public Combination {
        parts = List.copyOf(parts);
    }

    /** The combination's value, by the sum over each set. */
    public BigDecimal value(Function<RoaringBitmap, BigDecimal> sum) {
        BigDecimal value = BigDecimal.ZERO;
        for (Part part : parts) {
            value = value.add(sum.apply(part.set()).multiply(BigDecimal.valueOf(part.factor())));
        }
        return divisor == 1 ? value : value.divide(BigDecimal.valueOf(divisor), SCALE, RoundingMode.HALF_EVEN);
    }

    /** All elements that are added, and not taken away. */
    public RoaringBitmap added() {
        RoaringBitmap added = new RoaringBitmap();
        parts.stream().filter(part -> part.factor() > 0).forEach(part -> added.or(part.set()));
        return added;
    }
}
