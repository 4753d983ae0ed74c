package org.datareturn.verifier.oprf;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.bouncycastle.math.ec.ECPoint;

/** The modes of RFC 9497 §3.1 this room has. What is made in one mode means nothing in the other. */
public enum Mode {
    /** The value only. */
    OPRF(0),
    /** The value, and a proof that it was made with an announced key. */
    VOPRF(1);

    /** More bytes than any length field of the protocol can say. */
    static final int MAX_INPUT_BYTES = 0xFFFF;

    private final int number;
    private final String context;

    Mode(int number) {
        this.number = number;
        this.context = "OPRFV1-" + (char) number + "-P256-SHA256";
    }

    /** Its number in context strings. */
    int number() {
        return number;
    }

    /** A domain separation tag: a purpose and the context string. */
    byte[] tag(String purpose) {
        return (purpose + context).getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * An input as a point, not normalised.
     *
     * @throws OprfException when the input is too long, or hashes to the identity
     */
    ECPoint hashToGroup(byte[] input) throws OprfException {
        if (input.length > MAX_INPUT_BYTES) {
            throw new OprfException(OprfException.Fault.INPUT_LENGTH);
        }
        ECPoint point = HashToCurve.hashToCurve(input, tag("HashToGroup-"));
        if (point.isInfinity()) {
            throw new OprfException(OprfException.Fault.INPUT_UNUSABLE);
        }
        return point;
    }

    BigInteger hashToScalar(byte[] message) {
        return hashToScalar(message, tag("HashToScalar-"));
    }

    static BigInteger hashToScalar(byte[] message, byte[] tag) {
        return HashToCurve.hashToField(message, tag, P256.ORDER, 1)[0];
    }
}
