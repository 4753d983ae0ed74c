package org.datareturn.guard.noise;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A discrete Gaussian of standard deviation {@value #STEPS} steps, drawn by inversion from a table of cumulative
 * probabilities exact to 2<sup>-127</sup> and cut at {@value #WIDTH} standard deviations (which leaves out less than
 * 2<sup>-70</sup>). Every draw reads the whole table, so its time is the same whatever comes out. Made for noise that is
 * scaled afterwards. Immutable; thread-safe.
 */
public final class GaussianTable {
    /** Steps that make up one standard deviation. */
    public static final int STEPS = 64;

    private static final int WIDTH = 10;
    private static final int MOST = STEPS * WIDTH;

    private final List<Threshold> cumulative;

    /** Computes the table; some milliseconds. */
    public GaussianTable() {
        List<BigInteger> weights = new ArrayList<>();
        BigInteger below = BigInteger.valueOf(2L * STEPS * STEPS);
        for (long x = -MOST; x <= MOST; x++) {
            weights.add(FixedPoint.expOfMinus(BigInteger.valueOf(x * x), below));
        }
        BigInteger all = weights.stream().reduce(BigInteger.ZERO, BigInteger::add);
        BigInteger sum = BigInteger.ZERO;
        List<Threshold> thresholds = new ArrayList<>();
        for (int i = 0; i < weights.size() - 1; i++) {
            sum = sum.add(weights.get(i));
            thresholds.add(Threshold.of(FixedPoint.probability(sum, all)));
        }
        this.cumulative = List.copyOf(thresholds);
    }

    /**
     * The draw that 128 bits stand for, in steps.
     *
     * @param bits at least 16 bytes, uniformly random to whoever does not know where they come from
     */
    public int draw(byte[] bits) {
        ByteBuffer words = ByteBuffer.wrap(bits);
        long high = words.getLong();
        long low = words.getLong();
        int reached = 0;
        for (Threshold threshold : cumulative) {
            reached += 1 - threshold.below(high, low);
        }
        return reached - MOST;
    }
}
