package org.datareturn.guard.budget;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * A part of a budget that was spent, whatever came of it. Immutable.
 *
 * @param organisation the organisation whose analyst asked
 * @param analyst the analyst
 * @param epsilon the privacy loss paid for
 * @param at when
 */
public record Spending(String organisation, String analyst, BigDecimal epsilon, Instant at) {}
