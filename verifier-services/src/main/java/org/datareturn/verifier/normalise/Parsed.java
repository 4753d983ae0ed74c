package org.datareturn.verifier.normalise;

import org.datareturn.verifier.reason.VerifierReason;

/**
 * What came of reading a value somebody typed.
 *
 * @param <T> the value type
 */
public sealed interface Parsed<T> {
    /**
     * It is well formed.
     *
     * @param value the normal form
     */
    record Accepted<T>(T value) implements Parsed<T> {}

    /**
     * It is malformed. Carries the kind of mistake and nothing of the text.
     *
     * @param reason what is wrong; its message takes the field's name as its argument
     */
    record Rejected<T>(VerifierReason reason) implements Parsed<T> {}
}
