package org.datareturn.verifier.client;

import org.datareturn.policy.Refusal;
import org.datareturn.verifier.reason.VerifierReason;

/** What the service sent cannot be taken, or a batch cannot be made. Carries nothing of any item. */
public final class PrivateCheckException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    PrivateCheckException(VerifierReason reason, String... arguments) {
        super(reason.name());
        this.refusal = Refusal.of(reason, arguments);
    }

    /** Why. */
    public Refusal refusal() {
        return refusal;
    }
}
