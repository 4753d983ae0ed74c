package org.datareturn.sandbox.model;

import java.time.Instant;
import org.datareturn.sandbox.identity.Principal;

/**
 * One entry of a model's history.
 *
 * @param from its state before
 * @param to its state after
 * @param policyRevision revision of the policy in force
 * @param by who changed it; the node itself where it noticed that the model is another
 * @param at when
 * @param reason why
 */
public record ModelChange(
        ModelStatus from, ModelStatus to, String policyRevision, Principal by, Instant at, String reason) {
    /** The node itself, as an operator's name. */
    public static final String NODE = "node";
}
