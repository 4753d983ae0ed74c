package org.datareturn.sandbox.province;

import java.util.SplittableRandom;

/**
 * The draws a population is made of, all from one seeded generator. Transcendental functions come from
 * {@link StrictMath}, so that a seed gives the same province on every machine. Not thread-safe.
 */
final class Dice {
    private static final int NORMAL_TRIES = 64;

    private final SplittableRandom random;

    Dice(SplittableRandom random) {
        this.random = random;
    }

    /** Dice of another aspect of the same province, independent of how often these are thrown from now on. */
    Dice split() {
        return new Dice(random.split());
    }

    /** True with the given probability. */
    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** A whole number, both ends included. */
    int between(int low, int high) {
        return random.nextInt(low, high + 1);
    }

    /** A whole number, both ends included. */
    long between(long low, long high) {
        return random.nextLong(low, high + 1);
    }

    double fraction() {
        return random.nextDouble();
    }

    /** A rounded normal draw, kept within bounds by drawing again and at last by clamping. */
    int normal(double mean, double deviation, int low, int high) {
        for (int i = 0; i < NORMAL_TRIES; i++) {
            int value = (int) StrictMath.round(mean + deviation * gaussian());
            if (value >= low && value <= high) {
                return value;
            }
        }
        return Math.clamp(StrictMath.round(mean), low, high);
    }

    /** A log-normal draw with this median; {@code sigma} is the deviation of its logarithm. */
    double logNormal(double median, double sigma) {
        return median * StrictMath.exp(sigma * gaussian());
    }

    /** Standard normal by Box and Muller (1958). */
    private double gaussian() {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
        return radius * StrictMath.cos(2 * StrictMath.PI * random.nextDouble());
    }
}
