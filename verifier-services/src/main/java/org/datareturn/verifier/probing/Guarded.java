package org.datareturn.verifier.probing;

import org.datareturn.policy.Refusal;

/**
 * What came of asking under the limits.
 *
 * @param <T> what an answer is
 */
public sealed interface Guarded<T> {
    /**
     * Within every limit.
     *
     * @param answer the answer
     * @param left what is left of the asker's quotas
     */
    record Answered<T>(T answer, QuotaLeft left) implements Guarded<T> {}

    /**
     * Not answered.
     *
     * @param refusal why; the same whether the question was right or not
     */
    record Refused<T>(Refusal refusal) implements Guarded<T> {}

    /**
     * Not answered because the operator or the grant is suspended for enumerating.
     *
     * @param refusal which of them
     */
    record Suspended<T>(Refusal refusal) implements Guarded<T> {}
}
