package org.datareturn.verifier.model;

import org.datareturn.policy.Refusal;

/** What came of asking a model. */
public sealed interface ScoringOutcome permits Scored, ScoringOutcome.Refused, ScoringOutcome.Suspended {
    /**
     * Not answered.
     *
     * @param refusal why; depends on the request, the node's state and what was answered before
     */
    record Refused(Refusal refusal) implements ScoringOutcome {}

    /**
     * Not answered, because the operator or the grant is suspended for enumerating.
     *
     * @param refusal which of them
     */
    record Suspended(Refusal refusal) implements ScoringOutcome {}
}
