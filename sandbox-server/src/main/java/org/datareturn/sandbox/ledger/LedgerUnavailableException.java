package org.datareturn.sandbox.ledger;

import org.datareturn.policy.Refusal;

/** The ledger did not, or cannot, record; whoever asked must not answer. */
public final class LedgerUnavailableException extends Exception {
    private final transient Refusal refusal;

    LedgerUnavailableException(LedgerReason reason, String... arguments) {
        super(Refusal.of(reason, arguments).messageEn());
        this.refusal = Refusal.of(reason, arguments);
    }

    LedgerUnavailableException(Throwable cause, LedgerReason reason, String... arguments) {
        super(Refusal.of(reason, arguments).messageEn(), cause);
        this.refusal = Refusal.of(reason, arguments);
    }

    /** Why, with a reason of {@link LedgerReason}. */
    public Refusal refusal() {
        return refusal;
    }
}
