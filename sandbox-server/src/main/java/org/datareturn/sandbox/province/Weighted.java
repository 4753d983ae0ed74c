package org.datareturn.sandbox.province;

import java.util.Arrays;
import java.util.List;

/**
 * Values with weights, to be drawn from. Immutable.
 *
 * @param <T> the values
 */
final class Weighted<T> {
    private final List<T> values;
    private final double[] cumulative;

    private Weighted(List<T> values, double[] weights) {
        if (values.isEmpty() || values.size() != weights.length) {
            throw new IllegalArgumentException(values.size() + " values, " + weights.length + " weights");
        }
        this.values = List.copyOf(values);
        this.cumulative = weights.clone();
        Arrays.parallelPrefix(cumulative, Double::sum);
    }

    static <T> Weighted<T> of(List<T> values, double... weights) {
        return new Weighted<>(values, weights);
    }

    T draw(Dice dice) {
        double at = dice.fraction() * cumulative[cumulative.length - 1];
        int found = Arrays.binarySearch(cumulative, at);
        int index = found >= 0 ? found + 1 : -found - 1;
        return values.get(Math.min(index, values.size() - 1));
    }
}
