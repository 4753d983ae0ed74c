package org.datareturn.verifier.trial;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.datareturn.policy.Refusal;
import org.datareturn.verifier.model.AssessedModel;
import org.datareturn.verifier.model.AssessmentOutcome;
import org.datareturn.verifier.model.BandScorer;
import org.datareturn.verifier.model.ModelApprovals;
import org.datareturn.verifier.model.ModelAssessor;
import org.datareturn.verifier.model.ModelDeclaration;
import org.datareturn.verifier.model.ModelDeclarationException;
import org.datareturn.verifier.model.Scored;
import org.datareturn.verifier.model.ScoringOutcome;
import org.datareturn.verifier.model.ServedModels;
import org.datareturn.verifier.probing.Canaries;
import org.datareturn.verifier.registry.EditionOrigin;
import org.datareturn.verifier.registry.RowPolicy;
import org.datareturn.verifier.tokens.SubjectTokens;

/**
 * {@code model try}: an author's model assessed on local features and asked under the limits, without a server. Standard
 * output gets one JSON line a question and nothing else; the assessment goes to the error stream. No reviewer takes part:
 * the files are the author's own.
 */
public final class ModelTrial {
    private final ModelTrialOptions options;
    private final Clock startClock;
    private final PrintStream out;
    private final PrintStream err;

    private ModelTrial(ModelTrialOptions options, Clock startClock, PrintStream out, PrintStream err) {
        this.options = options;
        this.startClock = startClock;
        this.out = out;
        this.err = err;
    }

    /**
     * Runs a trial.
     *
     * @param clock the time until a question says another
     * @return the exit status: {@link ProductTrial#DONE}, or {@link ProductTrial#BAD_INPUT} when the declaration, a file or a
     *     line is no good or the model fails its assessment
     */
    public static int run(ModelTrialOptions options, Clock clock, InputStream in, PrintStream out, PrintStream err) {
        try {
            new ModelTrial(options, clock, out, err).run(in);
            return ProductTrial.DONE;
        } catch (BadInput bad) {
            err.println(bad.getMessage());
            err.flush();
            return ProductTrial.BAD_INPUT;
        } finally {
            out.flush();
        }
    }

    private void run(InputStream in) throws BadInput {
        ModelDeclaration declaration = declaration(options.model());
        SubjectTokens keys = SubjectTokens.ephemeral();
        try (AssessedModel model = assessed(declaration, keys)) {
            err.println("assessed 评估通过: " + declaration.name() + " " + declaration.version() + ", "
                    + IntStream.range(0, declaration.bands().size())
                            .mapToObj(i -> declaration.bands().get(i).label() + " "
                                    + model.personsPerBand().get(i))
                            .collect(Collectors.joining(", ")));
            TrialSession session = new TrialSession(
                    declaration.asked(),
                    keys,
                    Canaries.none(),
                    startClock,
                    (guard, clock) -> source(new BandScorer(
                            ServedModels.of(List.of(model)), ModelApprovals.authorsOwn(), keys, guard, clock)),
                    out,
                    err);
            session.answer(options.batch(), options.subjects().isEmpty() ? in : lines(options.subjects()));
        }
    }

    private static TrialAnswer.Source source(BandScorer scorer) {
        return (call, request) -> switch (scorer.score(call, request)) {
            case Scored scored -> new TrialAnswer.Answered(scored.answer());
            case ScoringOutcome.Refused(Refusal refusal) -> new TrialAnswer.Refused(refusal);
            case ScoringOutcome.Suspended(Refusal refusal) -> new TrialAnswer.Suspended(refusal);
        };
    }

    private static ModelDeclaration declaration(Path file) throws BadInput {
        try {
            return ModelDeclaration.read(file);
        } catch (ModelDeclarationException wrong) {
            throw new BadInput(wrong.problems().stream()
                    .map(problem -> file + ": " + problem)
                    .collect(Collectors.joining(System.lineSeparator())));
        } catch (IOException unreadable) {
            throw BadInput.unreadable(file);
        }
    }

    private AssessedModel assessed(ModelDeclaration declaration, SubjectTokens keys) throws BadInput {
        Path folder = Optional.ofNullable(options.model().toAbsolutePath().getParent())
                .orElse(Path.of("."));
        EditionOrigin origin =
                new EditionOrigin(String.valueOf(options.features().getFileName()), LocalDate.now(startClock));
        try (InputStream csv = Files.newInputStream(options.features())) {
            return switch (new ModelAssessor(keys, startClock)
                    .assess(declaration, folder, csv, origin, RowPolicy.STRICT)) {
                case AssessmentOutcome.Passed passed -> passed.model();
                case AssessmentOutcome.Failed failed -> throw new BadInput(failure(failed));
            };
        } catch (IOException unreadable) {
            throw BadInput.unreadable(options.features());
        }
    }

    private String failure(AssessmentOutcome.Failed failed) {
        String refusals = failed.refusals().stream()
                .map(refusal -> options.model() + ": " + refusal.reason().name() + ": " + refusal.messageEn() + " / "
                        + refusal.messageZh())
                .collect(Collectors.joining(System.lineSeparator()));
        String rows = failed.report().problems().stream()
                .map(problem -> System.lineSeparator() + options.features() + ": line " + problem.line() + ": "
                        + problem.reason().name() + ": "
                        + problem.column().orElse("?"))
                .collect(Collectors.joining());
        return refusals + rows;
    }

    /** Questions about subjects as the lines a batch would have. */
    private static InputStream lines(List<Map<String, String>> subjects) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < subjects.size(); i++) {
            try {
                lines.append("{\"id\":")
                        .append(i + 1)
                        .append(",\"request\":")
                        .append(TrialLine.JSON.writeValueAsString(subjects.get(i)))
                        .append("}\n");
            } catch (JsonProcessingException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
        return new ByteArrayInputStream(lines.toString().getBytes(StandardCharsets.UTF_8));
    }
}
