package org.datareturn.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What analysts ask every day: of real census data, and of two tables, one of which has several rows a person. */
class OrdinaryQueriesTest {
    private static final Path DATA = Path.of("../../shared/data/adult.csv");
    private static final Path QUERIES = Path.of("src/test/resources/ordinary");

    static final String YAML = """
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

    @Test
    void ofACensusAreAnsweredAndRight() throws IOException, SQLException {
        boolean present = Files.exists(DATA);
        assertThat(present || !"true".equals(System.getenv("CI"))).isTrue();
        Assumptions.assumeTrue(present, "../shared/data/adult.csv is absent: ordinary queries are not tried");
        try (ZoneFixture zone = ZoneFixture.open(YAML, Map.of("person", Files.readString(DATA)))) {
            OrdinaryQueries tried = OrdinaryQueries.tried(
                    QUERIES.resolve("census.sql"),
                    zone,
                    List.of(
                            "CREATE TABLE person AS FROM read_csv('" + DATA + "', nullstr = '')",
                            "CREATE MACRO band(a) AS CASE WHEN a < 18 THEN '<18' WHEN a < 30 THEN '18-29'"
                                    + " WHEN a < 45 THEN '30-44' WHEN a < 60 THEN '45-59' WHEN a < 75 THEN '60-74'"
                                    + " ELSE '>=75' END"));
            assertThat(tried.asked()).isGreaterThanOrEqualTo(60);
            assertThat(tried.refused().size() * 20).as(tried.report()).isLessThanOrEqualTo(tried.asked());
            assertThat(tried.right() * 10).as(tried.report()).isGreaterThanOrEqualTo(tried.values() * 9);
        }
    }

    @Test
    void ofPersonsAndTheirVisitsAreAnsweredAndRight() throws IOException, SQLException {
        try (ZoneFixture zone = ZoneFixture.open(HealthRecords.YAML, HealthRecords.csv())) {
            OrdinaryQueries tried =
                    OrdinaryQueries.tried(QUERIES.resolve("visits.sql"), zone, HealthRecords.plainTables());
            assertThat(tried.asked()).isGreaterThanOrEqualTo(40);
            assertThat(tried.refused()).as(tried.report()).isEmpty();
            // A median is read off a histogram: a few are further off.
            assertThat(tried.right() * 100).as(tried.report()).isGreaterThanOrEqualTo(tried.values() * 98);
        }
    }
}
