package org.datareturn.verifier.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.datareturn.verifier.reason.VerifierReason;
import org.datareturn.verifier.tokens.RecordTokens;

/**
 * How far a load had come when its last run was written: all rows up to here are in the runs, none after. So a load that
 * goes on from here counts every row once, however often it broke off. Under a keyed seal, like an edition's facts; holds
 * no value of any row.
 *
 * @param job a keyed token of what is loaded and how; another source, shape, key or plan has another
 * @param rows rows taken
 * @param refused how many of them were not good
 * @param lastLine where the last of them stands
 * @param runs how many runs hold them
 * @param mark a keyed token of the last of them
 * @param noted the problems so far
 * @param seal over all of that
 */
record LoadCheckpoint(
        String job, long rows, long refused, long lastLine, int runs, String mark, List<Noted> noted, String seal) {
    private static final String NAME = "loading.json";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    /** A problem as it is written; a column that is none is empty. */
    record Noted(long line, VerifierReason reason, String column) {}

    LoadCheckpoint {
        noted = List.copyOf(noted);
    }

    static LoadCheckpoint of(
            String job,
            long rows,
            long refused,
            long lastLine,
            int runs,
            String mark,
            List<RowProblem> problems,
            RecordTokens tokens) {
        LoadCheckpoint open = new LoadCheckpoint(
                job,
                rows,
                refused,
                lastLine,
                runs,
                mark,
                problems.stream()
                        .map(problem -> new Noted(
                                problem.line(),
                                problem.reason(),
                                problem.column().orElse("")))
                        .toList(),
                "");
        return new LoadCheckpoint(job, rows, refused, lastLine, runs, mark, open.noted, open.sealedBy(tokens));
    }

    /** What a load is a load of, as a token. */
    static String job(String fingerprint, RegistrySchema schema, LoadPlan plan, RecordTokens tokens) {
        return token(
                tokens,
                List.of(
                        "load-job",
                        fingerprint,
                        schema.canonical(),
                        plan.origin().source(),
                        plan.origin().acquiredOn().toString(),
                        plan.policy().name(),
                        plan.newestBy().orElse("")));
    }

    /** A row, as a token. */
    static String mark(SourceRow row, RecordTokens tokens) {
        List<String> parts = new ArrayList<>(List.of("load-mark"));
        switch (row) {
            case SourceRow.Read(long line, List<String> values) -> {
                parts.add(Long.toString(line));
                parts.addAll(values);
            }
            case SourceRow.Malformed(RowProblem problem) -> {
                parts.add(Long.toString(problem.line()));
                parts.add(problem.reason().name());
            }
            case SourceRow.Ended ended -> parts.add("end");
            case SourceRow.Broken broken -> parts.add("broken");
        }
        return token(tokens, parts);
    }

    private static String token(RecordTokens tokens, List<String> parts) {
        return HexFormat.of().formatHex(tokens.seal(parts));
    }

    private String sealedBy(RecordTokens tokens) {
        List<String> parts = new ArrayList<>(List.of(
                "load-checkpoint",
                job,
                Long.toString(rows),
                Long.toString(refused),
                Long.toString(lastLine),
                Integer.toString(runs),
                mark));
        noted.forEach(problem -> parts.add(problem.toString()));
        return token(tokens, parts);
    }

    List<RowProblem> problems() {
        return noted.stream()
                .map(problem -> new RowProblem(
                        problem.line,
                        problem.reason,
                        problem.column.isEmpty() ? Optional.empty() : Optional.of(problem.column)))
                .toList();
    }

    /** Writes it in place of the one before, durable when it returns. */
    void write(Path folder) throws IOException {
        Folders.replace(folder.resolve(NAME), JSON.writeValueAsBytes(this));
    }

    /** The checkpoint a load of the same job left in a folder, when there is one that is whole. */
    static Optional<LoadCheckpoint> read(Path folder, String job, RecordTokens tokens) throws IOException {
        Path file = folder.resolve(NAME);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        LoadCheckpoint kept;
        try {
            kept = JSON.readValue(Files.readAllBytes(file), LoadCheckpoint.class);
        } catch (JsonProcessingException damaged) {
            // A load that cannot be taken up begins anew; nothing is lost but time.
            return Optional.empty();
        }
        return kept.job.equals(job) && kept.seal.equals(kept.sealedBy(tokens)) ? Optional.of(kept) : Optional.empty();
    }
}
