package org.datareturn.verifier.oprf;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * A proof that one secret scalar leads from the generator to the public key and from every blinded element to its
 * evaluation (RFC 9497 §2.2). Immutable.
 */
public final class Proof {
    private static final int BYTES = 2 * P256.SCALAR_BYTES;

    private final BigInteger challenge;
    private final BigInteger response;

    Proof(BigInteger challenge, BigInteger response) {
        this.challenge = challenge;
        this.response = response;
    }

    /**
     * Reads a proof; that it is well formed says nothing of what it proves.
     *
     * @param bytes 64 bytes
     * @throws OprfException when it has another length or a scalar is out of range
     */
    public static Proof decode(byte[] bytes) throws OprfException {
        if (bytes.length != BYTES) {
            throw new OprfException(OprfException.Fault.PROOF_LENGTH);
        }
        return new Proof(
                P256.decodeScalar(Arrays.copyOf(bytes, P256.SCALAR_BYTES)),
                P256.decodeScalar(Arrays.copyOfRange(bytes, P256.SCALAR_BYTES, BYTES)));
    }

    /** The challenge and the response, 32 bytes each. */
    public byte[] encode() {
        byte[] bytes = Arrays.copyOf(P256.encode(challenge), BYTES);
        System.arraycopy(P256.encode(response), 0, bytes, P256.SCALAR_BYTES, P256.SCALAR_BYTES);
        return bytes;
    }

    BigInteger challenge() {
        return challenge;
    }

    BigInteger response() {
        return response;
    }
}
