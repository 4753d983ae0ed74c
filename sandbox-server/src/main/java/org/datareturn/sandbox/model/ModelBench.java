package org.datareturn.sandbox.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.datareturn.policy.Caller;
import org.datareturn.policy.ReasonCode;
import org.datareturn.policy.Refusal;
import org.datareturn.sandbox.catalogue.Resource;
import org.datareturn.sandbox.catalogue.ResourceCatalogue;
import org.datareturn.verifier.model.AssessedModel;
import org.datareturn.verifier.model.ModelDeclaration;
import org.datareturn.verifier.model.ModelDeclarationException;
import org.datareturn.verifier.model.ModelFingerprint;
import org.datareturn.verifier.product.Products;
import org.datareturn.verifier.reason.VerifierReason;

/**
 * Where models are submitted, assessed and decided on. Whoever registers provides the feature table, so an assessment
 * tells nobody of data he does not have; whoever decides belongs to the authority that reviews that table's content. An
 * approved model stands in the catalogue, where agencies apply for it. Thread-safe; blocks on assessments.
 */
public final class ModelBench {
    private static final Set<Caller.Role> WATCHERS =
            Set.of(Caller.Role.CONTENT_REVIEWER, Caller.Role.AUDITOR, Caller.Role.SECURITY_OFFICER);

    private final Parts parts;

    /**
     * What a bench works with.
     *
     * @param desk keeps verdicts
     * @param store reads them
     * @param vault keeps files
     * @param features whose the tables are
     * @param shelf assesses, and serves what was approved
     * @param catalogue where approved models stand
     * @param products whose names no model may bear
     */
    public record Parts(
            ModelDesk desk,
            ModelStore store,
            ModelVault vault,
            SealedFeatures features,
            ModelShelf shelf,
            ResourceCatalogue catalogue,
            Products products) {}

    /** A bench. */
    public ModelBench(Parts parts) {
        this.parts = parts;
    }

    /**
     * Assesses a model and registers it when it passes.
     *
     * @param text the declaration, YAML
     * @param file the ONNX file
     */
    public ModelReply register(Caller caller, String text, byte[] file) {
        if (!caller.roles().contains(Caller.Role.PROVIDER)) {
            return refused(ModelReason.MODEL_ROLE_NEEDED, Caller.Role.PROVIDER.name());
        }
        if (text.getBytes(StandardCharsets.UTF_8).length + (long) file.length > ModelVault.MOST_BYTES) {
            return refused(ModelReason.MODEL_TOO_LARGE, Integer.toString(ModelVault.MOST_BYTES));
        }
        ModelDeclaration declaration;
        try {
            declaration = ModelDeclaration.parse(text, "declaration");
        } catch (ModelDeclarationException e) {
            ModelDeclarationException.Problem first = e.problems().getFirst();
            return new ModelReply.Refused(Refusal.of(
                            ModelReason.MODEL_DECLARATION,
                            Integer.toString(e.problems().size()))
                    .at(first.line(), 1)
                    .withHint(first.path() + "：" + first.zh(), first.path() + ": " + first.en()));
        }
        return refusalOfName(caller, declaration)
                .or(() -> refusalOfTable(
                        declaration.table(),
                        origin -> origin.provider().equals(caller.organisation())
                                ? Optional.empty()
                                : Optional.of(Refusal.of(ModelReason.MODEL_TABLE_NOT_YOURS, declaration.table()))))
                .<ModelReply>map(ModelReply.Refused::new)
                .orElseGet(() -> registered(caller, new KeptModel(text, declaration, file)));
    }

    private ModelReply registered(Caller caller, KeptModel model) {
        return switch (parts.shelf().assess(model)) {
            case ModelShelf.Assessing.Refused(Refusal refusal) -> new ModelReply.Refused(refusal);
            case ModelShelf.Assessing.Passed(AssessedModel assessed) -> {
                try (assessed) {
                    parts.vault().keep(model);
                    yield reply(
                            parts.desk().register(caller, model.declaration()),
                            Optional.of(ModelAssessment.of(assessed)));
                }
            }
        };
    }

    /** Assesses a registered model anew, for its provider or its reviewers; changes nothing. */
    public ModelReply assess(Caller caller, String name, int version) {
        return readable(caller, name, version)
                .map(model -> {
                    boolean own = caller.roles().contains(Caller.Role.PROVIDER) && isOf(caller, model);
                    boolean reviews = caller.roles().contains(Caller.Role.CONTENT_REVIEWER)
                            && refusalOfReviewer(caller, model.fingerprint()).isEmpty();
                    if (!own && !reviews) {
                        return refused(ModelReason.MODEL_ROLE_NEEDED, Caller.Role.CONTENT_REVIEWER.name());
                    }
                    return switch (parts.shelf().assess(model.fingerprint())) {
                        case ModelShelf.Assessing.Refused(Refusal refusal) -> new ModelReply.Refused(refusal);
                        case ModelShelf.Assessing.Passed(AssessedModel assessed) -> {
                            try (assessed) {
                                yield new ModelReply.Done(view(model, Optional.of(ModelAssessment.of(assessed))));
                            }
                        }
                    };
                })
                .orElseGet(() -> notRegistered(name, version));
    }

    /** Assesses a model, enters it in the catalogue and approves it; see {@link ModelDesk#approve}. */
    public ModelReply approve(Caller caller, String name, int version, String reason) {
        Optional<Refusal> unfit = parts.desk()
                .refusalOfVerdict(caller, name, version, ModelStatus.APPROVED, reason)
                .or(() -> parts.store()
                        .find(name, version)
                        .flatMap(model -> refusalOfReviewer(caller, model.fingerprint())));
        if (unfit.isPresent()) {
            return new ModelReply.Refused(unfit.get());
        }
        Optional<RegisteredModel> found = parts.store().find(name, version);
        if (found.isEmpty()) {
            return notRegistered(name, version);
        }
        return switch (parts.shelf().assess(found.get().fingerprint())) {
            case ModelShelf.Assessing.Refused(Refusal refusal) -> new ModelReply.Refused(refusal);
            case ModelShelf.Assessing.Passed(AssessedModel assessed) -> approved(caller, assessed, reason);
        };
    }

    private ModelReply approved(Caller caller, AssessedModel assessed, String reason) {
        ModelAssessment assessment = ModelAssessment.of(assessed);
        boolean taken = false;
        try {
            // In this order: an entry of a model nobody approved does no harm, a model nobody can apply for is of no
            // use.
            catalogue(assessed.declaration());
            ModelOutcome outcome = parts.desk().approve(caller, assessed, reason);
            if (outcome instanceof ModelOutcome.Done) {
                parts.shelf().take(assessed);
                taken = true;
            }
            return reply(outcome, Optional.of(assessment));
        } finally {
            if (!taken) {
                assessed.close();
            }
        }
    }

    /** Refuses a model for good; see {@link ModelDesk#refuse}. */
    public ModelReply refuse(Caller caller, String name, int version, String reason) {
        return parts.desk()
                .refusalOfVerdict(caller, name, version, ModelStatus.REFUSED, reason)
                .or(() -> parts.store()
                        .find(name, version)
                        .flatMap(model -> refusalOfReviewer(caller, model.fingerprint())))
                .<ModelReply>map(ModelReply.Refused::new)
                .orElseGet(() -> reply(parts.desk().refuse(caller, name, version, reason), Optional.empty()));
    }

    /** Suspends a model; see {@link ModelDesk#suspend}. */
    public ModelReply suspend(Caller caller, String name, int version, String reason) {
        return reply(parts.desk().suspend(caller, name, version, reason), Optional.empty());
    }

    /** Reads a model. */
    public ModelReply get(Caller caller, String name, int version) {
        return readable(caller, name, version)
                .<ModelReply>map(model -> new ModelReply.Done(view(model, Optional.empty())))
                .orElseGet(() -> notRegistered(name, version));
    }

    /** Every model a caller may read, newest first. */
    public List<ModelView> list(Caller caller) {
        return parts.store().all().stream()
                .filter(model -> mayRead(caller, model))
                .map(model -> new ModelView(model, Optional.empty(), List.of(), Optional.empty()))
                .toList();
    }

    private Optional<RegisteredModel> readable(Caller caller, String name, int version) {
        return parts.store().find(name, version).filter(model -> mayRead(caller, model));
    }

    private static boolean mayRead(Caller caller, RegisteredModel model) {
        return model.status() == ModelStatus.APPROVED
                || isOf(caller, model)
                || caller.roles().stream().anyMatch(WATCHERS::contains);
    }

    private static boolean isOf(Caller caller, RegisteredModel model) {
        return model.registeredBy().organisation().equals(caller.organisation());
    }

    /** A name belongs to who registered it first, and never to a product. */
    private Optional<Refusal> refusalOfName(Caller caller, ModelDeclaration declaration) {
        List<RegisteredModel> versions = parts.store().versions(declaration.name());
        boolean anothers = versions.stream().anyMatch(model -> !isOf(caller, model));
        boolean aProducts = parts.products().named(declaration.name()).isPresent();
        boolean listed = versions.isEmpty()
                && parts.catalogue()
                        .find(Resource.Kind.PRODUCT, declaration.name())
                        .isPresent();
        return anothers || aProducts || listed
                ? Optional.of(Refusal.of(ModelReason.MODEL_NAME_TAKEN, declaration.name()))
                : Optional.empty();
    }

    private Optional<Refusal> refusalOfReviewer(Caller caller, ModelFingerprint which) {
        return parts.vault()
                .open(which)
                .map(model -> refusalOfTable(
                        model.declaration().table(),
                        origin -> origin.contentAuthority().equals(caller.organisation())
                                ? Optional.empty()
                                : Optional.of(Refusal.of(ModelReason.MODEL_REVIEW_NOT_COMPETENT, which.name()))))
                .orElseGet(() -> Optional.of(Refusal.of(ModelReason.MODEL_CHANGED, which.name())));
    }

    private Optional<Refusal> refusalOfTable(String table, Function<FeatureOrigin, Optional<Refusal>> rule) {
        try {
            return parts.features()
                    .origin(table)
                    .map(rule)
                    .orElseGet(() -> Optional.of(Refusal.of(ModelReason.MODEL_TABLE_UNKNOWN, table)));
        } catch (IOException e) {
            return Optional.of(Refusal.of(VerifierReason.FEATURES_UNREADABLE, table));
        }
    }

    private void catalogue(ModelDeclaration declaration) {
        FeatureOrigin origin;
        try {
            origin = parts.features().origin(declaration.table()).orElseThrow();
        } catch (IOException e) {
            throw new IllegalStateException("a table that was just read cannot be read", e);
        }
        parts.catalogue()
                .register(new Resource(
                        declaration.name(),
                        Resource.Kind.PRODUCT,
                        declaration.asked().title().zh(),
                        declaration.asked().title().en(),
                        origin.provider(),
                        origin.library(),
                        origin.contentAuthority(),
                        Resource.Sharing.CONDITIONAL,
                        "",
                        Resource.Grade.LEVEL_3,
                        declaration.asked().grantFields().stream()
                                .sorted()
                                .map(field -> new Resource.Field(field, field))
                                .toList()));
    }

    private ModelReply reply(ModelOutcome outcome, Optional<ModelAssessment> assessment) {
        return switch (outcome) {
            case ModelOutcome.Refused(Refusal refusal) -> new ModelReply.Refused(refusal);
            case ModelOutcome.Done(RegisteredModel model) -> new ModelReply.Done(view(model, assessment));
        };
    }

    private ModelView view(RegisteredModel model, Optional<ModelAssessment> assessment) {
        ModelFingerprint which = model.fingerprint();
        return new ModelView(
                model,
                parts.vault().open(which).map(KeptModel::text),
                parts.desk().history(which.name(), which.version()),
                assessment);
    }

    private static ModelReply notRegistered(String name, int version) {
        return refused(ModelReason.MODEL_NOT_REGISTERED, shown(name), Integer.toString(version));
    }

    private static String shown(String name) {
        return name.matches("[a-z0-9-]{1,60}") ? name : "?";
    }

    private static ModelReply refused(ReasonCode reason, String... arguments) {
        return new ModelReply.Refused(Refusal.of(reason, arguments));
    }
}
