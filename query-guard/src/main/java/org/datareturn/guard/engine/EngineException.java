package org.datareturn.guard.engine;

/** An engine that failed or took too long. The message is for operators: it may quote SQL and is never shown to callers. */
public final class EngineException extends Exception {
    private static final long serialVersionUID = 1L;

    /** A failure with its cause. */
    public EngineException(String message, Throwable cause) {
        super(message, cause);
    }
}
