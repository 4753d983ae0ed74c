package org.datareturn.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The example zone on real census data, against truth counted here from the file itself. */
class IncomeCensusTest {
    private static final Path DATA = Path.of("../../shared/data/adult.csv");
    private static final Path EXAMPLES = Path.of("../docs/examples");

    private record Question(String expected, String sql) {}

    private static String data() throws IOException {
        boolean present = Files.exists(DATA);
        assertThat(present || !"true".equals(System.getenv("CI")))
                .as("../shared/data/adult.csv must be there in CI")
                .isTrue();
        Assumptions.assumeTrue(present, "../shared/data/adult.csv is absent: the example zone is not tried");
        return Files.readString(DATA);
    }

    private static List<Question> questions() throws IOException {
        List<Question> questions = new ArrayList<>();
        String expected = "";
        StringBuilder sql = new StringBuilder();
        for (String line : Files.readAllLines(EXAMPLES.resolve("income-census.sql"))) {
            if (line.startsWith("-- answer: ")) {
                expected = line.substring("-- answer: ".length()).split(" ", 2)[0];
            } else if (!line.startsWith("--")) {
                sql.append(line).append('\n');
                if (line.endsWith(";")) {
                    questions.add(new Question(expected, sql.toString().strip()));
                    sql.setLength(0);
                }
            }
        }
        return questions;
    }

    @Test
    void answersAndRefusesAsTheExampleSays() throws IOException {
        String csv = data();
        List<Question> questions = questions();
        assertThat(questions).hasSize(9);
        try (ZoneFixture zone =
                ZoneFixture.open(Files.readString(EXAMPLES.resolve("income-census.yaml")), Map.of("person", csv))) {
            List<ZoneFixture.Asked> answers = new ArrayList<>();
            for (Question question : questions) {
                ZoneFixture.Asked asked = zone.guard(question.sql());
                assertThat(asked.outcome()).as(question.sql()).isEqualTo(question.expected());
                answers.add(asked);
            }
            List<Map<String, String>> people = people(csv);
            byEducation(answers.get(0), people);
            bySexAndOccupation(answers.get(1), people);
            shares(answers.get(2), people);
        }
    }

    private static void byEducation(ZoneFixture.Asked asked, List<Map<String, String>> people) {
        Map<String, List<Map<String, String>>> truth = grouped(people, p -> p.get("education"));
        assertThat(asked.rows()).hasSize(truth.size());
        for (List<@Nullable Object> row : asked.rows()) {
            compare(row.get(1), row.get(2), truth.get(String.valueOf(row.get(0))));
        }
    }

    private static void bySexAndOccupation(ZoneFixture.Asked asked, List<Map<String, String>> people) {
        Map<String, List<Map<String, String>>> truth = grouped(people, p -> p.get("sex") + "/" + p.get("occupation"));
        assertThat(asked.rows()).hasSizeGreaterThan(25);
        for (List<@Nullable Object> row : asked.rows()) {
            String occupation = row.get(1) == null ? "" : String.valueOf(row.get(1));
            List<Map<String, String>> group = truth.get(row.get(0) + "/" + occupation);
            assertThat(group).hasSizeGreaterThanOrEqualTo(10);
            compare(row.get(2), row.get(3), group);
        }
        assertThat(asked.rows()).as("nine soldiers are too few").noneMatch(row -> row.contains("Armed-Forces"));
    }

    private static void compare(
            @Nullable Object persons, @Nullable Object mean, @Nullable List<Map<String, String>> group) {
        assertThat(group).isNotNull();
        List<Map<String, String>> members = group == null ? List.of() : group;
        assertThat((Long) persons)
                .isCloseTo(members.size(), within(3L))
                .satisfies(n -> assertThat(n % 5).isZero());
        double truth = members.stream()
                .mapToInt(p -> Integer.parseInt(p.getOrDefault("hours_per_week", "0")))
                .average()
                .orElseThrow();
        double error = Math.abs(((BigDecimal) java.util.Objects.requireNonNull(mean)).doubleValue() - truth) / truth;
        // Half a rounding step in the count, and next to nothing in the sum.
        assertThat(error).isLessThan(2.6 / members.size());
        if (members.size() >= 300) {
            assertThat(error).isLessThan(0.01);
        }
    }

    private static void shares(ZoneFixture.Asked asked, List<Map<String, String>> people) {
        Map<String, List<Map<String, String>>> truth =
                grouped(people, p -> p.get("education") + "/" + band(Integer.parseInt(p.getOrDefault("age", "0"))));
        assertThat(asked.rows()).hasSizeGreaterThan(60);
        int checked = 0;
        for (List<@Nullable Object> row : asked.rows()) {
            List<Map<String, String>> group = truth.get(row.get(0) + "/" + row.get(1));
            assertThat(group).isNotNull();
            if (row.get(3) instanceof BigDecimal share && group != null) {
                double above = group.stream()
                        .filter(p -> ">50K".equals(p.get("income")))
                        .count();
                // Rounding, and fewer than ten persons that smaller groups left over.
                assertThat(share.doubleValue()).isCloseTo(above / group.size(), within(15.0 / group.size()));
                checked++;
            }
        }
        assertThat(checked).isGreaterThan(25);
    }

    private static String band(int age) {
        return age < 18
                ? "<18"
                : age < 30 ? "18-29" : age < 45 ? "30-44" : age < 60 ? "45-59" : age < 75 ? "60-74" : ">=75";
    }

    private static Map<String, List<Map<String, String>>> grouped(
            List<Map<String, String>> people, Function<Map<String, String>, String> key) {
        Map<String, List<Map<String, String>>> groups = new TreeMap<>();
        people.forEach(p ->
                groups.computeIfAbsent(key.apply(p), k -> new ArrayList<>()).add(p));
        return groups;
    }

    private static List<Map<String, String>> people(String csv) {
        String[] lines = csv.split("\r?\n", -1);
        String[] names = lines[0].split(",", -1);
        List<Map<String, String>> people = new ArrayList<>();
        for (int i = 1; i < lines.length; i++) {
            String[] fields = lines[i].split(",", -1);
            if (fields.length == names.length) {
                Map<String, String> person = new TreeMap<>();
                for (int f = 0; f < names.length; f++) {
                    person.put(names[f], fields[f]);
                }
                people.add(person);
            }
        }
        return people;
    }
}
