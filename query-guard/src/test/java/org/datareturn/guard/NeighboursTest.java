package org.datareturn.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Sessions over two towns that differ in one person, number 0 of department X: whether ill of something rare, or how often a
 * visitor. What is answered must not tell the towns apart. Found by attackers.
 */
class NeighboursTest {
    private static final String YAML = """
            zone: office
            release:
              min_group_size: 10
              dominance: { largest: 2, percent: 85 }
              rounding: 5
              noise: none
            tables:
              person:
                columns:
                  id:   { type: INTEGER, use: subject }
                  dept: { type: VARCHAR, use: [group, filter] }
                  town: { type: VARCHAR, use: [group, filter] }
                  sex:  { type: VARCHAR, use: [group, filter], values: [F, M] }
                  ill:  { type: VARCHAR, use: [group, filter] }
                  wage: { type: INTEGER, use: measure, bounds: [0, 100000] }
              visit:
                columns:
                  id:   { type: INTEGER, use: subject }
                  cost: { type: INTEGER, use: measure, bounds: [0, 1000] }
              rec:
                columns:
                  id:   { type: INTEGER, use: subject }
                  pay:  { type: INTEGER, use: measure, bounds: [0, 100000] }
            joins:
              - person.id = visit.id
              - person.id = rec.id
            """;

    private final StringBuilder person = new StringBuilder("id,dept,town,sex,ill,wage\n");
    private final StringBuilder visit = new StringBuilder("id,cost\n");
    private final StringBuilder rec = new StringBuilder("id,pay\n");
    private final SplittableRandom random = new SplittableRandom(20261121);
    private int persons;

    private void persons(int count, String dept, String town, String ill) {
        for (int i = 0; i < count; i++) {
            String sex = persons % 2 == 0 ? "F" : "M";
            int wage = persons == 0 ? 7000 : random.nextInt(2000, 9000);
            person.append(persons + "," + dept + "," + town + "," + sex + "," + ill + "," + wage + "\n");
            rec.append(persons + "," + wage + "\n");
            persons++;
        }
    }

    private static ZoneFixture office(boolean rare, int visits, String noise) {
        NeighboursTest rows = new NeighboursTest();
        rows.persons(1, "X", "t1", rare ? "rare" : "none");
        rows.persons(40, "X", "t1", "none");
        rows.persons(40, "X", "t1", "flu");
        for (String dept : List.of("A", "B")) {
            rows.persons(60, dept, "t1", "none");
            rows.persons(30, dept, "t1", "flu");
            rows.persons(15, dept, "t1", "rare");
        }
        for (int town = 0; town < 5; town++) {
            rows.persons(3, "C", "u" + town, "none");
            rows.persons(12, "D", "u" + town, "none");
        }
        for (int id = 1; id < rows.persons; id++) {
            rows.visit.append((id + ",150\n").repeat(2));
        }
        rows.visit.append("0,0\n".repeat(visits));
        return ZoneFixture.open(
                YAML.replace("noise: none", noise),
                Map.of(
                        "person", rows.person.toString(),
                        "visit", rows.visit.toString(),
                        "rec", rows.rec.toString()));
    }

    private static void sameShapes(ZoneFixture one, ZoneFixture other, List<String> session) {
        for (String sql : session) {
            ZoneFixture.Asked here = one.guard(sql);
            ZoneFixture.Asked there = other.guard(sql);
            assertThat(here.outcome()).as(sql).isEqualTo(there.outcome());
            if (here.answer() instanceof Released) {
                assertThat(here.rows()).as(sql).hasSameSizeAs(there.rows());
                assertThat(here.released().suppressedGroups())
                        .as(sql)
                        .isEqualTo(there.released().suppressedGroups());
            }
        }
    }

    @Test
    void aMeanDoesNotTellHowManyRowsOnePersonOwns() {
        try (ZoneFixture few = office(false, 1_500, "noise: none");
                ZoneFixture many = office(false, 2_000, "noise: none")) {
            for (String value : List.of("AVG(v.cost)", "STDDEV_POP(v.cost)", "VAR_SAMP(v.cost)", "COUNT(*)")) {
                String sql = "SELECT " + value + " FROM person p JOIN visit v ON p.id = v.id WHERE p.dept = 'X'";
                few.guard(sql).refuses(GuardReason.NOTHING_RELEASABLE);
                many.guard(sql).refuses(GuardReason.NOTHING_RELEASABLE);
            }
            String sum = "SELECT SUM(v.cost) FROM person p JOIN visit v ON p.id = v.id WHERE p.dept = 'X'";
            assertThat(few.guard(sum).rows()).isEqualTo(many.guard(sum).rows());
        }
    }

    @Test
    void theSameAmountInTwoTablesLeavesNoRemainder() {
        String from = " FROM person p JOIN rec r ON p.id = r.id WHERE p.dept = 'X' AND p.ill = ";
        for (boolean rare : List.of(false, true)) {
            try (ZoneFixture office = office(rare, 2, "noise: none")) {
                long all = sum(office, "SELECT SUM(wage) FROM person WHERE dept = 'X'");
                long well = sum(office, "SELECT SUM(r.pay)" + from + "'none'");
                long flu = sum(office, "SELECT SUM(r.pay)" + from + "'flu'");
                assertThat(Math.abs(all - well - flu)).as("rare %s", rare).isLessThan(100);
            }
        }
    }

    @Test
    void aDominatedSumIsNotWhatFourSumsLeave() {
        NeighboursTest rows = new NeighboursTest();
        rows.person.append("1000,X,t1,F,none,90000\n");
        for (int i = 0; i < 40; i++) {
            rows.person.append((1001 + i) + ",X,t1," + (i % 2 == 0 ? "F" : "M") + ",none," + (100 + 5 * i) + "\n");
        }
        for (int i = 0; i < 90; i++) {
            rows.person.append((2000 + i) + ",A," + (i % 3 == 0 ? "t2" : "t1") + "," + (i % 2 == 0 ? "F" : "M")
                    + ",none," + (2_000 + 70 * i) + "\n");
        }
        Map<String, String> csv =
                Map.of("person", rows.person.toString(), "visit", rows.visit.toString(), "rec", rows.rec.toString());
        List<String> session = List.of(
                "dept IN ('X', 'A') AND sex = 'F'",
                "dept IN ('X', 'A') AND sex = 'M'",
                "dept = 'A' AND town = 't1'",
                "dept = 'A' AND town <> 't1'");
        try (ZoneFixture office = ZoneFixture.open(YAML, csv)) {
            for (int i = 0; i < 3; i++) {
                office.guard("SELECT SUM(wage) FROM person WHERE " + session.get(i))
                        .released();
            }
            office.guard("SELECT SUM(wage) FROM person WHERE " + session.get(3))
                    .refuses(GuardReason.NOTHING_RELEASABLE);
        }
    }

    private static long sum(ZoneFixture office, String sql) {
        return ((Number) office.guard(sql).rows().getFirst().getFirst()).longValue();
    }

    @Test
    void aCountThatFollowsIsToldWhereSeveralTablesTellOfPersons() {
        try (ZoneFixture none = office(false, 2, "noise: none");
                ZoneFixture one = office(true, 2, "noise: none")) {
            sameShapes(
                    none,
                    one,
                    List.of(
                            "SELECT COUNT(*) FROM person WHERE dept = 'X' AND sex = 'F'",
                            "SELECT COUNT(*) FROM person WHERE dept = 'X' AND ill = 'none'",
                            "SELECT COUNT(*) FROM person WHERE dept = 'X' AND ill = 'flu'",
                            "SELECT COUNT(*) FROM person WHERE dept = 'X' AND sex = 'M'"));
        }
    }

    @Test
    void aSumThatFollowsForRowsIsToldLikeAnyOther() {
        String sum = "SELECT SUM(wage) FROM person WHERE dept = 'X' AND ";
        String pays = "SELECT COUNT(*), AVG(r.pay) FROM person p JOIN rec r ON p.id = r.id WHERE p.dept = 'X' AND ";
        List<List<String>> sessions = List.of(
                List.of(sum + "sex = 'F'", sum + "ill = 'none'", sum + "ill = 'flu'", sum + "sex = 'M'"),
                List.of(
                        "SELECT COUNT(*), AVG(wage) FROM person WHERE dept = 'X'",
                        pays + "p.ill = 'none'",
                        pays + "p.ill = 'flu'"),
                List.of(
                        "SELECT sex, ill, SUM(wage) FROM person WHERE dept IN ('X', 'A') GROUP BY 1, 2",
                        "SELECT sex, dept, SUM(wage) FROM person WHERE dept IN ('X', 'A') GROUP BY 1, 2",
                        "SELECT dept, ill, SUM(wage) FROM person WHERE dept IN ('X', 'A') GROUP BY 1, 2"));
        for (List<String> session : sessions) {
            try (ZoneFixture none = office(false, 2, "noise: none");
                    ZoneFixture one = office(true, 2, "noise: none")) {
                sameShapes(none, one, session);
                for (String sql : session) {
                    assertThat(nulls(none, sql)).as(sql).isEqualTo(nulls(one, sql));
                }
            }
        }
    }

    private static long nulls(ZoneFixture office, String sql) {
        return office.guard(sql).rows().stream()
                .flatMap(List::stream)
                .filter(Objects::isNull)
                .count();
    }

    @Test
    void suppressedGroupsAreNotCounted() {
        for (String noise : List.of("noise: none", "noise: sticky")) {
            try (ZoneFixture none = office(false, 2, noise);
                    ZoneFixture one = office(true, 2, noise)) {
                String from = "SELECT dept, town, ill, COUNT(*) FROM person WHERE dept IN (";
                for (String places : List.of("'C', 'X'", "'A', 'C', 'X'", "'B', 'X'")) {
                    String sql = from + places + ") GROUP BY 1, 2, 3";
                    int shownHere = none.guard(sql).rows().size();
                    int shownThere = one.guard(sql).rows().size();
                    assertThat(none.guard(sql).released().suppressedGroups() + shownHere)
                            .as(noise + " " + sql)
                            .isEqualTo(one.guard(sql).released().suppressedGroups() + shownThere);
                }
            }
        }
    }

    @Test
    void aFewDoNotGrowToEnoughByConditionsTakenOut() {
        for (int zone = 0; zone < 8; zone++) {
            try (ZoneFixture none = office(false, 2, "noise: sticky");
                    ZoneFixture one = office(true, 2, "noise: sticky")) {
                String sql = "SELECT COUNT(*) FROM person WHERE dept = 'X' AND ill = 'rare' AND sex = 'F'";
                none.guard(sql).refuses(GuardReason.NOTHING_RELEASABLE);
                one.guard(sql).refuses(GuardReason.NOTHING_RELEASABLE);
                sameShapes(
                        none,
                        one,
                        List.of("SELECT ill, COUNT(*) FROM person WHERE dept = 'X' AND sex = 'F' GROUP BY ill"));
            }
        }
    }

    @Test
    void aConditionWrittenIntoAKeyIsTakenOutLikeAnyOther() {
        String count = "SELECT COUNT(*) FROM person";
        for (boolean rare : List.of(false, true)) {
            try (ZoneFixture office = office(rare, 2, "noise: sticky")) {
                List<Object> everybody = List.of(sum(office, count));
                assertThat(values(
                                office,
                                "SELECT CASE WHEN dept = 'X' AND ill = 'rare' AND sex = 'F' THEN 1 ELSE 0 END AS k, COUNT(*)"
                                        + " FROM person GROUP BY 1"))
                        .as("rare %s", rare)
                        .isEqualTo(everybody);
                assertThat(values(
                                office,
                                "SELECT dept || CASE WHEN ill = 'rare' THEN '!' ELSE '' END AS k, COUNT(*) FROM person"
                                        + " WHERE dept = 'X' GROUP BY 1"))
                        .as("rare %s", rare)
                        .isEqualTo(List.of(sum(office, count + " WHERE dept = 'X'")));
            }
        }
    }

    private static List<Object> values(ZoneFixture office, String sql) {
        List<Object> values = new ArrayList<>();
        office.guard(sql).rows().forEach(row -> values.add(row.getLast()));
        return values;
    }
}
