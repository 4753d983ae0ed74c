package org.datareturn.verifier.oprf;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.List;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;

/**
 * Proofs that two discrete logarithms are equal, for a whole batch at once (RFC 9497 §2.2; Chaum and Pedersen 1992, made
 * non-interactive and batched by weights hashed from the batch itself).
 */
final class Dleq {
    /** Members of one batch: their indices have two bytes, and so has their number. */
    static final int MAX_BATCH = 0xFFFF;

    private final Mode mode;

    Dleq(Mode mode) {
        this.mode = mode;
    }

    /** Proves that a key leads from each blinded element to its evaluation. */
    Proof prove(KeyPair key, List<Element> blinded, List<Element> evaluated, SecureRandom random) throws OprfException {
        return prove(key, blinded, evaluated, P256.randomScalar(random));
    }

    Proof prove(KeyPair key, List<Element> blinded, List<Element> evaluated, BigInteger nonce) throws OprfException {
        ECPoint m = WeightedSum.of(points(blinded), weights(key.publicKey(), blinded, evaluated));
        ECPoint z = SecretMultiple.of(new ECPoint[] {m}, key.secret())[0];
        ECPoint[] hidden = SecretMultiple.of(new ECPoint[] {P256.GENERATOR, m}, nonce);
        ECPoint[] commitments = {m, z, hidden[0], hidden[1]};
        BigInteger challenge = challenge(key.publicKey(), commitments);
        BigInteger response = nonce.subtract(challenge.multiply(key.secret())).mod(P256.ORDER);
        return new Proof(challenge, response);
    }

    /**
     * Verifies a proof.
     *
     * @throws OprfException when it does not hold, or the batch is no batch
     */
    void verify(Element publicKey, List<Element> blinded, List<Element> evaluated, Proof proof) throws OprfException {
        BigInteger[] weights = weights(publicKey, blinded, evaluated);
        ECPoint m = WeightedSum.of(points(blinded), weights);
        ECPoint z = WeightedSum.of(points(evaluated), weights);
        ECPoint t2 =
                ECAlgorithms.sumOfTwoMultiplies(P256.GENERATOR, proof.response(), publicKey.point(), proof.challenge());
        ECPoint t3 = ECAlgorithms.sumOfTwoMultiplies(m, proof.response(), z, proof.challenge());
        BigInteger expected = challenge(publicKey, new ECPoint[] {m, z, t2, t3});
        if (!MessageDigest.isEqual(P256.encode(expected), P256.encode(proof.challenge()))) {
            throw new OprfException(OprfException.Fault.PROOF_REFUSED);
        }
    }

    private BigInteger challenge(Element publicKey, ECPoint[] commitments) {
        P256.CURVE.normalizeAll(commitments);
        Transcript transcript = new Transcript().part(publicKey.encode());
        for (ECPoint commitment : commitments) {
            transcript.part(Element.encode(commitment));
        }
        return mode.hashToScalar(transcript.word("Challenge").bytes());
    }

    /** The weights of ComputeComposites: each depends on the whole key and on its own pair. */
    private BigInteger[] weights(Element publicKey, List<Element> blinded, List<Element> evaluated)
            throws OprfException {
        if (blinded.isEmpty() || blinded.size() > MAX_BATCH || blinded.size() != evaluated.size()) {
            throw new OprfException(OprfException.Fault.BATCH_SIZE);
        }
        byte[] seed = HashToCurve.sha256()
                .digest(new Transcript()
                        .part(publicKey.encode())
                        .part(mode.tag("Seed-"))
                        .bytes());
        BigInteger[] weights = new BigInteger[blinded.size()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = mode.hashToScalar(new Transcript()
                    .part(seed)
                    .number(i)
                    .part(blinded.get(i).encode())
                    .part(evaluated.get(i).encode())
                    .word("Composite")
                    .bytes());
        }
        return weights;
    }

    private static ECPoint[] points(List<Element> elements) {
        return elements.stream().map(Element::point).toArray(ECPoint[]::new);
    }
}
