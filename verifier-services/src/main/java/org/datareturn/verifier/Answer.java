package org.datareturn.verifier;

/** All that a check can say. */
public enum Answer {
    /** The values agree with the registry. */
    MATCH,
    /** They do not, for whatever cause. */
    NO,
    /** The subject is in the registry and the values do not agree. Only where policy and product both allow reasons. */
    MISMATCH,
    /** The subject is not in the registry. Only where policy and product both allow reasons. */
    NO_RECORD
}
