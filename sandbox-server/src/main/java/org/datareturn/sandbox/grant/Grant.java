package org.datareturn.sandbox.grant;

import java.time.Instant;
import org.datareturn.policy.GrantFacts;

/**
 * A grant as it stands now. All but its status is fixed when it is issued; a renewal is another grant. Whether a call may
 * use it — status, validity, scope — is the policy's to decide, on {@link #facts()}.
 *
 * @param facts what the policy is told
 * @param applicationId the application it was issued for
 * @param issuedBy credit code of the authority whose content review approved it
 * @param issuedAt when
 */
public record Grant(GrantFacts facts, String applicationId, String issuedBy, Instant issuedAt) {
    /** Its identifier. */
    public String id() {
        return facts.id();
    }

    /** The same grant in another status. */
    public Grant in(GrantFacts.Status status) {
        return new Grant(
                new GrantFacts(
                        facts.id(),
                        status,
                        facts.organisation(),
                        facts.scenario(),
                        facts.purpose(),
                        facts.notBefore(),
                        facts.notAfter(),
                        facts.products(),
                        facts.zones(),
                        facts.fields(),
                        facts.regions(),
                        facts.quotas()),
                applicationId,
                issuedBy,
                issuedAt);
    }
}
