package org.datareturn.verifier.oprf;

import java.math.BigInteger;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.custom.sec.SecP256R1Field;
import org.bouncycastle.math.raw.Nat256;

/**
 * Numbered points of the curve in affine coordinates, many of them added to at a time: one inversion for all (Montgomery 1987,
 * §10.3.1), so that an addition takes six multiplications in the field where it takes eleven in Jacobian coordinates.
 * The steps taken are the same whatever the points are, but where one is the identity or both are equal or opposite. Not
 * thread-safe.
 */
final class AffinePoints {
    private static final int WORDS = 8;
    private static final int[] ONE = Nat256.fromBigInteger(BigInteger.ONE);

    private final int[][] x;
    /** 0 where there is the identity: the curve has no point of order two. */
    private final int[][] y;

    /** Additions on the list: to which point, and the coordinates of what is added. */
    private final int[] to;

    private final int[][] addedX;
    private final int[][] addedY;
    private final int[][] denominators;
    /** Of the denominators, each with all before it. */
    private final int[][] products;

    private final int[] product = Nat256.createExt();
    private final int[] inverse = new int[WORDS];
    private final int[] slope = new int[WORDS];
    private final int[] sum = new int[WORDS];
    private int listed;

    /**
     * The identity as often as wanted.
     *
     * @param atOnce additions between one {@link #flush()} and the next, at most
     */
    AffinePoints(int count, int atOnce) {
        x = new int[count][WORDS];
        y = new int[count][WORDS];
        to = new int[atOnce];
        addedX = new int[atOnce][WORDS];
        addedY = new int[atOnce][WORDS];
        denominators = new int[atOnce][WORDS];
        products = new int[atOnce][WORDS];
    }

    void set(int number, ECPoint affine) {
        if (!affine.isInfinity()) {
            x[number] = Nat256.fromBigInteger(affine.getAffineXCoord().toBigInteger());
            y[number] = Nat256.fromBigInteger(affine.getAffineYCoord().toBigInteger());
        }
    }

    /**
     * Lists the addition of another point, or of its negative, with the value it has now. Until the next {@link #flush()} a
     * point may be added to only once.
     */
    void add(int number, int other, boolean negated) {
        if (Nat256.isZero(y[other])) {
            return;
        }
        Nat256.copy(x[other], addedX[listed]);
        if (negated) {
            SecP256R1Field.negate(y[other], addedY[listed]);
        } else {
            Nat256.copy(y[other], addedY[listed]);
        }
        if (Nat256.isZero(y[number])) {
            Nat256.copy(addedX[listed], x[number]);
            Nat256.copy(addedY[listed], y[number]);
            return;
        }
        SecP256R1Field.subtract(addedX[listed], x[number], denominators[listed]);
        if (Nat256.isZero(denominators[listed])) {
            // The same point, to be doubled, or its negative.
            SecP256R1Field.add(addedY[listed], y[number], denominators[listed]);
            if (Nat256.isZero(denominators[listed])) {
                Nat256.zero(y[number]);
                return;
            }
        }
        to[listed++] = number;
    }

    /** Lists the doubling of a point, under the same condition. */
    void twice(int number) {
        if (Nat256.isZero(y[number])) {
            return;
        }
        Nat256.copy(x[number], addedX[listed]);
        Nat256.copy(y[number], addedY[listed]);
        SecP256R1Field.twice(y[number], denominators[listed]);
        to[listed++] = number;
    }

    /**
     * Copies one of several points, or its negative, reading all of them, so that neither time nor memory tells which.
     *
     * @param from the first of them; the others follow each so many numbers
     * @param sign 0, or −1 for the negative
     */
    void choose(int number, int from, int each, int count, int chosen, int sign) {
        int[] intoX = x[number];
        int[] intoY = y[number];
        Nat256.zero(intoX);
        Nat256.zero(intoY);
        for (int i = 0; i < count; i++) {
            // All ones where i is the one chosen.
            int mask = ((i ^ chosen) - 1) >> (Integer.SIZE - 1);
            int[] fromX = x[from + i * each];
            int[] fromY = y[from + i * each];
            for (int word = 0; word < WORDS; word++) {
                intoX[word] |= fromX[word] & mask;
                intoY[word] |= fromY[word] & mask;
            }
        }
        SecP256R1Field.negate(intoY, sum);
        for (int word = 0; word < WORDS; word++) {
            intoY[word] ^= (intoY[word] ^ sum[word]) & sign;
        }
    }

    /** Does the additions listed. */
    void flush() {
        if (listed == 0) {
            return;
        }
        Nat256.copy(denominators[0], products[0]);
        for (int i = 1; i < listed; i++) {
            SecP256R1Field.multiply(products[i - 1], denominators[i], products[i], product);
        }
        SecP256R1Field.inv(products[listed - 1], inverse);
        while (--listed > 0) {
            SecP256R1Field.multiply(products[listed - 1], inverse, slope, product);
            SecP256R1Field.multiply(inverse, denominators[listed], inverse, product);
            finish(listed);
        }
        Nat256.copy(inverse, slope);
        finish(0);
    }

    /** An addition whose denominator's inverse is in the place of the slope. */
    private void finish(int i) {
        int[] px = x[to[i]];
        int[] py = y[to[i]];
        SecP256R1Field.subtract(addedY[i], py, sum);
        if (Nat256.isZero(sum) && Nat256.eq(addedX[i], px)) {
            // Doubled: 3x² − 3 over 2y.
            SecP256R1Field.square(px, addedY[i], product);
            SecP256R1Field.subtract(addedY[i], ONE, addedY[i]);
            SecP256R1Field.twice(addedY[i], sum);
            SecP256R1Field.add(sum, addedY[i], sum);
        }
        SecP256R1Field.multiply(slope, sum, slope, product);
        SecP256R1Field.square(slope, sum, product);
        SecP256R1Field.subtract(sum, px, sum);
        SecP256R1Field.subtract(sum, addedX[i], sum);
        SecP256R1Field.subtract(px, sum, addedX[i]);
        SecP256R1Field.multiply(slope, addedX[i], slope, product);
        SecP256R1Field.subtract(slope, py, py);
        Nat256.copy(sum, px);
    }

    ECPoint point(int number) {
        return Nat256.isZero(y[number])
                ? P256.CURVE.getInfinity()
                : P256.CURVE.createPoint(Nat256.toBigInteger(x[number]), Nat256.toBigInteger(y[number]));
    }
}
