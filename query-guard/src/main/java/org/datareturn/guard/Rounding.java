package org.datareturn.guard;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Rounding of released values, once, on the merged value. It is a fixed function of the exact value, so that asking
 * again gives nothing new.
 */
final class Rounding {
    private Rounding() {}

    /** The multiple of a step nearest to a value; halves go away from zero. */
    static BigDecimal toStep(BigDecimal value, int step) {
        BigDecimal width = BigDecimal.valueOf(step);
        return value.divide(width, 0, RoundingMode.HALF_UP).multiply(width);
    }

    /**
     * The mean that is released: the <em>rounded</em> sum divided by the <em>rounded</em> count, never the exact ones.
     *
     * <p>So a mean tells no more than the rounded sum and the rounded count would have told themselves: with a rounding
     * of r, every one of the r counts that round to the same count, and of the r (or more, on a finer scale) sums that
     * round to the same sum, is consistent with it, and multiplying the mean by a count gives back a rounded sum. The
     * price is an error of at most r/2 in the count and r/2 in the sum: below 1 % from 50·r rows on.
     *
     * @return null when nothing is left of the count
     */
    static @org.jspecify.annotations.Nullable BigDecimal ratio(BigDecimal roundedSum, long roundedCount, int scale) {
        return roundedCount == 0
                ? null
                : roundedSum.divide(BigDecimal.valueOf(roundedCount), scale, RoundingMode.HALF_UP);
    }
}
