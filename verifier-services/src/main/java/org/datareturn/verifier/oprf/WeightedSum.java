package org.datareturn.verifier.oprf;

import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.math.ec.ECPoint;

/**
 * Σ weightᵢ · pointᵢ by buckets (Pippenger 1976; Bernstein, Doumen, Lange and Oosterwijk 2012): for each window of bits,
 * points are first added up by their digit, then the buckets by suffix sums. The larger the batch, the fewer additions
 * a member costs. Runs in time that depends on its input, so it is for public weights only.
 */
final class WeightedSum {
    private static final int WEIGHT_BITS = 256;
    private static final int MAX_WINDOW_BITS = 10;

    private WeightedSum() {}

    /** The sum, not normalised. */
    static ECPoint of(ECPoint[] points, BigInteger[] weights) {
        int window = windowBits(points.length);
        // One window more than the weights fill: signed digits carry out of the last.
        int windows = (WEIGHT_BITS + window - 1) / window + 1;
        int[][] digits = new int[weights.length][];
        for (int i = 0; i < weights.length; i++) {
            digits[i] = signedDigits(weights[i], window, windows);
        }
        ECPoint sum = P256.CURVE.getInfinity();
        for (int w = windows - 1; w >= 0; w--) {
            sum = sum.timesPow2(window).add(ofWindow(points, digits, w, window));
        }
        return sum;
    }

    private static ECPoint ofWindow(ECPoint[] points, int[][] digits, int w, int window) {
        ECPoint[] buckets = new ECPoint[1 << (window - 1)];
        Arrays.fill(buckets, P256.CURVE.getInfinity());
        for (int i = 0; i < points.length; i++) {
            int digit = digits[i][w];
            if (digit > 0) {
                buckets[digit - 1] = buckets[digit - 1].add(points[i]);
            } else if (digit < 0) {
                buckets[-digit - 1] = buckets[-digit - 1].subtract(points[i]);
            }
        }
        ECPoint suffix = P256.CURVE.getInfinity();
        ECPoint sum = suffix;
        for (int d = buckets.length - 1; d >= 0; d--) {
            suffix = suffix.add(buckets[d]);
            sum = sum.add(suffix);
        }
        return sum;
    }

    /** A weight in digits of (−2^(window−1), 2^(window−1)], the lowest first. */
    private static int[] signedDigits(BigInteger weight, int window, int windows) {
        int[] digits = new int[windows];
        int carry = 0;
        for (int w = 0; w < windows; w++) {
            int digit = carry;
            for (int bit = 0; bit < window; bit++) {
                if (weight.testBit(w * window + bit)) {
                    digit += 1 << bit;
                }
            }
            carry = digit > 1 << (window - 1) ? 1 : 0;
            digits[w] = digit - (carry << window);
        }
        return digits;
    }

    /** About the logarithm of the batch, less what the buckets themselves cost. */
    private static int windowBits(int points) {
        return Math.clamp(Integer.SIZE - Integer.numberOfLeadingZeros(points) - 2, 2, MAX_WINDOW_BITS);
    }
}
