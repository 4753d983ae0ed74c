package org.datareturn.verifier.privatecheck;

/** All that a private check can say. */
public enum PrivateAnswer {
    /** The registry holds a record with these values. */
    YES,
    /** It does not, for whatever cause. */
    NO
}
