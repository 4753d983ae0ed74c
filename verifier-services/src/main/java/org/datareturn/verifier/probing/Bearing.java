package org.datareturn.verifier.probing;

/** What an answer is to somebody who searches for a person. */
public enum Bearing {
    /** Nothing that counts: a yes, which ends a search, or no answer at all. */
    NOTHING,
    /** One candidate less, in the ordinary course of things: on a list, nearly everybody is not. */
    CANDIDATE,
    /** One candidate less, and a miss of the operator. */
    MISS
}
