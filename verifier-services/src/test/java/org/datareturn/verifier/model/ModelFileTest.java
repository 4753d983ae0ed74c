package org.datareturn.verifier.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.datareturn.policy.Refusal;
import org.datareturn.verifier.reason.VerifierReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A model's file before and in the runtime. */
class ModelFileTest {
    private static final byte[] NOTHING = {};

    @Test
    void scoresAsTheFormulaSays() {
        try (ModelScorer scorer = opened(ModelTown.MODEL.bytes())) {
            for (int age = 0; age <= 120; age += 7) {
                assertThat(scorer.score(new float[] {age, 1, 0}).orElseThrow())
                        .isCloseTo(ModelTown.score(age, true), org.assertj.core.data.Offset.offset(1e-6));
                assertThat(scorer.score(new float[] {age, 0, 1}).orElseThrow())
                        .isCloseTo(ModelTown.score(age, false), org.assertj.core.data.Offset.offset(1e-6));
            }
        }
    }

    @Test
    void refusesAFileThatDiffersInOneByte() {
        byte[] file = ModelTown.MODEL.bytes();
        byte[] other = file.clone();
        other[other.length - 20] ^= 1;
        assertThat(refusal(other, ModelTown.declared(file)).reason()).isEqualTo(VerifierReason.MODEL_DIGEST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Loop", "If", "Scan", "RandomNormal", "RandomUniformLike", "Multinomial", "Bernoulli", "Evil"})
    void refusesOperatorsThatLoopBranchOrDrawLots(String operator) {
        Refusal refusal = refusal(OnnxText.linear(0, 1, 1, 1).operator(operator).bytes());
        assertThat(refusal.reason()).isEqualTo(VerifierReason.MODEL_GRAPH);
        assertThat(refusal.messageEn()).contains(operator);
    }

    @Test
    void refusesOperatorsOfOthers() {
        assertThat(refusal(OnnxText.linear(0, 1, 1, 1).domain("com.evil").bytes())
                        .reason())
                .isEqualTo(VerifierReason.MODEL_GRAPH);
        assertThat(refusal(OnnxText.linear(0, 1, 1, 1).domain("com.microsoft").bytes())
                        .reason())
                .isEqualTo(VerifierReason.MODEL_GRAPH);
    }

    @Test
    void refusesWeightsInAnotherFile() {
        byte[] elsewhere = OnnxText.all(
                OnnxText.field(13, OnnxText.all(OnnxText.text(1, "location"), OnnxText.text(2, "/etc/passwd"))),
                OnnxText.number(14, 1));
        assertForbidden(OnnxText.linear(0, 1, 1, 1).with(NOTHING, NOTHING, NOTHING, elsewhere), "another file");
    }

    @Test
    void refusesNestedGraphsFunctionsAndSparseWeights() {
        byte[] nested = OnnxText.field(5, OnnxText.all(OnnxText.text(1, "body"), OnnxText.field(6, NOTHING)));
        assertForbidden(OnnxText.linear(0, 1, 1, 1).with(NOTHING, NOTHING, nested, NOTHING), "nested graph");
        assertForbidden(
                OnnxText.linear(0, 1, 1, 1).with(OnnxText.field(25, NOTHING), NOTHING, NOTHING, NOTHING), "functions");
        assertForbidden(
                OnnxText.linear(0, 1, 1, 1).with(NOTHING, OnnxText.field(15, NOTHING), NOTHING, NOTHING), "sparse");
    }

    @Test
    void refusesAShapeThatIsNotTheDeclaredOne() {
        assertThat(refusal(OnnxText.linear(0, 1, 1).bytes()).reason()).isEqualTo(VerifierReason.MODEL_SHAPE);
        assertThat(refusal(OnnxText.linear(0, 1, 1, 1).ofDoubles().bytes()).reason())
                .isEqualTo(VerifierReason.MODEL_SHAPE);
        byte[] file = ModelTown.MODEL.bytes();
        assertThat(refusal(file, ModelTown.declared(file, "column: 0 }", "column: 1 }"))
                        .reason())
                .isEqualTo(VerifierReason.MODEL_SHAPE);
        assertThat(refusal(file, ModelTown.declared(file, "output: score", "output: sum"))
                        .reason())
                .isEqualTo(VerifierReason.MODEL_SHAPE);
        assertThat(refusal(file, ModelTown.declared(file, "input: features", "input: other"))
                        .reason())
                .isEqualTo(VerifierReason.MODEL_SHAPE);
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void givesNoScoreThatIsNotFinite(float bias) {
        try (ModelScorer scorer =
                opened(OnnxText.linear(bias, 1, 1, 1).operator("Identity").bytes())) {
            assertThat(scorer.score(new float[] {1, 0, 0})).isEqualTo(OptionalDouble.empty());
        }
    }

    @Test
    void givesNoScoreOnceClosed() {
        ModelScorer scorer = opened(ModelTown.MODEL.bytes());
        scorer.close();
        scorer.close();
        assertThat(scorer.score(new float[] {1, 0, 0})).isEmpty();
    }

    @Test
    void doesNotLoadTheRuntimeWhereALongCommandLineWouldEndTheProcess(@TempDir Path folder) throws IOException {
        assertThat(RuntimeFault.ofThisProcess()).isEmpty();
        assertThat(RuntimeFault.of(RuntimeFault.LONGEST_COMMAND_LINE)).isEmpty();
        Path line = Files.writeString(folder.resolve("cmdline"), "j".repeat(RuntimeFault.LONGEST_COMMAND_LINE + 1));
        assertThat(RuntimeFault.of(line).orElseThrow().reason()).isEqualTo(VerifierReason.MODEL_RUNTIME_COMMAND_LINE);
        assertThat(RuntimeFault.of(folder.resolve("unreadable")).orElseThrow().reason())
                .isEqualTo(VerifierReason.MODEL_RUNTIME_COMMAND_LINE);
    }

    @Test
    void takesNoHarmFromDamagedFiles() {
        SplittableRandom random = new SplittableRandom(20261121);
        byte[] good = ModelTown.MODEL.bytes();
        int refused = 0;
        for (int i = 0; i < 400; i++) {
            byte[] bad = good.clone();
            for (int hits = 1 + random.nextInt(4); hits > 0; hits--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            int length = i % 4 == 0 ? random.nextInt(bad.length) : bad.length;
            byte[] cut = java.util.Arrays.copyOf(bad, length);
            switch (ModelScorer.open(cut, ModelTown.declared(cut))) {
                case ModelScorer.Opening.Refused no -> refused++;
                case ModelScorer.Opening.Opened(ModelScorer scorer) -> {
                    scorer.score(new float[] {40, 1, 0});
                    scorer.close();
                }
            }
        }
        assertThat(refused).isGreaterThan(200);
    }

    private static void assertForbidden(OnnxText model, String what) {
        Refusal refusal = refusal(model.bytes());
        assertThat(refusal.reason()).isEqualTo(VerifierReason.MODEL_GRAPH);
        assertThat(refusal.messageEn()).contains(what);
    }

    private static Refusal refusal(byte[] file) {
        return refusal(file, ModelTown.declared(file));
    }

    private static Refusal refusal(byte[] file, ModelDeclaration declaration) {
        return switch (ModelScorer.open(file, declaration)) {
            case ModelScorer.Opening.Refused(Refusal refusal) -> refusal;
            case ModelScorer.Opening.Opened opened -> throw new AssertionError("opened");
        };
    }

    private static ModelScorer opened(byte[] file) {
        return switch (ModelScorer.open(file, ModelTown.declared(file))) {
            case ModelScorer.Opening.Opened(ModelScorer scorer) -> scorer;
            case ModelScorer.Opening.Refused(Refusal refusal) -> throw new AssertionError(refusal.messageEn());
        };
    }
}
