package org.datareturn.policy;

/** What came of asking for authorisation. */
public sealed interface Authorisation permits AuthorisedCall, Authorisation.Denied {
    /**
     * Not authorised.
     *
     * @param input what was asked
     * @param deny what the policy said
     */
    record Denied(PolicyInput input, Decision.Deny deny) implements Authorisation {}
}
