package org.datareturn.verifier.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Optional;
import org.datareturn.verifier.model.ModelDeclarationException.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelDeclarationTest {
    private static final byte[] FILE = ModelTown.MODEL.bytes();

    @Test
    void readsEverythingTheDocumentNames() {
        ModelDeclaration model = ModelTown.declared(FILE);
        assertThat(model.fingerprint().name()).isEqualTo("pay-band");
        assertThat(model.fingerprint().fileSha256()).isEqualTo(Sha256.hex(FILE));
        assertThat(model.width()).isEqualTo(3);
        assertThat(model.bands()).extracting(Band::label).containsExactly("LOW", "MIDDLE", "HIGH");
        assertThat(model.asked().grantFields()).isEqualTo(ModelTown.GRANTED);
        assertThat(model.card().quality()).hasSize(2);
        assertThat(model.minGroupSize()).isEqualTo(5);
    }

    @Test
    void placesAScoreOnAnEdgeInTheBandAbove() {
        ModelDeclaration model = ModelTown.declared(FILE);
        assertThat(List.of(model.bandOf(0.2499), model.bandOf(0.25), model.bandOf(0.75), model.bandOf(9)))
                .containsExactly(0, 1, 2, 2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "model",
                "version",
                "title",
                "onnx",
                "features",
                "fields",
                "inputs",
                "bands",
                "min_group_size",
                "requery_interval",
                "source",
                "card",
                "  purpose",
                "  training_data",
                "  trained_on",
                "  limits",
                "  owner",
                "  quality",
                "    threshold",
                "    groups"
            })
    void refusesADeclarationThatLacksAKey(String key) {
        String without = ModelTown.yaml(FILE).replaceFirst("(?m)^" + key + ":", key + "_absent:");
        List<String> paths = problems(without).stream().map(Problem::path).toList();
        assertThat(paths).anyMatch(path -> path.endsWith(key.strip() + "_absent"));
        assertThat(paths).anyMatch(path -> path.endsWith("/" + key.strip()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                column: age, type         | column: name, type                | 10 | subject only
                [0, 120]                  | [120, 0]                          | 10 | below the upper
                [0, 120]                  | [0, 9999999999999999]             | 10 | must be a number
                one-hot                   | onehot                            | 11 | one-hot or index
                ["yes", "no"]             | ["yes", "yes"]                    | 11 | twice
                upper: 0.75               | upper: 0.25                       | 14 | rise
                label: MIDDLE             | label: LOW                        | 14 | another band
                label: HIGH               | label: "NO"                       | 15 | or NO
                min_group_size: 5         | min_group_size: 1                 | 16 | from 3
                file: pay-band.onnx       | file: ../pay-band.onnx            | 4  | must match
                role: match               | role: subject                     | 6  | exactly one
                group: all                | group: men                        | 27 | everybody
                trained_on: 2026-11-01    | trained_on: yesterday             | 22 | a day
                requery_interval: PT0S    | requery_interval: P9999D          | 17 | PT0S to
                accuracy: 0.9, selected: 0.5 | accuracy: 1.9, selected: 0.5   | 28 | from 0
                """)
    void saysWhatIsWrongOnWhichLineInBothLanguages(String good, String bad, int line, String says) {
        List<Problem> problems = problems(ModelTown.yaml(FILE, good, bad));
        Optional<Problem> named =
                problems.stream().filter(p -> p.en().contains(says)).findFirst();
        assertThat(named).as("among %s", problems).isPresent();
        assertThat(named.get().line()).isEqualTo(line);
        assertThat(named.get().zh()).containsPattern("\\p{IsHan}");
    }

    @Test
    void tellsTheLineOfWhatIsNoYaml() {
        List<Problem> problems = problems("model: a\nversion: 1\nversion: 2\n");
        assertThat(problems).singleElement().extracting(Problem::line).isEqualTo(3);
    }

    @Test
    void anotherByteIsAnotherModel() {
        assertThat(ModelTown.declared(FILE, "救助审核参考", "救助审核").fingerprint())
                .isNotEqualTo(ModelTown.declared(FILE).fingerprint());
    }

    private static List<Problem> problems(String yaml) {
        ModelDeclarationException wrong =
                catchThrowableOfType(ModelDeclarationException.class, () -> ModelDeclaration.parse(yaml, "test"));
        assertThat(wrong).isNotNull();
        assertThat(wrong.getMessage()).startsWith("test: line ");
        return wrong.problems();
    }
}
