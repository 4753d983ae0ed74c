package org.datareturn.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * What analysts ask every day, on real census data, against the truth by a plain engine that knows nothing of the guard.
 * A value counts as right within 1 % or half a rounding step; one that is not given counts as wrong.
 */
class OrdinaryQueriesTest {
    private static final Path DATA = Path.of("../../shared/data/adult.csv");
    private static final Path QUERIES = Path.of("src/test/resources/ordinary/census.sql");
    private static final double HALF_STEP = 2.5;

    private static final String YAML = """
            zone: census
            release: { min_group_size: 10, dominance: { largest: 2, percent: 85 }, rounding: 5, noise: none }
            tables:
              person:
                columns:
                  person_id:      { type: INTEGER, use: subject }
                  age:            { type: INTEGER, use: [group, filter, measure], bins: [18, 30, 45, 60, 75], bounds: [17, 90] }
                  workclass:      { type: VARCHAR, use: [group, filter] }
                  education:      { type: VARCHAR, use: [group, filter] }
                  education_num:  { type: INTEGER, use: measure, bounds: [1, 16] }
                  marital_status: { type: VARCHAR, use: [group, filter] }
                  occupation:     { type: VARCHAR, use: [group, filter] }
                  relationship:   { type: VARCHAR, use: [group, filter] }
                  race:           { type: VARCHAR, use: [group, filter] }
                  sex:            { type: VARCHAR, use: [group, filter] }
                  capital_gain:   { type: INTEGER, use: measure, bounds: [0, 99999] }
                  capital_loss:   { type: INTEGER, use: measure, bounds: [0, 4500] }
                  hours_per_week: { type: INTEGER, use: measure, bounds: [0, 99] }
                  native_country: { type: VARCHAR, use: [group, filter] }
                  income:         { type: VARCHAR, use: [group, filter] }
            """;

    private record Question(String sql, String truth) {}

    private static List<Question> questions() throws IOException {
        List<Question> questions = new ArrayList<>();
        String truth = "";
        for (String line : Files.readAllLines(QUERIES)) {
            if (line.startsWith("-- truth: ")) {
                truth = line.substring("-- truth: ".length());
            } else {
                String sql = line.substring(0, line.lastIndexOf(';'));
                questions.add(new Question(sql, truth.isEmpty() ? sql : truth));
                truth = "";
            }
        }
        return questions;
    }

    @Test
    void areAnsweredAndRight() throws IOException, SQLException {
        boolean present = Files.exists(DATA);
        assertThat(present || !"true".equals(System.getenv("CI"))).isTrue();
        Assumptions.assumeTrue(present, "../shared/data/adult.csv is absent: ordinary queries are not tried");
        List<Question> questions = questions();
        assertThat(questions).hasSizeGreaterThanOrEqualTo(60);
        List<String> refused = new ArrayList<>();
        List<String> inaccurate = new ArrayList<>();
        int values = 0;
        int right = 0;
        try (ZoneFixture zone = ZoneFixture.open(YAML, Map.of("person", Files.readString(DATA)));
                Connection plain = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = plain.createStatement()) {
            statement.execute("CREATE TABLE person AS FROM read_csv('" + DATA + "', nullstr = '')");
            statement.execute("CREATE MACRO band(a) AS CASE WHEN a < 18 THEN '<18' WHEN a < 30 THEN '18-29'"
                    + " WHEN a < 45 THEN '30-44' WHEN a < 60 THEN '45-59' WHEN a < 75 THEN '60-74' ELSE '>=75' END");
            for (Question question : questions) {
                ZoneFixture.Asked asked = zone.guard("organisation of " + question.sql(), question.sql());
                if (!(asked.answer() instanceof Released released)) {
                    refused.add(asked.outcome() + ": " + question.sql());
                    continue;
                }
                Map<String, List<Double>> given = byKey(released.rows());
                Map<String, List<Double>> truth = byKey(rows(statement, question.truth()));
                int all = 0;
                int good = 0;
                for (Map.Entry<String, List<Double>> row : truth.entrySet()) {
                    List<Double> told = given.getOrDefault(row.getKey(), List.of());
                    for (int i = 0; i < row.getValue().size(); i++) {
                        all++;
                        good += i < told.size()
                                        && close(told.get(i), row.getValue().get(i))
                                ? 1
                                : 0;
                    }
                }
                values += all;
                right += good;
                if (good * 10 < all * 9) {
                    inaccurate.add(good + " of " + all + ": " + question.sql());
                }
            }
        }
        String report = "%d of %d answered, %d of %d values right%nrefused: %s%nless than 90 %% right: %s"
                .formatted(
                        questions.size() - refused.size(),
                        questions.size(),
                        right,
                        values,
                        String.join("\n  ", refused),
                        String.join("\n  ", inaccurate));
        System.out.println(report);
        assertThat(refused.size() * 20).as(report).isLessThanOrEqualTo(questions.size());
        assertThat(right * 10).as(report).isGreaterThanOrEqualTo(values * 9);
    }

    private static boolean close(double told, double truth) {
        return Math.abs(told - truth) <= Math.max(HALF_STEP, Math.abs(truth) / 100);
    }

    /** The numbers of each row, by its texts; a null among numbers is no number. */
    private static Map<String, List<Double>> byKey(List<List<@Nullable Object>> rows) {
        Map<String, List<Double>> byKey = new HashMap<>();
        for (List<@Nullable Object> row : rows) {
            StringBuilder key = new StringBuilder();
            List<Double> numbers = new ArrayList<>();
            for (Object value : row) {
                switch (value) {
                    case Number number -> numbers.add(number.doubleValue());
                    case null -> key.append("/-");
                    default -> key.append('/').append(value);
                }
            }
            byKey.put(key.toString(), numbers);
        }
        return byKey;
    }

    private static List<List<@Nullable Object>> rows(Statement statement, String sql) throws SQLException {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        try (ResultSet result = statement.executeQuery(sql)) {
            int width = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<@Nullable Object> row = new ArrayList<>();
                for (int i = 1; i <= width; i++) {
                    row.add(result.getObject(i));
                }
                rows.add(row);
            }
        }
        return rows;
    }
}
