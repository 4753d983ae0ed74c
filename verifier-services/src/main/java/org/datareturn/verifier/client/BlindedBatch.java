package org.datareturn.verifier.client;

import java.util.List;
import org.datareturn.verifier.oprf.BlindedInput;

/**
 * A batch whose items are hidden. Only {@link #elements()} is sent; the rest stays here until the answer comes. Immutable.
 */
public final class BlindedBatch {
    private final List<BlindedInput> inputs;

    BlindedBatch(List<BlindedInput> inputs) {
        this.inputs = List.copyOf(inputs);
    }

    /** What is sent: random points of 33 bytes each, in the order of the items. */
    public List<byte[]> elements() {
        return inputs.stream().map(input -> input.element().encode()).toList();
    }

    List<BlindedInput> inputs() {
        return inputs;
    }
}
