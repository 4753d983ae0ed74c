package org.datareturn.policy.opa;

/** The in-process engine could not evaluate: no instance came free in time, or the evaluation itself broke. */
final class EvaluationFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    EvaluationFailedException(String message) {
        super(message);
    }

    EvaluationFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
