package org.datareturn.sandbox.control;

import org.datareturn.policy.Refusal;

/**
 * The control store could not answer, or holds something this version does not understand. Whoever catches it refuses
 * the call with {@link #refusal()}; nothing may be decided without the store.
 */
public final class ControlStoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message what was being done
     * @param cause what went wrong; for the node's own log, never for the caller
     */
    public ControlStoreException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The refusal a caller is given: it names nothing of the cause. */
    public Refusal refusal() {
        return Refusal.of(ControlReason.CONTROL_STORE_UNAVAILABLE);
    }
}
