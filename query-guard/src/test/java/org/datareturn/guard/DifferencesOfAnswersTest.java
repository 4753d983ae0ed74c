package org.datareturn.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    private static Object only(ZoneFixture office, String sql) {
        return Objects.requireNonNull(office.guard(sql).rows().getFirst().getFirst());
    }

    @Test
    void tellsTheFirstOfTwoSumsTwiceWhenOnePersonDominatesTheirDifference() {
        try (ZoneFixture office = ZoneFixture.open(YAML, csv(1))) {
            office.guard("SELECT SUM(wage) FROM person WHERE dept = 'R'").refuses(GuardReason.NOTHING_RELEASABLE);
            Object both = only(office, "SELECT SUM(wage) FROM person WHERE dept IN ('A', 'R')");
            assertThat(only(office, "SELECT SUM(wage) FROM person WHERE dept = 'A'"))
                    .isEqualTo(both);
        }
    }

    @Test
    void tellsNoLastPieceThatLeavesADominatedRest() {
        try (ZoneFixture office = ZoneFixture.open(YAML, csv(1))) {
            Object both = only(office, "SELECT SUM(wage) FROM person WHERE dept IN ('A', 'R')");
            Object women = only(office, "SELECT SUM(wage) FROM person WHERE dept = 'A' AND sex = 'F'");
            BigDecimal rest = ((BigDecimal) both).subtract((BigDecimal) women);
            ZoneFixture.Asked men = office.guard("SELECT SUM(wage) FROM person WHERE dept = 'A' AND sex = 'M'");
            if (men.answer() instanceof Released released) {
                assertThat(released.rows().getFirst().getFirst())
                        .as("the men and the dominated rest together")
                        .isEqualTo(rest);
            } else {
                men.refuses(GuardReason.NOTHING_RELEASABLE);
            }
        }
    }

    @Test
    void seesThroughARefreshOfAnotherColumn() throws LoadException {
        try (ZoneFixture office = ZoneFixture.open(YAML, csv(1))) {
            Object all = only(office, "SELECT SUM(wage) FROM person WHERE dept = 'X'");
            assertThat(office.zone().refresh(ZoneFixture.sources(csv(2)))).isInstanceOf(Refresh.Refreshed.class);
            assertThat(only(office, "SELECT SUM(wage) FROM person WHERE dept = 'X' AND sex = 'M'"))
                    .isEqualTo(all);
        }
    }

    @Test
    void tellsAnEarlierSumAgainWhenARefreshChangedFewOfItsValues() throws LoadException {
        try (ZoneFixture office = ZoneFixture.open(YAML, csv(1))) {
            Object before = only(office, "SELECT SUM(wage) FROM person WHERE dept = 'X'");
            Object others = only(office, "SELECT SUM(wage) FROM person WHERE dept = 'A'");
            Map<String, String> raised = new HashMap<>(csv(1));
            // Everybody of A and one person of X earn more.
            raised.computeIfPresent(
                    "person", (t, text) -> text.replace(",5000,", ",5500,").replace("231,X,F,60231", "231,X,F,69231"));
            assertThat(office.zone().refresh(ZoneFixture.sources(raised))).isInstanceOf(Refresh.Refreshed.class);
            assertThat(only(office, "SELECT SUM(wage) FROM person WHERE dept = 'X'"))
                    .isEqualTo(before);
            assertThat(only(office, "SELECT SUM(wage) FROM person WHERE dept = 'A'"))
                    .isNotEqualTo(others);
        }
    }

    @Test
    void aGroupInWhichFewMeetAConditionIsAGroupAllTheSame() {
        String counts = "SELECT dept, COUNT(*) FILTER (WHERE sex = 'F') AS women FROM person GROUP BY dept";
        for (String noise : List.of("none", "sticky")) {
            try (ZoneFixture office = ZoneFixture.open(YAML.replace("noise: none", "noise: " + noise), csv(1))) {
                assertThat(office.guard(counts).rows()).as(noise).hasSize(3);
                assertThat(only(office, "SELECT COUNT(*) FROM (" + counts + ") AS depts"))
                        .as(noise)
                        .isEqualTo(3L);
            }
        }
    }

    private static Map<String, String> withoutOrWithLess(boolean without) {
        Map<String, String> next = new HashMap<>(csv(1));
        next.computeIfPresent("person", (t, text) -> {
            StringBuilder rows = new StringBuilder();
            for (String line : text.lines().toList()) {
                if (!line.contains(",R,")) {
                    rows.append(line).append('\n');
                } else if (!without) {
                    rows.append(line.replace(",400000,", ",1000,").replace(",4", ",5"))
                            .append('\n');
                }
            }
            return rows.toString();
        });
        return next;
    }

    @Test
    void tellsAnEarlierSumAgainWhenOnePersonMakesUpMostOfWhatARefreshChanged() throws LoadException, IOException {
        String sum = "SELECT SUM(wage) FROM person WHERE dept <> 'X'";
        for (boolean without : List.of(true, false)) {
            ListJournal journal = new ListJournal();
            Object before;
            try (ZoneFixture office = ZoneFixture.open(YAML, csv(1), AnswerMemory.journalled(journal))) {
                before = only(office, sum);
            }
            // The memory outlives a restart.
            try (ZoneFixture office = ZoneFixture.open(YAML, csv(1), AnswerMemory.journalled(journal))) {
                assertThat(office.zone().refresh(ZoneFixture.sources(withoutOrWithLess(without))))
                        .isInstanceOf(Refresh.Refreshed.class);
                assertThat(only(office, sum)).as("without %s", without).isEqualTo(before);
            }
        }
    }

    @Test
    void tellsAnotherMeasureOfAnEarlierSetWhoseMemberARefreshRemoved() throws LoadException {
        List<Object> told = new ArrayList<>();
        for (boolean leaves : List.of(false, true)) {
            try (ZoneFixture office = ZoneFixture.open(YAML, csv(2))) {
                only(office, "SELECT SUM(wage) FROM person WHERE dept = 'X'");
                Map<String, String> next = new HashMap<>(csv(2));
                next.computeIfPresent("person", (t, text) -> {
                    StringBuilder rows = new StringBuilder();
                    text.lines()
                            .filter(line -> !line.startsWith("10") && !(leaves && line.startsWith("231,")))
                            .forEach(line -> rows.append(line).append('\n'));
                    return rows.toString();
                });
                assertThat(office.zone().refresh(ZoneFixture.sources(next))).isInstanceOf(Refresh.Refreshed.class);
                told.add(only(office, "SELECT SUM(bonus) FROM person WHERE dept = 'X'"));
            }
        }
        assertThat(told.getFirst()).isEqualTo(told.getLast());
    }

    @Test
    void holdsSumsOfOneMeasureAgainstSumsOfAnother() {
        try (ZoneFixture office = ZoneFixture.open(YAML, csv(1))) {
            only(office, "SELECT SUM(wage) FROM person WHERE dept = 'X'");
            // 30 men and a woman: her bonus must not be what is left of two sums, nor her wage of a sum of both.
            assertThat(only(office, "SELECT SUM(bonus) FROM person WHERE dept = 'X' AND sex = 'M'"))
                    .isEqualTo(only(office, "SELECT SUM(bonus) FROM person WHERE dept = 'X'"));
        }
    }

    @Test
    void holdsCountsOfRowsAgainstCountsOfPersons() {
        try (ZoneFixture office = ZoneFixture.open(YAML, csv(1))) {
            Object persons = only(office, "SELECT COUNT(*) FROM person WHERE dept = 'X'");
            assertThat(only(office, "SELECT COUNT(DISTINCT id) FROM person WHERE dept = 'X' AND sex = 'M'"))
                    .isEqualTo(persons);
        }
    }

    @Test
    void takesOutAConditionThatLeavesOutFewInTheFirstQuestionAlready() {
        Map<String, String> nobody = new HashMap<>(csv(1));
        nobody.computeIfPresent("person", (t, text) -> text.replace("231,X,F", "231,X,M"));
        // Asked in this order, the three would give away whether X has a woman.
        List<String> session = List.of(
                "SELECT COUNT(*), AVG(wage) FROM person WHERE dept = 'A' OR (dept = 'X' AND sex <> 'F')",
                "SELECT COUNT(*), AVG(wage) FROM person WHERE dept = 'X'",
                "SELECT COUNT(*), AVG(wage) FROM person WHERE dept = 'A'");
        try (ZoneFixture few = ZoneFixture.open(YAML, csv(1));
                ZoneFixture none = ZoneFixture.open(YAML, nobody)) {
            for (String sql : session) {
                assertThat(few.guard(sql).rows())
                        .as(sql)
                        .isEqualTo(none.guard(sql).rows());
            }
        }
    }

    @Test
    void tellsNobodyFromFew() {
        Map<String, String> nobody = new HashMap<>(csv(1));
        nobody.computeIfPresent("person", (t, text) -> text.replace("231,X,F", "231,X,M"));
        String all = "SELECT COUNT(*), SUM(wage), AVG(bonus) FROM person WHERE dept = 'X'";
        for (String other : List.of(
                "SELECT COUNT(*), SUM(wage), AVG(bonus) FROM person WHERE dept = 'X' AND sex = 'M'",
                "SELECT COUNT(*), SUM(wage), AVG(bonus) FROM person WHERE dept = 'X' AND sex <> 'F'",
                "SELECT COUNT(*), SUM(wage), AVG(bonus) FROM person WHERE dept IN ('X') AND NOT (sex = 'F')")) {
            try (ZoneFixture few = ZoneFixture.open(YAML, csv(1));
                    ZoneFixture none = ZoneFixture.open(YAML, nobody)) {
                for (ZoneFixture office : List.of(few, none)) {
                    assertThat(office.guard(all).rows())
                            .isEqualTo(office.guard(other).rows());
                }
                assertThat(few.guard(other).released().suppressedGroups())
                        .isEqualTo(none.guard(other).released().suppressedGroups());
            }
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
