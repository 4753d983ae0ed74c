package org.datareturn.policy;

/**
 * Proof that a policy allowed a call: everything that touches data takes one, and only {@link Authoriser} makes them.
 * Immutable.
 */
public final class AuthorisedCall implements Authorisation {
    private final PolicyInput input;
    private final Decision.Allow decision;

    AuthorisedCall(PolicyInput input, Decision.Allow decision) {
        this.input = input;
        this.decision = decision;
    }

    /** What was asked, by whom, under which grant. */
    public PolicyInput input() {
        return input;
    }

    /** What the policy demands of the answer. */
    public Obligations obligations() {
        return decision.obligations();
    }

    /** The revision of the policy that allowed it. */
    public String policyRevision() {
        return decision.revision();
    }
}
