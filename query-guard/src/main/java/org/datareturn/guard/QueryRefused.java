package org.datareturn.guard;

import org.datareturn.policy.Refusal;

/** Carries a refusal from where it arises to the door of the zone, which answers it. */
public final class QueryRefused extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    /** Carries this refusal. */
    public QueryRefused(Refusal refusal) {
        super(refusal.messageEn(), null, false, false);
        this.refusal = refusal;
    }

    /** The refusal. */
    public Refusal refusal() {
        return refusal;
    }
}
