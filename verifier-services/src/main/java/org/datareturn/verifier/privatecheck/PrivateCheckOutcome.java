package org.datareturn.verifier.privatecheck;

import org.datareturn.policy.Refusal;

/** What came of asking for evaluations. */
public sealed interface PrivateCheckOutcome {
    /**
     * They were made.
     *
     * @param batch the evaluations, to be recorded before they are sent
     */
    record Evaluated(EvaluatedBatch batch) implements PrivateCheckOutcome {}

    /**
     * They were not.
     *
     * @param refusal why
     */
    record Refused(Refusal refusal) implements PrivateCheckOutcome {}
}
