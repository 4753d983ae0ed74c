package org.datareturn.policy;

/** Asks the policy; the only maker of {@link AuthorisedCall}. Thread-safe when its decision point is. */
public final class Authoriser {
    private final PolicyDecisionPoint decisionPoint;

    /** An authoriser over one policy engine. */
    public Authoriser(PolicyDecisionPoint decisionPoint) {
        this.decisionPoint = decisionPoint;
    }

    /** Authorises one call, or says why not. */
    public Authorisation authorise(PolicyInput input) {
        return switch (decisionPoint.decide(input)) {
            case Decision.Allow allow -> new AuthorisedCall(input, allow);
            case Decision.Deny deny -> new Authorisation.Denied(input, deny);
        };
    }
}
