package org.datareturn.verifier.oprf;

import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.math.ec.ECPoint;

/** The last step both sides share: from the input and its evaluated point to the function's value. */
final class Outputs {
    /** Bytes of a value. */
    static final int BYTES = 32;

    private Outputs() {}

    /** Removes the blinds (RFC 9497 §3.3.1, Finalize). */
    static List<byte[]> unblind(List<BlindedInput> blinded, List<Element> evaluated) throws OprfException {
        if (blinded.size() != evaluated.size()) {
            throw new OprfException(OprfException.Fault.BATCH_SIZE);
        }
        ECPoint[] points = new ECPoint[blinded.size()];
        List<byte[]> inputs = new ArrayList<>(points.length);
        for (int i = 0; i < points.length; i++) {
            BlindedInput own = blinded.get(i);
            points[i] = evaluated.get(i).point().multiply(own.blind().modInverse(P256.ORDER));
            inputs.add(own.input());
        }
        return of(inputs, points);
    }

    /** The values of inputs whose points were multiplied by the key; normalises the points. */
    static List<byte[]> of(List<byte[]> inputs, ECPoint[] points) {
        P256.CURVE.normalizeAll(points);
        List<byte[]> outputs = new ArrayList<>(points.length);
        for (int i = 0; i < points.length; i++) {
            outputs.add(HashToCurve.sha256()
                    .digest(new Transcript()
                            .part(inputs.get(i))
                            .part(Element.encode(points[i]))
                            .word("Finalize")
                            .bytes()));
        }
        return outputs;
    }
}
