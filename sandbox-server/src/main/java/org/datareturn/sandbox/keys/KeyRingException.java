package org.datareturn.sandbox.keys;

import org.datareturn.policy.Refusal;

/** The key ring cannot be opened; the server must not start. */
public final class KeyRingException extends Exception {
    private final transient Refusal refusal;

    KeyRingException(Refusal refusal) {
        super(refusal.messageEn());
        this.refusal = refusal;
    }

    KeyRingException(Refusal refusal, Throwable cause) {
        super(refusal.messageEn(), cause);
        this.refusal = refusal;
    }

    /** Why, with a reason of {@link KeyReason}. */
    public Refusal refusal() {
        return refusal;
    }
}
