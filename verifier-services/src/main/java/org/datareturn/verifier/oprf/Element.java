package org.datareturn.verifier.oprf;

import java.util.Arrays;
import org.bouncycastle.math.ec.ECFieldElement;
import org.bouncycastle.math.ec.ECPoint;

/**
 * A member of the group other than the identity. Whoever holds one knows that it lies on the curve: reading refuses
 * everything else. Immutable.
 */
public final class Element {
    private final ECPoint point;

    private Element(ECPoint point) {
        this.point = point;
    }

    /**
     * Reads a compressed point (SEC 1 §2.3.4).
     *
     * @param bytes 33 bytes
     * @throws OprfException when it has another length, is no point of the curve or is the identity
     */
    public static Element decode(byte[] bytes) throws OprfException {
        if (bytes.length == 1 && bytes[0] == 0) {
            throw new OprfException(OprfException.Fault.ELEMENT_IS_IDENTITY);
        }
        if (bytes.length != P256.ELEMENT_BYTES) {
            throw new OprfException(OprfException.Fault.ELEMENT_LENGTH);
        }
        if (bytes[0] != 2 && bytes[0] != 3) {
            throw new OprfException(OprfException.Fault.ELEMENT_NOT_ON_CURVE);
        }
        try {
            return of(P256.CURVE.decodePoint(bytes));
        } catch (IllegalArgumentException noPoint) {
            OprfException refused = new OprfException(OprfException.Fault.ELEMENT_NOT_ON_CURVE);
            refused.initCause(noPoint);
            throw refused;
        }
    }

    /**
     * Takes a point that is already normalised or whose normalisation need not be shared with others.
     *
     * @throws OprfException when it is the identity
     */
    static Element of(ECPoint point) throws OprfException {
        if (point.isInfinity()) {
            throw new OprfException(OprfException.Fault.ELEMENT_IS_IDENTITY);
        }
        return new Element(point.normalize());
    }

    /** The compressed point, 33 bytes. */
    public byte[] encode() {
        return encode(point);
    }

    /** A point in affine coordinates compressed; the one byte 0 for the identity. */
    static byte[] encode(ECPoint point) {
        if (point.isInfinity()) {
            return new byte[] {0};
        }
        ECFieldElement x = point.getAffineXCoord();
        byte[] bytes = new byte[P256.ELEMENT_BYTES];
        bytes[0] = (byte) (point.getAffineYCoord().testBitZero() ? 3 : 2);
        x.encodeTo(bytes, 1);
        return bytes;
    }

    ECPoint point() {
        return point;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Element element && Arrays.equals(encode(), element.encode());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encode());
    }

    @Override
    public String toString() {
        return "Element";
    }
}
