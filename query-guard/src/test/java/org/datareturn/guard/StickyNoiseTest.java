package org.datareturn.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.datareturn.guard.plan.Values;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Mode sticky under attack. Every attack is run over many zone secrets and, where it guesses at a person, over data with
 * and without that person; a control runs the same attack without noise or without a defence and succeeds.
 */
class StickyNoiseTest {
    private static final int SECRETS = 400;

    /** Standard deviation of a cell's count noise at a rounding of 5. */
    private static final double NOISE = 2;

    private static final String YAML = """
            zone: village
            release: { min_group_size: 5, dominance: { largest: 2, percent: 85 }, rounding: 5, noise: sticky }
            tables:
              person:
                columns:
                  id:    { type: INTEGER, use: subject }
                  sex:   { type: VARCHAR, use: [group, filter] }
                  role:  { type: VARCHAR, use: [group, filter] }
                  town:  { type: VARCHAR, use: [group, filter] }
                  job:   { type: VARCHAR, use: [group, filter] }
                  wage:  { type: INTEGER, use: measure, bounds: [0, 1000] }
                  tax:   { type: INTEGER, use: measure, bounds: [0, 1000] }
            """;

    /** 320 persons; no woman is a husband, but for the one named at the end, when she is there. */
    private static Map<String, String> village(String extra) {
        StringBuilder csv = new StringBuilder("id,sex,role,town,job,wage,tax\n");
        for (int i = 0; i < 320; i++) {
            boolean woman = i % 2 == 0;
            csv.append(i)
                    .append(woman ? ",F," : ",M,")
                    .append(i % 3 == 0 ? "single" : woman ? "wife" : "husband")
                    .append(",t")
                    .append(i / 2 % 8)
                    .append(",j")
                    .append(i % 7)
                    .append(',')
                    .append(200 + i % 100)
                    .append(",10\n");
        }
        return Map.of("person", csv + extra);
    }

    private static final String VICTIM = "999,F,husband,t1,j1,300,10\n";

    private static double number(@Nullable Object value) {
        return Objects.requireNonNull(Values.number(value)).doubleValue();
    }

    private static double first(NoisyDecision decision) {
        return number(decision.rows().getFirst().getFirst());
    }

    private static double variance(List<Double> values) {
        double mean = values.stream().mapToDouble(v -> v).average().orElseThrow();
        return values.stream()
                .mapToDouble(v -> (v - mean) * (v - mean))
                .average()
                .orElseThrow();
    }

    @Test
    void everySpellingOfAQuestionGetsTheSameNoise() {
        List<String> spellings = List.of(
                "SELECT COUNT(*) FROM person WHERE job = 'j1'",
                "SELECT COUNT(*) FROM person WHERE job IN ('j1')",
                "SELECT COUNT(*) FROM person WHERE NOT (job <> 'j1')",
                "SELECT COUNT(*) FROM person WHERE job LIKE 'j1'",
                "SELECT COUNT(*) FROM person WHERE job LIKE '%1'",
                "SELECT COUNT(*) FROM person WHERE UPPER(job) = 'J1'",
                "SELECT COUNT(*) FROM person WHERE SUBSTRING(job, 2, 1) = '1'",
                "SELECT COUNT(*) FROM person WHERE CASE WHEN job = 'j1' THEN 1 ELSE 0 END = 1",
                "SELECT COUNT(DISTINCT id) FROM person WHERE job = 'j1'",
                "SELECT COUNT(*) FROM person WHERE job = 'j1' AND (town = 't1' OR town <> 't1')",
                "SELECT COUNT(*) FROM person WHERE job = 'j1' AND (sex = 'F' OR sex = 'M')",
                "SELECT COUNT(*) FILTER (WHERE job = 'j1') FROM person");
        List<String> complements = List.of(
                "SELECT COUNT(*) FROM person WHERE job <> 'j1'",
                "SELECT COUNT(*) FROM person WHERE job NOT LIKE '%1'",
                "SELECT COUNT(*) FROM person WHERE job IN ('j0', 'j2', 'j3', 'j4', 'j5', 'j6')");
        try (RawFixture zone = new RawFixture(YAML, village(""))) {
            for (int s = 0; s < 20; s++) {
                ZoneSecret secret = ZoneSecret.fresh();
                for (List<String> same : List.of(spellings, complements)) {
                    assertThat(same.stream()
                                    .map(sql -> first(zone.sticky(zone.raw(sql), secret, "e")))
                                    .distinct())
                            .hasSize(1);
                }
            }
        }
    }

    /** A condition that leaves out one person and one that leaves out nobody are both taken out of the question. */
    @Test
    void fewIsNotToldFromNone() {
        List<String> conditions = List.of(
                "sex = 'F' AND role <> 'husband'",
                "sex = 'F' AND role NOT IN ('husband')",
                "sex = 'F' AND NOT (role = 'husband' AND town = 't1')");
        try (RawFixture none = new RawFixture(YAML, village(""));
                RawFixture one = new RawFixture(YAML, village(VICTIM))) {
            for (RawFixture zone : List.of(none, one)) {
                for (int s = 0; s < 20; s++) {
                    ZoneSecret secret = ZoneSecret.fresh();
                    for (String measured : List.of("COUNT(*)", "SUM(wage)", "AVG(tax)")) {
                        String ask = "SELECT " + measured + " FROM person WHERE ";
                        double plain = first(zone.sticky(zone.raw(ask + "sex = 'F'"), secret, "e"));
                        for (String condition : conditions) {
                            assertThat(first(zone.sticky(zone.raw(ask + condition), secret, "e")))
                                    .isEqualTo(plain);
                        }
                    }
                }
            }
        }
    }

    /** The share of right guesses of an attacker who knows both data sets and asks so many questions. */
    private static double accuracy(List<String> questions, double noiseFactor) {
        try (RawFixture none = new RawFixture(YAML, village(""));
                RawFixture one = new RawFixture(YAML, village(VICTIM))) {
            double[] sums = new double[2 * SECRETS];
            List<RawResult> raw0 = questions.stream().map(none::raw).toList();
            List<RawResult> raw1 = questions.stream().map(one::raw).toList();
            double exact = questions.stream()
                    .map(none::raw)
                    .mapToDouble(raw -> raw.groups().getFirst().rows().getCardinality())
                    .sum();
            for (int s = 0; s < SECRETS; s++) {
                ZoneSecret secret = ZoneSecret.fresh();
                sums[2 * s] = raw0.stream()
                        .mapToDouble(r -> first(none.sticky(r, secret, "e")))
                        .sum();
                sums[2 * s + 1] = raw1.stream()
                        .mapToDouble(r -> first(one.sticky(r, secret, "e")))
                        .sum();
            }
            int right = 0;
            for (int i = 0; i < sums.length; i++) {
                double effect = questions.size() * (i % 2);
                double seen = exact + effect + noiseFactor * (sums[i] - exact - effect);
                right += seen > exact + questions.size() / 2.0 == (i % 2 == 1) ? 1 : 0;
            }
            return right / (double) sums.length;
        }
    }

    /** One question tells Φ(1/2σ) = 0.599 at σ = 2; the bound leaves four standard errors of 0.018. */
    @Test
    void membershipIsGuessedLittleBetterThanByChance() {
        List<String> question = List.of("SELECT COUNT(*) FROM person WHERE sex = 'F'");
        assertThat(accuracy(question, 1)).isBetween(0.52, 0.672);
        assertThat(accuracy(question, 0)).isEqualTo(1);
    }

    /** Everybody, asked again as the sum of two halves in 60 ways: the noise of each way is the noise of the parts. */
    @Test
    void splittingAndAddingAveragesNothingAway() {
        SplittableRandom random = new SplittableRandom(7);
        List<List<String>> halves = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            List<String> half = new ArrayList<>();
            for (int t = 0; t < 8; t++) {
                if (random.nextBoolean()) {
                    half.add("'t" + t + "'");
                }
            }
            if (half.size() > 1 && half.size() < 7) {
                halves.add(half);
            }
        }
        List<Double> averaged = new ArrayList<>();
        List<Double> control = new ArrayList<>();
        try (RawFixture zone = new RawFixture(YAML, village(""))) {
            List<RawResult> raws = new ArrayList<>();
            for (List<String> half : halves) {
                String list = String.join(", ", half);
                raws.add(zone.raw("SELECT COUNT(*) FROM person WHERE town IN (" + list + ")"));
                raws.add(zone.raw("SELECT COUNT(*) FROM person WHERE town NOT IN (" + list + ")"));
            }
            for (int s = 0; s < 60; s++) {
                ZoneSecret secret = ZoneSecret.fresh();
                averaged.add(raws.stream()
                                .mapToDouble(raw -> first(zone.sticky(raw, secret, "e")))
                                .sum()
                        / halves.size());
                // The same attack on noise that comes anew with every question.
                control.add(raws.stream()
                                .mapToDouble(raw -> first(zone.sticky(raw, ZoneSecret.fresh(), "e")))
                                .sum()
                        / halves.size());
            }
        }
        assertThat(Math.sqrt(variance(averaged))).isGreaterThan(0.7 * NOISE);
        assertThat(Math.sqrt(variance(control))).isLessThan(0.5 * NOISE);
    }

    /** Gadotti et al. 2019: noise that depended on who is in the set would tell of it by being equal or not. */
    @Test
    void noiseDoesNotDependOnWhoIsInTheSet() {
        try (RawFixture none = new RawFixture(YAML, village(""));
                RawFixture one = new RawFixture(YAML, village(VICTIM))) {
            for (String sql : List.of(
                    "SELECT COUNT(*) FROM person WHERE sex = 'F'",
                    "SELECT COUNT(*) FROM person WHERE town = 't1'",
                    "SELECT COUNT(*) FROM person WHERE job <> 'j3' AND town <> 't2'")) {
                for (int s = 0; s < 50; s++) {
                    ZoneSecret secret = ZoneSecret.fresh();
                    assertThat(first(one.sticky(one.raw(sql), secret, "e"))
                                    - first(none.sticky(none.raw(sql), secret, "e")))
                            .isEqualTo(1);
                }
            }
        }
    }

    /** One draw shared by SUM, COUNT and AVG would let a known column strip the noise off an unknown one. */
    @Test
    void eachFunctionAndColumnHasItsOwnDraw() {
        try (RawFixture zone = new RawFixture(YAML, village(""))) {
            RawResult raw = zone.raw("SELECT COUNT(*), SUM(tax), SUM(wage) FROM person WHERE job <> 'j1'");
            double[][] seen = new double[3][SECRETS];
            for (int s = 0; s < SECRETS; s++) {
                List<@Nullable Object> row =
                        zone.sticky(raw, ZoneSecret.fresh(), "e").rows().getFirst();
                for (int v = 0; v < 3; v++) {
                    seen[v][s] = number(row.get(v));
                }
            }
            for (int[] pair : new int[][] {{0, 1}, {0, 2}, {1, 2}}) {
                assertThat(Math.abs(correlation(seen[pair[0]], seen[pair[1]]))).isLessThan(4 / Math.sqrt(SECRETS));
            }
        }
    }

    private static double correlation(double[] left, double[] right) {
        double meanLeft = java.util.Arrays.stream(left).average().orElseThrow();
        double meanRight = java.util.Arrays.stream(right).average().orElseThrow();
        double both = 0;
        double squareLeft = 0;
        double squareRight = 0;
        for (int i = 0; i < left.length; i++) {
            both += (left[i] - meanLeft) * (right[i] - meanRight);
            squareLeft += (left[i] - meanLeft) * (left[i] - meanLeft);
            squareRight += (right[i] - meanRight) * (right[i] - meanRight);
        }
        return both / Math.sqrt(squareLeft * squareRight);
    }

    /** Half of the variance stays for good, half is new in each edition. */
    @Test
    void editionsNeitherShareAllNoiseNorAverageItAway() {
        try (RawFixture zone = new RawFixture(YAML, village(""))) {
            RawResult raw = zone.raw("SELECT COUNT(*) FROM person WHERE sex = 'F'");
            List<Double> differences = new ArrayList<>();
            List<Double> averages = new ArrayList<>();
            for (int s = 0; s < SECRETS; s++) {
                ZoneSecret secret = ZoneSecret.fresh();
                double sum = 0;
                for (int edition = 0; edition < 16; edition++) {
                    sum += first(zone.sticky(raw, secret, "edition" + edition));
                }
                averages.add(sum / 16);
                differences.add(
                        first(zone.sticky(raw, secret, "edition0")) - first(zone.sticky(raw, secret, "edition1")));
            }
            assertThat(Math.sqrt(variance(averages))).isGreaterThan(0.6 * NOISE);
            assertThat(Math.sqrt(variance(differences))).isGreaterThan(0.8 * NOISE);
        }
    }

    /** Least squares over 600 questions for random sets of towns: no better than asking for each town. */
    @Test
    void manyRandomSubsetsDoNotReconstructTheCells() {
        SplittableRandom random = new SplittableRandom(11);
        double worst = 0;
        int wrong = 0;
        try (RawFixture zone = new RawFixture(YAML, village(""))) {
            Map<String, RawResult> raws = new HashMap<>();
            for (int s = 0; s < 10; s++) {
                ZoneSecret secret = ZoneSecret.fresh();
                double[] estimate = new double[8];
                double[] step = new double[8];
                // Kaczmarz sweeps over random subset questions converge to the least-squares cells.
                for (int q = 0; q < 600; q++) {
                    int bits = 1 + random.nextInt(255);
                    List<String> towns = new ArrayList<>();
                    double predicted = 0;
                    for (int t = 0; t < 8; t++) {
                        if ((bits >> t & 1) == 1) {
                            towns.add("'t" + t + "'");
                            predicted += estimate[t];
                        }
                    }
                    String sql = "SELECT COUNT(*) FROM person WHERE town IN ("
                            + towns.stream().collect(Collectors.joining(", ")) + ")";
                    double answer = first(zone.sticky(raws.computeIfAbsent(sql, zone::raw), secret, "e"));
                    for (int t = 0; t < 8; t++) {
                        step[t] = (bits >> t & 1) == 1 ? (answer - predicted) / towns.size() : 0;
                        estimate[t] += step[t] * 0.5;
                    }
                }
                for (double cell : estimate) {
                    worst = Math.max(worst, Math.abs(cell - 40));
                    wrong += Math.abs(cell - 40) >= 0.5 ? 1 : 0;
                }
            }
        }
        assertThat(worst).isGreaterThan(NOISE);
        // Rounding the estimates gives the exact cell in less than the 20 % that one noisy look at it gives, plus
        // slack.
        assertThat(wrong).isGreaterThan(48);
    }

    @Test
    void aDominantPersonIsBroughtDownToTheNext() {
        String giant = "999,F,single,t1,j1,1000,1000\n";
        try (RawFixture without = new RawFixture(YAML, village(""));
                RawFixture with = new RawFixture(YAML, village(giant))) {
            String sql = "SELECT SUM(tax) FROM person WHERE town = 't1'";
            for (int s = 0; s < 50; s++) {
                ZoneSecret secret = ZoneSecret.fresh();
                double seen = first(with.sticky(with.raw(sql), secret, "e"))
                        - first(without.sticky(without.raw(sql), secret, "e"));
                assertThat(Math.abs(seen)).isLessThanOrEqualTo(20);
            }
        }
    }

    @Test
    void smallGroupsAreLeftOutAndTheEdgeIsBlurred() {
        StringBuilder extra = new StringBuilder();
        for (int i = 0; i < 6; i++) {
            extra.append(1000 + i).append(",F,single,t1,rare,300,10\n");
        }
        extra.append("2000,F,single,t1,unique,300,10\n");
        try (RawFixture zone = new RawFixture(YAML, village(extra.toString()))) {
            RawResult raw = zone.raw("SELECT job, COUNT(*) FROM person GROUP BY job");
            int shown = 0;
            for (int s = 0; s < SECRETS; s++) {
                NoisyDecision decision = zone.sticky(raw, ZoneSecret.fresh(), "e");
                assertThat(decision.rows()).noneMatch(row -> "unique".equals(row.getFirst()));
                shown += decision.rows().stream().anyMatch(row -> "rare".equals(row.getFirst())) ? 1 : 0;
            }
            assertThat(shown).isBetween(SECRETS / 2, SECRETS);
        }
    }

    @Test
    void aZoneAnswersTheSameWithinASessionAndAnewUnderAnotherSecret() {
        List<Object> answers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            try (ZoneFixture zone = ZoneFixture.open(YAML, village(""))) {
                Released one = zone.guard("a", "SELECT job, COUNT(*) FROM person GROUP BY job")
                        .released();
                assertThat(zone.guard("b", "SELECT job, COUNT(*) FROM person GROUP BY job")
                                .rows())
                        .isEqualTo(one.rows());
                assertThat(one.cost()).isEmpty();
                answers.add(one.rows());
            }
        }
        assertThat(answers.stream().distinct().count()).isGreaterThan(1);
    }
}
