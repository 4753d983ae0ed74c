package org.datareturn.guard.noise;

import java.math.BigInteger;

/**
 * Probabilities as whole numbers of 2<sup>-128</sup>, computed in 256-bit fixed point so that the last bit is right but
 * for one unit. No floating point is involved anywhere.
 */
final class FixedPoint {
    /** Bits of a probability. */
    static final int PROBABILITY_BITS = 128;

    private static final int BITS = 256;
    private static final BigInteger ONE = BigInteger.ONE.shiftLeft(BITS);

    /** From here on e^-x is below 2^-129: as a probability it is 0. */
    private static final long BEYOND = 90;

    private FixedPoint() {}

    /** e<sup>-a/b</sup> in units of 2<sup>-256</sup>, for a ≥ 0 and b &gt; 0; off by less than 2<sup>-128-50</sup>. */
    static BigInteger expOfMinus(BigInteger a, BigInteger b) {
        BigInteger whole = a.divide(b);
        if (whole.bitLength() > 62 || whole.longValue() >= BEYOND) {
            return BigInteger.ZERO;
        }
        // e^-x = (e^-(x/2^s))^(2^s), with x/2^s below one half, where the series converges fast.
        int halvings = whole.bitLength() + 1;
        BigInteger y = a.shiftLeft(BITS).divide(b).shiftRight(halvings);
        BigInteger sum = ONE;
        BigInteger term = ONE;
        for (int k = 1; term.signum() != 0; k++) {
            term = term.multiply(y).shiftRight(BITS).divide(BigInteger.valueOf(k));
            sum = k % 2 == 1 ? sum.subtract(term) : sum.add(term);
        }
        for (int i = 0; i < halvings; i++) {
            sum = sum.multiply(sum).shiftRight(BITS);
        }
        return sum;
    }

    /** The probability part/whole, part ≤ whole. */
    static BigInteger probability(BigInteger part, BigInteger whole) {
        return part.shiftLeft(PROBABILITY_BITS).divide(whole);
    }

    /** The probability e<sup>x</sup>/(1+e<sup>x</sup>) at x = -a/b. */
    static BigInteger logistic(BigInteger a, BigInteger b) {
        BigInteger e = expOfMinus(a, b);
        return probability(e, ONE.add(e));
    }

    /** The probability e<sup>-a/b</sup>; 1 comes out as 1 - 2<sup>-128</sup>. */
    static BigInteger exponential(BigInteger a, BigInteger b) {
        return expOfMinus(a, b).shiftRight(BITS - PROBABILITY_BITS).min(almostOne());
    }

    private static BigInteger almostOne() {
        return BigInteger.ONE.shiftLeft(PROBABILITY_BITS).subtract(BigInteger.ONE);
    }
}
