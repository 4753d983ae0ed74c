package org.datareturn.verifier.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.datareturn.policy.Refusal;
import org.datareturn.verifier.SourceAttribution;
import org.datareturn.verifier.reason.VerifierReason;
import org.datareturn.verifier.registry.EditionOrigin;
import org.datareturn.verifier.registry.RowPolicy;
import org.datareturn.verifier.tokens.SubjectTokens;

/**
 * Assesses a model on the feature table it will be asked about; the only maker of {@link AssessedModel}. The file is opened
 * and held to its declaration; every person of the table is scored; a score that is not finite, or a band of few persons,
 * fails the model. An edition of the table is assessed anew. Thread-safe.
 */
public final class ModelAssessor {
    /** Models that place people on a few dozen features are far smaller. */
    static final long LARGEST_FILE = 64L << 20;

    private final SubjectTokens tokens;
    private final Clock clock;

    /**
     * An assessor.
     *
     * @param tokens make the keys and seals of feature tables
     * @param clock says which dates lie in the future
     */
    public ModelAssessor(SubjectTokens tokens, Clock clock) {
        this.tokens = tokens;
        this.clock = clock;
    }

    /**
     * Assesses a model.
     *
     * @param folder where the declared file lies
     * @param features the feature table: CSV (RFC 4180, UTF-8) whose header names the request's fields and the inputs'
     *     columns, in any order; other columns are not read; read to its end and not closed
     * @param origin where the features come from
     * @param policy {@link RowPolicy#STRICT} fails the model when a row cannot be taken, such as one with a feature out of
     *     bounds; {@link RowPolicy#SKIP_AND_REPORT} leaves such persons without a band
     * @throws IOException when a file cannot be read
     */
    public AssessmentOutcome assess(
            ModelDeclaration declaration, Path folder, InputStream features, EditionOrigin origin, RowPolicy policy)
            throws IOException {
        Path file = folder.resolve(declaration.onnx().file());
        if (!Files.isRegularFile(file) || Files.size(file) > LARGEST_FILE) {
            return failed(Refusal.of(VerifierReason.MODEL_FILE));
        }
        return assess(declaration, Files.readAllBytes(file), features, origin, policy);
    }

    /**
     * Assesses a model whose file is at hand, as {@link #assess(ModelDeclaration, Path, InputStream, EditionOrigin,
     * RowPolicy)}.
     *
     * @param file the file's bytes
     * @throws IOException when the features cannot be read
     */
    public AssessmentOutcome assess(
            ModelDeclaration declaration, byte[] file, InputStream features, EditionOrigin origin, RowPolicy policy)
            throws IOException {
        return switch (ModelScorer.open(file, declaration)) {
            case ModelScorer.Opening.Refused(Refusal refusal) -> failed(refusal);
            case ModelScorer.Opening.Opened(ModelScorer scorer) -> {
                boolean passed = false;
                try {
                    AssessmentOutcome outcome = population(declaration, scorer, features, origin, policy);
                    passed = outcome instanceof AssessmentOutcome.Passed;
                    yield outcome;
                } finally {
                    if (!passed) {
                        scorer.close();
                    }
                }
            }
        };
    }

    private AssessmentOutcome population(
            ModelDeclaration declaration, ModelScorer scorer, InputStream csv, EditionOrigin origin, RowPolicy policy)
            throws IOException {
        FeatureLoad load = new FeatureLoad(declaration, scorer, tokens.primary(), clock);
        FeatureCsv.read(csv, load);
        AssessmentReport report = load.report();
        List<Refusal> refusals = new ArrayList<>(load.fatal());
        if (policy == RowPolicy.STRICT && !report.problems().isEmpty()) {
            refusals.add(Refusal.of(
                    report.problems().getFirst().reason(),
                    report.problems().getFirst().column().orElse("?")));
        }
        List<Integer> counts = load.personsPerBand();
        for (int i = 0; i < counts.size(); i++) {
            if (counts.get(i) > 0 && counts.get(i) < declaration.minGroupSize()) {
                refusals.add(Refusal.of(
                        VerifierReason.MODEL_BAND_TOO_SMALL,
                        declaration.bands().get(i).label(),
                        Integer.toString(declaration.minGroupSize())));
            }
        }
        if (refusals.isEmpty() && report.persons() == 0) {
            refusals.add(Refusal.of(VerifierReason.REGISTRY_NO_ROWS));
        }
        if (!refusals.isEmpty()) {
            return new AssessmentOutcome.Failed(refusals, report);
        }
        SourceAttribution attribution = new SourceAttribution(
                declaration.asked().provider(),
                origin.source(),
                origin.acquiredOn(),
                declaration.table() + "/" + origin.acquiredOn());
        return new AssessmentOutcome.Passed(
                new AssessedModel(declaration, scorer, load.table(), attribution, counts), report);
    }

    private static AssessmentOutcome failed(Refusal refusal) {
        return new AssessmentOutcome.Failed(List.of(refusal), new AssessmentReport(0, 0, List.of()));
    }
}
