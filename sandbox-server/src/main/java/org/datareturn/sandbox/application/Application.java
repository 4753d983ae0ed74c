package org.datareturn.sandbox.application;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.datareturn.sandbox.identity.Organisation;
import org.datareturn.sandbox.identity.Principal;

/**
 * An application as it stands now. What was filed never changes; only steps are added.
 *
 * @param id given by the node
 * @param draft what was filed, complete
 * @param applicant the applying organisation as registered when it filed
 * @param filedBy the operator who filed it
 * @param filedAt when
 * @param commitmentVersion version of the commitment's text that was accepted
 * @param contentAuthority credit code of the authority that reviews its content
 * @param status where it stands
 * @param due last day of the term of the review it waits for; empty when it waits for none
 * @param steps what happened, oldest first
 * @param grantId the grant it led to
 * @param version for optimistic locking: one more with every step
 */
public record Application(
        String id,
        ApplicationDraft draft,
        Organisation applicant,
        Principal filedBy,
        Instant filedAt,
        String commitmentVersion,
        String contentAuthority,
        ApplicationStatus status,
        Optional<LocalDate> due,
        List<StepTaken> steps,
        Optional<String> grantId,
        int version) {

    public Application {
        steps = List.copyOf(steps);
    }

    /** The step of that kind, when it was taken. */
    public Optional<StepTaken> step(ApplicationStep step) {
        return steps.stream().filter(taken -> taken.step() == step).findFirst();
    }

    /** Whether the review it waits for is late on a day. */
    public boolean isOverdueOn(LocalDate day) {
        return due.map(day::isAfter).orElse(false);
    }
}
