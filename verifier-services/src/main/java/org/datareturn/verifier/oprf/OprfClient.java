package org.datareturn.verifier.oprf;

import java.security.SecureRandom;
import java.util.List;

/** The side that holds the inputs, in the mode OPRF, which trusts the server to use one key. Stateless. */
public final class OprfClient {
    /**
     * Hides inputs.
     *
     * @throws OprfException when an input is longer than 65,535 bytes
     */
    public List<BlindedInput> blind(List<byte[]> inputs, SecureRandom random) throws OprfException {
        return BlindedInput.blind(Mode.OPRF, inputs, random);
    }

    /**
     * The function's values, 32 bytes each, in order.
     *
     * @throws OprfException when another number was answered than asked
     */
    public List<byte[]> finalise(List<BlindedInput> blinded, List<Element> evaluated) throws OprfException {
        return Outputs.unblind(blinded, evaluated);
    }
}
