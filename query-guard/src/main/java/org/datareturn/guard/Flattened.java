package org.datareturn.guard;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.roaringbitmap.RoaringBitmap;

/**
 * A sum whose few largest contributors have been brought down to one of the next, much as Diffix does (Francis et al.
 * 2022, "Diffix Elm", section 4): a person who stands out adds no more than the next ones do, and the noise is measured
 * by what those add.
 *
 * @param sum the sum, in units of the measure's last decimal place
 * @param scale what noise of one standard deviation of a count is for this sum: the larger of the mean contribution and
 *     half of what the largest may add, rounded up to few digits so that it does not tell what that is
 */
record Flattened(BigDecimal sum, BigDecimal scale) {
    private static final List<BigDecimal> STEPS = List.of("1", "1.5", "2", "3", "5", "7", "10").stream()
            .map(BigDecimal::new)
            .toList();

    /**
     * Flattens.
     *
     * @param largest how many contributors are brought down
     * @param next how many next ones are passed; the last of them is what the largest are brought down to
     */
    static Flattened of(long[] amounts, RoaringBitmap rows, String fact, Population population, int largest, int next) {
        int[] numbers = rows.toArray();
        List<Integer> owners =
                population.owners(fact, Arrays.stream(numbers).boxed().toList());
        TreeMap<Integer, BigDecimal> bySubject = new TreeMap<>();
        for (int i = 0; i < numbers.length; i++) {
            long amount = numbers[i] < amounts.length ? amounts[numbers[i]] : 0;
            bySubject.merge(owners.get(i), BigDecimal.valueOf(amount), BigDecimal::add);
        }
        List<BigDecimal> sorted = bySubject.values().stream()
                .sorted((left, right) -> right.abs().compareTo(left.abs()))
                .toList();
        List<BigDecimal> following =
                sorted.subList(Math.min(largest, sorted.size()), Math.min(largest + next, sorted.size()));
        // Not their mean: one large amount among them would raise all that are brought down to it.
        BigDecimal top =
                following.isEmpty() ? BigDecimal.ZERO : following.getLast().abs();
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal absolute = BigDecimal.ZERO;
        for (BigDecimal amount : sorted) {
            BigDecimal bounded = amount.max(top.negate()).min(top);
            sum = sum.add(bounded);
            absolute = absolute.add(bounded.abs());
        }
        BigDecimal mean = sorted.isEmpty()
                ? BigDecimal.ZERO
                : absolute.divide(BigDecimal.valueOf(sorted.size()), MathContext.DECIMAL64);
        return new Flattened(sum, coarse(mean.max(top.divide(BigDecimal.TWO, MathContext.DECIMAL64))));
    }

    private static BigDecimal coarse(BigDecimal value) {
        if (value.signum() <= 0) {
            return BigDecimal.ONE;
        }
        int power = value.precision() - value.scale() - 1;
        BigDecimal digits = value.movePointLeft(power);
        BigDecimal up = STEPS.stream()
                .filter(step -> step.compareTo(digits) >= 0)
                .findFirst()
                .orElse(BigDecimal.TEN);
        return up.movePointRight(power);
    }

    /**
     * The sum with noise, on a grid that is coarse against the noise: finer digits would be those of the exact sum.
     *
     * @param deviation standard deviations of a count, times how many of them were drawn
     * @param noisePerDeviation the standard deviation of a count's noise
     */
    BigDecimal noisy(BigDecimal deviation, BigDecimal noisePerDeviation) {
        BigDecimal width = scale.multiply(noisePerDeviation);
        int power = width.precision() - width.scale() - 1;
        BigDecimal grid = BigDecimal.ONE.movePointRight(Math.max(0, power - 1));
        return sum.add(width.multiply(deviation))
                .divide(grid, 0, RoundingMode.HALF_EVEN)
                .multiply(grid);
    }
}
