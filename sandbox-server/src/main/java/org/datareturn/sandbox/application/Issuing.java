package org.datareturn.sandbox.application;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.datareturn.policy.GrantFacts;
import org.datareturn.sandbox.grant.Grant;

/** Makes the grant of an approved application: exactly what was applied for, never before it was approved. */
final class Issuing {
    private Issuing() {}

    /** The grant; empty when the validity applied for is over, or the application is not complete. */
    static Optional<Grant> grantFor(Application application, String authority, Instant now) {
        ApplicationDraft draft = application.draft();
        return draft.purpose()
                .flatMap(purpose -> draft.validFrom()
                        .flatMap(from -> draft.validUntil()
                                .filter(now::isBefore)
                                .map(until -> new Grant(
                                        new GrantFacts(
                                                "grant-" + UUID.randomUUID(),
                                                GrantFacts.Status.ACTIVE,
                                                application.applicant().code(),
                                                draft.scenario(),
                                                purpose,
                                                // Policies count whole seconds: it holds from the second it is issued.
                                                (from.isAfter(now) ? from : now).truncatedTo(ChronoUnit.SECONDS),
                                                until,
                                                Set.copyOf(draft.products()),
                                                Set.copyOf(draft.zones()),
                                                Set.copyOf(draft.fields()),
                                                Set.copyOf(draft.regions()),
                                                draft.quotas()),
                                        application.id(),
                                        authority,
                                        now))));
    }
}
