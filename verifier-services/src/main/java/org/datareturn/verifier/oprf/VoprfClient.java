package org.datareturn.verifier.oprf;

import java.security.SecureRandom;
import java.util.List;

/** The side that holds the inputs, in the mode VOPRF: takes answers of the announced key only. Immutable. */
public final class VoprfClient {
    private final Element publicKey;

    /** A client that accepts answers made with one key. */
    public VoprfClient(Element publicKey) {
        this.publicKey = publicKey;
    }

    /**
     * Hides inputs.
     *
     * @throws OprfException when an input is longer than 65,535 bytes
     */
    public List<BlindedInput> blind(List<byte[]> inputs, SecureRandom random) throws OprfException {
        return BlindedInput.blind(Mode.VOPRF, inputs, random);
    }

    /**
     * Verifies the proof, then gives the function's values, 32 bytes each, in order (RFC 9497 §3.3.2).
     *
     * @throws OprfException when the proof does not hold or another number was answered than asked
     */
    public List<byte[]> finalise(List<BlindedInput> blinded, Evaluation evaluation) throws OprfException {
        new Dleq(Mode.VOPRF)
                .verify(
                        publicKey,
                        blinded.stream().map(BlindedInput::element).toList(),
                        evaluation.elements(),
                        evaluation.proof());
        return Outputs.unblind(blinded, evaluation.elements());
    }
}
