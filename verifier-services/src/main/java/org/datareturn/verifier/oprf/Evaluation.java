package org.datareturn.verifier.oprf;

import java.util.List;

/**
 * A server's answer to a batch.
 *
 * @param elements one for each blinded element, in order
 * @param proof that all were made with one key
 */
public record Evaluation(List<Element> elements, Proof proof) {
    /** Members of one batch, at most: the proof counts them in two bytes. */
    public static final int MAX_BATCH = Dleq.MAX_BATCH;

    public Evaluation {
        elements = List.copyOf(elements);
    }
}
