package org.datareturn.policy;

/**
 * Why something was refused. Each module keeps its own catalogue as an enum that implements this interface; a test of
 * the server holds that no two catalogues share a code. Codes are part of the public contract and never change meaning.
 *
 * <p>Templates are {@link java.text.MessageFormat} patterns. Their arguments name what the caller sent or what a
 * declaration says, never what the data hold: an error must not be an answer.
 */
public interface ReasonCode {
    /** What kind of refusal this is; edges map it to their own status. */
    enum Kind {
        /** The request itself is malformed. */
        INVALID,
        /** Nobody knows who is calling. */
        UNAUTHENTICATED,
        /** The caller is known and may not. */
        DENIED,
        /** What is named does not exist, or not for this caller. */
        NOT_FOUND,
        /** The request is well formed and the state of things forbids it. */
        PRECONDITION,
        /** A quota, budget or size is used up. */
        EXHAUSTED,
        /** A part that must take part cannot now; asking again later is right. */
        UNAVAILABLE,
        /** A fault of ours. */
        INTERNAL
    }

    /** The stable code, upper snake case; an enum constant's own name. */
    String name();

    /** The kind of refusal. */
    Kind kind();

    /** Message template in Chinese. */
    String zh();

    /** Message template in English. */
    String en();
}
