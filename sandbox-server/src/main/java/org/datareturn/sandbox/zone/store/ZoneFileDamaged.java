package org.datareturn.sandbox.zone.store;

import java.io.IOException;
import org.datareturn.policy.Refusal;

/**
 * Thrown while reading a zone file that turns out to be altered, cut short or replaced. Whatever was read from the
 * stream before must be thrown away: rows cut off the end show only at the end.
 */
public final class ZoneFileDamaged extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    ZoneFileDamaged(Refusal refusal, IOException cause) {
        super(refusal.messageEn(), cause);
        this.refusal = refusal;
    }

    /** For whoever must pass a refused table on as a failed stream. */
    public ZoneFileDamaged(Refusal refusal) {
        super(refusal.messageEn());
        this.refusal = refusal;
    }

    /** The refusal to answer with. */
    public Refusal refusal() {
        return refusal;
    }
}
