package org.datareturn.verifier.registry;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.datareturn.verifier.normalise.NormalValue;
import org.datareturn.verifier.normalise.Parsed;
import org.datareturn.verifier.reason.VerifierReason;
import org.datareturn.verifier.tokens.RecordValue;

/** One load under way: rows in, tokens sorted, an edition or a report out. For one thread. */
final class Load {
    private final RegistrySchema schema;
    private final String shape;
    private final EditionWriter writer;
    private final RowPolicy policy;
    private final Clock clock;
    private final TokenRuns runs;

    private final List<RowProblem> problems = new ArrayList<>();
    private final List<Integer> columnPositions = new ArrayList<>();
    private int headerLength;
    private long rows;
    private long records;
    private long repeated;
    private long refused;
    private long lastLine;
    private boolean broken;

    Load(RegistrySchema schema, EditionWriter writer, RowPolicy policy, Clock clock) {
        this.schema = schema;
        this.shape = schema.canonical();
        this.writer = writer;
        this.policy = policy;
        this.clock = clock;
        this.runs = new TokenRuns(writer.scratch());
    }

    /** Takes the header; false when a column is missing or there twice, and the load is over. */
    boolean header(CsvRecord row) {
        lastLine = row.getStartingLineNumber();
        headerLength = row.getFieldCount();
        for (RegistrySchema.Column column : schema.columns()) {
            if (Collections.frequency(row.getFields(), column.name()) != 1) {
                broken = true;
                problem(lastLine, VerifierReason.REGISTRY_HEADER, Optional.of(column.name()));
            }
            columnPositions.add(row.getFields().indexOf(column.name()));
        }
        return !broken;
    }

    /** The file had no header at all. */
    void noHeader() {
        broken = true;
        problem(1, VerifierReason.REGISTRY_HEADER, Optional.of(schema.subject().name()));
    }

    /** The file could not be read to its end. */
    void brokenFile(VerifierReason reason) {
        broken = true;
        problem(lastLine + 1, reason, Optional.empty());
    }

    /** Takes a row, or notes what is wrong with it. */
    void row(CsvRecord row) throws IOException {
        rows++;
        lastLine = row.getStartingLineNumber();
        if (row.getFieldCount() != headerLength) {
            refuse(lastLine, VerifierReason.ROW_SHAPE, Optional.empty());
            return;
        }
        List<NormalValue> values = new ArrayList<>();
        for (int i = 0; i < columnPositions.size(); i++) {
            RegistrySchema.Column column = schema.columns().get(i);
            switch (column.normalisation().parse(row.getField(columnPositions.get(i)), clock)) {
                case Parsed.Accepted<? extends NormalValue> accepted -> values.add(accepted.value());
                case Parsed.Rejected<? extends NormalValue> rejected -> {
                    refuse(lastLine, rejected.reason(), Optional.of(column.name()));
                    return;
                }
            }
        }
        take(values);
        if (!schema.mirrored().isEmpty()) {
            take(mirrored(values));
        }
    }

    private void take(List<NormalValue> values) throws IOException {
        int matchesFrom = schema.identity().size();
        int factsFrom = matchesFrom + schema.matches().size();
        List<NormalValue> identity = values.subList(0, matchesFrom);
        runs.add(new TokenRuns.Entry(
                writer.tokens().key(shape, identity),
                new RecordValue(
                        writer.tokens().match(shape, identity, values.subList(matchesFrom, factsFrom)),
                        writer.tokens().sealFacts(shape, identity, values.subList(factsFrom, values.size()))),
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

    long rows() {
        return rows;
    }

    /** Whether reading on could change nothing any more. */
    boolean isHopeless() {
        return policy == RowPolicy.STRICT && problems.size() == LoadReport.MAX_PROBLEMS;
    }

    /** Sorts what was taken into the edition. */
    LoadOutcome finish() throws IOException {
        if (broken || (policy == RowPolicy.STRICT && refused > 0)) {
            return new LoadOutcome.NotBuilt(report());
        }
        Merge merge = new Merge();
        runs.drain(merge);
        merge.flush();
        if (records == 0) {
            problem(lastLine, VerifierReason.REGISTRY_NO_ROWS, Optional.empty());
            return new LoadOutcome.NotBuilt(report());
        }
        if (policy == RowPolicy.STRICT && refused > 0) {
            return new LoadOutcome.NotBuilt(report());
        }
        return new LoadOutcome.Built(writer.finish(), report());
    }

    private LoadReport report() {
        return new LoadReport(rows, records, repeated, refused, problems);
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

    /**
     * Writes each subject once. When rows about one subject disagree, which of them is right is not ours to guess: none
     * is taken and each is reported.
     */
    private final class Merge implements TokenRuns.Sink {
        private final List<TokenRuns.Entry> group = new ArrayList<>();

        @Override
        public void take(TokenRuns.Entry entry) throws IOException {
            if (!group.isEmpty() && !entry.key().equals(group.getFirst().key())) {
                flush();
            }
            group.add(entry);
        }

        void flush() throws IOException {
            if (group.isEmpty()) {
                return;
            }
            TokenRuns.Entry first = group.getFirst();
            if (group.stream().allMatch(e -> e.value().equals(first.value()))) {
                writer.append(first.key(), first.value());
                records++;
                repeated += group.size() - 1L;
            } else {
                group.forEach(e -> refuse(e.line(), VerifierReason.ROW_CONTRADICTS, Optional.empty()));
            }
            group.clear();
        }
    }
}
