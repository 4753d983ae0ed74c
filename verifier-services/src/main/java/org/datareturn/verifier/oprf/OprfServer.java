package org.datareturn.verifier.oprf;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.math.ec.ECPoint;

/** The side that holds the key. Immutable and thread-safe. */
public final class OprfServer {
    private final KeyPair key;

    public OprfServer(KeyPair key) {
        this.key = key;
    }

    /** What the other side knows of the key. */
    public Element publicKey() {
        return key.publicKey();
    }

    /**
     * Evaluates elements without a proof (RFC 9497 §3.3.1, BlindEvaluate).
     *
     * @return one for each, in order
     * @throws OprfException never with elements and keys that were taken; the multiple of a generator is no identity
     */
    public List<Element> evaluate(List<Element> blinded) throws OprfException {
        ECPoint[] points =
                SecretMultiple.of(blinded.stream().map(Element::point).toArray(ECPoint[]::new), key.secret());
        List<Element> evaluated = new ArrayList<>(points.length);
        for (ECPoint point : points) {
            evaluated.add(Element.of(point));
        }
        return evaluated;
    }

    /**
     * Evaluates a batch with one proof for all of it (RFC 9497 §3.3.2, BlindEvaluate).
     *
     * @throws OprfException when the batch is empty or larger than {@link Evaluation#MAX_BATCH}
     */
    public Evaluation evaluateWithProof(List<Element> blinded, SecureRandom random) throws OprfException {
        return evaluateWithProof(blinded, P256.randomScalar(random));
    }

    Evaluation evaluateWithProof(List<Element> blinded, BigInteger nonce) throws OprfException {
        if (key.mode() != Mode.VOPRF) {
            throw new IllegalStateException("a key of mode " + key.mode() + " proves nothing");
        }
        if (blinded.isEmpty() || blinded.size() > Dleq.MAX_BATCH) {
            throw new OprfException(OprfException.Fault.BATCH_SIZE);
        }
        List<Element> evaluated = evaluate(blinded);
        return new Evaluation(evaluated, new Dleq(key.mode()).prove(key, blinded, evaluated, nonce));
    }

    /**
     * The function's values of inputs the server itself holds, 32 bytes each, in order (RFC 9497 §3.3.1, Evaluate).
     *
     * @throws OprfException when an input is longer than 65,535 bytes
     */
    public List<byte[]> outputs(List<byte[]> inputs) throws OprfException {
        ECPoint[] points = new ECPoint[inputs.size()];
        for (int i = 0; i < points.length; i++) {
            points[i] = key.mode().hashToGroup(inputs.get(i));
        }
        P256.CURVE.normalizeAll(points);
        return Outputs.of(inputs, SecretMultiple.of(points, key.secret()));
    }
}
