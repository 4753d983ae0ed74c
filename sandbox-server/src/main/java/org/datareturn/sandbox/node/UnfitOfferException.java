package org.datareturn.sandbox.node;

import org.datareturn.policy.Refusal;

/** An edition that was offered and cannot be taken, for a reason of its own. */
final class UnfitOfferException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    UnfitOfferException(Refusal refusal, Throwable cause) {
        super(refusal.messageEn(), cause);
        this.refusal = refusal;
    }

    UnfitOfferException(Refusal refusal) {
        super(refusal.messageEn());
        this.refusal = refusal;
    }

    /** Why. */
    Refusal refusal() {
        return refusal;
    }
}
