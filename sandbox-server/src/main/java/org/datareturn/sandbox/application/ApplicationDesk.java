package org.datareturn.sandbox.application;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.datareturn.policy.Caller;
import org.datareturn.policy.Refusal;
import org.datareturn.sandbox.calendar.WorkingCalendar;
import org.datareturn.sandbox.catalogue.ResourceCatalogue;
import org.datareturn.sandbox.control.ControlReason;
import org.datareturn.sandbox.control.ControlStoreException;
import org.datareturn.sandbox.grant.Grant;
import org.datareturn.sandbox.identity.IdentityReason;
import org.datareturn.sandbox.identity.OperatorRegister;
import org.datareturn.sandbox.identity.Organisation;
import org.datareturn.sandbox.identity.Principal;
import org.datareturn.sandbox.identity.Region;

/**
 * Where applications are filed, read, reviewed and withdrawn (SD-3 §6.1, §6.2). The rules of who may do what stand here;
 * the table of what can follow what stands in {@link ApplicationStep}. Of several who decide at once, one wins. Days are
 * those of the clock's zone. Thread-safe. Throws {@link ControlStoreException} when the store cannot answer.
 */
public final class ApplicationDesk {
    private final ApplicationStore store;
    private final OperatorRegister register;
    private final ResourceCatalogue catalogue;
    private final WorkingCalendar calendar;
    private final ApplicationRules rules;
    private final Clock clock;
    private final Jurisdiction jurisdiction;
    private final ReviewBench reviews;
    private final CommitmentText commitment = CommitmentText.current();

    /** A desk over one node's control data. */
    public ApplicationDesk(
            ApplicationStore store,
            OperatorRegister register,
            ResourceCatalogue catalogue,
            WorkingCalendar calendar,
            ApplicationRules rules,
            Clock clock) {
        this.store = store;
        this.register = register;
        this.catalogue = catalogue;
        this.calendar = calendar;
        this.rules = rules;
        this.clock = clock;
        this.jurisdiction = new Jurisdiction(register);
        this.reviews = new ReviewBench(jurisdiction);
    }

    /** The text an applicant accepts. */
    public CommitmentText commitmentText() {
        return commitment;
    }

    /** Files an application of the caller's own organisation. Needs APPLICANT. Names everything that is wrong at once. */
    public ApplicationOutcome file(Caller caller, ApplicationDraft draft) {
        if (!caller.roles().contains(Caller.Role.APPLICANT)) {
            return roleMissing(Caller.Role.APPLICANT);
        }
        Optional<Organisation> applicant = register.organisation(caller.organisation());
        if (applicant.isEmpty()) {
            return new ApplicationOutcome.Refused(Refusal.of(IdentityReason.OPERATOR_UNKNOWN));
        }
        Instant now = now();
        List<Refusal> incomplete = Completeness.check(draft, now, rules, commitment);
        if (!incomplete.isEmpty()) {
            return new ApplicationOutcome.Refused(incomplete);
        }
        return switch (Demand.check(draft, catalogue)) {
            case Demand.Checked.Unfit unfit -> new ApplicationOutcome.Refused(unfit.refusals());
            case Demand.Checked.Fits fits -> {
                List<Refusal> outside = outsideAuthority(draft, fits.contentAuthority(), applicant.get());
                yield outside.isEmpty()
                        ? keep(caller, draft, applicant.get(), fits.contentAuthority(), now)
                        : new ApplicationOutcome.Refused(outside);
            }
        };
    }

    private List<Refusal> outsideAuthority(ApplicationDraft draft, String authority, Organisation applicant) {
        Optional<Organisation> upper = jurisdiction.content(authority, applicant);
        if (upper.isEmpty() || jurisdiction.formal(applicant).isEmpty()) {
            return List.of(Refusal.of(ApplicationReason.NO_AUTHORITY_TO_REVIEW));
        }
        return draft.regions().stream()
                .filter(region -> !upper.get().region().covers(new Region(region)))
                .map(region -> Refusal.of(ApplicationReason.REGION_BEYOND_AUTHORITY, region))
                .toList();
    }

    private ApplicationOutcome keep(
            Caller caller, ApplicationDraft draft, Organisation applicant, String contentAuthority, Instant now) {
        Application application = new Application(
                "app-" + UUID.randomUUID(),
                draft.accepting(commitment),
                applicant,
                new Principal(caller.organisation(), caller.operator()),
                now,
                commitment.version(),
                contentAuthority,
                ApplicationStatus.SUBMITTED,
                Optional.of(calendar.after(today(now), rules.formalWorkingDays())),
                List.of(),
                Optional.empty(),
                1);
        store.add(application);
        return new ApplicationOutcome.Done(application);
    }

    /** Reads an application: the applicant's organisation, its reviewers, and who watches over its region. */
    public ApplicationOutcome get(Caller caller, String id) {
        return store.find(id)
                .filter(application -> concerns(caller, application))
                .<ApplicationOutcome>map(ApplicationOutcome.Done::new)
                .orElseGet(() -> notFound(id));
    }

    /** Every application the caller may read, newest first. */
    public List<Application> list(Caller caller) {
        return store.all().stream()
                .filter(application -> concerns(caller, application))
                .toList();
    }

    /** Applications the caller may read whose review is late today, longest waiting first. */
    public List<Application> overdue(Caller caller) {
        LocalDate today = today(now());
        return Stream.of(ApplicationStatus.SUBMITTED, ApplicationStatus.FORMALLY_APPROVED)
                .flatMap(status -> store.inStatus(status).stream())
                .filter(application -> application.isOverdueOn(today) && concerns(caller, application))
                .toList();
    }

    /**
     * Formal review (形式审核). Needs FORMAL_REVIEWER at the data authority responsible for the applicant's region. A
     * refusal states its reasons.
     */
    public ApplicationOutcome reviewFormally(Caller caller, String id, Verdict verdict) {
        ApplicationStep step = switch (verdict) {
            case Verdict.Approve approve -> ApplicationStep.APPROVE_FORM;
            case Verdict.Refuse refuse -> ApplicationStep.REFUSE_FORM;
        };
        return review(caller, id, verdict, step, Caller.Role.FORMAL_REVIEWER);
    }

    /**
     * Content review (内容审核). Needs CONTENT_REVIEWER at the authority that reviews these resources. Approval issues the
     * grant in the same transaction; a refusal states its reasons and their legal basis.
     */
    public ApplicationOutcome reviewContent(Caller caller, String id, Verdict verdict) {
        ApplicationStep step = switch (verdict) {
            case Verdict.Approve approve -> ApplicationStep.APPROVE_CONTENT;
            case Verdict.Refuse refuse -> ApplicationStep.REFUSE_CONTENT;
        };
        return review(caller, id, verdict, step, Caller.Role.CONTENT_REVIEWER);
    }

    private ApplicationOutcome review(
            Caller caller, String id, Verdict verdict, ApplicationStep step, Caller.Role role) {
        if (!caller.roles().contains(role)) {
            return roleMissing(role);
        }
        Optional<Application> found = store.find(id);
        if (found.isEmpty()) {
            return notFound(id);
        }
        Application application = found.get();
        Optional<Refusal> unfit = reviews.refusalOf(caller, application, verdict, step);
        if (unfit.isPresent()) {
            return new ApplicationOutcome.Refused(unfit.get());
        }
        if (step == ApplicationStep.APPROVE_CONTENT) {
            return approve(caller, application, verdict);
        }
        return advance(caller, application, step, verdict.reasons(), verdict.legalBasis(), Optional.empty());
    }

    private ApplicationOutcome approve(Caller caller, Application application, Verdict verdict) {
        // The catalogue may have changed since the filing: what is no longer there, or no longer shared, is not
        // granted.
        if (Demand.check(application.draft(), catalogue) instanceof Demand.Checked.Unfit unfit) {
            return new ApplicationOutcome.Refused(unfit.refusals());
        }
        return Issuing.grantFor(application, caller.organisation(), now())
                .map(grant -> advance(
                        caller,
                        application,
                        ApplicationStep.APPROVE_CONTENT,
                        verdict.reasons(),
                        verdict.legalBasis(),
                        Optional.of(grant)))
                .orElseGet(
                        () -> new ApplicationOutcome.Refused(Refusal.of(ApplicationReason.REQUESTED_VALIDITY_PASSED)));
    }

    /** Takes an application back before its content is decided. Needs APPLICANT of the applicant's organisation. */
    public ApplicationOutcome withdraw(Caller caller, String id, String reasons) {
        if (!caller.roles().contains(Caller.Role.APPLICANT)) {
            return roleMissing(Caller.Role.APPLICANT);
        }
        Optional<Application> found = store.find(id)
                .filter(application -> application.applicant().code().equals(caller.organisation()));
        if (found.isEmpty()) {
            return notFound(id);
        }
        Application application = found.get();
        ApplicationStep step = application.status() == ApplicationStatus.FORMALLY_APPROVED
                ? ApplicationStep.WITHDRAW_LATE
                : ApplicationStep.WITHDRAW;
        Optional<Refusal> unfit =
                ReviewBench.stepRefusal(application, step).or(() -> ReviewBench.textRefusal("reasons", reasons));
        return unfit.<ApplicationOutcome>map(ApplicationOutcome.Refused::new)
                .orElseGet(() -> advance(caller, application, step, reasons, "", Optional.empty()));
    }

    private ApplicationOutcome advance(
            Caller caller,
            Application application,
            ApplicationStep step,
            String reasons,
            String legalBasis,
            Optional<Grant> issued) {
        Instant now = now();
        Principal by = new Principal(caller.organisation(), caller.operator());
        List<StepTaken> steps = new ArrayList<>(application.steps());
        steps.add(new StepTaken(step, by, now, reasons.strip(), legalBasis.strip()));
        Optional<LocalDate> due = step.to() == ApplicationStatus.FORMALLY_APPROVED
                ? Optional.of(calendar.after(today(now), rules.contentWorkingDays()))
                : Optional.empty();
        Application after = new Application(
                application.id(),
                application.draft(),
                application.applicant(),
                application.filedBy(),
                application.filedAt(),
                application.commitmentVersion(),
                application.contentAuthority(),
                step.to(),
                due,
                steps,
                issued.map(Grant::id),
                application.version() + 1);
        return switch (store.advance(after, issued)) {
            case YES -> new ApplicationOutcome.Done(after);
            case VERSION_DIFFERS ->
                new ApplicationOutcome.Refused(Refusal.of(ControlReason.CHANGED_MEANWHILE, application.id()));
        };
    }

    private boolean concerns(Caller caller, Application application) {
        return application.applicant().code().equals(caller.organisation())
                || reviews.mayReview(caller, application)
                || (watches(caller)
                        && register.organisation(caller.organisation())
                                .filter(own -> own.kind() != Organisation.Kind.AGENCY)
                                .map(own -> own.region()
                                        .covers(application.applicant().region()))
                                .orElse(false));
    }

    private static boolean watches(Caller caller) {
        return caller.roles().contains(Caller.Role.AUDITOR) || caller.roles().contains(Caller.Role.SECURITY_OFFICER);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private LocalDate today(Instant now) {
        return LocalDate.ofInstant(now, clock.getZone());
    }

    private static ApplicationOutcome roleMissing(Caller.Role role) {
        return new ApplicationOutcome.Refused(Refusal.of(ApplicationReason.APPLICATION_ROLE_MISSING, role.name()));
    }

    private static ApplicationOutcome notFound(String id) {
        return new ApplicationOutcome.Refused(Refusal.of(ApplicationReason.APPLICATION_NOT_FOUND, Texts.shown(id)));
    }
}
