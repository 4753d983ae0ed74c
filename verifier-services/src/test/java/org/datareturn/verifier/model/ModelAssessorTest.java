package org.datareturn.verifier.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.datareturn.policy.Refusal;
import org.datareturn.verifier.reason.VerifierReason;
import org.datareturn.verifier.registry.RowPolicy;
import org.datareturn.verifier.registry.RowProblem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelAssessorTest {
    private static final byte[] FILE = ModelTown.MODEL.bytes();

    @TempDir
    Path folder;

    private ModelTown town;

    @BeforeEach
    void settle() {
        town = new ModelTown(folder);
    }

    @Test
    void countsEveryPersonInABand() {
        try (AssessedModel model = town.assessed(ModelTown.rows())) {
            int low = (int) IntStream.rangeClosed(21, 80)
                    .filter(age -> ModelTown.score(age, true) < 0.25)
                    .count();
            int high = (int) IntStream.rangeClosed(21, 80)
                    .filter(age -> ModelTown.score(age, true) >= 0.75)
                    .count();
            assertThat(model.personsPerBand()).containsExactly(low, 60 - low - high, high);
            assertThat(model.attribution().edition()).isEqualTo("household/2026-11-01");
        }
    }

    @Test
    void refusesABandOfFewPersons() {
        List<String> withFourHigh = ModelTown.rows().subList(0, 44);
        AssessmentOutcome outcome = strict(withFourHigh);
        assertThat(reasons(outcome)).containsExactly(VerifierReason.MODEL_BAND_TOO_SMALL);
        assertThat(((AssessmentOutcome.Failed) outcome).refusals().getFirst().messageEn())
                .contains("HIGH")
                .contains("fewer than 5");
        try (AssessedModel five = passed(strict(ModelTown.rows().subList(0, 45)))) {
            assertThat(five.personsPerBand().get(2)).isEqualTo(5);
        }
    }

    @Test
    void letsABandBeEmpty() {
        try (AssessedModel model = passed(strict(ModelTown.rows().subList(0, 30)))) {
            assertThat(model.personsPerBand().get(2)).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"121,yes", "-1,yes", "1e9,yes", "NaN,yes", "Infinity,yes", "0x10,yes", "forty,yes", "40,maybe"})
    void refusesAFeatureOutOfItsBoundsByLineAndColumnWithoutItsValue(String bad) {
        List<String> rows = new ArrayList<>(ModelTown.rows());
        rows.set(7, ModelTown.number(28) + ",李四," + bad);
        AssessmentOutcome outcome = strict(rows);
        assertThat(reasons(outcome)).contains(VerifierReason.FEATURE_OUT_OF_BOUNDS);
        RowProblem problem = outcome.report().problems().getFirst();
        assertThat(problem.line()).isEqualTo(9);
        assertThat(problem.column()).contains(bad.contains("maybe") ? "work" : "age");
        assertThat(outcome.toString()).doesNotContain("李四", ModelTown.number(28));
        AssessmentOutcome lenient = town.assess(ModelTown.declared(FILE), FILE, RowPolicy.SKIP_AND_REPORT, rows);
        try (AssessedModel model = passed(lenient)) {
            assertThat(model.personsPerBand().stream()
                            .mapToInt(Integer::intValue)
                            .sum())
                    .isEqualTo(59);
        }
    }

    @Test
    void givesWhoLacksAFeatureNoBandAndNobodyTwo() {
        List<String> rows = new ArrayList<>(ModelTown.rows());
        rows.set(0, ModelTown.number(21) + ",李四,,yes");
        rows.add(rows.get(5));
        try (AssessedModel model = passed(strict(rows))) {
            assertThat(model.personsPerBand().stream()
                            .mapToInt(Integer::intValue)
                            .sum())
                    .isEqualTo(59);
        }
    }

    @Test
    void givesNoBandToWhomRowsContradict() {
        List<String> rows = new ArrayList<>(ModelTown.rows());
        rows.add(ModelTown.number(40) + "," + ModelTown.SECRET + ",41,yes");
        rows.add(ModelTown.number(40) + "," + ModelTown.SECRET + ",40,yes");
        assertThat(reasons(strict(rows))).containsExactly(VerifierReason.ROW_CONTRADICTS);
        try (AssessedModel model =
                passed(town.assess(ModelTown.declared(FILE), FILE, RowPolicy.SKIP_AND_REPORT, rows))) {
            assertThat(model.personsPerBand().stream()
                            .mapToInt(Integer::intValue)
                            .sum())
                    .isEqualTo(59);
        }
    }

    @Test
    void refusesAModelThatGivesSomebodyNoFiniteScore() {
        byte[] log = OnnxText.linear(-30f, 1f, 0f, 0f).operator("Log").bytes();
        AssessmentOutcome outcome =
                town.assess(ModelTown.declared(log), log, RowPolicy.SKIP_AND_REPORT, ModelTown.rows());
        assertThat(reasons(outcome)).contains(VerifierReason.MODEL_OUTPUT);
    }

    @Test
    void refusesAnExchangedFile() {
        byte[] other = OnnxText.linear(-4f, 0.1f, 0f, -5f).bytes();
        AssessmentOutcome outcome = town.assess(ModelTown.declared(FILE), other, RowPolicy.STRICT, ModelTown.rows());
        assertThat(reasons(outcome)).containsExactly(VerifierReason.MODEL_DIGEST);
    }

    @Test
    void refusesATableWithoutADeclaredColumnOrWithoutRows() {
        assertThat(reasons(town.assess(
                        ModelTown.declared(FILE), FILE, RowPolicy.STRICT, "id_number,name,age", ModelTown.rows())))
                .contains(VerifierReason.REGISTRY_HEADER);
        assertThat(reasons(strict(List.of()))).containsExactly(VerifierReason.REGISTRY_NO_ROWS);
    }

    private AssessmentOutcome strict(List<String> rows) {
        return town.assess(ModelTown.declared(FILE), FILE, RowPolicy.STRICT, rows);
    }

    private static AssessedModel passed(AssessmentOutcome outcome) {
        if (outcome instanceof AssessmentOutcome.Passed passed) {
            return passed.model();
        }
        throw new AssertionError(outcome.toString());
    }

    private static List<VerifierReason> reasons(AssessmentOutcome outcome) {
        return switch (outcome) {
            case AssessmentOutcome.Passed passed -> throw new AssertionError("passed");
            case AssessmentOutcome.Failed failed ->
                failed.refusals().stream()
                        .map(Refusal::reason)
                        .map(VerifierReason.class::cast)
                        .collect(Collectors.toList());
        };
    }
}
