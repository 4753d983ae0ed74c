package org.datareturn.guard;

import org.datareturn.policy.Refusal;

/**
 * A query that is not answered.
 *
 * @param refusal why, where, and what would be answered instead
 */
public record Refused(Refusal refusal) implements ZoneAnswer {}
