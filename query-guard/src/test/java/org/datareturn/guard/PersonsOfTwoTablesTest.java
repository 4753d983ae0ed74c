package org.datareturn.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Differences by one person through what two tables know of them: 30 men and a woman, or a man in her place, go to a room
 * three times each, and 20 others do not.
 */
class PersonsOfTwoTablesTest {
    private static final String YAML = """
            zone: office
            release: { min_group_size: 5, dominance: { largest: 2, percent: 85 }, rounding: 5, noise: none }
            tables:
              person:
                columns:
                  id:   { type: INTEGER, use: subject }
                  sex:  { type: VARCHAR, use: [group, filter], values: [F, M] }
                  wing: { type: VARCHAR, use: [group, filter] }
              visit:
                columns:
                  id:   { type: INTEGER, use: subject }
                  room: { type: VARCHAR, use: [group, filter] }
                  cost: { type: INTEGER, use: measure, bounds: [0, 100] }
            joins:
              - person.id = visit.id
            """;

    private static ZoneFixture office(String last) {
        StringBuilder persons = new StringBuilder("id,sex,wing\n");
        StringBuilder visits = new StringBuilder("id,room,cost\n");
        for (int id = 1; id <= 51; id++) {
            persons.append(id).append(id == 31 ? "," + last : ",M").append(id <= 31 ? ",X\n" : ",Y\n");
            if (id <= 31) {
                visits.append((id + ",south," + (10 + id) + "\n").repeat(3));
            }
        }
        return ZoneFixture.open(YAML, Map.of("person", persons.toString(), "visit", visits.toString()));
    }

    /** Each question with %s for a condition on persons. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT AVG(n), SUM(n), COUNT(*) FROM person p JOIN (SELECT id, COUNT(*) AS n FROM visit GROUP BY id) t"
                        + " ON p.id = t.id WHERE %s",
                "SELECT AVG(s), SUM(s * 2), COUNT(*) FROM (SELECT v.id, p.sex, SUM(cost) AS s FROM visit v JOIN person p ON"
                        + " p.id = v.id GROUP BY v.id, p.sex) p WHERE %s",
                "SELECT COUNT(*) FROM person p WHERE EXISTS (SELECT 1 FROM visit v WHERE v.id = p.id AND room = 'south')"
                        + " AND %s",
                "SELECT COUNT(*) FROM person p WHERE p.id IN (SELECT id FROM visit) AND %s",
                "SELECT COUNT(*), SUM(cost) FROM visit WHERE id IN (SELECT id FROM person p WHERE %s)",
                "SELECT COUNT(v.id), SUM(v.cost) FROM person p LEFT JOIN visit v ON p.id = v.id WHERE %s",
                "SELECT COUNT(DISTINCT p.id) FROM person p LEFT JOIN visit v ON p.id = v.id WHERE wing = 'X' AND %s",
                "SELECT SUM(CASE WHEN %s THEN 1 ELSE 0 END) FROM person p WHERE p.id IN (SELECT id FROM visit)",
                "SELECT COUNT(*) FILTER (WHERE %s) FROM person p WHERE p.id IN (SELECT id FROM visit)"
            })
    void areTheSameWithAndWithoutHer(String form) {
        String all = form.formatted("p.sex IN ('F', 'M')");
        String men = form.formatted("p.sex = 'M'");
        try (ZoneFixture few = office("F");
                ZoneFixture none = office("M")) {
            for (ZoneFixture office : List.of(few, none)) {
                assertThat(office.guard(all).rows())
                        .as(all)
                        .isEqualTo(office.guard(men).rows())
                        .noneMatch(row -> row.contains(null));
            }
            assertThat(few.guard(men).rows()).isEqualTo(none.guard(men).rows());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT COUNT(DISTINCT id) FROM visit",
                "SELECT COUNT(DISTINCT p.id) FROM person p JOIN visit v ON p.id = v.id WHERE sex = 'M'",
                "SELECT COUNT(*) FROM (SELECT id, COUNT(*) AS n FROM visit GROUP BY id) t JOIN person p ON p.id = t.id"
                        + " WHERE p.sex = 'M'",
                "SELECT COUNT(*) FROM person p WHERE sex = 'M' AND EXISTS (SELECT 1 FROM visit v WHERE v.id = p.id)",
                "SELECT COUNT(*) FROM person WHERE sex = 'M' AND id IN (SELECT id FROM visit)",
                "SELECT COUNT(DISTINCT v.id) FROM person p LEFT JOIN visit v ON p.id = v.id WHERE sex = 'M'",
                "SELECT COUNT(*) FROM person WHERE wing = 'X' AND sex = 'M'"
            })
    void areHeldAgainstEveryOtherForm(String men) {
        try (ZoneFixture office = office("F")) {
            assertThat(office.guard("SELECT COUNT(*) FROM person WHERE wing = 'X'")
                            .rows())
                    .isEqualTo(office.guard(men).rows());
        }
    }
}
