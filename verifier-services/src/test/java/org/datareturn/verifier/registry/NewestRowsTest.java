package org.datareturn.verifier.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.datareturn.verifier.normalise.IdNumber;
import org.datareturn.verifier.normalise.NormalValue;
import org.datareturn.verifier.normalise.Parsed;
import org.datareturn.verifier.normalise.PersonName;
import org.datareturn.verifier.reason.VerifierReason;
import org.datareturn.verifier.tokens.TestKeys;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names that were changed: the row of the latest day counts. */
class NewestRowsTest {
    private static final String NUMBER = "11010519491231002X";

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
    void answersToTheNameThatWasTakenLastWhereverItsRowStands() throws IOException {
        LoadReport report = publish(
                RowPolicy.STRICT,
                "110105491231002,张三,1999-01-01",
                NUMBER + ",张叁,2020-05-01",
                NUMBER + ",张三丰,2010/02/03");
        assertThat(report).isEqualTo(new LoadReport(3, 1, 0, 2, 0, List.of()));
        assertThat(agrees("张叁")).isTrue();
        assertThat(agrees("张三")).isFalse();
        assertThat(agrees("张三丰")).isFalse();
    }

    @Test
    void takesNobodyWhoHasTwoNamesOfOneDay() throws IOException {
        LoadReport report = publish(
                RowPolicy.SKIP_AND_REPORT,
                NUMBER + ",张三,2020-05-01",
                NUMBER + ",张叁,2020-05-01",
                NUMBER + ",张,2001-05-01",
                "440524188001010014,李四,2020-05-01");
        assertThat(report.records()).isEqualTo(1);
        assertThat(report.refused()).isEqualTo(2);
        assertThat(report.superseded()).isEqualTo(1);
        assertThat(report.problems())
                .containsExactlyInAnyOrder(
                        new RowProblem(2, VerifierReason.ROW_CONTRADICTS, Optional.empty()),
                        new RowProblem(3, VerifierReason.ROW_CONTRADICTS, Optional.empty()));
    }

    @Test
    void refusesRowsWhoseDayIsNone() throws IOException {
        LoadOutcome outcome = load(RowPolicy.STRICT, NUMBER + ",张三,once");
        assertThat(outcome.report().problems())
                .containsExactly(new RowProblem(2, VerifierReason.DATE_FORM, Optional.of("since")));
    }

    private boolean agrees(String name) {
        try (Lease lease = store.lease().orElseThrow()) {
            String shape = TestRegistry.schema().canonical();
            NormalValue person = accepted(IdNumber.parse(NUMBER, TestRegistry.CLOCK));
            return lease.read(lease.tokens().key(shape, person)) instanceof Reading.Present(var value)
                    && lease.tokens()
                            .match(shape, person, List.of(accepted(PersonName.parse(name))))
                            .agreesWith(value.match());
        }
    }

    private static NormalValue accepted(Parsed<? extends NormalValue> parsed) {
        return switch (parsed) {
            case Parsed.Accepted<? extends NormalValue> accepted -> accepted.value();
            case Parsed.Rejected<? extends NormalValue> rejected -> throw new AssertionError(rejected.reason());
        };
    }

    private LoadReport publish(RowPolicy policy, String... rows) throws IOException {
        return switch (load(policy, rows)) {
            case LoadOutcome.Built built -> {
                built.draft().publish();
                yield built.report();
            }
            case LoadOutcome.NotBuilt not -> throw new AssertionError(not.report());
        };
    }

    private LoadOutcome load(RowPolicy policy, String... rows) throws IOException {
        Path csv = folder.resolve("changes.csv");
        Files.writeString(csv, "id_number,name,since\n" + String.join("\n", rows) + "\n");
        return new RegistryLoader(TestRegistry.CLOCK)
                .load(
                        CsvSource.of(csv),
                        store,
                        LoadPlan.of(TestRegistry.ORIGIN, policy).newestBy("since"),
                        LoadProgress.silent());
    }
}
