package org.datareturn.guard;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;

/**
 * Rounding of released values, once, on the merged value. It is a fixed function of the exact value, so that asking
 * again gives nothing new.
 */
final class Rounding {
    private static final BigDecimal MEAN_PARTS = BigDecimal.valueOf(2000);

    private Rounding() {}

    /** The multiple of a step nearest to a value; halves go away from zero. */
    static BigDecimal toStep(BigDecimal value, int step) {
        BigDecimal width = BigDecimal.valueOf(step);
        return value.divide(width, 0, RoundingMode.HALF_UP).multiply(width);
    }

    /**
     * The mean that is released: the exact sum divided by the exact count, rounded to a multiple of 1, 2 or 5 times a power
     * of ten that is at most the larger of {@code step / count} and a two-thousandth of the mean.
     *
     * <p>Dividing the <em>rounded</em> sum by the rounded count would be wrong by up to r/2 in n persons, more than 10 % in
     * the smallest groups, and would hide nothing that counts: a mean is told to the audit as the exact sum and the exact
     * count of its set of rows, so whatever can be solved from it together with all other answers concerns as many persons
     * as a release must. What rounding hides besides is mostly kept: the grid is at least
     * 2/5 of r/n, so that several totals of the same count share a mean. Whoever also has the rounded sum may work out the
     * exact count of a small group; its set has been audited as if that had been told.
     *
     * @return null when nothing is counted
     */
    static @org.jspecify.annotations.Nullable BigDecimal mean(BigDecimal sum, BigDecimal count, int step, int scale) {
        if (count.signum() <= 0) {
            return null;
        }
        BigDecimal exact = sum.divide(count, MathContext.DECIMAL64);
        BigDecimal width = BigDecimal.valueOf(step)
                .divide(count, MathContext.DECIMAL64)
                .max(exact.abs().divide(MEAN_PARTS, MathContext.DECIMAL64));
        BigDecimal grid = BigDecimal.ONE.movePointRight(width.precision() - width.scale() - 1);
        for (BigDecimal finer : List.of(BigDecimal.TWO, BigDecimal.valueOf(5))) {
            BigDecimal wider = BigDecimal.ONE
                    .movePointRight(width.precision() - width.scale() - 1)
                    .multiply(finer);
            grid = wider.compareTo(width) <= 0 ? wider : grid;
        }
        return exact.divide(grid, 0, RoundingMode.HALF_UP).multiply(grid).setScale(scale, RoundingMode.HALF_UP);
    }
}
