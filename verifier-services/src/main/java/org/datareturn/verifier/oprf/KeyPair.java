package org.datareturn.verifier.oprf;

import java.math.BigInteger;

/** A server's key for one mode. Says nothing of its secret by {@code toString}. Immutable. */
public final class KeyPair {
    /** Bytes of the seed a key is derived from. */
    public static final int SEED_BYTES = 32;

    private static final int MAX_TRIES = 256;

    private final Mode mode;
    private final BigInteger secret;
    private final Element publicKey;

    private KeyPair(Mode mode, BigInteger secret, Element publicKey) {
        this.mode = mode;
        this.secret = secret;
        this.publicKey = publicKey;
    }

    /**
     * DeriveKeyPair (RFC 9497 §3.2.1): the same seed and info always give the same key.
     *
     * @param seed 32 secret bytes
     * @param info what the key is for, at most 65,535 bytes, public
     * @throws OprfException when info is too long or, with negligible probability, the seed gives no key
     */
    public static KeyPair derive(Mode mode, byte[] seed, byte[] info) throws OprfException {
        if (seed.length != SEED_BYTES) {
            throw new IllegalArgumentException("a seed has " + SEED_BYTES + " bytes, was " + seed.length);
        }
        if (info.length > Mode.MAX_INPUT_BYTES) {
            throw new OprfException(OprfException.Fault.INPUT_LENGTH);
        }
        byte[] tag = mode.tag("DeriveKeyPair");
        byte[] framed = new Transcript().part(info).bytes();
        byte[] message = new byte[seed.length + framed.length + 1];
        System.arraycopy(seed, 0, message, 0, seed.length);
        System.arraycopy(framed, 0, message, seed.length, framed.length);
        for (int counter = 0; counter < MAX_TRIES; counter++) {
            message[message.length - 1] = (byte) counter;
            BigInteger secret = Mode.hashToScalar(message, tag);
            if (secret.signum() != 0) {
                return of(mode, secret);
            }
        }
        throw new OprfException(OprfException.Fault.INPUT_UNUSABLE);
    }

    /**
     * Reads a secret key.
     *
     * @param secret 32 bytes
     * @throws OprfException when it has another length, is zero or not below the group's order
     */
    public static KeyPair decode(Mode mode, byte[] secret) throws OprfException {
        BigInteger scalar = P256.decodeScalar(secret);
        if (scalar.signum() == 0) {
            throw new OprfException(OprfException.Fault.SCALAR_RANGE);
        }
        return of(mode, scalar);
    }

    private static KeyPair of(Mode mode, BigInteger secret) throws OprfException {
        return new KeyPair(mode, secret, Element.of(P256.GENERATOR.multiply(secret)));
    }

    /** The mode it is for. */
    public Mode mode() {
        return mode;
    }

    /** What others know of it. */
    public Element publicKey() {
        return publicKey;
    }

    BigInteger secret() {
        return secret;
    }
}
