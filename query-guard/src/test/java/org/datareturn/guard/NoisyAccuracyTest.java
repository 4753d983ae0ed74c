package org.datareturn.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.datareturn.guard.plan.Values;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** How many ordinary values on real census data lie within 1 % or half a rounding step; what is left out counts as wrong. */
class NoisyAccuracyTest {
    private static final Path DATA = Path.of("../../shared/data/adult.csv");
    private static final List<List<String>> GROUPINGS = List.of(
            List.of("sex"),
            List.of("education"),
            List.of("workclass"),
            List.of("occupation"),
            List.of("education", "sex"),
            List.of("marital_status", "race"),
            List.of("occupation", "income"));

    private static String yaml(String noise) {
        return """
                zone: census
                release:
                  min_group_size: 10
                  dominance: { largest: 2, percent: 85 }
                  rounding: 5
                  noise: %s
                tables:
                  person:
                    columns:
                      person_id:      { type: BIGINT,  use: subject }
                      workclass:      { type: VARCHAR, use: [group, filter] }
                      education:      { type: VARCHAR, use: [group, filter] }
                      marital_status: { type: VARCHAR, use: [group, filter] }
                      occupation:     { type: VARCHAR, use: [group, filter] }
                      race:           { type: VARCHAR, use: [group, filter] }
                      sex:            { type: VARCHAR, use: [group, filter] }
                      income:         { type: VARCHAR, use: [group, filter] }
                      hours_per_week: { type: INTEGER, use: measure, bounds: [0, 99] }
                """.formatted(noise);
    }

    private static double number(@Nullable Object value) {
        return Objects.requireNonNull(Values.number(value)).doubleValue();
    }

    private static double share(String noise) throws IOException {
        boolean present = Files.exists(DATA);
        assertThat(present || !"true".equals(System.getenv("CI")))
                .as("../shared/data/adult.csv must be there in CI")
                .isTrue();
        Assumptions.assumeTrue(present, "../shared/data/adult.csv is absent: accuracy is not measured");
        String csv = Files.readString(DATA);
        String[] lines = csv.split("\n", -1);
        List<String> header = Arrays.asList(lines[0].strip().split(",", -1));
        int asked = 0;
        int near = 0;
        try (ZoneFixture zone = ZoneFixture.open(yaml(noise), Map.of("person", csv))) {
            for (List<String> grouping : GROUPINGS) {
                Map<String, double[]> truth = new TreeMap<>();
                for (String line : Arrays.asList(lines).subList(1, lines.length)) {
                    if (!line.isBlank()) {
                        List<String> row = Arrays.asList(line.strip().split(",", -1));
                        List<String> key = grouping.stream()
                                .map(column -> row.get(header.indexOf(column)))
                                .toList();
                        double[] sums = truth.computeIfAbsent(key.toString(), k -> new double[2]);
                        sums[0]++;
                        sums[1] += Double.parseDouble(row.get(header.indexOf("hours_per_week")));
                    }
                }
                String keys = String.join(", ", grouping);
                List<List<@Nullable Object>> rows = zone.guard(
                                "SELECT " + keys + ", COUNT(*), AVG(hours_per_week) FROM person GROUP BY " + keys)
                        .rows();
                asked += 2 * truth.size();
                for (List<@Nullable Object> row : rows) {
                    List<String> key = new ArrayList<>();
                    row.subList(0, grouping.size()).forEach(part -> key.add(part == null ? "" : part.toString()));
                    double[] exact = Objects.requireNonNull(truth.get(key.toString()));
                    near += near(row.get(grouping.size()), exact[0]) ? 1 : 0;
                    near += near(row.get(grouping.size() + 1), exact[1] / exact[0]) ? 1 : 0;
                }
            }
        }
        return near / (double) asked;
    }

    private static boolean near(@Nullable Object value, double exact) {
        return value != null && Math.abs(number(value) - exact) <= Math.max(2.5, exact / 100);
    }

    @Test
    void repeatableNoiseLeavesThreeQuartersOfOrdinaryValuesUsable() throws IOException {
        assertThat(share("sticky")).isGreaterThan(0.75);
    }

    @Test
    void differentialPrivacyAtATenthLeavesTwoFifths() throws IOException {
        assertThat(share("dp\n  budget: { epsilon: 4.0, per_query: 0.1, refresh: P30D }"))
                .isGreaterThan(0.38);
    }
}
