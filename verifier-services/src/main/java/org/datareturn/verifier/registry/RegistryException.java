package org.datareturn.verifier.registry;

import java.io.IOException;
import org.datareturn.policy.Refusal;
import org.datareturn.verifier.reason.RegistryReason;

/** A registry's store or source fails for a reason that can be said in both languages. */
public final class RegistryException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    /** Fails for a reason. */
    public RegistryException(RegistryReason reason, String... arguments) {
        this(Refusal.of(reason, arguments));
    }

    private RegistryException(Refusal refusal) {
        this(refusal.messageEn(), refusal);
    }

    private RegistryException(String detail, Refusal refusal) {
        super(detail);
        this.refusal = refusal;
    }

    /**
     * Fails for a reason.
     *
     * @param detail for logs
     */
    public RegistryException(String detail, RegistryReason reason, String... arguments) {
        this(detail, Refusal.of(reason, arguments));
    }

    /**
     * The same, saying where.
     *
     * @param where for logs
     */
    public RegistryException in(String where) {
        RegistryException placed = new RegistryException(where + ": " + getMessage(), refusal);
        placed.initCause(this);
        return placed;
    }

    /** Why. */
    public Refusal refusal() {
        return refusal;
    }
}
