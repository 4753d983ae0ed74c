package org.datareturn.verifier.registry;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.datareturn.verifier.normalise.CalendarDate;
import org.datareturn.verifier.normalise.NormalValue;
import org.datareturn.verifier.normalise.Parsed;
import org.datareturn.verifier.reason.VerifierReason;
import org.datareturn.verifier.tokens.RecordValue;

/** One load under way: rows in, tokens sorted, an edition or a report out. For one thread. */
final class Load {
    private final RegistrySchema schema;
    private final String shape;
    private final EditionWriter writer;
    private final LoadPlan plan;
    private final Clock clock;
    private final Path folder;
    private final TokenRuns runs;

    private final List<RowProblem> problems = new ArrayList<>();
    private Optional<String> job = Optional.empty();
    private long rows;
    private long refused;
    private long lastLine = 1;
    private boolean broken;

    Load(RegistrySchema schema, EditionWriter writer, LoadPlan plan, Clock clock, Path folder, int runLength) {
        this.schema = schema;
        this.shape = schema.canonical();
        this.writer = writer;
        this.plan = plan;
        this.clock = clock;
        this.folder = folder;
        this.runs = new TokenRuns(folder, runLength);
    }

    /** Keeps checkpoints of a job in the folder. */
    Load keeping(String token) {
        job = Optional.of(token);
        return this;
    }

    private List<String> columns() {
        return Stream.concat(schema.columns().stream().map(RegistrySchema.Column::name), plan.newestBy().stream())
                .toList();
    }

    /** Reads a source from its beginning. */
    void read(RowSource source, LoadProgress progress) throws IOException {
        switch (source.open(columns(), 0)) {
            case SourceOpening.Unusable(List<RowProblem> why) -> unusable(why);
            case SourceOpening.Ready(SourceRows from) -> {
                try (from) {
                    read(from, progress);
                }
            }
        }
    }

    /** Reads on where a checkpoint was taken; false when the source's last row there is another than it was. */
    boolean goOn(LoadCheckpoint kept, RowSource source, LoadProgress progress) throws IOException {
        if (!(source.open(columns(), kept.rows() - 1) instanceof SourceOpening.Ready(SourceRows from))) {
            return false;
        }
        try (from) {
            if (!LoadCheckpoint.mark(from.next(), writer.tokens()).equals(kept.mark())) {
                return false;
            }
            rows = kept.rows();
            refused = kept.refused();
            lastLine = kept.lastLine();
            problems.addAll(kept.problems());
            runs.resume(kept.runs());
            new Pace(LoadProgress.Stage.GOING_ON, rows, progress).reached(rows, from.share());
            read(from, progress);
            return true;
        }
    }

    private void read(SourceRows from, LoadProgress progress) throws IOException {
        Pace pace = new Pace(LoadProgress.Stage.READING, rows, progress);
        boolean more = true;
        while (more && !isHopeless()) {
            SourceRow next = from.next();
            switch (next) {
                case SourceRow.Ended ended -> more = false;
                case SourceRow.Broken(RowProblem problem) -> {
                    unusable(List.of(problem));
                    more = false;
                }
                case SourceRow.Malformed(RowProblem problem) -> {
                    rows++;
                    lastLine = problem.line();
                    refuse(lastLine, problem.reason(), problem.column());
                }
                case SourceRow.Read(long line, List<String> values) -> {
                    rows++;
                    lastLine = line;
                    take(values);
                }
            }
            if (runs.isFull()) {
                runs.spill();
                checkpoint(next);
            }
            if (more && rows % LoadProgress.EVERY_ROWS == 0) {
                pace.reached(rows, from.share());
            }
        }
        pace.reached(rows, from.share());
    }

    private void checkpoint(SourceRow last) throws IOException {
        if (job.isPresent()) {
            String mark = LoadCheckpoint.mark(last, writer.tokens());
            LoadCheckpoint.of(job.get(), rows, refused, lastLine, runs.count(), mark, problems, writer.tokens())
                    .write(folder);
        }
    }

    private void unusable(List<RowProblem> why) {
        broken = true;
        why.forEach(problem -> problem(problem.line(), problem.reason(), problem.column()));
    }

    /** Takes a row, or notes what is wrong with it. */
    private void take(List<String> texts) {
        List<NormalValue> values = new ArrayList<>();
        for (int i = 0; i < schema.columns().size(); i++) {
            RegistrySchema.Column column = schema.columns().get(i);
            switch (column.normalisation().parse(texts.get(i), clock)) {
                case Parsed.Accepted<? extends NormalValue> accepted -> values.add(accepted.value());
                case Parsed.Rejected<? extends NormalValue> rejected -> {
                    refuse(lastLine, rejected.reason(), Optional.of(column.name()));
                    return;
                }
            }
        }
        int day = 0;
        if (plan.newestBy().isPresent()) {
            switch (CalendarDate.parse(texts.getLast())) {
                case Parsed.Accepted<CalendarDate> accepted ->
                    day = accepted.value().measure();
                case Parsed.Rejected<CalendarDate> rejected -> {
                    refuse(lastLine, rejected.reason(), plan.newestBy());
                    return;
                }
            }
        }
        add(values, day);
        if (!schema.mirrored().isEmpty()) {
            add(mirrored(values), day);
        }
    }

    private void add(List<NormalValue> values, int day) {
        int matchesFrom = schema.identity().size();
        int factsFrom = matchesFrom + schema.matches().size();
        List<NormalValue> identity = values.subList(0, matchesFrom);
        runs.add(new TokenRuns.Entry(
                writer.tokens().key(shape, identity),
                new RecordValue(
                        writer.tokens().match(shape, identity, values.subList(matchesFrom, factsFrom)),
                        writer.tokens().sealFacts(shape, identity, values.subList(factsFrom, values.size()))),
                day,
                lastLine));
    }

    /** The same row, read from the other person's side. */
    private List<NormalValue> mirrored(List<NormalValue> values) {
        List<String> names =
                schema.columns().stream().map(RegistrySchema.Column::name).toList();
        return names.stream()
                .map(name -> values.get(names.indexOf(schema.mirrored().getOrDefault(name, name))))
                .toList();
    }

    /** Whether reading on could change nothing any more. */
    private boolean isHopeless() {
        return plan.policy() == RowPolicy.STRICT && problems.size() == LoadReport.MAX_PROBLEMS;
    }

    /** Sorts what was taken into the edition. */
    LoadOutcome finish(LoadProgress progress) throws IOException {
        if (broken || isRefused()) {
            return new LoadOutcome.NotBuilt(report(0, 0, 0));
        }
        Merge merge = new Merge(writer, this::contradict, new Pace(LoadProgress.Stage.WRITING, 0, progress), rows);
        runs.drain(merge);
        merge.end();
        LoadReport report = report(merge.records(), merge.repeated(), merge.superseded());
        if (merge.records() == 0) {
            problem(lastLine, VerifierReason.REGISTRY_NO_ROWS, Optional.empty());
            return new LoadOutcome.NotBuilt(report(0, merge.repeated(), merge.superseded()));
        }
        return isRefused() ? new LoadOutcome.NotBuilt(report) : new LoadOutcome.Built(writer.finish(), report);
    }

    private boolean isRefused() {
        return plan.policy() == RowPolicy.STRICT && refused > 0;
    }

    private LoadReport report(long records, long repeated, long superseded) {
        return new LoadReport(rows, records, repeated, superseded, refused, problems);
    }

    private void contradict(List<Long> lines, long count) {
        refused += count;
        lines.forEach(line -> problem(line, VerifierReason.ROW_CONTRADICTS, Optional.empty()));
    }

    private void refuse(long line, VerifierReason reason, Optional<String> column) {
        refused++;
        problem(line, reason, column);
    }

    private void problem(long line, VerifierReason reason, Optional<String> column) {
        if (problems.size() < LoadReport.MAX_PROBLEMS) {
            problems.add(new RowProblem(line, reason, column));
        }
    }
}
