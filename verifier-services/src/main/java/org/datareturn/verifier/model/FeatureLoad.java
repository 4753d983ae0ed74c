package org.datareturn.verifier.model;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.datareturn.policy.Refusal;
import org.datareturn.verifier.normalise.NormalValue;
import org.datareturn.verifier.normalise.Parsed;
import org.datareturn.verifier.product.ProductField;
import org.datareturn.verifier.reason.VerifierReason;
import org.datareturn.verifier.registry.RowProblem;
import org.datareturn.verifier.tokens.RecordKey;
import org.datareturn.verifier.tokens.RecordTokens;

/**
 * One feature table being loaded: each row's person is scored, counted in a band and put under seal. Plain values live as
 * long as their row. Used once, by one thread.
 */
final class FeatureLoad {
    /** No band: a feature is missing, or the row could not be taken. */
    private static final int NONE = -1;

    private final ModelDeclaration declaration;
    private final ModelScorer scorer;
    private final RecordTokens tokens;
    private final Clock clock;
    private final List<ProductField> fields;
    private final Map<String, Integer> positions = new HashMap<>();
    private final Map<RecordKey, Entry> entries = new HashMap<>();
    private final List<RowProblem> problems = new ArrayList<>();
    private final List<Refusal> fatal = new ArrayList<>();
    private int headerLength;
    private long rows;

    /** What is known of a person; rows that say the same again are one. */
    private record Entry(FeatureTable.Row row, int band) {}

    FeatureLoad(ModelDeclaration declaration, ModelScorer scorer, RecordTokens tokens, Clock clock) {
        this.declaration = declaration;
        this.scorer = scorer;
        this.tokens = tokens;
        this.clock = clock;
        this.fields = Stream.concat(Stream.of(declaration.asked().subject()), declaration.asked().matches().stream())
                .toList();
    }

    /** Takes the header; false when a column is missing or there twice. */
    boolean header(CsvRecord row) {
        headerLength = row.getFieldCount();
        Stream.concat(
                        fields.stream().map(ProductField::name),
                        declaration.inputs().stream().map(ModelInput::column))
                .forEach(column -> {
                    if (Collections.frequency(row.getFields(), column) != 1) {
                        fatal.add(Refusal.of(VerifierReason.REGISTRY_HEADER, column));
                    }
                    positions.put(column, row.getFields().indexOf(column));
                });
        return fatal.isEmpty();
    }

    /** The file is no CSV to its end. */
    void broken() {
        fatal.add(Refusal.of(VerifierReason.REGISTRY_FILE));
    }

    void row(CsvRecord row) {
        rows++;
        if (row.getFieldCount() != headerLength) {
            problem(row, VerifierReason.ROW_SHAPE, Optional.empty());
            return;
        }
        List<NormalValue> values = new ArrayList<>();
        for (ProductField field : fields) {
            switch (field.normalisation().parse(cell(row, field.name()), clock)) {
                case Parsed.Accepted<? extends NormalValue> accepted -> values.add(accepted.value());
                case Parsed.Rejected<? extends NormalValue> rejected -> {
                    problem(row, rejected.reason(), Optional.of(field.name()));
                    return;
                }
            }
        }
        List<NormalValue> identity = values.subList(0, 1);
        take(row, identity, values.subList(1, values.size()));
    }

    private void take(CsvRecord row, List<NormalValue> identity, List<NormalValue> matches) {
        List<Integer> codes = codes(row);
        int band = NONE;
        if (codes.size() == declaration.inputs().size()) {
            OptionalDouble score =
                    AssessedModel.vector(declaration, codes).map(scorer::score).orElse(OptionalDouble.empty());
            if (score.isEmpty()) {
                if (fatal.isEmpty()) {
                    fatal.add(Refusal.of(VerifierReason.MODEL_OUTPUT));
                }
                return;
            }
            band = declaration.bandOf(score.getAsDouble());
        }
        Entry entry = new Entry(
                FeatureTable.seal(
                        tokens,
                        declaration.shape(),
                        identity,
                        matches,
                        codes.stream().mapToInt(Integer::intValue).toArray()),
                band);
        Entry before = entries.putIfAbsent(tokens.key(declaration.shape(), identity), entry);
        if (before != null && !before.row().equals(entry.row())) {
            // Which of them is right is not ours to guess: the person gets no band.
            entries.put(tokens.key(declaration.shape(), identity), new Entry(before.row(), NONE));
            problem(row, VerifierReason.ROW_CONTRADICTS, Optional.empty());
        }
    }

    /** The row's values; fewer than inputs when one is missing or not as declared. */
    private List<Integer> codes(CsvRecord row) {
        List<Integer> codes = new ArrayList<>();
        for (ModelInput input : declaration.inputs()) {
            switch (input.read(cell(row, input.column()))) {
                case ModelInput.Cell.Value(int code) -> codes.add(code);
                case ModelInput.Cell.Missing missing -> {}
                case ModelInput.Cell.OutOfBounds outOfBounds ->
                    problem(row, VerifierReason.FEATURE_OUT_OF_BOUNDS, Optional.of(input.column()));
            }
        }
        return codes;
    }

    private String cell(CsvRecord row, String column) {
        return row.getField(positions.getOrDefault(column, 0));
    }

    /** What makes the whole table useless. */
    List<Refusal> fatal() {
        return List.copyOf(fatal);
    }

    AssessmentReport report() {
        int persons = personsPerBand().stream().mapToInt(Integer::intValue).sum();
        return new AssessmentReport(rows, persons, problems);
    }

    /** How many persons each band holds. */
    List<Integer> personsPerBand() {
        int[] counts = new int[declaration.bands().size()];
        entries.values().stream().filter(entry -> entry.band() != NONE).forEach(entry -> counts[entry.band()]++);
        return java.util.Arrays.stream(counts).boxed().toList();
    }

    /** The table: those who have a band. */
    FeatureTable table() {
        Map<RecordKey, FeatureTable.Row> kept = new HashMap<>();
        entries.forEach((key, entry) -> {
            if (entry.band() != NONE) {
                kept.put(key, entry.row());
            }
        });
        return new FeatureTable(
                tokens, declaration.shape(), declaration.inputs().size(), kept);
    }

    private void problem(CsvRecord row, VerifierReason reason, Optional<String> column) {
        if (problems.size() < AssessmentReport.MAX_PROBLEMS) {
            problems.add(new RowProblem(row.getStartingLineNumber(), reason, column));
        }
    }
}
