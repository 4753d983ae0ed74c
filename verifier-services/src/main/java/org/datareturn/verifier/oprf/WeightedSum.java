package org.datareturn.verifier.oprf;

import java.math.BigInteger;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.raw.Nat;

/**
 * Σ weightᵢ · pointᵢ by buckets (Pippenger 1976; Bernstein, Doumen, Lange and Oosterwijk 2012): for each window of bits,
 * points are first added up by their digit, then the buckets by suffix sums. All windows are worked on together, so that
 * additions come in large numbers and share inversions ({@link AffinePoints}). The larger the batch, the fewer additions
 * a member costs. Runs in time that depends on its input, so it is for public weights only.
 */
final class WeightedSum {
    /** One bit more than the weights fill: signed digits carry out of the last. */
    private static final int WEIGHT_BITS = 257;

    private static final int MAX_WINDOW_BITS = 12;
    /** Points that are fewer have too few additions at once to share an inversion; theirs are interleaved (Straus 1964). */
    private static final int FEW = 8;

    private final int window;
    private final int windows;
    private final int buckets;
    /** Each bucket's members, one bucket after the other, those to be subtracted as their complement. */
    private final int[] members;
    /** Where each bucket's members end; they begin where those of the bucket before end. */
    private final int[] ends;

    private final AffinePoints sums;
    private final int firstPoint;

    private WeightedSum(ECPoint[] points, BigInteger[] weights) {
        window = windowBits(points.length);
        windows = (WEIGHT_BITS + window - 1) / window;
        buckets = 1 << (window - 1);
        members = new int[windows * points.length];
        ends = new int[windows * buckets];
        sort(digits(weights));
        // Behind the buckets of all windows: a suffix sum and a total for each window, then the points.
        firstPoint = (buckets + 2) * windows;
        sums = new AffinePoints(firstPoint + points.length, Math.max(buckets, 2) * windows);
        for (int i = 0; i < points.length; i++) {
            sums.set(firstPoint + i, points[i]);
        }
    }

    /**
     * The sum, not normalised.
     *
     * @param points in affine coordinates
     * @param weights below 2²⁵⁶, one for each
     */
    static ECPoint of(ECPoint[] points, BigInteger[] weights) {
        if (points.length < FEW) {
            return ECAlgorithms.sumOfMultiplies(points, weights);
        }
        WeightedSum sum = new WeightedSum(points, weights);
        sum.fillBuckets();
        return sum.addBuckets();
    }

    /** The weights in digits of [−2^(window−1), 2^(window−1)), window by window from the lowest. */
    private int[][] digits(BigInteger[] weights) {
        int half = 1 << (window - 1);
        BigInteger halves = BigInteger.ZERO;
        for (int w = 0; w < windows; w++) {
            halves = halves.setBit(w * window + window - 1);
        }
        int[][] digits = new int[windows][weights.length];
        for (int i = 0; i < weights.length; i++) {
            // With half a window added everywhere, its plain digits are the signed ones plus a half.
            int[] words = Nat.fromBigInteger((windows * window / 32 + 2) * 32, weights[i].add(halves));
            for (int w = 0; w < windows; w++) {
                int bit = w * window;
                long pair = Integer.toUnsignedLong(words[bit / 32]) | (long) words[bit / 32 + 1] << 32;
                digits[w][i] = ((int) (pair >>> bit % 32) & (2 * half - 1)) - half;
            }
        }
        return digits;
    }

    /** Sorts members into buckets by counting them first. */
    private void sort(int[][] digits) {
        for (int w = 0; w < windows; w++) {
            for (int digit : digits[w]) {
                if (digit != 0) {
                    ends[w * buckets + Math.abs(digit) - 1]++;
                }
            }
        }
        int end = 0;
        for (int bucket = 0; bucket < ends.length; bucket++) {
            int begin = end;
            end += ends[bucket];
            ends[bucket] = begin;
        }
        for (int w = 0; w < windows; w++) {
            for (int i = 0; i < digits[w].length; i++) {
                int digit = digits[w][i];
                if (digit != 0) {
                    members[ends[w * buckets + Math.abs(digit) - 1]++] = digit < 0 ? ~i : i;
                }
            }
        }
    }

    /** Adds one member to each bucket at a time, so that none is added to twice at once. */
    private void fillBuckets() {
        boolean more = true;
        for (int round = 0; more; round++) {
            more = false;
            int next = round;
            for (int bucket = 0; bucket < ends.length; bucket++) {
                if (next < ends[bucket]) {
                    int member = members[next];
                    sums.add(bucket, firstPoint + (member < 0 ? ~member : member), member < 0);
                    more = true;
                }
                next = ends[bucket] + round;
            }
            sums.flush();
        }
    }

    private ECPoint addBuckets() {
        int suffixes = windows * buckets;
        int totals = suffixes + windows;
        for (int digit = buckets; digit >= 0; digit--) {
            // The totals lag one digit behind, so that both can be added at once.
            for (int w = 0; w < windows; w++) {
                sums.add(totals + w, suffixes + w, false);
                if (digit > 0) {
                    sums.add(suffixes + w, w * buckets + digit - 1, false);
                }
            }
            sums.flush();
        }
        ECPoint sum = P256.CURVE.getInfinity();
        for (int w = windows - 1; w >= 0; w--) {
            sum = sum.timesPow2(window).add(sums.point(totals + w));
        }
        return sum;
    }

    /** About the logarithm of the batch, less what the buckets themselves cost. */
    private static int windowBits(int points) {
        return Math.clamp(Integer.SIZE - Integer.numberOfLeadingZeros(points) - 3, 2, MAX_WINDOW_BITS);
    }
}
