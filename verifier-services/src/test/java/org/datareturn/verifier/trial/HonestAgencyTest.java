package org.datareturn.verifier.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.datareturn.verifier.normalise.SyntheticNumbers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agencies whose work is such that an honest no is ordinary: no limit may take them for searchers. */
class HonestAgencyTest {
    @TempDir
    Path folder;

    private final SplittableRandom random = new SplittableRandom(5);

    private record Person(String number, String name) {}

    private List<Person> persons(int count, LocalDate latestBirth) {
        Set<String> numbers = new LinkedHashSet<>();
        while (numbers.size() < count) {
            numbers.add(SyntheticNumbers.idNumber(random, latestBirth));
        }
        List<Person> persons = new ArrayList<>();
        for (String number : numbers) {
            char given = (char) (0x5B50 + random.nextInt(200));
            persons.add(new Person(number, "王李张刘陈杨赵黄".charAt(random.nextInt(8)) + "" + given));
        }
        return persons;
    }

    @Test
    void leavesEverybodyElseInPeaceWhereNamesWereMistypedWithOneKindOfInsurance() throws IOException {
        TrialTalk talk =
                new TrialTalk(folder, "social-insurance", "id_number,insurance,name,insured_from,insured_until");
        List<Person> persons = persons(150, LocalDate.of(2000, 1, 1));
        persons.forEach(p -> talk.row(p.number(), "养老保险", p.name(), "2010-01-01", "2030-01-01"));
        for (int i = 0; i < persons.size(); i++) {
            Person person = persons.get(i);
            talk.ask(
                    "op" + i % 3,
                    "id_number",
                    person.number(),
                    "insurance",
                    "养老保险",
                    "name",
                    i < 30 ? person.name() + "某" : person.name(),
                    "from",
                    "2020-01-01",
                    "until",
                    "2020-12-31");
        }
        assertThat(TrialTalk.counted(talk.told())).isEqualTo(Map.of("NO", 30L, "MATCH", 120L));
        assertThat(talk.events()).isEmpty();
    }

    @Test
    void keepsOnAnsweringASchoolMostOfWhosePersonsAreMinors() throws IOException {
        TrialTalk talk = new TrialTalk(folder, "minimum-age", "id_number,name");
        List<Person> persons = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            String born =
                    LocalDate.of(2010, 1, 1).plusDays(random.nextInt(360)).format(DateTimeFormatter.BASIC_ISO_DATE);
            // One name, one county, one year: what a search would look like.
            persons.add(new Person(SyntheticNumbers.idNumber("370812", born, "%03d".formatted(i)), "张伟"));
        }
        persons.forEach(p -> talk.row(p.number(), p.name()));
        persons.forEach(p -> talk.ask("school", "id_number", p.number(), "name", p.name()));
        assertThat(TrialTalk.counted(talk.told())).isEqualTo(Map.of("NO", 300L));
        assertThat(talk.events()).isEmpty();
    }

    @Test
    void keepsOnAnsweringADistrictHalfOfWhoseApplicantsLiveElsewhere() throws IOException {
        TrialTalk talk = new TrialTalk(folder, "residence-in-region", "id_number,name,registered_in,registered_until");
        List<Person> persons = persons(300, LocalDate.of(2000, 1, 1));
        for (int i = 0; i < persons.size(); i++) {
            talk.row(persons.get(i).number(), persons.get(i).name(), i % 2 == 0 ? "370812" : "370102", "2030-01-01");
        }
        persons.forEach(p -> talk.ask("clerk", "id_number", p.number(), "name", p.name(), "region", "370812"));
        assertThat(TrialTalk.counted(talk.told())).isEqualTo(Map.of("NO", 150L, "MATCH", 150L));
        assertThat(talk.events()).isEmpty();
    }

    @Test
    void keepsOnAnsweringWhoLearnsThatApplicantsAreNotMarriedToEachOther() throws IOException {
        TrialTalk talk = new TrialTalk(folder, "marriage-check", "id_number,name,spouse_id_number,spouse_name");
        List<Person> persons = persons(801, LocalDate.of(2000, 1, 1));
        for (int i = 0; i < 800; i += 2) {
            Person one = persons.get(i);
            Person spouse = persons.get(i + 1);
            talk.row(one.number(), one.name(), spouse.number(), spouse.name());
            Person other = i % 4 == 0 ? persons.get((i + 3) % 800) : spouse;
            talk.ask(
                    "registrar",
                    "id_number",
                    one.number(),
                    "name",
                    one.name(),
                    "spouse_id_number",
                    other.number(),
                    "spouse_name",
                    other.name());
        }
        assertThat(TrialTalk.counted(talk.told())).isEqualTo(Map.of("NO", 200L, "MATCH", 200L));
        assertThat(talk.events()).isEmpty();
    }

    @Test
    void answersForEverybodyWhoWasBornInACountyInOneYear() throws IOException {
        TrialTalk talk = new TrialTalk(folder, "not-on-list", "id_number");
        talk.row(SyntheticNumbers.idNumber("370102", "19700101", "005"));
        Set<String> numbers = new LinkedHashSet<>();
        while (numbers.size() < 8000) {
            String born =
                    LocalDate.of(2006, 1, 1).plusDays(random.nextInt(365)).format(DateTimeFormatter.BASIC_ISO_DATE);
            numbers.add(SyntheticNumbers.idNumber("370812", born, "%03d".formatted(random.nextInt(1000))));
        }
        int i = 0;
        for (String number : numbers) {
            talk.ask("op" + i++ % 5, "id_number", number);
        }
        assertThat(TrialTalk.counted(talk.told())).isEqualTo(Map.of("MATCH", 8000L));
        assertThat(talk.events()).isEmpty();
    }

    @Test
    void lastsThroughMonthlyChecksOfTheMonthBefore() throws IOException {
        TrialTalk talk =
                new TrialTalk(folder, "social-insurance", "id_number,insurance,name,insured_from,insured_until");
        Person person = persons(1, LocalDate.of(2000, 1, 1)).getFirst();
        talk.row(person.number(), "pension", person.name(), "2010-01-01", "2040-01-01");
        for (int month = 0; month < 24; month++) {
            LocalDate first = LocalDate.of(2026, 10, 1).plusMonths(month);
            talk.ask(
                    "op",
                    "id_number",
                    person.number(),
                    "insurance",
                    "pension",
                    "name",
                    person.name(),
                    "from",
                    first.toString(),
                    "until",
                    first.plusMonths(1).minusDays(1).toString());
            talk.wait(Duration.between(
                    LocalDate.of(2026, 11, 21).plusMonths(month).atStartOfDay(),
                    LocalDate.of(2026, 11, 21).plusMonths(month + 1).atStartOfDay()));
        }
        assertThat(TrialTalk.counted(talk.told())).isEqualTo(Map.of("MATCH", 24L));
    }

    @Test
    void answersForAnotherPeriodOfTheSamePersonWithinTheInterval() throws IOException {
        TrialTalk talk =
                new TrialTalk(folder, "social-insurance", "id_number,insurance,name,insured_from,insured_until");
        Person person = persons(1, LocalDate.of(2000, 1, 1)).getFirst();
        talk.row(person.number(), "pension", person.name(), "2010-01-01", "2040-01-01");
        for (String from : List.of("2024-01-01", "2024-01-01", "2025-01-01")) {
            talk.ask(
                    "op",
                    "id_number",
                    person.number(),
                    "insurance",
                    "pension",
                    "name",
                    person.name(),
                    "from",
                    from,
                    "until",
                    "2025-12-31");
        }
        assertThat(talk.told()).containsExactly("MATCH", "ASKED_TOO_SOON", "MATCH");
    }

    @Test
    void forgivesSlipsWithOneNameThatAreCorrected() throws IOException {
        TrialTalk talk = new TrialTalk(folder, "identity-check", "id_number,name");
        List<Person> persons = persons(1600, LocalDate.of(2000, 1, 1));
        persons.forEach(p -> talk.row(p.number(), p.name()));
        for (int i = 0; i < persons.size(); i++) {
            Person person = persons.get(i);
            if (i % 20 == 0) {
                // What a form's field held before anybody typed.
                talk.ask("clerk", "id_number", person.number(), "name", "无");
            }
            talk.ask("clerk", "id_number", person.number(), "name", person.name());
            talk.wait(Duration.ofMinutes(3));
        }
        assertThat(TrialTalk.counted(talk.told())).isEqualTo(Map.of("NO", 80L, "MATCH", 1600L));
        assertThat(talk.events()).isEmpty();
    }

    @Test
    void suspendsNobodyForSlipsWithOneNameThatAreNotCorrected() throws IOException {
        TrialTalk talk = new TrialTalk(folder, "identity-check", "id_number,name");
        List<Person> persons = persons(1600, LocalDate.of(2000, 1, 1));
        persons.forEach(p -> talk.row(p.number(), p.name()));
        for (int i = 0; i < persons.size(); i++) {
            Person person = persons.get(i);
            talk.ask("clerk", "id_number", person.number(), "name", i % 20 == 0 ? "无" : person.name());
            talk.wait(Duration.ofMinutes(3));
        }
        assertThat(TrialTalk.counted(talk.told())).isEqualTo(Map.of("NO", 14L, "SUBJECT_CLOSED", 66L, "MATCH", 1520L));
        assertThat(talk.events()).doesNotContain("OPERATOR_THROTTLED", "OPERATOR_SUSPENDED", "GRANT_SUSPENDED");
    }

    @Test
    void answersForACountysYearWhoseSequencesAreFew() throws IOException {
        TrialTalk talk = new TrialTalk(folder, "not-on-list", "id_number");
        talk.row(SyntheticNumbers.idNumber("370102", "19700101", "005"));
        bornIn(1990, 4000, 200).forEach(number -> talk.ask("op", "id_number", number));
        assertThat(TrialTalk.counted(talk.told())).isEqualTo(Map.of("MATCH", 4000L));
        assertThat(talk.events()).isEmpty();
    }

    @Test
    void suspectsNobodyWhoAsksAListAboutOneSequenceOnly() throws IOException {
        TrialTalk talk = new TrialTalk(folder, "not-on-list", "id_number");
        talk.row(SyntheticNumbers.idNumber("370102", "19700101", "005"));
        bornIn(1990, 100, 1).forEach(number -> talk.ask("op", "id_number", number));
        assertThat(TrialTalk.counted(talk.told())).isEqualTo(Map.of("MATCH", 8L, "SUBJECT_CLOSED", 92L));
        assertThat(talk.events()).doesNotContain("OPERATOR_THROTTLED", "OPERATOR_SUSPENDED", "GRANT_SUSPENDED");
    }

    private Set<String> bornIn(int year, int count, int sequences) {
        Set<String> numbers = new LinkedHashSet<>();
        while (numbers.size() < count) {
            String born =
                    LocalDate.of(year, 1, 1).plusDays(random.nextInt(365)).format(DateTimeFormatter.BASIC_ISO_DATE);
            numbers.add(SyntheticNumbers.idNumber("370812", born, "%03d".formatted(1 + random.nextInt(sequences))));
        }
        return numbers;
    }

    @Test
    void forgivesWrongNumbersThatAreCorrectedHoweverFewNamesThereAre() throws IOException {
        TrialTalk talk = new TrialTalk(folder, "identity-check", "id_number,name");
        List<Person> persons = new ArrayList<>();
        for (Person person : persons(3000, LocalDate.of(2000, 1, 1))) {
            persons.add(new Person(person.number(), "王李张刘".charAt(random.nextInt(4)) + "伟"));
        }
        persons.forEach(p -> talk.row(p.number(), p.name()));
        for (int i = 0; i < persons.size(); i++) {
            Person person = persons.get(i);
            String number = person.number();
            if (i % 20 == 0) {
                int other = (number.charAt(14) - '0' + 1) % 10;
                String wrong = SyntheticNumbers.idNumber(
                        number.substring(0, 6), number.substring(6, 14), other + number.substring(15, 17));
                talk.ask("clerk", "id_number", wrong, "name", person.name());
            }
            talk.ask("clerk", "id_number", number, "name", person.name());
            talk.wait(Duration.ofMinutes(3));
        }
        assertThat(TrialTalk.counted(talk.told())).isEqualTo(Map.of("NO", 150L, "MATCH", 3000L));
        assertThat(talk.events()).isEmpty();
    }

    @Test
    void lastsThroughDailyChecksOfTheDay() throws IOException {
        TrialTalk talk = new TrialTalk(
                folder, "licence-valid", "holder_id_number,licence_number,holder_name,valid_from,valid_until");
        Person person = persons(1, LocalDate.of(2000, 1, 1)).getFirst();
        talk.row(person.number(), "JZ370100001", person.name(), "2020-01-01", "2030-01-01");
        for (int day = 0; day < 400; day++) {
            talk.ask(
                    "gate",
                    "holder_id_number",
                    person.number(),
                    "licence_number",
                    "JZ370100001",
                    "holder_name",
                    person.name(),
                    "valid_on",
                    LocalDate.of(2026, 11, 21).plusDays(day).toString());
            talk.wait(Duration.ofDays(1).minusSeconds(1));
        }
        assertThat(TrialTalk.counted(talk.told())).isEqualTo(Map.of("MATCH", 400L));
    }

    @Test
    void lastsThroughVisitsThatAskForTheLastYearToTheDay() throws IOException {
        TrialTalk talk =
                new TrialTalk(folder, "social-insurance", "id_number,insurance,name,insured_from,insured_until");
        Person person = persons(1, LocalDate.of(2000, 1, 1)).getFirst();
        talk.row(person.number(), "pension", person.name(), "2010-01-01", "2040-01-01");
        for (int day = 0; day < 300; day += 5) {
            LocalDate today = LocalDate.of(2026, 11, 21).plusDays(day);
            for (LocalDate from : List.of(today.minusDays(365), LocalDate.of(2020, 1, 1))) {
                talk.ask(
                        "op",
                        "id_number",
                        person.number(),
                        "insurance",
                        "pension",
                        "name",
                        person.name(),
                        "from",
                        from.toString(),
                        "until",
                        today.toString());
            }
            talk.wait(Duration.ofDays(5).minusSeconds(2));
        }
        assertThat(TrialTalk.counted(talk.told())).isEqualTo(Map.of("MATCH", 120L));
    }
}
