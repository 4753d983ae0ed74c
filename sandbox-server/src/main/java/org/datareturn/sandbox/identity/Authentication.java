package org.datareturn.sandbox.identity;

import org.datareturn.policy.Caller;
import org.datareturn.policy.Refusal;

/** What came of asking who calls. */
public sealed interface Authentication {
    /**
     * Recognised.
     *
     * @param caller who, with the roles and region of the register
     */
    record Authenticated(Caller caller) implements Authentication {}

    /**
     * Not recognised; nothing else may be done for this call than record the refusal.
     *
     * @param refusal why
     */
    record Refused(Refusal refusal) implements Authentication {}
}
