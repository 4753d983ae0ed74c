package org.datareturn.verifier.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.datareturn.verifier.VerificationRequest;
import org.datareturn.verifier.registry.EditionOrigin;
import org.datareturn.verifier.registry.RowPolicy;
import org.datareturn.verifier.registry.TestRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real model, trained by the script of the documents on the census beside the project, assessed and asked. */
class CensusModelTest {
    private static final Path CENSUS = Path.of("../../shared/data/adult.csv");
    private static final Path SCRIPT = Path.of("../docs/examples/models/train.py");

    @TempDir
    static Path folder;

    private static ModelTown town;
    private static AssessedModel model;
    private static List<Map<String, String>> persons = List.of();
    private static float[] weights = {};
    private static double intercept;

    @BeforeAll
    static void train() throws IOException, InterruptedException, ModelDeclarationException {
        boolean possible = Files.isRegularFile(CENSUS) && python("--version") == 0;
        assertThat(possible || !"true".equals(System.getenv("CI")))
                .as("../shared/data/adult.csv and python3 must be there in CI")
                .isTrue();
        Assumptions.assumeTrue(possible, "../shared/data/adult.csv or python3 is absent: no model is trained");
        assertThat(python(SCRIPT.toString(), CENSUS.toString(), folder.toString()))
                .isZero();
        persons = census();
        town = new ModelTown(folder);
        ModelDeclaration declaration = ModelDeclaration.read(folder.resolve("income-band.yaml"));
        try (InputStream csv = Files.newInputStream(CENSUS)) {
            AssessmentOutcome outcome = new ModelAssessor(town.keys, TestRegistry.CLOCK)
                    .assess(
                            declaration,
                            folder,
                            csv,
                            new EditionOrigin("adult.csv", LocalDate.of(1996, 5, 1)),
                            RowPolicy.STRICT);
            if (!(outcome instanceof AssessmentOutcome.Passed passed)) {
                throw new AssertionError(outcome.toString());
            }
            model = passed.model();
        }
        byte[] file = Files.readAllBytes(folder.resolve("income-band.onnx"));
        List<float[]> tensors = initialisers(file);
        weights = tensors.get(0);
        intercept = tensors.get(1)[0];
    }

    @AfterAll
    static void close() {
        if (model != null) {
            model.close();
        }
    }

    @Test
    void placesEverybodyWhereTheFormulaPlacesThem() {
        int[] counts = new int[3];
        for (Map<String, String> person : persons) {
            score(person).ifPresent(score -> counts[band(score)]++);
        }
        assertThat(model.personsPerBand()).containsExactly(counts[0], counts[1], counts[2]);
        assertThat(Arrays.stream(counts).sum()).isBetween(30_000, 32_561);
    }

    @Test
    void answersEachPersonTheBandOfTheFormulaAndWhoLacksAFeatureNo() {
        BandScorer scorer = town.scorer(model, ModelApprovals.authorsOwn());
        int without = 0;
        for (int i = 0; i < persons.size(); i += 101) {
            Map<String, String> person = persons.get(i);
            VerificationRequest request = new VerificationRequest(
                    "income-band", Map.of("person_id", text(person, "person_id"), "fnlwgt", text(person, "fnlwgt")));
            ScoringOutcome outcome = scorer.score(
                    ModelTown.call(
                            request,
                            java.util.Set.of("income-band"),
                            model.declaration().asked().grantFields()),
                    request);
            Optional<Double> score = score(person);
            without += score.isEmpty() ? 1 : 0;
            assertThat(outcome).isInstanceOf(Scored.class);
            assertThat(((Scored) outcome).answer())
                    .isEqualTo(score.map(s -> List.of("LOW", "MIDDLE", "HIGH").get(band(s)))
                            .orElse("NO"));
        }
        assertThat(without).isPositive();
    }

    /** The card's figures, measured anew by the runtime on the persons the script kept out of its training. */
    @Test
    void theCardTellsTheTruthAboutEveryGroup() throws IOException {
        byte[] file = Files.readAllBytes(folder.resolve("income-band.onnx"));
        ModelScorer.Opening opening = ModelScorer.open(file, model.declaration());
        assertThat(opening).isInstanceOf(ModelScorer.Opening.Opened.class);
        try (ModelScorer scorer = ((ModelScorer.Opening.Opened) opening).scorer()) {
            assertThat(model.declaration().card().quality())
                    .extracting(ModelCard.GroupQuality::group)
                    .containsExactly("all", "sex=Female", "sex=Male");
            for (ModelCard.GroupQuality stated : model.declaration().card().quality()) {
                Predicate<Map<String, String>> member =
                        person -> stated.group().equals("all") || stated.group().equals("sex=" + text(person, "sex"));
                ModelCard.GroupQuality measured = measured(stated.group(), scorer, member);
                assertThat(measured.persons()).isEqualTo(stated.persons());
                assertThat(measured.accuracy()).isCloseTo(stated.accuracy(), within(0.001));
                assertThat(measured.selected()).isCloseTo(stated.selected(), within(0.001));
                assertThat(measured.found()).isCloseTo(stated.found(), within(0.001));
            }
        }
        assertThat(model.declaration().card().quality().getFirst().accuracy())
                .as("better than to call everybody poor, which is right for 76 %")
                .isGreaterThan(0.84);
    }

    private static ModelCard.GroupQuality measured(
            String group, ModelScorer scorer, Predicate<Map<String, String>> member) {
        int all = 0;
        int right = 0;
        int selected = 0;
        int rich = 0;
        int found = 0;
        for (Map<String, String> person : persons) {
            Optional<float[]> vector = vector(person);
            if (Integer.parseInt(text(person, "person_id")) % 4 != 0 || vector.isEmpty() || !member.test(person)) {
                continue;
            }
            boolean truth = text(person, "income").equals(">50K");
            boolean says = scorer.score(vector.get()).orElseThrow()
                    >= model.declaration().card().threshold();
            all++;
            right += truth == says ? 1 : 0;
            selected += says ? 1 : 0;
            rich += truth ? 1 : 0;
            found += truth && says ? 1 : 0;
        }
        return new ModelCard.GroupQuality(
                group, all, (double) right / all, (double) selected / all, (double) found / rich);
    }

    /** The formula, in doubles and without the runtime. */
    private static Optional<Double> score(Map<String, String> person) {
        return vector(person).map(vector -> {
            double sum = intercept;
            for (int i = 0; i < vector.length; i++) {
                sum += (double) vector[i] * weights[i];
            }
            return 1 / (1 + Math.exp(-sum));
        });
    }

    private static int band(double score) {
        return score < 0.2 ? 0 : score < 0.6 ? 1 : 2;
    }

    private static Optional<float[]> vector(Map<String, String> person) {
        List<Float> vector = new ArrayList<>();
        for (ModelInput input : model.declaration().inputs()) {
            String cell = text(person, input.column());
            if (cell.isEmpty()) {
                return Optional.empty();
            }
            switch (input) {
                case ModelInput.Measured measured -> vector.add(Float.valueOf(cell));
                case ModelInput.Listed listed ->
                    listed.values().forEach(value -> vector.add(value.equals(cell) ? 1f : 0f));
            }
        }
        float[] numbers = new float[vector.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = vector.get(i);
        }
        return Optional.of(numbers);
    }

    private static String text(Map<String, String> person, String column) {
        return person.getOrDefault(column, "");
    }

    private static List<Map<String, String>> census() throws IOException {
        List<String> lines = Files.readAllLines(CENSUS);
        List<String> header = List.of(lines.getFirst().split(",", -1));
        List<Map<String, String>> read = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            Map<String, String> person = new java.util.HashMap<>();
            for (int i = 0; i < cells.length; i++) {
                person.put(header.get(i), cells[i]);
            }
            read.add(person);
        }
        return read;
    }

    private static List<float[]> initialisers(byte[] file) {
        byte[] graph = one(file, 7);
        return ProtoFields.of(graph).orElseThrow().stream()
                .filter(field -> field.number() == 5)
                .map(field -> {
                    FloatBuffer raw = ByteBuffer.wrap(one(field.bytes(), 9))
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .asFloatBuffer();
                    float[] numbers = new float[raw.remaining()];
                    raw.get(numbers);
                    return numbers;
                })
                .toList();
    }

    private static byte[] one(byte[] message, int number) {
        return ProtoFields.of(message).orElseThrow().stream()
                .filter(field -> field.number() == number)
                .findFirst()
                .orElseThrow()
                .bytes();
    }

    /** Exit status of python3, or -1 where there is none. */
    private static int python(String... arguments) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("python3"));
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).as(said).isTrue();
            return process.exitValue();
        } catch (IOException noPython) {
            return -1;
        }
    }
}
