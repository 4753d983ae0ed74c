package org.datareturn.guard.budget;

import java.math.BigDecimal;
import java.time.Instant;

/** What came of asking for a part of a budget. */
public sealed interface Reservation {
    /**
     * It is spent: nothing gives it back, neither a failure nor a refusal once the data were touched, because whether
     * they happen may depend on the data.
     *
     * @param left ε the caller still has
     */
    record Granted(BigDecimal left) implements Reservation {}

    /**
     * There is not enough left, and nothing was spent.
     *
     * @param fullAgain when there will be
     */
    record Exhausted(Instant fullAgain) implements Reservation {}
}
