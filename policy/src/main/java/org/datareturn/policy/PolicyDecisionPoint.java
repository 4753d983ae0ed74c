package org.datareturn.policy;

/** A policy engine. Implementations are thread-safe and never throw: whatever goes wrong is a {@link Decision.Deny}. */
public interface PolicyDecisionPoint {
    /** Decides one call. */
    Decision decide(PolicyInput input);
}
