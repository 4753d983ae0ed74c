package org.datareturn.verifier.probing;

/** What an answer is to somebody who searches for a person. */
public enum Bearing {
    /** Nothing that counts: a yes, which ends a search, or no answer at all. */
    NOTHING,
    /** One candidate less, in the ordinary course of things: on a list, nearly everybody is not. */
    CANDIDATE,
    /**
     * A no that a condition gave to somebody who was identified: of what identifies him nothing was wrong. Remembered with
     * the number alone, and in the same steps as a miss.
     */
    CONDITION_UNMET,
    /** One candidate less, and a miss of the operator. */
    MISS
}
