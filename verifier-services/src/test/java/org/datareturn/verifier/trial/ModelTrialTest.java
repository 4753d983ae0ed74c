package org.datareturn.verifier.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.datareturn.verifier.model.ModelTown;
import org.datareturn.verifier.registry.TestRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelTrialTest {
    @TempDir
    Path folder;

    private String out = "";
    private String err = "";

    @BeforeEach
    void write() throws IOException {
        Files.write(folder.resolve("pay-band.onnx"), ModelTown.file());
        Files.writeString(folder.resolve("pay-band.yaml"), ModelTown.yaml(ModelTown.file()));
        features(ModelTown.rows());
    }

    @Test
    void answersEachSubjectWithABandAndNothingElse() {
        assertThat(run(
                        List.of(
                                Map.of("id_number", ModelTown.number(40), "name", "张四十"),
                                Map.of("id_number", ModelTown.number(40), "name", "张三")),
                        ""))
                .isZero();
        assertThat(out.lines())
                .containsExactly(
                        "{\"id\":1,\"outcome\":\"answered\",\"answer\":\"MIDDLE\"}",
                        "{\"id\":2,\"outcome\":\"answered\",\"answer\":\"NO\"}");
        assertThat(err).contains("LOW 19, MIDDLE 21, HIGH 20");
    }

    @Test
    void answersLinesAsAProductTrialDoes() {
        assertThat(run(
                        List.of(),
                        "{\"id\":\"a\",\"request\":{\"id_number\":\"" + ModelTown.number(40)
                                + "\",\"name\":\"张四十\",\"age\":\"99\"}}\n{\"id\":2,\"reset\":true}\n"))
                .isZero();
        assertThat(out).contains("\"refused\"", "FIELD_UNEXPECTED", "\"reset\"").doesNotContain("99");
    }

    @Test
    void saysWhyAModelFailsItsAssessment() throws IOException {
        features(ModelTown.rows().subList(0, 42));
        assertThat(run(List.of(), "")).isEqualTo(2);
        assertThat(err).contains("MODEL_BAND_TOO_SMALL", "HIGH");
        features(List.of(ModelTown.number(40) + ",张四十,400,yes"));
        assertThat(run(List.of(), "")).isEqualTo(2);
        assertThat(err).contains("line 2: FEATURE_OUT_OF_BOUNDS: age").doesNotContain("400");
        Files.write(folder.resolve("pay-band.onnx"), new byte[] {1, 2, 3});
        assertThat(run(List.of(), "")).isEqualTo(2);
        assertThat(err).contains("MODEL_DIGEST");
        Files.writeString(
                folder.resolve("pay-band.yaml"), ModelTown.yaml(ModelTown.file(), "version: 1", "version: 0"));
        assertThat(run(List.of(), "")).isEqualTo(2);
        assertThat(err).contains("pay-band.yaml: line 2: /version: must be a whole number", "整数");
        assertThat(out).isEmpty();
    }

    private void features(List<String> rows) throws IOException {
        Files.writeString(folder.resolve("features.csv"), "id_number,name,age,work\n" + String.join("\n", rows) + "\n");
    }

    private int run(List<Map<String, String>> subjects, String lines) {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        int status = ModelTrial.run(
                new ModelTrialOptions(
                        folder.resolve("pay-band.yaml"), folder.resolve("features.csv"), subjects, Optional.empty()),
                TestRegistry.CLOCK,
                new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(written, true, StandardCharsets.UTF_8),
                new PrintStream(told, true, StandardCharsets.UTF_8));
        out = written.toString(StandardCharsets.UTF_8);
        err = told.toString(StandardCharsets.UTF_8);
        return status;
    }
}
