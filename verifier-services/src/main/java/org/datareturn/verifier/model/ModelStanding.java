package org.datareturn.verifier.model;

import org.datareturn.policy.Refusal;

/** Whether a model may be used now. */
public sealed interface ModelStanding {
    /** A reviewer approved this very model under the policy in force. */
    record Approved() implements ModelStanding {}

    /**
     * It may not.
     *
     * @param refusal why
     */
    record NotApproved(Refusal refusal) implements ModelStanding {}
}
