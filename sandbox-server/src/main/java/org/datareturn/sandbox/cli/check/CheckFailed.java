package org.datareturn.sandbox.cli.check;

import org.datareturn.policy.Refusal;

/** A list could not be checked to its end. */
public final class CheckFailed extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    CheckFailed(Refusal refusal) {
        super(refusal.reason().name());
        this.refusal = refusal;
    }

    /** Why, and what to do. */
    public Refusal refusal() {
        return refusal;
    }
}
