package org.datareturn.sandbox.grant;

import org.datareturn.policy.Refusal;

/** What came of asking for, or changing, a grant. */
public sealed interface GrantOutcome {
    /**
     * Done.
     *
     * @param grant as it stands now
     */
    record Done(Grant grant) implements GrantOutcome {}

    /**
     * Not done.
     *
     * @param refusal why
     */
    record Refused(Refusal refusal) implements GrantOutcome {}
}
