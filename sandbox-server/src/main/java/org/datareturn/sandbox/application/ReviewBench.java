package org.datareturn.sandbox.application;

import java.util.Optional;
import org.datareturn.policy.Caller;
import org.datareturn.policy.Refusal;
import org.datareturn.sandbox.identity.Organisation;
import org.datareturn.sandbox.identity.Principal;

/** Who may take which review of an application, and what a verdict must state (SD-3 §6.2, requirement C4). */
final class ReviewBench {
    private static final int LONGEST_TEXT = 4000;

    private final Jurisdiction jurisdiction;

    ReviewBench(Jurisdiction jurisdiction) {
        this.jurisdiction = jurisdiction;
    }

    /** Why this caller may not give this verdict, when they may not. The role itself is checked before. */
    Optional<Refusal> refusalOf(Caller caller, Application application, Verdict verdict, ApplicationStep step) {
        Principal reviewer = new Principal(caller.organisation(), caller.operator());
        if (caller.organisation().equals(application.applicant().code()) || reviewer.equals(application.filedBy())) {
            return Optional.of(Refusal.of(ApplicationReason.REVIEW_OF_OWN_APPLICATION));
        }
        if (!isOfAuthority(caller, application, step)) {
            return Optional.of(Refusal.of(ApplicationReason.REVIEW_BY_WRONG_AUTHORITY));
        }
        return stepRefusal(application, step)
                .or(() -> bothReviews(application, reviewer))
                .or(() -> verdictRefusal(verdict, step));
    }

    /** Whether the caller belongs to one of the two authorities and holds the role of its review. */
    boolean mayReview(Caller caller, Application application) {
        return (caller.roles().contains(Caller.Role.FORMAL_REVIEWER)
                        && isOfAuthority(caller, application, ApplicationStep.APPROVE_FORM))
                || (caller.roles().contains(Caller.Role.CONTENT_REVIEWER)
                        && isOfAuthority(caller, application, ApplicationStep.APPROVE_CONTENT));
    }

    /** Why the application's state forbids a step, when it does. */
    static Optional<Refusal> stepRefusal(Application application, ApplicationStep step) {
        return step.from(application.status()).isPresent()
                ? Optional.empty()
                : Optional.of(Refusal.of(
                        ApplicationReason.APPLICATION_STEP_IMPOSSIBLE,
                        application.id(),
                        application.status().name(),
                        step.name()));
    }

    /** Why a text cannot be kept, when it cannot. */
    static Optional<Refusal> textRefusal(String field, String text) {
        return text.length() <= LONGEST_TEXT && Texts.isPlain(text)
                ? Optional.empty()
                : Optional.of(Refusal.of(
                        ApplicationReason.APPLICATION_FIELD_MALFORMED,
                        field,
                        "过长或含有控制字符",
                        "too long, or contains control characters"));
    }

    private boolean isOfAuthority(Caller caller, Application application, ApplicationStep step) {
        Optional<Organisation> authority = step.from() == ApplicationStatus.SUBMITTED
                ? jurisdiction.formal(application.applicant())
                : jurisdiction.content(application.contentAuthority(), application.applicant());
        return authority.map(Organisation::code).equals(Optional.of(caller.organisation()));
    }

    private static Optional<Refusal> bothReviews(Application application, Principal reviewer) {
        return application.steps().stream().anyMatch(taken -> taken.by().equals(reviewer))
                ? Optional.of(Refusal.of(ApplicationReason.REVIEWER_REVIEWED_BEFORE))
                : Optional.empty();
    }

    private static Optional<Refusal> verdictRefusal(Verdict verdict, ApplicationStep step) {
        boolean refuses = verdict instanceof Verdict.Refuse;
        if (refuses && verdict.reasons().isBlank()) {
            return Optional.of(Refusal.of(ApplicationReason.REFUSAL_NEEDS_REASONS));
        }
        if (step == ApplicationStep.REFUSE_CONTENT && verdict.legalBasis().isBlank()) {
            return Optional.of(Refusal.of(ApplicationReason.REFUSAL_NEEDS_LEGAL_BASIS));
        }
        return textRefusal("reasons", verdict.reasons()).or(() -> textRefusal("legal_basis", verdict.legalBasis()));
    }
}
