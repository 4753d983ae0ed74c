package org.datareturn.verifier.oprf;

import java.math.BigInteger;
import java.security.SecureRandom;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.BigIntegers;

/** The group of the suite: NIST P-256 (SP 800-186 §3.2.1.3), cofactor 1, so that every point but one generates it. */
final class P256 {
    private static final X9ECParameters PARAMETERS = CustomNamedCurves.getByName("secp256r1");

    static final ECCurve CURVE = PARAMETERS.getCurve();
    static final ECPoint GENERATOR = PARAMETERS.getG();
    /** The group's order. */
    static final BigInteger ORDER = PARAMETERS.getN();
    /** The field's characteristic. */
    static final BigInteger PRIME = CURVE.getField().getCharacteristic();

    static final int ELEMENT_BYTES = 33;
    static final int SCALAR_BYTES = 32;

    private P256() {}

    /** A scalar in [1, order − 1], uniformly. */
    static BigInteger randomScalar(SecureRandom random) {
        return BigIntegers.createRandomInRange(BigInteger.ONE, ORDER.subtract(BigInteger.ONE), random);
    }

    /** A scalar in 32 bytes, big-endian. */
    static byte[] encode(BigInteger scalar) {
        return BigIntegers.asUnsignedByteArray(SCALAR_BYTES, scalar);
    }

    /**
     * Reads a scalar in [0, order − 1].
     *
     * @throws OprfException when it has another length or is not below the order
     */
    static BigInteger decodeScalar(byte[] bytes) throws OprfException {
        if (bytes.length != SCALAR_BYTES) {
            throw new OprfException(OprfException.Fault.SCALAR_LENGTH);
        }
        BigInteger scalar = new BigInteger(1, bytes);
        if (scalar.compareTo(ORDER) >= 0) {
            throw new OprfException(OprfException.Fault.SCALAR_RANGE);
        }
        return scalar;
    }
}
