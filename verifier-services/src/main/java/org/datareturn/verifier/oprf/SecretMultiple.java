package org.datareturn.verifier.oprf;

import java.math.BigInteger;
import org.bouncycastle.math.ec.ECPoint;

/**
 * Multiples of points by one secret scalar.
 *
 * <p>Many points go in step: since the scalar is one, all are doubled and added to at the same time, and each step's divisions
 * share one inversion ({@link AffinePoints}). The scalar is written in odd digits, of which none is zero (Joye and Tunstall
 * 2009, §3.2), so that the same steps are taken whatever it is, and each reads the whole table. A few are left to the
 * library, whose steps depend on the scalar; it is lengthened so that at least their number does not tell how long it is, from
 * which the proof's nonces could be solved for the key (Brumley and Tuveri 2011). The library's field, on which both
 * stand, carries in steps that depend on the values.
 */
final class SecretMultiple {
    private static final int WINDOW = 4;
    private static final int DIGITS = (P256.ORDER.bitLength() + WINDOW - 1) / WINDOW;
    /** P, 3P, … (2^window − 1)P. */
    private static final int ODD_MULTIPLES = 1 << (WINDOW - 1);
    /** Enough to share an inversion, few enough to stay in the processor's cache. */
    private static final int AT_ONCE = 256;
    /** Points that are fewer share too few divisions. */
    private static final int FEW = 24;

    /** The odd one of the scalar and its negative, from the lowest digit. */
    private final int[] digits;

    private final boolean negated;

    private SecretMultiple(BigInteger secret) {
        negated = !secret.testBit(0);
        digits = digits(negated ? P256.ORDER.subtract(secret) : secret);
    }

    /**
     * The multiples in order, in affine coordinates.
     *
     * @param points in affine coordinates, none the identity
     * @param secret from 1, below the order
     */
    static ECPoint[] of(ECPoint[] points, BigInteger secret) {
        if (points.length < FEW) {
            return oneByOne(points, secret);
        }
        SecretMultiple multiple = new SecretMultiple(secret);
        ECPoint[] multiples = new ECPoint[points.length];
        for (int from = 0; from < points.length; from += AT_ONCE) {
            multiple.fill(points, multiples, from, Math.min(points.length, from + AT_ONCE));
        }
        return multiples;
    }

    private static ECPoint[] oneByOne(ECPoint[] points, BigInteger secret) {
        BigInteger longer = secret.add(P256.ORDER);
        BigInteger longest = longer.add(P256.ORDER);
        BigInteger same = longer.bitLength() > P256.ORDER.bitLength() ? longer : longest;
        ECPoint[] multiples = new ECPoint[points.length];
        for (int i = 0; i < points.length; i++) {
            multiples[i] = points[i].multiply(same);
        }
        P256.CURVE.normalizeAll(multiples);
        return multiples;
    }

    private static int[] digits(BigInteger odd) {
        int[] digits = new int[DIGITS];
        BigInteger rest = odd;
        for (int i = 0; i < DIGITS - 1; i++) {
            digits[i] = (rest.intValue() & ((2 << WINDOW) - 1)) - (1 << WINDOW);
            rest = rest.subtract(BigInteger.valueOf(digits[i])).shiftRight(WINDOW);
        }
        digits[DIGITS - 1] = rest.intValueExact();
        return digits;
    }

    private void fill(ECPoint[] points, ECPoint[] multiples, int from, int to) {
        int count = to - from;
        // A row of points for each odd multiple, then the row of multiples, then what is added to it.
        int sums = ODD_MULTIPLES * count;
        int addends = sums + count;
        AffinePoints rows = new AffinePoints(addends + count, count);
        for (int i = 0; i < count; i++) {
            rows.set(i, points[from + i]);
        }
        tabulate(rows, count, addends);
        for (int digit = DIGITS - 1; digit >= 0; digit--) {
            for (int bit = 0; bit < WINDOW && digit < DIGITS - 1; bit++) {
                for (int i = 0; i < count; i++) {
                    rows.twice(sums + i);
                }
                rows.flush();
            }
            int sign = digits[digit] >> (Integer.SIZE - 1);
            int row = ((digits[digit] ^ sign) - sign) >> 1;
            for (int i = 0; i < count; i++) {
                rows.choose(addends + i, i, count, ODD_MULTIPLES, row, sign);
                rows.add(sums + i, addends + i, false);
            }
            rows.flush();
        }
        for (int i = 0; i < count; i++) {
            ECPoint multiple = rows.point(sums + i);
            multiples[from + i] = negated ? multiple.negate() : multiple;
        }
    }

    /** The odd multiples; there is nothing of the secret in them. */
    private static void tabulate(AffinePoints rows, int count, int doubled) {
        for (int i = 0; i < count; i++) {
            rows.add(doubled + i, i, false);
            rows.twice(doubled + i);
        }
        rows.flush();
        for (int row = count; row < ODD_MULTIPLES * count; row += count) {
            for (int i = 0; i < count; i++) {
                rows.add(row + i, row - count + i, false);
                rows.add(row + i, doubled + i, false);
            }
            rows.flush();
        }
    }
}
