package org.datareturn.verifier.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.datareturn.verifier.normalise.SyntheticNumbers;
import org.datareturn.verifier.tokens.SubjectTokens;
import org.datareturn.verifier.tokens.TestKeys;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A load that breaks off goes on where it stopped, and counts nothing twice. */
class ResumedLoadTest {
    /** Three and a half runs of tokens, and some. */
    private static final int ROWS = 7_100;

    private static final int RUN = 2_000;
    private static final int DISTINCT = 500;
    private static final String BAD = "x,y";

    @TempDir
    Path folder;

    private final SubjectTokens keys = TestKeys.fresh();
    private Path csv;

    @BeforeEach
    void write() throws IOException {
        SplittableRandom random = new SplittableRandom(3);
        List<String> people = new ArrayList<>();
        for (int i = 0; i < DISTINCT; i++) {
            people.add(SyntheticNumbers.idNumber(random, java.time.LocalDate.of(2020, 1, 1)) + ",王"
                    + (char) (0x4E00 + i) + "\n");
        }
        StringBuilder text = new StringBuilder("id_number,name\n");
        for (int row = 0; row < ROWS; row++) {
            text.append(row % 1_000 == 999 ? BAD + "\n" : people.get(row % DISTINCT));
        }
        csv = folder.resolve("many.csv");
        Files.writeString(csv, text);
    }

    @Test
    void goesOnFromTheLastRunAndReportsAsIfItHadNeverBrokenOff() throws IOException {
        LoadReport whole;
        try (RegistryStore store = TestRegistry.open(folder.resolve("other"), TestKeys.fresh())) {
            whole = report(load(store, new Breaking(CsvSource.of(csv), Long.MAX_VALUE), heard()));
        }
        assertThat(whole.records()).isEqualTo(DISTINCT);
        assertThat(whole.refused()).isEqualTo(7);
        breakOff(4_500);
        breakOff(6_500);
        List<LoadProgress.Reached> heard = heard();
        Breaking last = new Breaking(CsvSource.of(csv), Long.MAX_VALUE);
        try (RegistryStore store = TestRegistry.open(folder.resolve("store"), keys)) {
            LoadOutcome outcome = load(store, last, heard);
            assertThat(report(outcome)).isEqualTo(whole);
            assertThat(heard.getFirst().stage()).isEqualTo(LoadProgress.Stage.GOING_ON);
            assertThat(heard.getFirst().count()).isBetween(6_000L, 6_010L);
            assertThat(last.given).isLessThan(1_200);
            if (outcome instanceof LoadOutcome.Built built) {
                assertThat(built.draft().publish().records()).isEqualTo(DISTINCT);
            }
        }
        assertThat(folder.resolve("kept")).doesNotExist();
    }

    @Test
    void beginsAnewWhenTheFileWasWrittenAgain() throws IOException {
        breakOff(4_500);
        Files.setLastModifiedTime(csv, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
        assertBeginsAnew(keys);
    }

    @Test
    void beginsAnewWhenTheLastRowTakenIsAnother() throws IOException {
        breakOff(4_500);
        FileTime written = Files.getLastModifiedTime(csv);
        String text = Files.readString(csv);
        // Same length, same time: only the row itself tells. Every second person changes places with the next.
        String[] lines = text.split("\n", -1);
        for (int i = 1; i + 1 < lines.length - 1; i += 2) {
            String one = lines[i];
            lines[i] = lines[i + 1];
            lines[i + 1] = one;
        }
        Files.writeString(csv, String.join("\n", lines));
        Files.setLastModifiedTime(csv, written);
        assertBeginsAnew(keys);
    }

    @Test
    void beginsAnewUnderAnotherKey() throws IOException {
        breakOff(4_500);
        assertBeginsAnew(TestKeys.fresh());
    }

    @Test
    void beginsAnewFromADamagedCheckpoint() throws IOException {
        breakOff(4_500);
        Path checkpoint = folder.resolve("kept").resolve("loading.json");
        String text = Files.readString(checkpoint);
        Files.writeString(checkpoint, text.replace("\"rows\":4", "\"rows\":3"));
        assertThat(Files.readString(checkpoint)).isNotEqualTo(text);
        assertBeginsAnew(keys);
    }

    @Test
    void keepsNoValueOfAnyRow() throws IOException {
        breakOff(4_500);
        String person = Files.readAllLines(csv).get(1);
        try (var files = Files.walk(folder.resolve("kept"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1);
                assertThat(content.contains(person.substring(0, 14))).isFalse();
            }
        }
    }

    private void assertBeginsAnew(SubjectTokens with) throws IOException {
        List<LoadProgress.Reached> heard = heard();
        try (RegistryStore store = TestRegistry.open(folder.resolve("store"), with)) {
            LoadReport report = report(load(store, new Breaking(CsvSource.of(csv), Long.MAX_VALUE), heard));
            assertThat(report.rows()).isEqualTo(ROWS);
            assertThat(report.records()).isEqualTo(DISTINCT);
        }
        assertThat(heard).extracting(LoadProgress.Reached::stage).doesNotContain(LoadProgress.Stage.GOING_ON);
    }

    private void breakOff(long after) throws IOException {
        try (RegistryStore store = TestRegistry.open(folder.resolve("store"), keys)) {
            assertThatThrownBy(() -> load(store, new Breaking(CsvSource.of(csv), after), heard()))
                    .isInstanceOf(IOException.class)
                    .hasMessage("the line is dead");
            assertThat(store.lease()).isEmpty();
        }
    }

    private LoadOutcome load(RegistryStore store, RowSource source, List<LoadProgress.Reached> heard)
            throws IOException {
        LoadPlan plan =
                LoadPlan.of(TestRegistry.ORIGIN, RowPolicy.SKIP_AND_REPORT).keptIn(folder.resolve("kept"));
        return new RegistryLoader(TestRegistry.CLOCK, RUN).load(source, store, plan, heard::add);
    }

    private static LoadReport report(LoadOutcome outcome) {
        assertThat(outcome).isInstanceOf(LoadOutcome.Built.class);
        return outcome.report();
    }

    private static List<LoadProgress.Reached> heard() {
        return new ArrayList<>();
    }

    /** A source whose connection breaks at a row of the file. */
    private static final class Breaking implements RowSource {
        private final RowSource source;
        private final long after;
        private long given;

        Breaking(RowSource source, long after) {
            this.source = source;
            this.after = after;
        }

        @Override
        public Optional<String> fingerprint() throws IOException {
            return source.fingerprint();
        }

        @Override
        public SourceOpening open(List<String> columns, long skip) throws IOException {
            return switch (source.open(columns, skip)) {
                case SourceOpening.Unusable unusable -> unusable;
                case SourceOpening.Ready(SourceRows rows) ->
                    new SourceOpening.Ready(new SourceRows() {
                        private long at = skip;

                        @Override
                        public SourceRow next() throws IOException {
                            if (at++ >= after) {
                                throw new IOException("the line is dead");
                            }
                            given++;
                            return rows.next();
                        }

                        @Override
                        public OptionalDouble share() {
                            return rows.share();
                        }

                        @Override
                        public void close() throws IOException {
                            rows.close();
                        }
                    });
            };
        }
    }
}
