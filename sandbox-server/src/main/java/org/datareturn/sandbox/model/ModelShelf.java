package org.datareturn.sandbox.model;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.datareturn.policy.Refusal;
import org.datareturn.verifier.model.AssessedModel;
import org.datareturn.verifier.model.AssessmentOutcome;
import org.datareturn.verifier.model.ModelAssessor;
import org.datareturn.verifier.model.ModelFingerprint;
import org.datareturn.verifier.model.ServedModels;
import org.datareturn.verifier.reason.VerifierReason;
import org.datareturn.verifier.registry.EditionOrigin;
import org.datareturn.verifier.registry.RowPolicy;

/**
 * The models this server can ask: each is opened and assessed on this server's feature table before its first question,
 * and held in memory. Which version that is, is read from the store with every question, so what another server's reviewer
 * approved is asked here, and what he stopped is not. Thread-safe.
 */
public final class ModelShelf implements ServedModels, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ModelShelf.class.getName());

    private final ModelStore store;
    private final ModelVault vault;
    private final SealedFeatures features;
    private final ModelAssessor assessor;
    private final Map<String, Held> held = new HashMap<>();

    /** What was made of a model, so that a model that fails is not assessed again with every question. */
    private record Held(ModelFingerprint which, Found found) {}

    /** An empty shelf. */
    public ModelShelf(ModelStore store, ModelVault vault, SealedFeatures features, ModelAssessor assessor) {
        this.store = store;
        this.vault = vault;
        this.features = features;
        this.assessor = assessor;
    }

    /** What came of opening a model and assessing it. */
    sealed interface Assessing {
        /** It passed; whoever asked closes it. */
        record Passed(AssessedModel model) implements Assessing {}

        /** It did not. */
        record Refused(Refusal refusal) implements Assessing {}
    }

    /** Opens every approved model, so that the first question waits no longer than the second. */
    public void open() {
        for (RegisteredModel model : store.all()) {
            if (model.status() == ModelStatus.APPROVED
                    && named(model.fingerprint().name()) instanceof Found.NotServed(Refusal refusal)) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "the approved model {0} is not served: {1}",
                        model.fingerprint().name(),
                        refusal.reason().name());
            }
        }
    }

    @Override
    public Found named(String name) {
        List<RegisteredModel> versions = store.versions(name);
        if (versions.isEmpty()) {
            return ServedModels.unknown(name);
        }
        Optional<ModelFingerprint> approved = versions.stream()
                .filter(version -> version.status() == ModelStatus.APPROVED)
                .map(RegisteredModel::fingerprint)
                .findFirst();
        return approved.map(this::opened)
                .orElseGet(() -> new Found.NotServed(Refusal.of(VerifierReason.MODEL_NOT_APPROVED, name)));
    }

    private synchronized Found opened(ModelFingerprint which) {
        Held known = held.get(which.name());
        if (known != null && known.which().equals(which)) {
            return known.found();
        }
        Found found = switch (assess(which)) {
            case Assessing.Passed(AssessedModel model) -> new Found.Served(model);
            case Assessing.Refused(Refusal refusal) -> new Found.NotServed(refusal);
        };
        put(new Held(which, found));
        return found;
    }

    /** Takes a model that was just approved. */
    synchronized void take(AssessedModel model) {
        put(new Held(model.declaration().fingerprint(), new Found.Served(model)));
    }

    private void put(Held now) {
        Held before = held.put(now.which().name(), now);
        if (before != null && before.found() instanceof Found.Served(AssessedModel replaced)) {
            replaced.close();
        }
    }

    /** Opens a registered model as it is kept and assesses it. */
    Assessing assess(ModelFingerprint which) {
        return vault.open(which)
                .map(this::assess)
                .orElseGet(() -> new Assessing.Refused(Refusal.of(ModelReason.MODEL_CHANGED, which.name())));
    }

    /** Assesses a model on the feature table it names. */
    Assessing assess(KeptModel model) {
        String table = model.declaration().table();
        try {
            return features.read(
                            table,
                            (origin, csv) -> result(assessor.assess(
                                    model.declaration(),
                                    model.file(),
                                    csv,
                                    new EditionOrigin(origin.provider(), origin.acquiredOn()),
                                    RowPolicy.STRICT)))
                    .orElseGet(() -> new Assessing.Refused(Refusal.of(ModelReason.MODEL_TABLE_UNKNOWN, table)));
        } catch (IOException e) {
            LOG.log(System.Logger.Level.ERROR, "a feature table cannot be read", e);
            return new Assessing.Refused(Refusal.of(VerifierReason.FEATURES_UNREADABLE, table));
        }
    }

    private static Assessing result(AssessmentOutcome outcome) {
        return switch (outcome) {
            case AssessmentOutcome.Passed passed -> new Assessing.Passed(passed.model());
            case AssessmentOutcome.Failed failed ->
                new Assessing.Refused(failed.refusals().getFirst());
        };
    }

    @Override
    public synchronized void close() {
        held.values().forEach(one -> {
            if (one.found() instanceof Found.Served(AssessedModel model)) {
                model.close();
            }
        });
        held.clear();
    }
}
