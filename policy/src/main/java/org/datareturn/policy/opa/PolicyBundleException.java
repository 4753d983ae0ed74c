package org.datareturn.policy.opa;

/** A policy bundle that must not be used: unreadable, altered, or not denying by default. */
public final class PolicyBundleException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong with it. */
    public PolicyBundleException(String message) {
        super(message);
    }

    /** Says what is wrong with it, and what came before. */
    public PolicyBundleException(String message, Throwable cause) {
        super(message, cause);
    }
}
