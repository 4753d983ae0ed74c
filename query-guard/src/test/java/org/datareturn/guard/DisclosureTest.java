package org.datareturn.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.datareturn.guard.audit.Combination;
import org.datareturn.guard.declaration.DeclarationException;
import org.datareturn.guard.declaration.DeclarationReader;
import org.datareturn.guard.load.LoadException;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.RoaringBitmap;

class DisclosureTest {
    private static ZoneFixture town() {
        return ZoneFixture.open(TownCensus.YAML, TownCensus.csv());
    }

    @Test
    void countsPersonsNotRows() {
        try (ZoneFixture town = town()) {
            assertThat(town.guard("SELECT clinic, COUNT(*), COUNT(DISTINCT id) FROM visit GROUP BY clinic")
                            .rows())
                    .extracting(List::getFirst)
                    .containsExactly("north", "south");
        }
    }

    @Test
    void refusesSumDominatedByOnePerson() {
        try (ZoneFixture town = town()) {
            town.guard("SELECT SUM(debt) FROM person").refuses(GuardReason.NOTHING_RELEASABLE);
            assertThat(town.guard("SELECT COUNT(*), SUM(debt) FROM person")
                            .rows()
                            .getFirst()
                            .get(1))
                    .isNull();
        }
    }

    @Test
    void countsOnlyPersonsWhoAddSomethingToASum() {
        StringBuilder csv = new StringBuilder("id,kind,gift\n");
        for (int i = 0; i < 60; i++) {
            boolean gives = i % 2 == 0 || i < 8;
            csv.append(i)
                    .append(i % 2 == 0 ? ",many," : ",few,")
                    .append(gives ? 10 : 0)
                    .append('\n');
        }
        String yaml = """
                zone: gifts
                release: { min_group_size: 5, dominance: { largest: 1, percent: 85 }, rounding: 5, noise: none }
                tables:
                  t:
                    columns:
                      id:   { type: INTEGER, use: subject }
                      kind: { type: VARCHAR, use: [group, filter] }
                      gift: { type: INTEGER, use: measure, bounds: [0, 100] }
                """;
        try (ZoneFixture zone = ZoneFixture.open(yaml, Map.of("t", csv.toString()))) {
            assertThat(zone.guard("SELECT kind, COUNT(*), SUM(gift) FROM t GROUP BY kind")
                            .rows())
                    .containsExactly(
                            java.util.Arrays.asList("few", 30L, null), List.of("many", 30L, BigDecimal.valueOf(300)));
            // The total would give the four givers among the few away: it is told without them.
            assertThat(zone.guard("SELECT SUM(gift) FROM t").rows()).containsExactly(List.of(BigDecimal.valueOf(300)));
        }
    }

    @Test
    void roundsCountsSumsAndMeans() {
        try (ZoneFixture town = town()) {
            List<?> row = town.guard("SELECT COUNT(*), SUM(wage), AVG(wage) FROM person")
                    .rows()
                    .getFirst();
            long count = (Long) row.get(0);
            BigDecimal sum = (BigDecimal) row.get(1);
            assertThat(count % 5).isZero();
            assertThat(sum.remainder(BigDecimal.valueOf(5))).isZero();
            // A two-thousandth of a mean of some 3000, or a count of 600 in a step of 5.
            BigDecimal mean = (BigDecimal) row.get(2);
            assertThat(mean.remainder(BigDecimal.ONE)).isZero();
            assertThat(mean.doubleValue()).isCloseTo(sum.doubleValue() / TownCensus.PERSONS, within(2.0));
        }
    }

    @Test
    void clampsMeasuresToTheirBounds() {
        try (ZoneFixture town = town()) {
            String[] lines = TownCensus.persons("").split("\n", -1);
            long clamped = 0;
            for (int i = 1; i < lines.length; i++) {
                if (!lines[i].isEmpty()) {
                    clamped += Math.min(5000, Long.parseLong(lines[i].split(",", -1)[6]));
                }
            }
            BigDecimal sum = (BigDecimal)
                    town.guard("SELECT SUM(wage) FROM person").rows().getFirst().getFirst();
            assertThat(sum.longValue()).isBetween(clamped - 3, clamped + 3);
        }
    }

    @Test
    void answersTheSameQuestionFromMemoryHoweverItIsSpelt() {
        try (ZoneFixture town = town()) {
            Released first = town.guard(
                            "SELECT school, COUNT(*) AS n FROM person WHERE sex = 'F' AND age >= 30 GROUP BY school")
                    .released();
            Released again = town.guard(
                            "select SCHOOL as 学校, count(*) as 人数 from PERSON where 30 <= AGE and 'F' = SEX group by school")
                    .released();
            assertThat(first.fromMemory()).isFalse();
            assertThat(again.fromMemory()).isTrue();
            assertThat(again.rows()).isEqualTo(first.rows());
            assertThat(again.planDigest()).isEqualTo(first.planDigest());
            assertThat(again.columns()).extracting(Released.Column::name).containsExactly("学校", "人数");
        }
    }

    @Test
    void auditsAllAnalystsOfAnOrganisationTogetherAndOrganisationsApart() {
        try (ZoneFixture town = town()) {
            String allButFew = "SELECT SUM(wage) FROM person WHERE country IN ('Bohemia', 'Cathay')";
            var everybody = town.guard("one", "SELECT SUM(wage) FROM person").rows();
            assertThat(town.guard("one", allButFew).rows()).isEqualTo(everybody);
            Released others = town.guard("two", allButFew).released();
            assertThat(others.number()).isEqualTo(1);
            assertThat(others.rows())
                    .as("a condition that leaves out few is taken out")
                    .isEqualTo(everybody);
        }
    }

    @Test
    void remembersAcrossARestart() throws IOException {
        ListJournal journal = new ListJournal();
        String edition;
        Released before;
        try (ZoneFixture town = ZoneFixture.open(TownCensus.YAML, TownCensus.csv(), AnswerMemory.journalled(journal))) {
            before = town.guard("SELECT SUM(wage), COUNT(*), AVG(age) FROM person")
                    .released();
            edition = town.zone().edition();
        }
        try (ZoneFixture town = ZoneFixture.open(TownCensus.YAML, TownCensus.csv(), AnswerMemory.journalled(journal))) {
            assertThat(town.zone().edition()).isEqualTo(edition);
            assertThat(town.guard("SELECT SUM(wage) FROM person WHERE country IN ('Bohemia', 'Cathay')")
                            .rows()
                            .getFirst()
                            .getFirst())
                    .isEqualTo(before.rows().getFirst().getFirst());
            Released again = town.guard("SELECT SUM(wage), COUNT(*), AVG(age) FROM person")
                    .released();
            assertThat(again.fromMemory()).isTrue();
            assertThat(again.rows()).isEqualTo(before.rows());
            assertThat(again.columns()).isEqualTo(before.columns());
        }
    }

    @Test
    void remembersWhatARefusedQuestionMadeTheAuditNote() throws IOException {
        ListJournal journal = new ListJournal();
        Space space = new Space.Rows("person");
        AnswerMemory.Told told = new AnswerMemory.Told(space.name(), Combination.of(RoaringBitmap.bitmapOf(1, 2, 3)));
        AnswerMemory.Replaced other = new AnswerMemory.Replaced(
                space.name(),
                RoaringBitmap.bitmapOf(1, 2),
                Optional.of(Combination.of(RoaringBitmap.bitmapOf(1, 2, 3))));
        AnswerMemory.Replaced withheld =
                new AnswerMemory.Replaced(space.name(), RoaringBitmap.bitmapOf(7), Optional.empty());
        AnswerMemory.History before = AnswerMemory.journalled(journal).history("organisation");
        synchronized (before) {
            before.remember("organisation", List.of(told), List.of(other, withheld));
        }
        AnswerMemory.History after = AnswerMemory.journalled(journal).history("organisation");
        synchronized (after) {
            assertThat(after.told(space)).containsExactly(told);
            assertThat(after.replaced(space)).containsExactly(other, withheld);
            assertThat(after.nextNumber()).as("no answer was given").isEqualTo(before.nextNumber());
        }
    }

    @Test
    void refusesWhatItCannotRemember() throws IOException {
        ListJournal journal = new ListJournal();
        try (ZoneFixture town = ZoneFixture.open(TownCensus.YAML, TownCensus.csv(), AnswerMemory.journalled(journal))) {
            journal.full(true);
            town.guard("SELECT COUNT(*) FROM person").refuses(GuardReason.MEMORY_UNAVAILABLE);
            journal.full(false);
            // What the refused answer would have told is in the audit and not in the journal: nothing more is told.
            town.guard("SELECT sex, COUNT(*) FROM person GROUP BY sex").refuses(GuardReason.MEMORY_UNAVAILABLE);
        }
    }

    @Test
    void opensOnNoJournalItCannotRead() throws IOException {
        ListJournal journal = new ListJournal();
        journal.append(new byte[] {9, 9, 9});
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> AnswerMemory.journalled(journal));
    }

    @Test
    void holdsBackAnEditionInWhichFewPersonsChanged() throws LoadException {
        try (ZoneFixture town = town()) {
            String edition = town.zone().edition();
            assertThat(town.zone().refresh(ZoneFixture.sources(with("601,high,F,40,Cathay,smith,300,,x\n"))))
                    .isEqualTo(new Refresh.HeldBack(edition));
            assertThat(town.zone().refresh(ZoneFixture.sources(TownCensus.csv())))
                    .isEqualTo(new Refresh.Refreshed(edition));
        }
    }

    @Test
    void tellsNobodyApartByAskingBeforeAndAfterARefresh() throws LoadException {
        try (ZoneFixture town = town()) {
            String college = "SELECT SUM(wage) FROM person WHERE school = 'college'";
            var before = town.guard(college).rows();
            StringBuilder extra = new StringBuilder("601,college,F,40,Cathay,smith,300,,x\n");
            for (int i = 602; i < 612; i++) {
                extra.append(i).append(",primary,F,40,Cathay,smith,300,,x\n");
            }
            assertThat(town.zone().refresh(ZoneFixture.sources(with(extra.toString()))))
                    .isInstanceOf(Refresh.Refreshed.class);
            Released after = town.guard(college).released();
            assertThat(after.fromMemory()).isFalse();
            assertThat(after.rows()).isEqualTo(before);
            assertThat(town.guard("SELECT SUM(wage) FROM person WHERE school = 'middle'")
                            .outcome())
                    .isEqualTo("released");
        }
    }

    private static Map<String, String> with(String extra) {
        Map<String, String> csv = new HashMap<>(TownCensus.csv());
        csv.put("person", TownCensus.persons(extra));
        return csv;
    }

    @Test
    void anUngrantedColumnLooksLikeOneThatDoesNotExist() {
        try (ZoneFixture town = town()) {
            var call = town.call("organisation", Set.of("person.school"), OptionalInt.empty());
            Refused ungranted = (Refused) town.zone().answer(call, "SELECT SUM(wage) FROM person");
            Refused absent = (Refused) town.zone().answer(call, "SELECT SUM(wagx) FROM person");
            assertThat(ungranted.refusal().messageEn().replace("wage", "wagx"))
                    .isEqualTo(absent.refusal().messageEn());
            assertThat(((Refused) town.zone().answer(call, "SELECT COUNT(*) FROM visit"))
                            .refusal()
                            .reason())
                    .isEqualTo(GuardReason.UNKNOWN_NAME);
            assertThat(town.zone().visibleSchema(call))
                    .singleElement()
                    .satisfies(table -> assertThat(table.columns())
                            .extracting(VisibleTable.VisibleColumn::name)
                            .containsExactly("school"));
        }
    }

    @Test
    void aPolicyCanRaiseTheGroupSizeAndNeverLowerIt() {
        try (ZoneFixture town = town()) {
            Set<String> all = ZoneFixture.allColumns(town.zone().declaration());
            var raised = town.call("strict", all, OptionalInt.of(400));
            assertThat(town.zone().answer(raised, "SELECT school, COUNT(*) FROM person GROUP BY school"))
                    .isInstanceOf(Refused.class);
            var lowered = town.call("loose", all, OptionalInt.of(1));
            assertThat(town.zone().answer(lowered, "SELECT job, COUNT(*) FROM person GROUP BY job"))
                    .isInstanceOfSatisfying(
                            Released.class,
                            released -> assertThat(released.rows()).noneMatch(row -> row.contains("astronaut")));
        }
    }

    @Test
    void refusesACallForAnotherZone() {
        try (ZoneFixture town = town()) {
            var call = ZoneFixture.call("organisation", "elsewhere", Set.of("person.school"), OptionalInt.empty());
            assertThat(((Refused) town.zone().answer(call, "SELECT COUNT(*) FROM person"))
                            .refusal()
                            .reason())
                    .isEqualTo(GuardReason.NOT_AUTHORISED_FOR_ZONE);
        }
    }

    @Test
    void opensNoZoneItCannotProtectAsDeclared() {
        String yaml = TownCensus.YAML.replace("engine: embedded", "engine: trino");
        assertThatExceptionOfType(DeclarationException.class)
                .isThrownBy(() -> DataZone.open(
                        DeclarationReader.read(yaml),
                        ZoneFixture.sources(TownCensus.csv()),
                        AnswerMemory.inProcess(),
                        EngineLimits.standard()))
                .withMessageContaining("no server of this engine is named");
    }

    @Test
    void namesABadValueByLineAndColumnOnly() {
        Map<String, String> csv = with("x17,high,F,40,Cathay,smith,300,,x\n");
        assertThatExceptionOfType(LoadException.class)
                .isThrownBy(() -> DataZone.open(
                        DeclarationReader.read(TownCensus.YAML),
                        ZoneFixture.sources(csv),
                        AnswerMemory.inProcess(),
                        EngineLimits.standard()))
                .withMessageContaining("line 602")
                .withMessageContaining("column id")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("x17"));
    }

    @Test
    void tellsWhatAWatermarkMayAlter() {
        try (ZoneFixture town = town()) {
            Released released = town.guard(
                            "SELECT sex, COUNT(*), SUM(wage), AVG(wage), COUNT(*) * 2 FROM person GROUP BY sex")
                    .released();
            assertThat(released.columns())
                    .extracting(Released.Column::kind)
                    .containsExactly(
                            Released.ColumnKind.KEY,
                            Released.ColumnKind.COUNT,
                            Released.ColumnKind.SUM,
                            Released.ColumnKind.AVERAGE,
                            Released.ColumnKind.DERIVED);
            assertThat(released.columns().get(1).tolerance()).isEqualByComparingTo("2.5");
            assertThat(released.rewrittenSql())
                    .containsPattern("array_agg|bitstring_agg")
                    .doesNotContain("'F'");
        }
    }
}
