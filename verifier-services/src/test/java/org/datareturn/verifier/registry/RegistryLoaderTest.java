package org.datareturn.verifier.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.datareturn.verifier.reason.VerifierReason;
import org.datareturn.verifier.tokens.TestKeys;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryLoaderTest {
    private static final String ZHANG = "11010519491231002X,张三";
    private static final String LI = "440524188001010014,李四";

    @TempDir
    Path folder;

    private RegistryStore store;

    @BeforeEach
    void open() throws IOException {
        store = TestRegistry.open(folder.resolve("store"), TestKeys.fresh());
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    @Test
    void takesGoodRowsAndCountsRepeatedOnesOnce() throws IOException {
        LoadReport report = built(load(RowPolicy.STRICT, ZHANG, LI, "110105491231002, 张 三"));
        assertThat(report).isEqualTo(new LoadReport(3, 2, 1, 0, 0, List.of()));
    }

    @Test
    void readsColumnsByNameInAnyOrderBesideOthers() throws IOException {
        LoadReport report =
                built(loadText("\uFEFFsex,name,id_number\r\nF,\"张三\",11010519491231002X\r\nM,李四,440524188001010014"));
        assertThat(report.records()).isEqualTo(2);
    }

    @Test
    void namesBadRowsByLineAndNeverByContent() throws IOException {
        LoadOutcome outcome = load(
                RowPolicy.SKIP_AND_REPORT,
                ZHANG,
                "110105194912310021,王五",
                "440524188001010014,?",
                "440524188001010014",
                "440524188001010014,李四,余",
                "\"44052418800101001\n5\",赵六",
                LI);
        assertThat(built(outcome).records()).isEqualTo(2);
        assertThat(outcome.report().problems())
                .containsExactly(
                        new RowProblem(3, VerifierReason.ID_NUMBER_CHECK, Optional.of("id_number")),
                        new RowProblem(4, VerifierReason.PERSON_NAME_CHARACTER, Optional.of("name")),
                        new RowProblem(5, VerifierReason.ROW_SHAPE, Optional.empty()),
                        new RowProblem(6, VerifierReason.ROW_SHAPE, Optional.empty()),
                        new RowProblem(7, VerifierReason.ID_NUMBER_CHECK, Optional.of("id_number")));
        assertThat(outcome.toString()).doesNotContain("王五", "4405", "1101", "赵六");
    }

    @Test
    void buildsNothingFromAFileWithOneBadRowWhenStrict() throws IOException {
        LoadOutcome outcome = load(RowPolicy.STRICT, ZHANG, "110105194912310021,王五");
        assertThat(outcome).isInstanceOf(LoadOutcome.NotBuilt.class);
        assertThat(outcome.report().refused()).isEqualTo(1);
        assertThat(store.lease()).isEmpty();
        // And the next load finds a clean place.
        assertThat(built(load(RowPolicy.STRICT, ZHANG)).records()).isEqualTo(1);
    }

    @Test
    void takesNeitherOfTwoRowsThatContradictEachOther() throws IOException {
        LoadOutcome outcome = load(RowPolicy.SKIP_AND_REPORT, ZHANG, LI, "11010519491231002X,张三丰");
        assertThat(built(outcome).records()).isEqualTo(1);
        assertThat(outcome.report().problems())
                .extracting(RowProblem::line, RowProblem::reason)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(2L, VerifierReason.ROW_CONTRADICTS),
                        org.assertj.core.groups.Tuple.tuple(4L, VerifierReason.ROW_CONTRADICTS));
        assertThat(load(RowPolicy.STRICT, ZHANG, "11010519491231002X,张三丰")).isInstanceOf(LoadOutcome.NotBuilt.class);
    }

    @Test
    void refusesFilesWithoutTheColumns() throws IOException {
        assertReason(loadText(""), VerifierReason.REGISTRY_HEADER);
        assertReason(loadText("id_number;name\nx;y\n"), VerifierReason.REGISTRY_HEADER);
        assertReason(loadText("id_number,name,name\nx,y,z\n"), VerifierReason.REGISTRY_HEADER);
        assertReason(loadText("11010519491231002X,张三\n"), VerifierReason.REGISTRY_HEADER);
    }

    @Test
    void refusesFilesWithoutAUsableRow() throws IOException {
        assertReason(loadText("id_number,name\n"), VerifierReason.REGISTRY_NO_ROWS);
        assertThat(load(RowPolicy.SKIP_AND_REPORT, "1,2")).isInstanceOf(LoadOutcome.NotBuilt.class);
    }

    @Test
    void refusesFilesInAnotherEncoding() throws IOException {
        Path csv = folder.resolve("gb.csv");
        Files.write(csv, ("id_number,name\n" + ZHANG + "\n").getBytes(Charset.forName("GB18030")));
        assertReason(loadFile(csv, LoadProgress.silent()), VerifierReason.REGISTRY_FILE);
    }

    @Test
    void saysHowFarItHasCome() throws IOException {
        StringBuilder rows = new StringBuilder("id_number,name\n");
        rows.repeat(ZHANG + "\n", 120_000);
        Path csv = folder.resolve("many.csv");
        Files.writeString(csv, rows);
        List<LoadProgress.Reached> heard = new ArrayList<>();
        LoadOutcome outcome = loadFile(csv, heard::add);
        assertThat(heard)
                .filteredOn(word -> word.stage() == LoadProgress.Stage.READING)
                .extracting(LoadProgress.Reached::count)
                .containsExactly(50_000L, 100_000L, 120_000L);
        assertThat(heard).allSatisfy(word -> assertThat(word.perSecond()).isPositive());
        assertThat(heard)
                .extracting(word -> word.percent().orElse(-1))
                .isSorted()
                .endsWith(100);
        assertThat(heard.getFirst().percent().orElse(-1)).isBetween(35, 50);
        assertThat(built(outcome)).isEqualTo(new LoadReport(120_000, 1, 119_999, 0, 0, List.of()));
    }

    @Test
    void leavesNothingBehindWhenTheFileIsNotThere() throws IOException {
        assertThatThrownBy(() -> loadFile(folder.resolve("none.csv"), LoadProgress.silent()))
                .isInstanceOf(NoSuchFileException.class);
        assertThat(folder.resolve("store").resolve("building")).doesNotExist();
    }

    private LoadOutcome load(RowPolicy policy, String... rows) throws IOException {
        return TestRegistry.load(store, folder, policy, rows);
    }

    private LoadOutcome loadText(String text) throws IOException {
        Path csv = folder.resolve("file.csv");
        Files.writeString(csv, text, StandardCharsets.UTF_8);
        return loadFile(csv, LoadProgress.silent());
    }

    private LoadOutcome loadFile(Path csv, LoadProgress progress) throws IOException {
        return new RegistryLoader(TestRegistry.CLOCK).load(csv, store, TestRegistry.ORIGIN, RowPolicy.STRICT, progress);
    }

    private static LoadReport built(LoadOutcome outcome) throws IOException {
        return switch (outcome) {
            case LoadOutcome.Built built -> {
                built.draft().publish();
                yield built.report();
            }
            case LoadOutcome.NotBuilt not -> throw new AssertionError(not.report());
        };
    }

    private static void assertReason(LoadOutcome outcome, VerifierReason reason) {
        assertThat(outcome).isInstanceOf(LoadOutcome.NotBuilt.class);
        assertThat(outcome.report().problems()).extracting(RowProblem::reason).contains(reason);
    }
}
