package org.datareturn.sandbox.catalogue;

import org.datareturn.policy.Refusal;

/** A resource whose provider or authority cannot be what it is to be. */
public final class UnfitResourceException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    /** Unfit for a reason. */
    public UnfitResourceException(CatalogueReason reason, String... arguments) {
        this(Refusal.of(reason, arguments));
    }

    private UnfitResourceException(Refusal refusal) {
        super(refusal.messageEn());
        this.refusal = refusal;
    }

    /** Why. */
    public Refusal refusal() {
        return refusal;
    }
}
