package org.datareturn.verifier.oprf;

import java.math.BigInteger;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.WNafPreCompInfo;
import org.bouncycastle.math.ec.WNafUtil;

/**
 * Multiples of many points by one secret scalar. The multiplication is the library's own; only the tables of small odd
 * multiples it begins with, in which there is nothing of the secret, are made for many points together.
 */
final class SecretMultiple {
    private static final int WIDTH = WNafUtil.getWindowSize(P256.ORDER.bitLength());
    /** P, 3P, … (2^(width−1) − 1)P. */
    private static final int ODD_MULTIPLES = 1 << (WIDTH - 2);
    /** Enough to share an inversion, few enough to stay in the processor's cache. */
    private static final int AT_ONCE = 256;

    private SecretMultiple() {}

    /**
     * The multiples in order, normalised together: one inversion for all.
     *
     * @param points in affine coordinates, none the identity
     */
    static ECPoint[] of(ECPoint[] points, BigInteger secret) {
        ECPoint[] multiples = new ECPoint[points.length];
        for (int from = 0; from < points.length; from += AT_ONCE) {
            int to = Math.min(points.length, from + AT_ONCE);
            prepare(points, from, to);
            for (int i = from; i < to; i++) {
                multiples[i] = points[i].multiply(secret);
            }
        }
        P256.CURVE.normalizeAll(multiples);
        return multiples;
    }

    /** Hands each point its table, so that the library does not make it with an inversion for each. */
    private static void prepare(ECPoint[] points, int from, int to) {
        int count = to - from;
        // One row of points for each odd multiple, then one of doubled points.
        AffinePoints rows = new AffinePoints((ODD_MULTIPLES + 1) * count, count);
        int doubled = ODD_MULTIPLES * count;
        for (int i = 0; i < count; i++) {
            rows.set(i, points[from + i]);
            rows.set(doubled + i, points[from + i]);
            rows.add(doubled + i, i, false);
        }
        rows.flush();
        for (int row = count; row < doubled; row += count) {
            for (int i = 0; i < count; i++) {
                rows.add(row + i, row - count + i, false);
                rows.add(row + i, doubled + i, false);
            }
            rows.flush();
        }
        for (int i = 0; i < count; i++) {
            ECPoint[] table = new ECPoint[ODD_MULTIPLES];
            ECPoint[] negated = new ECPoint[ODD_MULTIPLES];
            for (int odd = 0; odd < ODD_MULTIPLES; odd++) {
                table[odd] = odd == 0 ? points[from + i] : rows.point(odd * count + i);
                negated[odd] = table[odd].negate();
            }
            WNafPreCompInfo info = new WNafPreCompInfo();
            info.setWidth(WIDTH);
            info.setPreComp(table);
            info.setPreCompNeg(negated);
            P256.CURVE.precompute(points[from + i], WNafUtil.PRECOMP_NAME, existing -> info);
        }
    }
}
