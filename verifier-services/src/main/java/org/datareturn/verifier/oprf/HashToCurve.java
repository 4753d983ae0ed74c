package org.datareturn.verifier.oprf;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.bouncycastle.math.ec.ECFieldElement;
import org.bouncycastle.math.ec.ECPoint;

/**
 * RFC 9380, suite P256_XMD:SHA-256_SSWU_RO_: from byte strings to points nobody knows a discrete logarithm of.
 *
 * <p>Runs in time that depends on its input. Inputs are hashed by the side that owns them, in its own process.
 */
final class HashToCurve {
    /** Bytes hashed for a number below a 256-bit modulus: (256 + 128 bits of security) / 8 (§5.1). */
    private static final int L = 48;

    private static final int HASH_BYTES = 32;
    private static final int HASH_BLOCK_BYTES = 64;
    private static final int MAX_DST_BYTES = 255;
    private static final int MAX_EXPANDED_BYTES = 255 * HASH_BYTES;
    private static final byte[] OVERSIZE = "H2C-OVERSIZE-DST-".getBytes(StandardCharsets.US_ASCII);

    private static final ECFieldElement A = P256.CURVE.getA();
    private static final ECFieldElement B = P256.CURVE.getB();
    /** The Z of this suite, −10 (§8.2). */
    private static final ECFieldElement Z = field(P256.PRIME.subtract(BigInteger.TEN));

    private static final ECFieldElement ONE = field(BigInteger.ONE);
    /** −B / A. */
    private static final ECFieldElement MINUS_B_BY_A = B.negate().divide(A);
    /** B / (Z · A), the first candidate where the general one has no denominator. */
    private static final ECFieldElement B_BY_ZA = B.divide(Z.multiply(A));

    private HashToCurve() {}

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * expand_message_xmd with SHA-256 (§5.3.1), tags longer than 255 bytes hashed first (§5.3.3).
     *
     * @param length bytes wanted, at most 8160
     */
    static byte[] expandMessageXmd(byte[] message, byte[] dst, int length) {
        if (length < 0 || length > MAX_EXPANDED_BYTES) {
            throw new IllegalArgumentException("length must be in 0…" + MAX_EXPANDED_BYTES + ", was " + length);
        }
        MessageDigest hash = sha256();
        byte[] tag = dst;
        if (dst.length > MAX_DST_BYTES) {
            hash.update(OVERSIZE);
            tag = hash.digest(dst);
        }
        hash.update(new byte[HASH_BLOCK_BYTES]);
        hash.update(message);
        hash.update(new byte[] {(byte) (length >>> 8), (byte) length, 0});
        byte[] first = digestTagged(hash, tag);
        byte[] expanded = new byte[length];
        byte[] block = new byte[HASH_BYTES];
        for (int i = 1, at = 0; at < length; i++, at += HASH_BYTES) {
            for (int j = 0; j < HASH_BYTES; j++) {
                block[j] ^= first[j];
            }
            hash.update(block);
            hash.update((byte) i);
            block = digestTagged(hash, tag);
            System.arraycopy(block, 0, expanded, at, Math.min(HASH_BYTES, length - at));
        }
        return expanded;
    }

    private static byte[] digestTagged(MessageDigest hash, byte[] tag) {
        hash.update(tag);
        hash.update((byte) tag.length);
        return hash.digest();
    }

    /** hash_to_field (§5.2) for a prime modulus of 256 bits. */
    static BigInteger[] hashToField(byte[] message, byte[] dst, BigInteger modulus, int count) {
        byte[] uniform = expandMessageXmd(message, dst, count * L);
        BigInteger[] numbers = new BigInteger[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = new BigInteger(1, Arrays.copyOfRange(uniform, i * L, (i + 1) * L)).mod(modulus);
        }
        return numbers;
    }

    /** hash_to_curve (§3): may be the identity, with negligible probability. Not normalised. */
    static ECPoint hashToCurve(byte[] message, byte[] dst) {
        BigInteger[] u = hashToField(message, dst, P256.PRIME, 2);
        return mapToCurve(u[0]).add(mapToCurve(u[1]));
    }

    /** The simplified Shallue–van de Woestijne–Ulas map (§6.6.2). */
    static ECPoint mapToCurve(BigInteger number) {
        ECFieldElement u = field(number);
        ECFieldElement zu2 = Z.multiply(u.square());
        ECFieldElement denominator = zu2.square().add(zu2);
        ECFieldElement x = denominator.isZero() ? B_BY_ZA : MINUS_B_BY_A.multiply(ONE.add(denominator.invert()));
        ECFieldElement y = rightHandSide(x).sqrt();
        if (y == null) {
            x = zu2.multiply(x);
            y = rightHandSide(x).sqrt();
        }
        if (y == null) {
            throw new IllegalStateException("of the map's two candidates one has a square root (RFC 9380 §6.6.2)");
        }
        // sgn0 of a field of prime order is the lowest bit (§4.1).
        if (u.testBitZero() != y.testBitZero()) {
            y = y.negate();
        }
        return P256.CURVE.createPoint(x.toBigInteger(), y.toBigInteger());
    }

    private static ECFieldElement rightHandSide(ECFieldElement x) {
        return x.square().add(A).multiply(x).add(B);
    }

    private static ECFieldElement field(BigInteger number) {
        return P256.CURVE.fromBigInteger(number);
    }
}
