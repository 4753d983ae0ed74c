package org.datareturn.verifier;

import org.datareturn.policy.Refusal;

/** What came of a verification. */
public sealed interface VerificationOutcome permits Checked, VerificationOutcome.Refused {
    /**
     * Not checked.
     *
     * @param refusal why; depends on the request and the node's state, never on what a registry holds
     */
    record Refused(Refusal refusal) implements VerificationOutcome {}
}
