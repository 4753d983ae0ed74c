package org.datareturn.verifier.probing;

import java.util.Optional;
import java.util.OptionalLong;
import org.datareturn.policy.AuthorisedCall;
import org.datareturn.policy.Caller;
import org.datareturn.policy.GrantFacts;

/**
 * Who asks, as limits are kept, and by which request.
 *
 * @param organisation credit code of the organisation
 * @param operator the operator within it
 * @param grant the grant's identifier
 * @param grantCallsPerDay how many calls a day the grant allows, when it says so
 * @param stamp what makes the request good for once; empty where requests cannot be sent again, as in an author's trial, or
 *     are answered from memory then, as the rows of a batch
 */
public record Asker(
        String organisation,
        String operator,
        String grant,
        OptionalLong grantCallsPerDay,
        Optional<RequestStamp> stamp) {
    /** An asker whose requests are not stamped. */
    public Asker(String organisation, String operator, String grant) {
        this(organisation, operator, grant, OptionalLong.empty(), Optional.empty());
    }

    /** The same asker, by a request that may be stamped. */
    Asker by(Optional<RequestStamp> request) {
        return new Asker(organisation, operator, grant, grantCallsPerDay, request);
    }

    /** Who asks under an authorised call, by a request that may be stamped. */
    public static Asker of(AuthorisedCall call, Optional<RequestStamp> stamp) {
        Caller caller = call.input().caller();
        Optional<GrantFacts> grant = call.input().grant();
        return new Asker(
                caller.organisation(),
                caller.operator(),
                grant.map(GrantFacts::id).orElse(""),
                grant.map(facts -> facts.quotas().callsPerDay()).orElse(OptionalLong.empty()),
                stamp);
    }
}
