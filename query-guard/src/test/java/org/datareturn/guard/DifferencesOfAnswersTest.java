package org.datareturn.guard;

import java.util.Map;
import org.assertj.core.api.Assertions;
import org.datareturn.guard.load.LoadException;
import org.junit.jupiter.api.Test;

/** What several answers give together: attacks that were found on the guard itself, on data whose truth is known. */
class DifferencesOfAnswersTest {
    private static final String YAML = """
            zone: office
            title: Office
            engine: embedded
            answers: ad-hoc
            release:
              min_group_size: 5
              dominance: { largest: 2, percent: 85 }
              rounding: 5
              noise: none
            tables:
              person:
                columns:
                  id:    { type: INTEGER, use: subject }
                  dept:  { type: VARCHAR, use: [group, filter] }
                  sex:   { type: VARCHAR, use: [group, filter] }
                  wage:  { type: INTEGER, use: measure, bounds: [0, 1000000] }
                  bonus: { type: INTEGER, use: measure, bounds: [0, 1000] }
              visit:
                columns:
                  id:   { type: INTEGER, use: subject }
                  room: { type: VARCHAR, use: [group, filter] }
                  cost: { type: INTEGER, use: measure, bounds: [0, 100] }
            joins:
              - person.id = visit.id
            """;

    /** A: 40 of even wages. R: 12, one of whom earns nearly everything. X: 30 men and one woman. */
    private static Map<String, String> csv(int bonus) {
        StringBuilder persons = new StringBuilder("id,dept,sex,wage,bonus\n");
        for (int i = 1; i <= 40; i++) {
            persons.append(i)
                    .append(",A,")
                    .append(i % 2 == 0 ? "F" : "M")
                    .append(",5000,")
                    .append(bonus)
                    .append('\n');
        }
        for (int i = 101; i <= 112; i++) {
            persons.append(i)
                    .append(",R,M,")
                    .append(i == 101 ? 400_000 : 4_000 + i)
                    .append(',')
                    .append(bonus)
                    .append('\n');
        }
        for (int i = 201; i <= 231; i++) {
            persons.append(i)
                    .append(",X,")
                    .append(i == 231 ? "F" : "M")
                    .append(",60")
                    .append(i)
                    .append(',')
                    .append(bonus)
                    .append('\n');
        }
        StringBuilder visits = new StringBuilder("id,room,cost\n");
        for (int i = 1; i <= 10; i++) {
            visits.append(i).append(",north,7\n");
        }
        visits.append("1,north,7\n".repeat(300));
        return Map.of("person", persons.toString(), "visit", visits.toString());
    }

    @Test
    void refusesTheLastOfTwoSumsWhoseDifferenceOnePersonDominates() {
        try (ZoneFixture office = ZoneFixture.open(YAML, csv(1))) {
            office.guard("SELECT SUM(wage) FROM person WHERE dept = 'R'").refuses(GuardReason.NOTHING_RELEASABLE);
            office.guard("SELECT SUM(wage) FROM person WHERE dept IN ('A', 'R')")
                    .released();
            office.guard("SELECT SUM(wage) FROM person WHERE dept = 'A'").refuses(GuardReason.OVERLAPS_EARLIER_ANSWER);
        }
    }

    @Test
    void refusesTheLastPieceThatLeavesADominatedRest() {
        try (ZoneFixture office = ZoneFixture.open(YAML, csv(1))) {
            office.guard("SELECT SUM(wage) FROM person WHERE dept IN ('A', 'R')")
                    .released();
            office.guard("SELECT SUM(wage) FROM person WHERE dept = 'A' AND sex = 'F'")
                    .released();
            office.guard("SELECT SUM(wage) FROM person WHERE dept = 'A' AND sex = 'M'")
                    .refuses(GuardReason.OVERLAPS_EARLIER_ANSWER);
        }
    }

    @Test
    void seesThroughARefreshOfAnotherColumn() throws LoadException {
        try (ZoneFixture office = ZoneFixture.open(YAML, csv(1))) {
            office.guard("SELECT SUM(wage) FROM person WHERE dept = 'X'").released();
            Assertions.assertThat(office.zone().refresh(ZoneFixture.sources(csv(2))))
                    .isInstanceOf(Refresh.Refreshed.class);
            office.guard("SELECT SUM(wage) FROM person WHERE dept = 'X' AND sex = 'M'")
                    .refuses(GuardReason.OVERLAPS_EARLIER_ANSWER);
        }
    }

    @Test
    void refusesACountOfRowsThatOnePersonOwns() {
        try (ZoneFixture office = ZoneFixture.open(YAML, csv(1))) {
            office.guard("SELECT COUNT(*) FROM visit").refuses(GuardReason.NOTHING_RELEASABLE);
            office.guard("SELECT COUNT(DISTINCT id) FROM visit").released();
        }
    }
}
