package org.datareturn.guard.engine;

/**
 * An engine that failed or took too long. The message is for operators: it names the kind of failure and quotes neither SQL
 * nor data. The cause may quote both and is shown to nobody.
 */
public final class EngineException extends Exception {
    private static final long serialVersionUID = 1L;

    /** A failure that has no other cause. */
    public EngineException(String message) {
        super(message);
    }

    /** A failure with its cause. */
    public EngineException(String message, Throwable cause) {
        super(message, cause);
    }
}
