package org.datareturn.sandbox.template;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.datareturn.guard.QueryRefused;
import org.datareturn.guard.template.Assessment;
import org.datareturn.guard.template.Parameter;
import org.datareturn.guard.template.QueryTemplate;
import org.datareturn.policy.AuthorisedCall;
import org.datareturn.policy.Caller;
import org.datareturn.policy.ReasonCode;
import org.datareturn.policy.Refusal;
import org.datareturn.sandbox.control.ControlReason;
import org.datareturn.sandbox.control.ControlStoreException;
import org.datareturn.sandbox.identity.Principal;
import org.datareturn.sandbox.zone.ApprovedQueries;
import org.datareturn.sandbox.zone.ServedZone;

/**
 * Where templates are submitted, assessed, decided on and handed out to be run. Two persons of two organisations stand
 * behind every approved template: who submitted it, and a content reviewer of the zone's authority. Thread-safe. Throws
 * {@link ControlStoreException} when the store cannot answer; then nothing was changed that was not answered.
 */
public final class TemplateDesk implements ApprovedQueries {
    private static final int LONGEST_TITLE = 200;
    private static final int LONGEST_REASONS = 4000;
    private static final int ID_DIGITS = 16;

    private final TemplateStore store;
    private final TemplateBench bench;
    private final Clock clock;

    /** A desk over one store. */
    public TemplateDesk(TemplateStore store, TemplateBench bench, Clock clock) {
        this.store = store;
        this.bench = bench;
        this.clock = clock;
    }

    /** Takes a template of an analyst's and assesses it at once; one that breaks a rule whatever the data is not taken. */
    public TemplateOutcome submit(AuthorisedCall call, ServedZone zone, Submission submission) {
        if (submission.title().isBlank()
                || submission.title().length() > LONGEST_TITLE
                || submission.title().chars().anyMatch(Character::isISOControl)) {
            return refused(TemplateReason.TEMPLATE_TITLE_MALFORMED);
        }
        try {
            List<Parameter> parameters = new ArrayList<>();
            for (Parameter.Written written : submission.parameters()) {
                parameters.add(Parameter.read(written));
            }
            QueryTemplate template = QueryTemplate.of(submission.sql(), parameters);
            Assessment assessment = zone.data().assess(call, template);
            Caller caller = call.input().caller();
            StoredTemplate stored = new StoredTemplate(
                    "t_" + UUID.randomUUID().toString().replace("-", "").substring(0, ID_DIGITS),
                    1,
                    TemplateStatus.ASSESSED,
                    zone.name(),
                    submission.title().strip(),
                    template,
                    new Principal(caller.organisation(), caller.operator()),
                    now(),
                    basis(call, zone),
                    assessment,
                    List.of(step(TemplateStep.Kind.SUBMIT, caller, "")));
            store.add(stored);
            return done(caller, stored);
        } catch (QueryRefused broken) {
            return new TemplateOutcome.Refused(broken.refusal());
        }
    }

    /** Assesses a template again; one that was approved or suspended then waits for a person again. */
    public TemplateOutcome assess(AuthorisedCall call, ServedZone zone, String id) {
        Caller caller = call.input().caller();
        Optional<StoredTemplate> found = own(caller, id).filter(t -> t.zone().equals(zone.name()));
        if (found.isEmpty()) {
            return refused(TemplateReason.TEMPLATE_NOT_FOUND, shown(id));
        }
        StoredTemplate template = found.get();
        if (template.status() == TemplateStatus.REFUSED) {
            return impossible(template);
        }
        try {
            Assessment assessment = zone.data().assess(call, template.template());
            return advanced(
                    caller,
                    template.reassessed(
                            step(TemplateStep.Kind.ASSESS, caller, ""),
                            TemplateStatus.ASSESSED,
                            basis(call, zone),
                            assessment));
        } catch (QueryRefused broken) {
            return new TemplateOutcome.Refused(broken.refusal());
        }
    }

    /**
     * A person decides on what was assessed.
     *
     * @param version the version that person read: another one is not decided on
     */
    public TemplateOutcome decide(Caller caller, String id, int version, TemplateVerdict verdict) {
        Optional<StoredTemplate> found = store.find(id);
        if (found.isEmpty()) {
            return refused(TemplateReason.TEMPLATE_NOT_FOUND, shown(id));
        }
        StoredTemplate template = found.get();
        Optional<Refusal> unfit = bench.refusalOf(caller, template);
        if (unfit.isPresent()) {
            return new TemplateOutcome.Refused(unfit.get());
        }
        String reasons = verdict.reasons();
        if (reasons.isBlank() || reasons.length() > LONGEST_REASONS || reasons.indexOf('\0') >= 0) {
            return refused(TemplateReason.TEMPLATE_DECISION_NEEDS_REASONS);
        }
        if (template.version() != version) {
            return refused(ControlReason.CHANGED_MEANWHILE, template.id());
        }
        return switch (verdict) {
            case TemplateVerdict.Approve approve ->
                template.status() == TemplateStatus.ASSESSED
                        ? advanced(
                                caller,
                                template.after(
                                        step(TemplateStep.Kind.APPROVE, caller, reasons), TemplateStatus.APPROVED))
                        : impossible(template);
            case TemplateVerdict.Refuse refuse ->
                template.status() == TemplateStatus.REFUSED
                        ? impossible(template)
                        : advanced(
                                caller,
                                template.after(
                                        step(TemplateStep.Kind.REFUSE, caller, reasons), TemplateStatus.REFUSED));
        };
    }

    /** Reads a template: its own organisation, its zone's reviewers, auditors and security officers. */
    public TemplateOutcome get(Caller caller, String id) {
        return store.find(id)
                .flatMap(template -> view(caller, template))
                .<TemplateOutcome>map(TemplateOutcome.Done::new)
                .orElseGet(() -> refused(TemplateReason.TEMPLATE_NOT_FOUND, shown(id)));
    }

    /** Every template the caller may read, newest first. */
    public List<TemplateView> list(Caller caller) {
        return store.all().stream()
                .flatMap(template -> view(caller, template).stream())
                .toList();
    }

    /**
     * The template of an id, when it may be run now. One that rests on another declaration or policy is suspended, which
     * holds for everybody from the next call.
     */
    @Override
    public Lookup approved(AuthorisedCall call, ServedZone zone, String id) {
        Optional<StoredTemplate> found = own(call.input().caller(), id);
        if (found.isEmpty()) {
            return new Lookup.NotRun(Refusal.of(TemplateReason.TEMPLATE_NOT_FOUND, shown(id)));
        }
        StoredTemplate template = found.get();
        if (!template.zone().equals(zone.name())) {
            return new Lookup.NotRun(Refusal.of(TemplateReason.TEMPLATE_OF_ANOTHER_ZONE, template.id()));
        }
        return switch (template.status()) {
            case ASSESSED -> notRun(TemplateReason.TEMPLATE_NOT_APPROVED, template);
            case REFUSED -> notRun(TemplateReason.TEMPLATE_REFUSED, template);
            case SUSPENDED -> notRun(TemplateReason.TEMPLATE_SUSPENDED, template);
            case APPROVED -> {
                if (template.basis().holdsUnder(basis(call, zone))) {
                    yield new Lookup.Approved(template.template());
                }
                TemplateStep suspended = new TemplateStep(
                        TemplateStep.Kind.SUSPEND,
                        template.submittedBy().organisation(),
                        TemplateStep.NODE,
                        now(),
                        "declaration or policy changed");
                // Whoever was first, it does not run: a rival's step is either the same or found by the next call.
                store.advance(template.after(suspended, TemplateStatus.SUSPENDED));
                yield notRun(TemplateReason.TEMPLATE_SUSPENDED, template);
            }
        };
    }

    private static Lookup notRun(TemplateReason reason, StoredTemplate template) {
        return new Lookup.NotRun(Refusal.of(reason, template.id()));
    }

    private static Basis basis(AuthorisedCall call, ServedZone zone) {
        return new Basis(
                zone.manifest().schemaDigest(),
                call.policyRevision(),
                zone.data().edition());
    }

    private Optional<StoredTemplate> own(Caller caller, String id) {
        return store.find(id)
                .filter(template -> template.submittedBy().organisation().equals(caller.organisation()));
    }

    private Optional<TemplateView> view(Caller caller, StoredTemplate template) {
        if (bench.watches(caller) || bench.reviews(caller, template)) {
            return Optional.of(new TemplateView(template, TemplateView.Sight.REVIEW));
        }
        return template.submittedBy().organisation().equals(caller.organisation())
                ? Optional.of(new TemplateView(template, TemplateView.Sight.OWN))
                : Optional.empty();
    }

    private TemplateOutcome advanced(Caller caller, StoredTemplate after) {
        return switch (store.advance(after)) {
            case YES -> done(caller, after);
            case VERSION_DIFFERS -> refused(ControlReason.CHANGED_MEANWHILE, after.id());
        };
    }

    private TemplateOutcome done(Caller caller, StoredTemplate template) {
        return view(caller, template)
                .<TemplateOutcome>map(TemplateOutcome.Done::new)
                .orElseGet(() -> refused(TemplateReason.TEMPLATE_NOT_FOUND, template.id()));
    }

    private TemplateStep step(TemplateStep.Kind kind, Caller by, String reasons) {
        return new TemplateStep(kind, by.organisation(), by.operator(), now(), reasons.strip());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static TemplateOutcome impossible(StoredTemplate template) {
        return refused(
                TemplateReason.TEMPLATE_STEP_IMPOSSIBLE,
                template.id(),
                template.status().name());
    }

    private static TemplateOutcome refused(ReasonCode reason, String... arguments) {
        return new TemplateOutcome.Refused(Refusal.of(reason, arguments));
    }

    /** What a caller named, when it can be an id at all. */
    private static String shown(String id) {
        return id.matches("[a-z0-9_-]{1,64}") ? id : "?";
    }
}
