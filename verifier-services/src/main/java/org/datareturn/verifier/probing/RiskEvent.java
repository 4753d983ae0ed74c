package org.datareturn.verifier.probing;

import java.time.Instant;

/**
 * Something an officer should know of. Holds no person's data.
 *
 * @param kind what happened
 * @param asker who asked when it did
 * @param product the product that was asked
 * @param at when
 */
public record RiskEvent(Kind kind, Asker asker, String product, Instant at) {
    /** What can happen. */
    public enum Kind {
        /** So many candidates were tried on one person that the person is closed for checks. */
        SUBJECT_CLOSED,
        /** Somebody asked about an identity that is nobody's and was planted for this. */
        CANARY_ASKED,
        /** The operator is held to a few checks an hour. */
        OPERATOR_THROTTLED,
        /** The operator is suspended. */
        OPERATOR_SUSPENDED,
        /** The grant is suspended. */
        GRANT_SUSPENDED
    }
}
