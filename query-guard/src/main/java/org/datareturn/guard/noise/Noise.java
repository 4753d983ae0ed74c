package org.datareturn.guard.noise;

import java.math.BigDecimal;
import java.math.BigInteger;

/** A symmetric distribution on the whole numbers. Immutable; thread-safe. */
public sealed interface Noise permits DiscreteLaplace, DiscreteGaussian {
    /** A draw; it takes as many random bytes and as many steps whatever comes out. */
    BigInteger draw(RandomStream random);

    /**
     * A bound that a draw exceeds, upwards, with at most this probability.
     *
     * @param probability strictly between 0 and 1/2
     */
    BigDecimal bound(double probability);

    /** The standard deviation. */
    double standardDeviation();
}
