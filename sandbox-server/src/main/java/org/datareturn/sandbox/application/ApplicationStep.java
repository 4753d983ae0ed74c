package org.datareturn.sandbox.application;

import java.util.Optional;

/** The steps of an application's life: the whole table of transitions. What is not here cannot happen. */
public enum ApplicationStep {
    /** Formal review approves. */
    APPROVE_FORM(ApplicationStatus.SUBMITTED, ApplicationStatus.FORMALLY_APPROVED),
    /** Formal review refuses. */
    REFUSE_FORM(ApplicationStatus.SUBMITTED, ApplicationStatus.FORMALLY_REFUSED),
    /** Content review approves and a grant is issued. */
    APPROVE_CONTENT(ApplicationStatus.FORMALLY_APPROVED, ApplicationStatus.APPROVED),
    /** Content review refuses. */
    REFUSE_CONTENT(ApplicationStatus.FORMALLY_APPROVED, ApplicationStatus.REFUSED),
    /** The applicant takes it back before formal review. */
    WITHDRAW(ApplicationStatus.SUBMITTED, ApplicationStatus.WITHDRAWN),
    /** The applicant takes it back before content review. */
    WITHDRAW_LATE(ApplicationStatus.FORMALLY_APPROVED, ApplicationStatus.WITHDRAWN);

    private final ApplicationStatus from;
    private final ApplicationStatus to;

    ApplicationStep(ApplicationStatus from, ApplicationStatus to) {
        this.from = from;
        this.to = to;
    }

    /** The status it starts from. */
    public ApplicationStatus from() {
        return from;
    }

    /** The status it leads to. */
    public ApplicationStatus to() {
        return to;
    }

    /** Where this step leads from a status; empty when it cannot be taken there. */
    public Optional<ApplicationStatus> from(ApplicationStatus status) {
        return status == from ? Optional.of(to) : Optional.empty();
    }
}
