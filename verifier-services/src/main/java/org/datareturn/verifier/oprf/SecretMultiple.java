package org.datareturn.verifier.oprf;

import java.math.BigInteger;
import org.bouncycastle.math.ec.ECPoint;

/** Multiples of many points by one secret scalar. */
final class SecretMultiple {
    private SecretMultiple() {}

    /** The multiples in order, normalised together: one inversion for all. */
    static ECPoint[] of(ECPoint[] points, BigInteger secret) {
        ECPoint[] multiples = new ECPoint[points.length];
        for (int i = 0; i < points.length; i++) {
            multiples[i] = points[i].multiply(secret);
        }
        P256.CURVE.normalizeAll(multiples);
        return multiples;
    }
}
