package org.datareturn.verifier.trial;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.datareturn.policy.Refusal;
import org.datareturn.verifier.normalise.NormalValue;
import org.datareturn.verifier.normalise.Parsed;
import org.datareturn.verifier.probing.Canaries;
import org.datareturn.verifier.product.ProductDeclaration;
import org.datareturn.verifier.reason.VerifierReason;
import org.datareturn.verifier.registry.EditionOrigin;
import org.datareturn.verifier.registry.LoadOutcome;
import org.datareturn.verifier.registry.LoadProgress;
import org.datareturn.verifier.registry.LoadReport;
import org.datareturn.verifier.registry.RegistryLoader;
import org.datareturn.verifier.registry.RegistryStore;
import org.datareturn.verifier.registry.RowPolicy;
import org.datareturn.verifier.registry.RowProblem;
import org.datareturn.verifier.registry.rocks.RocksRegistryStore;
import org.datareturn.verifier.tokens.SubjectTokens;

/** An author's CSV file as a registry of keyed tokens, in a folder that goes with the trial. */
final class TrialRegistry implements AutoCloseable {
    private final Path folder;
    private final RegistryStore store;

    private TrialRegistry(Path folder, RegistryStore store) {
        this.folder = folder;
        this.store = store;
    }

    /**
     * Loads a file. A row that cannot be read ends the trial; persons about whom rows disagree are left out, as a node's
     * registry leaves them out, and named on the error stream by their lines.
     */
    static TrialRegistry open(Path file, ProductDeclaration product, SubjectTokens keys, Clock clock, PrintStream err)
            throws BadInput {
        if (!Files.isRegularFile(file)) {
            throw new BadInput(file + ": there is no such file / 文件不存在");
        }
        try {
            Path folder = Files.createTempDirectory("product-trial-");
            RegistryStore store = RocksRegistryStore.open(folder.resolve("registry"), product.schema(), keys, clock);
            TrialRegistry registry = new TrialRegistry(folder, store);
            try {
                registry.load(file, clock, err);
                return registry;
            } catch (BadInput | IOException e) {
                registry.close();
                throw e;
            }
        } catch (IOException e) {
            throw new BadInput(file + ": cannot be loaded / 无法装载: " + e.getMessage());
        }
    }

    private void load(Path file, Clock clock, PrintStream err) throws IOException, BadInput {
        EditionOrigin origin = new EditionOrigin(String.valueOf(file.getFileName()), LocalDate.now(clock));
        LoadOutcome outcome =
                new RegistryLoader(clock).load(file, store, origin, RowPolicy.SKIP_AND_REPORT, LoadProgress.silent());
        LoadReport report = outcome.report();
        List<RowProblem> bad = report.problems().stream()
                .filter(problem -> problem.reason() != VerifierReason.ROW_CONTRADICTS)
                .toList();
        switch (outcome) {
            case LoadOutcome.Built built when bad.isEmpty() -> built.draft().publish();
            case LoadOutcome.Built built -> {
                built.draft().close();
                throw new BadInput(lines(file, bad));
            }
            case LoadOutcome.NotBuilt none -> throw new BadInput(lines(file, report.problems()));
        }
        if (!report.problems().isEmpty()) {
            err.println(lines(file, report.problems()));
        }
    }

    private static String lines(Path file, List<RowProblem> problems) {
        return problems.stream()
                .map(problem -> {
                    Refusal refusal =
                            Refusal.of(problem.reason(), problem.column().orElse("?"));
                    return file + ": line " + problem.line() + ": "
                            + problem.reason().name() + ": " + refusal.messageEn() + " / " + refusal.messageZh();
                })
                .collect(Collectors.joining(System.lineSeparator()));
    }

    /** The planted subjects of a file, one a line. */
    static Canaries canaries(Optional<Path> file, ProductDeclaration product, SubjectTokens keys, Clock clock)
            throws BadInput {
        if (file.isEmpty()) {
            return Canaries.none();
        }
        Set<String> subjects = new HashSet<>();
        List<String> lines;
        try {
            lines = Files.readAllLines(file.get());
        } catch (IOException unreadable) {
            throw BadInput.unreadable(file.get());
        }
        for (int i = 0; i < lines.size(); i++) {
            switch (product.subject().normalisation().parse(lines.get(i), clock)) {
                case Parsed.Accepted<? extends NormalValue> accepted ->
                    subjects.add(keys.subject(accepted.value()).hex());
                case Parsed.Rejected<? extends NormalValue> rejected ->
                    throw new BadInput(file.get() + ": line " + (i + 1) + ": "
                            + Refusal.of(rejected.reason(), product.subject().name())
                                    .messageEn());
            }
        }
        return Canaries.of(subjects);
    }

    Set<RegistryStore> stores() {
        return Set.of(store);
    }

    @Override
    public void close() {
        try (Stream<Path> all = Files.walk(folder)) {
            store.close();
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the trial's folder " + folder + " cannot be removed", e);
        }
    }
}
