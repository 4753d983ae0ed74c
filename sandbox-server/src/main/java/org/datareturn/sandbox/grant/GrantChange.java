package org.datareturn.sandbox.grant;

import java.time.Instant;
import org.datareturn.policy.GrantFacts;

/**
 * One entry of a grant's history.
 *
 * @param from its status before; the first entry says ACTIVE twice
 * @param to its status after
 * @param byOrganisation credit code of who changed it
 * @param byOperator the operator, or {@link #NODE} when the node itself suspended it
 * @param at when
 * @param reason why
 */
public record GrantChange(
        GrantFacts.Status from,
        GrantFacts.Status to,
        String byOrganisation,
        String byOperator,
        Instant at,
        String reason) {
    /** The node itself, as an operator's name. */
    public static final String NODE = "node";
}
