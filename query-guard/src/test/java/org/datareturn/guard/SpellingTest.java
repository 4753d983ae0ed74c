package org.datareturn.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What other engines write otherwise means the same here. */
class SpellingTest {
    private static ZoneFixture zone;

    /** 400 persons: A_1 and A_2 are two schools, AX1 a third, and 100 have none; wages from 1 to 400, days in two years. */
    @BeforeAll
    static void open() {
        StringBuilder csv = new StringBuilder("id,school,day,wage\n");
        for (int i = 1; i <= 400; i++) {
            String school = i % 4 == 0 ? "" : i % 4 == 1 ? "A_1" : i % 4 == 2 ? "A_2" : "AX1";
            csv.append("%d,%s,%s,%d%n".formatted(i, school, i % 2 == 0 ? "2024-03-05" : "2025-07-01", i));
        }
        zone = ZoneFixture.open("""
                zone: spelling
                release: { min_group_size: 5, dominance: { largest: 2, percent: 85 }, rounding: 1, noise: none }
                tables:
                  person:
                    columns:
                      id:     { type: INTEGER, use: subject }
                      school: { type: VARCHAR, use: [group, filter] }
                      day:    { type: DATE, use: [group, filter] }
                      wage:   { type: INTEGER, use: measure, bounds: [0, 500] }
                """, Map.of("person", csv.toString()));
    }

    @AfterAll
    static void close() {
        zone.close();
    }

    private static @Nullable Object value(String sql) {
        return zone.guard("organisation of " + sql, sql).rows().getFirst().getFirst();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SELECT COUNT(*) FROM person WHERE school LIKE 'A!_%' ESCAPE '!'                        | 200
            SELECT COUNT(*) FROM person WHERE school NOT LIKE 'A!_%' ESCAPE '!'                    | 100
            SELECT COUNT(*) FROM person WHERE school LIKE 'A_1' ESCAPE '!'                         | 200
            SELECT COUNT(NULL) FROM person                                                         | 0
            SELECT COUNT(*) FROM person WHERE school::text = 'AX1'                                 | 100
            SELECT COUNT(*)::int8 FROM person WHERE CAST(school AS TEXT) = 'AX1'                   | 100
            SELECT COUNT(*) FROM person WHERE day >= CAST('2025-01-01 00:00:00' AS TIMESTAMP)      | 200
            SELECT MAX(x.count) FROM (SELECT school, count(*) FROM person GROUP BY 1) x            | 100
            SELECT x.count FROM (SELECT COUNT(*), COUNT(*) FROM person) AS x                       | 400
            """)
    void meansTheSame(String sql, BigDecimal expected) {
        assertThat(new BigDecimal(String.valueOf(value(sql)))).as(sql).isEqualByComparingTo(expected);
    }

    @Test
    void takesTheMeanOverAllWhereTheOthersCountAsNothing() {
        Object mean = value("SELECT AVG(CASE WHEN school = 'AX1' THEN wage ELSE 0 END) FROM person");
        // 3 + 7 + … + 399 = 20,100 over 400 persons.
        assertThat(((Number) java.util.Objects.requireNonNull(mean)).doubleValue())
                .isCloseTo(50.25, org.assertj.core.data.Offset.offset(0.5));
    }

    @Test
    void refusesAnEscapeThatIsNoSingleCharacter() {
        zone.guard("SELECT COUNT(*) FROM person WHERE school LIKE 'A%' ESCAPE 'ab'")
                .refuses(GuardReason.FUNCTION_NOT_ALLOWED);
    }
}
