package org.datareturn.verifier.oprf;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.math.ec.ECPoint;

/**
 * An input and the blind that hides it: what a client keeps until the answer comes. Only {@link #element()} may leave; it
 * is uniformly distributed whatever the input is. Use each once. Immutable.
 */
public final class BlindedInput {
    private final byte[] input;
    private final BigInteger blind;
    private final Element element;

    private BlindedInput(byte[] input, BigInteger blind, Element element) {
        this.input = input;
        this.blind = blind;
        this.element = element;
    }

    /**
     * Blinds inputs, each by a fresh random scalar (RFC 9497 §3.3.1, Blind).
     *
     * @throws OprfException when an input is longer than 65,535 bytes
     */
    public static List<BlindedInput> blind(Mode mode, List<byte[]> inputs, SecureRandom random) throws OprfException {
        List<BigInteger> blinds = new ArrayList<>(inputs.size());
        for (int i = 0; i < inputs.size(); i++) {
            blinds.add(P256.randomScalar(random));
        }
        return blind(mode, inputs, blinds);
    }

    static List<BlindedInput> blind(Mode mode, List<byte[]> inputs, List<BigInteger> blinds) throws OprfException {
        ECPoint[] points = new ECPoint[inputs.size()];
        for (int i = 0; i < points.length; i++) {
            points[i] = mode.hashToGroup(inputs.get(i)).multiply(blinds.get(i));
        }
        P256.CURVE.normalizeAll(points);
        List<BlindedInput> blinded = new ArrayList<>(points.length);
        for (int i = 0; i < points.length; i++) {
            blinded.add(new BlindedInput(inputs.get(i).clone(), blinds.get(i), Element.of(points[i])));
        }
        return blinded;
    }

    /** What the server sees. */
    public Element element() {
        return element;
    }

    byte[] input() {
        return input;
    }

    BigInteger blind() {
        return blind;
    }
}
