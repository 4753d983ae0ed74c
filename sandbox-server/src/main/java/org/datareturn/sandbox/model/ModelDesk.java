package org.datareturn.sandbox.model;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.datareturn.policy.Caller;
import org.datareturn.policy.ReasonCode;
import org.datareturn.policy.Refusal;
import org.datareturn.sandbox.control.ControlReason;
import org.datareturn.sandbox.control.ControlStoreException;
import org.datareturn.sandbox.identity.OperatorRegister;
import org.datareturn.sandbox.identity.Organisation;
import org.datareturn.sandbox.identity.Principal;
import org.datareturn.verifier.model.AssessedModel;
import org.datareturn.verifier.model.ModelApprovals;
import org.datareturn.verifier.model.ModelDeclaration;
import org.datareturn.verifier.model.ModelFingerprint;
import org.datareturn.verifier.model.ModelStanding;
import org.datareturn.verifier.reason.VerifierReason;

/**
 * Where models are registered and reviewed, and where every call asks whether a model may be used. A provider registers; a
 * content reviewer of an authority, of another organisation than the provider's, approves what passed its assessment. An
 * approval holds for one file, one declaration and one policy revision: the first call that finds another suspends the
 * model. Thread-safe. Throws {@link ControlStoreException} when the store cannot answer; then nothing is used or changed.
 */
public final class ModelDesk implements ModelApprovals {
    private static final int MAX_REASON = 4000;

    private final ModelStore store;
    private final OperatorRegister register;
    private final Supplier<String> policyRevision;
    private final Clock clock;

    /**
     * A desk over one store.
     *
     * @param policyRevision the revision of the policy in force now
     */
    public ModelDesk(ModelStore store, OperatorRegister register, Supplier<String> policyRevision, Clock clock) {
        this.store = store;
        this.register = register;
        this.policyRevision = policyRevision;
        this.clock = clock;
    }

    /** Registers a model. Needs PROVIDER. A changed file or declaration needs another version. */
    public ModelOutcome register(Caller caller, ModelDeclaration declaration) {
        if (!caller.roles().contains(Caller.Role.PROVIDER)) {
            return refused(ModelReason.MODEL_ROLE_NEEDED, Caller.Role.PROVIDER.name());
        }
        RegisteredModel model = new RegisteredModel(
                declaration.fingerprint(),
                ModelStatus.REGISTERED,
                policyRevision.get(),
                principal(caller),
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
        return switch (store.register(model)) {
            case YES -> new ModelOutcome.Done(model);
            case OTHERWISE ->
                refused(ModelReason.MODEL_VERSION_TAKEN, declaration.name(), Integer.toString(declaration.version()));
        };
    }

    /**
     * Approves a model; every other version of it that was approved is suspended first. Needs CONTENT_REVIEWER of an
     * authority that is not the provider's own.
     *
     * @param assessed proof that this very file and declaration passed the assessment
     */
    public ModelOutcome approve(Caller caller, AssessedModel assessed, String reason) {
        ModelFingerprint which = assessed.declaration().fingerprint();
        Optional<RegisteredModel> found = store.find(which.name(), which.version());
        Optional<Refusal> refusal = refusalOfReview(caller, which.name(), which.version(), found, reason);
        if (refusal.isPresent() || found.isEmpty()) {
            return refusal.<ModelOutcome>map(ModelOutcome.Refused::new)
                    .orElseGet(() -> notRegistered(which.name(), which.version()));
        }
        if (!found.get().fingerprint().equals(which)) {
            return refused(ModelReason.MODEL_NOT_THE_ASSESSED, which.name());
        }
        if (!ModelStatus.APPROVED.origins().contains(found.get().status())) {
            return impossible(found.get(), ModelStatus.APPROVED);
        }
        for (RegisteredModel other : store.versions(which.name())) {
            if (other.status() == ModelStatus.APPROVED) {
                change(other, ModelStatus.SUSPENDED, principal(caller), "another version is approved 另一版本获批");
            }
        }
        return change(found.get(), ModelStatus.APPROVED, principal(caller), reason);
    }

    /** Why a verdict cannot be given, before anything is assessed for it; empty when it can. */
    Optional<Refusal> refusalOfVerdict(Caller caller, String name, int version, ModelStatus to, String reason) {
        Optional<RegisteredModel> found = store.find(name, version);
        return refusalOfReview(caller, name, version, found, reason)
                .or(() -> found.filter(model -> !to.origins().contains(model.status()))
                        .map(model -> Refusal.of(
                                ModelReason.MODEL_STEP_IMPOSSIBLE,
                                name,
                                model.status().name(),
                                to.name())));
    }

    /** Refuses a model for good. Needs what {@link #approve} needs. */
    public ModelOutcome refuse(Caller caller, String name, int version, String reason) {
        Optional<RegisteredModel> found = store.find(name, version);
        Optional<Refusal> refusal = refusalOfReview(caller, name, version, found, reason);
        return refusal.<ModelOutcome>map(ModelOutcome.Refused::new)
                .orElseGet(() -> found.map(model -> change(model, ModelStatus.REFUSED, principal(caller), reason))
                        .orElseGet(() -> notRegistered(name, version)));
    }

    /** Suspends a model. Needs SECURITY_OFFICER of an authority. */
    public ModelOutcome suspend(Caller caller, String name, int version, String reason) {
        if (!caller.roles().contains(Caller.Role.SECURITY_OFFICER) || !isOfAuthority(caller)) {
            return refused(ModelReason.MODEL_ROLE_NEEDED, Caller.Role.SECURITY_OFFICER.name());
        }
        if (!isReason(reason)) {
            return refused(ModelReason.MODEL_VERDICT_NEEDS_REASON);
        }
        return store.find(name, version)
                .map(model -> change(model, ModelStatus.SUSPENDED, principal(caller), reason))
                .orElseGet(() -> notRegistered(name, version));
    }

    /** A model's changes, oldest first. */
    public List<ModelChange> history(String name, int version) {
        return store.history(name, version);
    }

    @Override
    public ModelStanding standing(ModelFingerprint model, String revision) {
        Optional<RegisteredModel> found = store.find(model.name(), model.version());
        if (found.isEmpty() || found.get().status() != ModelStatus.APPROVED) {
            return new ModelStanding.NotApproved(Refusal.of(VerifierReason.MODEL_NOT_APPROVED, model.name()));
        }
        RegisteredModel known = found.get();
        if (known.fingerprint().equals(model) && known.policyRevision().equals(revision)) {
            return new ModelStanding.Approved();
        }
        // Whether this server or a rival suspends it first, it is not used.
        change(
                known,
                ModelStatus.SUSPENDED,
                new Principal(known.registeredBy().organisation(), ModelChange.NODE),
                "file, declaration or policy changed 文件、声明或策略已变化");
        return new ModelStanding.NotApproved(Refusal.of(ModelReason.MODEL_CHANGED, model.name()));
    }

    private Optional<Refusal> refusalOfReview(
            Caller caller, String name, int version, Optional<RegisteredModel> found, String reason) {
        if (!caller.roles().contains(Caller.Role.CONTENT_REVIEWER)) {
            return Optional.of(Refusal.of(ModelReason.MODEL_ROLE_NEEDED, Caller.Role.CONTENT_REVIEWER.name()));
        }
        if (!isOfAuthority(caller)) {
            return Optional.of(Refusal.of(ModelReason.MODEL_REVIEW_NOT_AUTHORITY));
        }
        if (found.isEmpty()) {
            return Optional.of(notRegistered(name, version).refusal());
        }
        if (found.get().registeredBy().organisation().equals(caller.organisation())) {
            return Optional.of(Refusal.of(ModelReason.MODEL_REVIEW_OF_OWN));
        }
        return isReason(reason) ? Optional.empty() : Optional.of(Refusal.of(ModelReason.MODEL_VERDICT_NEEDS_REASON));
    }

    private ModelOutcome change(RegisteredModel model, ModelStatus to, Principal by, String reason) {
        if (!to.origins().contains(model.status())) {
            return impossible(model, to);
        }
        ModelFingerprint which = model.fingerprint();
        String revision = policyRevision.get();
        ModelChange change = new ModelChange(
                model.status(), to, revision, by, clock.instant().truncatedTo(ChronoUnit.MILLIS), reason.strip());
        return switch (store.apply(which.name(), which.version(), change)) {
            case YES ->
                new ModelOutcome.Done(
                        new RegisteredModel(which, to, revision, model.registeredBy(), model.registeredAt()));
            case OTHERWISE -> refused(ControlReason.CHANGED_MEANWHILE, which.name());
        };
    }

    private boolean isOfAuthority(Caller caller) {
        return register.organisation(caller.organisation())
                .filter(own -> own.kind() != Organisation.Kind.AGENCY)
                .isPresent();
    }

    private static boolean isReason(String reason) {
        return !reason.isBlank() && reason.length() <= MAX_REASON && reason.indexOf('\0') < 0;
    }

    private static Principal principal(Caller caller) {
        return new Principal(caller.organisation(), caller.operator());
    }

    private static ModelOutcome impossible(RegisteredModel model, ModelStatus to) {
        return refused(
                ModelReason.MODEL_STEP_IMPOSSIBLE,
                model.fingerprint().name(),
                model.status().name(),
                to.name());
    }

    /** The name is the caller's own text: repeated only when a model could bear it. */
    private static ModelOutcome.Refused notRegistered(String name, int version) {
        String shown = name.matches("[a-z0-9-]{1,60}") ? name : "?";
        return new ModelOutcome.Refused(Refusal.of(ModelReason.MODEL_NOT_REGISTERED, shown, Integer.toString(version)));
    }

    private static ModelOutcome refused(ReasonCode reason, String... arguments) {
        return new ModelOutcome.Refused(Refusal.of(reason, arguments));
    }
}
