package org.datareturn.guard.noise;

import java.math.BigInteger;
import java.nio.ByteBuffer;

/**
 * A probability below 1, to be met by 128 random bits.
 *
 * @param high its upper 64 bits
 * @param low its lower 64 bits
 */
record Threshold(long high, long low) {
    /** Random bytes one meeting takes. */
    static final int BYTES = 2 * Long.BYTES;

    static Threshold of(BigInteger probability) {
        return new Threshold(probability.shiftRight(Long.SIZE).longValue(), probability.longValue());
    }

    /** 1 with this probability, else 0, from the next 16 random bytes. No branch depends on the outcome. */
    int met(ByteBuffer random) {
        return below(random.getLong(), random.getLong());
    }

    /** 1 when the 128-bit number lies below this threshold, else 0. */
    int below(long randomHigh, long randomLow) {
        int higher = Long.compareUnsigned(randomHigh, high);
        int lower = Long.compareUnsigned(randomLow, low);
        // compareUnsigned gives -1, 0 or 1; the sign bit of 2·higher + lower says which comes first.
        return (2 * higher + lower) >>> (Integer.SIZE - 1);
    }
}
