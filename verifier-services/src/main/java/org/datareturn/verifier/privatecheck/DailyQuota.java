package org.datareturn.verifier.privatecheck;

import java.time.Clock;
import java.time.LocalDate;

/**
 * A quota of every grant and calendar day, over all its registries and epochs, counted by another. Thread-safe when that
 * one is.
 */
public final class DailyQuota implements EvaluationQuota {
    /** The most items any grant may have evaluated in a calendar day; each says how many it allows. */
    public static final long MOST_ITEMS = 10_000;

    private static final String EVERY_REGISTRY = "every-registry";

    private final EvaluationQuota counted;
    private final Clock clock;

    /**
     * A quota that begins anew each day.
     *
     * @param counted counts
     * @param clock says which day it is, in its own time zone
     */
    public DailyQuota(EvaluationQuota counted, Clock clock) {
        this.counted = counted;
        this.clock = clock;
    }

    @Override
    public Reservation reserve(EpochScope scope, int evaluations, long limit) {
        EpochScope day = new EpochScope(
                EVERY_REGISTRY, scope.application(), LocalDate.now(clock).toString());
        return counted.reserve(day, evaluations, limit);
    }
}
