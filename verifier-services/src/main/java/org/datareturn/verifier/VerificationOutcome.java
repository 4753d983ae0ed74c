package org.datareturn.verifier;

import org.datareturn.policy.Refusal;

/** What came of a verification. */
public sealed interface VerificationOutcome
        permits Checked, VerificationOutcome.Refused, VerificationOutcome.Suspended {
    /**
     * Not checked.
     *
     * @param refusal why; depends on the request, the node's state and what was answered before, never on what a registry
     *     holds and has not told
     */
    record Refused(Refusal refusal) implements VerificationOutcome {}

    /**
     * Not checked, because the operator or the grant is suspended for enumerating.
     *
     * @param refusal which of them
     */
    record Suspended(Refusal refusal) implements VerificationOutcome {}
}
