package org.datareturn.guard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GrammarTest {
    private final ZoneFixture town = ZoneFixture.open(TownCensus.YAML, TownCensus.csv());

    @BeforeAll
    void warmUp() {
        assertThat(town.guard("SELECT COUNT(*) FROM person").outcome()).isEqualTo("released");
    }

    @AfterAll
    void close() {
        town.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            SELEC nonsense FROM | SQL_SYNTAX
            SELECT COUNT(*) FROM person; SELECT COUNT(*) FROM person | STATEMENT_NOT_ALLOWED
            EXPLAIN PLAN FOR SELECT COUNT(*) FROM person | STATEMENT_NOT_ALLOWED
            DROP TABLE person | STATEMENT_NOT_ALLOWED
            INSERT INTO person (id) VALUES (1) | STATEMENT_NOT_ALLOWED
            DELETE FROM person | STATEMENT_NOT_ALLOWED
            UPDATE person SET wage = 1 | STATEMENT_NOT_ALLOWED
            ATTACH ':memory:' AS x | STATEMENT_NOT_ALLOWED
            PREPARE p AS SELECT COUNT(*) FROM person | STATEMENT_NOT_ALLOWED
            SET threads = 1 | STATEMENT_NOT_ALLOWED
            VALUES (1) | NO_SUBJECT_TABLE
            SELECT COUNT(*) FROM (VALUES (1), (2)) AS v(x) | NO_SUBJECT_TABLE
            SELECT COUNT(*) FROM (SELECT school FROM person UNION ALL SELECT school FROM person) | SET_OPERATION
            SELECT COUNT(*) FROM person WHERE school IN (SELECT school FROM person) | ROWS_NOT_ALLOWED
            SELECT COUNT(*) FROM person WHERE EXISTS (SELECT 1 FROM visit) | ROWS_NOT_ALLOWED
            SELECT COUNT(*) FROM person TABLESAMPLE BERNOULLI(50) | SAMPLING
            SELECT COUNT(*) FROM person WHERE RAND() < 0.5 | SAMPLING
            SELECT * FROM person | ROWS_NOT_ALLOWED
            SELECT school FROM person | ROWS_NOT_ALLOWED
            SELECT LISTAGG(school) FROM person | AGGREGATE_NOT_ALLOWED
            SELECT ANY_VALUE(school) FROM person | AGGREGATE_NOT_ALLOWED
            SELECT SUM(DISTINCT wage) FROM person | AGGREGATE_NOT_ALLOWED
            SELECT SUM(wage) WITHIN DISTINCT (id) FROM person | AGGREGATE_NOT_ALLOWED
            SELECT SUM(wage * wage) FROM person | MASKED_MEASURE
            SELECT COUNT(*) WITHIN DISTINCT (sex) FROM person | AGGREGATE_NOT_ALLOWED
            SELECT COUNT(*) FILTER (WHERE wage > 100) FROM person | MASKED_MEASURE
            SELECT COUNT(*) FROM person WHERE MOD(age, 2) = 0 | FUNCTION_NOT_ALLOWED
            SELECT COUNT(*) FROM person WHERE school SIMILAR TO 'h%' | FUNCTION_NOT_ALLOWED
            SELECT nothing, COUNT(*) FROM person GROUP BY nothing | UNKNOWN_NAME
            SELECT secret, COUNT(*) FROM person GROUP BY secret | UNKNOWN_NAME
            SELECT COUNT(*) FROM duckdb_tables | UNKNOWN_NAME
            SELECT COUNT(*) FROM person WHERE id = 7 | SUBJECT_NOT_USABLE
            SELECT id, COUNT(*) FROM person GROUP BY id | SUBJECT_NOT_USABLE
            SELECT SUM(id) FROM person | SUBJECT_NOT_USABLE
            SELECT country, COUNT(*) FROM person GROUP BY country | COLUMN_NOT_GROUPABLE
            SELECT wage, COUNT(*) FROM person GROUP BY wage | COLUMN_NOT_GROUPABLE
            SELECT COUNT(DISTINCT wage) FROM person | COLUMN_NOT_GROUPABLE
            SELECT COUNT(*) FROM person WHERE wage > 100 | COLUMN_NOT_FILTERABLE
            SELECT COUNT(*) FROM person WHERE job = 'farmer' | COLUMN_NOT_FILTERABLE
            SELECT SUM(school) FROM person | COLUMN_NOT_MEASURE
            SELECT COUNT(*) FROM person WHERE school + sex > 1 AND nothing(1) = 2 | FUNCTION_NOT_ALLOWED
            SELECT COUNT(*) FROM person WHERE age > 31 | OFF_BAND_EDGE
            SELECT COUNT(*) FROM person WHERE age BETWEEN 30 AND 43 | OFF_BAND_EDGE
            SELECT COUNT(*) FROM person WHERE age + 0 >= 30 | OFF_BAND_EDGE
            SELECT age + 1, COUNT(*) FROM person GROUP BY age + 1 | OFF_BAND_EDGE
            SELECT COUNT(*) FROM person WHERE country = 'Atlantis' | RARE_CONSTANT
            SELECT COUNT(*) FROM person WHERE country = 'Nowhere' | RARE_CONSTANT
            SELECT COUNT(*) FROM person WHERE country NOT IN ('Atlantis', 'Cathay') | RARE_CONSTANT
            SELECT COUNT(*) FROM person WHERE country IS DISTINCT FROM 'Atlantis' | RARE_CONSTANT
            SELECT COUNT(*) FROM person WHERE sex = 'X' | RARE_CONSTANT
            SELECT COUNT(*) FROM person p JOIN person q ON p.id = q.id | JOIN_NOT_DECLARED
            SELECT COUNT(*) FROM person, visit | JOIN_NOT_DECLARED
            SELECT COUNT(*) FROM person LEFT JOIN visit ON person.id = visit.id | JOIN_NOT_DECLARED
            SELECT SUM(wage) FROM person JOIN visit ON person.id = visit.id | JOIN_FANS_OUT
            SELECT COUNT(*) FROM place | NO_SUBJECT_TABLE
            SELECT COUNT(*) FROM person WHERE country LIKE 'Atl%' | NOTHING_RELEASABLE
            """)
    void refuses(String sql, GuardReason reason) {
        town.guard(sql).refuses(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT COUNT(*) FROM person;",
                "SELECT school, COUNT(*) AS n FROM person GROUP BY school ORDER BY n DESC LIMIT 2",
                "SELECT school 学校, AVG(wage) 平均工资 FROM person GROUP BY school",
                "SELECT age, COUNT(*) FROM person GROUP BY age",
                "SELECT COUNT(*) FROM person WHERE age >= 30 AND age < 45",
                "SELECT COUNT(*) FROM person WHERE age BETWEEN 30 AND 44",
                "SELECT COUNT(*) FROM person WHERE NOT (age < 30) AND country IN ('Bohemia', 'Cathay')",
                "SELECT COUNT(DISTINCT id), COUNT(DISTINCT school), COUNT(wage) FROM person",
                "SELECT sex, AVG(CASE WHEN country = 'Bohemia' THEN 1 ELSE 0 END) FROM person GROUP BY sex",
                "SELECT sex, COUNT(*) FILTER (WHERE age >= 45) FROM person GROUP BY sex",
                "SELECT sex, ROUND(100.0 * SUM(wage) / NULLIF(COUNT(*), 0), 1) FROM person GROUP BY sex",
                "SELECT school, SUM(wage) / (COUNT(*) - COUNT(*)) FROM person GROUP BY school",
                "SELECT CASE WHEN age >= 45 THEN 'older' ELSE 'young' END AS g, COUNT(*) FROM person GROUP BY 1",
                "SELECT school, COUNT(*) FROM person GROUP BY school HAVING COUNT(*) > 100",
                "SELECT clinic, COUNT(*), SUM(cost) FROM person, visit WHERE person.id = visit.id GROUP BY clinic",
                "SELECT district, COUNT(*) FROM visit JOIN place ON visit.place = place.place GROUP BY district",
                "WITH w AS (SELECT * FROM person WHERE sex = 'F') SELECT school, COUNT(*) FROM w GROUP BY school",
                "SELECT COUNT(*) FROM person WHERE school LIKE 'h_gh%' OR school IS NULL",
                "SELECT COUNT(*) FROM person UNION ALL SELECT COUNT(*) FROM visit",
                "SELECT school FROM person GROUP BY school EXCEPT SELECT 'high'",
                "SELECT COUNT(*) FROM (SELECT DISTINCT school FROM person) AS s",
                "SELECT school, RANK() OVER (ORDER BY COUNT(*) DESC) FROM person GROUP BY school",
                "SELECT school, sex, COUNT(*), GROUPING(sex) FROM person GROUP BY ROLLUP(school, sex)",
                "SELECT STDDEV(wage), VAR_POP(wage), MEDIAN(wage), MIN(wage), MAX(age) FROM person",
                "SELECT school, (SELECT AVG(wage) FROM person) FROM person GROUP BY school",
                "SELECT sex, SUM(CASE WHEN age >= 45 THEN wage ELSE 0 END) FROM person GROUP BY sex",
                "SELECT sex, COUNT(*)::numeric / 2 AS year FROM person GROUP BY sex HAVING MAX(age) >= 45",
                "SELECT age, n FROM (SELECT age, COUNT(*) AS n FROM person GROUP BY age) AS t WHERE age >= 30",
                "SELECT AVG(wage) FROM person WHERE school IN (SELECT school FROM person GROUP BY school ORDER BY"
                        + " COUNT(*) DESC LIMIT 2)"
            })
    void answers(String sql) {
        assertThat(town.guard(organisation(sql), sql).outcome()).as(sql).isEqualTo("released");
    }

    // An organisation each, so that the audit of earlier answers plays no part here.
    private static String organisation(String sql) {
        return "organisation of " + sql;
    }

    @Test
    void groupsBandsAsLabels() {
        assertThat(town.guard("bands", "SELECT age, COUNT(*) FROM person GROUP BY age")
                        .rows())
                .extracting(row -> row.getFirst())
                .containsExactly("<18", "18-29", "30-44", "45-59", ">=60");
    }

    @Test
    void keepsTextsOfCaseUnpadded() {
        assertThat(town.guard(
                                "case",
                                "SELECT CASE WHEN age >= 45 THEN 'old' ELSE 'young' END, COUNT(*) FROM person"
                                        + " GROUP BY CASE WHEN age >= 45 THEN 'old' ELSE 'young' END")
                        .rows())
                .extracting(row -> row.getFirst())
                .containsExactly("old", "young");
    }

    @Test
    void dividesByZeroToNull() {
        assertThat(town.guard("zero", "SELECT COUNT(*) / (COUNT(*) - COUNT(*)) FROM person")
                        .rows())
                .singleElement()
                .satisfies(row -> assertThat(row.getFirst()).isNull());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ";",
                "'",
                "SELECT \"",
                "SELECT U&'\\00'",
                "SELECT COUNT(*) FROM person WHERE age >= 1e999999999",
                "SELECT COUNT(*) * 1e999999999 FROM person",
                "SELECT COUNT(*) FROM person WHERE ? = 1",
                "SELECT COUNT(*) FROM person MATCH_RECOGNIZE (PATTERN (A) DEFINE A AS TRUE)",
                "SELECT COUNT(*) FROM TABLE(RAMP(3))",
                "SELECT school, SUM(COUNT(*)) FROM person GROUP BY school"
            })
    void refusesStrangeTextsWithoutFault(String sql) {
        assertThat(town.guard(sql).outcome()).as(sql).isNotIn("released", "GUARD_FAILED");
    }

    @Test
    void boundsDeepAndLongQueries() {
        town.guard("SELECT COUNT(*) FROM person WHERE " + "(".repeat(500) + "sex = 'F'" + ")".repeat(500))
                .refuses(GuardReason.SQL_TOO_COMPLEX);
        town.guard("SELECT COUNT(*) FROM person WHERE sex = 'F'" + " AND sex = 'F'".repeat(5_000))
                .refuses(GuardReason.SQL_TOO_COMPLEX);
        String many = "SELECT COUNT(*) FROM person WHERE sex = 'F'" + " OR NOT sex = 'F'".repeat(300);
        assertThat(town.guard(many).outcome()).isNotEqualTo("QUERY_NOT_UNDERSTOOD");
        town.guard("SELECT COUNT(*) FROM person WHERE " + "NOT ".repeat(41) + "sex = 'F'")
                .refuses(GuardReason.SQL_TOO_COMPLEX);
        town.guard("SELECT " + "- ".repeat(41) + "COUNT(*) FROM person").refuses(GuardReason.SQL_TOO_COMPLEX);
        town.guard("SELECT COUNT(*) FROM person WHERE " + "CASE WHEN ".repeat(41) + "sex = 'F'"
                        + " THEN TRUE ELSE FALSE END".repeat(41))
                .refuses(GuardReason.SQL_TOO_COMPLEX);
        assertThat(town.guard("SELECT COUNT(*) FROM person WHERE " + "NOT ".repeat(30) + "sex = 'F'")
                        .outcome())
                .isEqualTo("released");
    }

    @Test
    void boundsWhatACommentOrANestingHides() {
        for (String comment : java.util.List.of("/* ' */", "-- \"\n", "// '\n")) {
            town.guard("SELECT COUNT(*) " + comment + " FROM person WHERE " + "(".repeat(500) + "sex = 'F'"
                            + ")".repeat(500))
                    .refuses(GuardReason.SQL_TOO_COMPLEX);
        }
        String doubled = "SELECT COUNT(*) AS n FROM person";
        for (int i = 0; i < 26; i++) {
            doubled = "SELECT n + n AS n FROM (" + doubled + ")";
        }
        town.guard(doubled).refuses(GuardReason.SQL_TOO_COMPLEX);
    }

    @Test
    void remembersThatThereIsNoResult() {
        String two = "SELECT (SELECT COUNT(*) FROM person GROUP BY sex) AS n, COUNT(*) FROM person";
        town.guard("no result", two).refuses(GuardReason.NOT_COMPUTABLE);
        town.guard("no result", two).refuses(GuardReason.NOT_COMPUTABLE);
    }

    @Test
    void pointsAtTheOffendingPlace() {
        ZoneAnswer answer =
                town.guard("SELECT COUNT(*)\nFROM person\nWHERE wage > 5").answer();
        assertThat(answer).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.refusal().position())
                    .hasValueSatisfying(p -> assertThat(p.line()).isEqualTo(3));
            assertThat(refused.refusal().hint()).isPresent();
            assertThat(refused.refusal().messageZh()).contains("wage");
        });
    }
}
