package org.datareturn.verifier.privatecheck;

/**
 * Counts the items evaluated for each scope, over all its products. Thread-safe, shared by every server of a node and kept over
 * restarts; throws when it cannot count: the caller then refuses.
 */
public interface EvaluationQuota {
    /** What came of asking for evaluations. */
    sealed interface Reservation {
        /**
         * They are counted, and stay so whatever becomes of the call.
         *
         * @param left how many are left
         */
        record Reserved(long left) implements Reservation {}

        /**
         * Nothing was counted.
         *
         * @param left how many are left, fewer than asked for
         */
        record Exhausted(long left) implements Reservation {}
    }

    /**
     * Counts evaluations before they are made.
     *
     * @param evaluations at least 1
     * @param limit how many the scope has in all
     */
    Reservation reserve(EpochScope scope, int evaluations, long limit);
}
