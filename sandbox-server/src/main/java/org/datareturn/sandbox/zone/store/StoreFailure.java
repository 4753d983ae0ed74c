package org.datareturn.sandbox.zone.store;

import java.io.IOException;
import org.datareturn.policy.Refusal;

/** Carries a refusal out of the store's inner steps; never leaves the package. */
final class StoreFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    StoreFailure(Refusal refusal) {
        super(refusal.messageEn());
        this.refusal = refusal;
    }

    StoreFailure(Refusal refusal, IOException cause) {
        super(refusal.messageEn(), cause);
        this.refusal = refusal;
    }

    Refusal refusal() {
        return refusal;
    }
}
