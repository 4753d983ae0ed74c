package org.datareturn.verifier.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.datareturn.verifier.normalise.SyntheticNumbers;
import org.datareturn.verifier.registry.TestRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Searches that leave the beaten track of a number and a name: how many of their questions are answered. */
class SearchesStoppedTest {
    private static final String KNOWN = SyntheticNumbers.idNumber("370812", "19700101", "331");
    private static final LocalDate FROM = LocalDate.of(1990, 1, 1);

    @TempDir
    Path folder;

    private static String born(int day) {
        return born(FROM, day);
    }

    private static String born(LocalDate from, int day) {
        return from.plusDays(day).format(DateTimeFormatter.BASIC_ISO_DATE);
    }

    private static long answered(Map<String, Long> told) {
        return told.getOrDefault("NO", 0L) + told.getOrDefault("MATCH", 0L);
    }

    @ParameterizedTest
    @CsvSource({
        "date, 2015-07-01, day",
        "date, 2015-07-01, area",
        "date, 2015-07-01, sequence",
        "region, 370812, day",
        "code, A1, area",
        "code, A1, day"
    })
    void stopsTheCompletionOfANumberWhereNoNameIsAsked(String kind, String value, String unknown) throws IOException {
        Path product =
                TrialTalk.declaration(folder, "enrolment", "", "id_number: subject id-number", "since: match " + kind);
        TrialTalk talk = new TrialTalk(folder, product.toString(), "id_number,since");
        talk.row(KNOWN, value);
        for (int i = 0; i < 500; i++) {
            String number = switch (unknown) {
                case "day" -> SyntheticNumbers.idNumber("370812", born(i), "217");
                case "area" -> SyntheticNumbers.idNumber("37%04d".formatted(100 + i), "19900307", "217");
                default -> SyntheticNumbers.idNumber("370812", "19900307", "%03d".formatted(2 * i));
            };
            // Repeating what is known, and by many operators, does not help.
            talk.ask("op" + i % 20, "id_number", KNOWN, "since", value);
            talk.ask("op" + i % 20, "id_number", number, "since", value);
            talk.wait(Duration.ofDays(3));
        }
        List<String> told = talk.told();
        assertThat(told.stream().filter("NO"::equals).count()).isBetween(1L, 25L);
        assertThat(told.get(told.size() - 1)).isNotIn("NO", "MATCH");
    }

    @Test
    void suspendsWhoHidesMissesAmongRepetitionsOfOneMatch() throws IOException {
        TrialTalk talk = new TrialTalk(folder, "identity-check", "id_number,name");
        talk.row(KNOWN, "张三");
        for (int i = 0; i < 500; i++) {
            for (int repeated = 0; repeated < 4; repeated++) {
                talk.ask("op", "id_number", KNOWN, "name", "张三");
            }
            // One try each at very many persons.
            String number = SyntheticNumbers.idNumber("37%04d".formatted(100 + i), born(31 * i), "%03d".formatted(i));
            talk.ask("op", "id_number", number, "name", "王" + (char) (0x4E00 + 7 * i));
        }
        assertThat(answered(TrialTalk.counted(
                        talk.told().stream().filter("NO"::equals).toList())))
                .isLessThan(150);
        assertThat(talk.events()).contains("OPERATOR_THROTTLED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"code", "region"})
    void answersOfFewPossibleValuesThreeWrongOnes(String kind) throws IOException {
        Path product = TrialTalk.declaration(
                folder, "trait", "", "id_number: subject id-number", "name: match person-name", "trait: match " + kind);
        TrialTalk talk = new TrialTalk(folder, product.toString(), "id_number,name,trait");
        talk.row(KNOWN, "张三", kind.equals("code") ? "博士" : "370883");
        List<String> all = kind.equals("code")
                ? List.of("文盲", "小学", "初中", "高中", "中专", "大专", "本科", "硕士", "博士")
                : List.of("370811", "370812", "370826", "370827", "370828", "370829", "370830", "370831", "370883");
        for (String value : all) {
            talk.ask("op", "id_number", KNOWN, "name", "张三", "trait", value);
            talk.wait(Duration.ofDays(100));
        }
        assertThat(TrialTalk.counted(talk.told())).isEqualTo(Map.of("NO", 3L, "SUBJECT_CLOSED", 6L));
    }

    @ParameterizedTest
    @CsvSource({"PT1H, 4", "P1D, 4", "P7D, 7", "P20D, 7"})
    void endsTheBisectionOfAFirstDayHoweverSlowly(Duration between, int most) throws IOException {
        TrialTalk talk =
                new TrialTalk(folder, "social-insurance", "id_number,insurance,name,insured_from,insured_until");
        LocalDate truth = LocalDate.of(2009, 5, 17);
        talk.row(KNOWN, "pension", "张三", truth.toString(), "2040-01-01");
        LocalDate low = LocalDate.of(1995, 1, 1);
        LocalDate high = LocalDate.of(2022, 6, 1);
        for (int step = 0; step < 15; step++) {
            LocalDate middle = low.plusDays((high.toEpochDay() - low.toEpochDay()) / 2);
            String day = middle.toString();
            talk.ask("op" + step, "id_number", KNOWN, "insurance", "pension", "name", "张三", "from", day, "until", day);
            talk.wait(between);
            if (middle.isBefore(truth)) {
                low = middle.plusDays(1);
            } else {
                high = middle;
            }
        }
        // What comes after the first refusal tells nothing: which half to go on with was not said.
        List<String> told = talk.told();
        assertThat(told.indexOf("SUBJECT_CLOSED")).isBetween(1, most);
    }

    @ParameterizedTest
    @CsvSource({"P20D, 12, 4", "P7D, 500, 20", "P30D, 120, 20"})
    void namesFewDivisionsOfAPersonInAYearAndInAll(Duration between, int candidates, long answered) throws IOException {
        TrialTalk talk = new TrialTalk(folder, "residence-in-region", "id_number,name,registered_in,registered_until");
        talk.row(KNOWN, "张三", "370102", "2040-01-01");
        for (int i = 0; i < candidates; i++) {
            talk.ask("op" + i % 7, "id_number", KNOWN, "name", "张三", "region", "%06d".formatted(410101 + i));
            talk.wait(between);
        }
        assertThat(TrialTalk.counted(talk.told()))
                .isEqualTo(Map.of("NO", answered, "SUBJECT_CLOSED", candidates - answered));
    }

    @ParameterizedTest
    @ValueSource(strings = {"day", "area"})
    void stopsASearchOfTheListForAnUnknownDayOrArea(String unknown) throws IOException {
        TrialTalk talk = new TrialTalk(folder, "not-on-list", "id_number");
        talk.row(KNOWN);
        for (int i = 0; i < 500; i++) {
            talk.ask(
                    "op" + i % 20,
                    "id_number",
                    unknown.equals("day")
                            ? SyntheticNumbers.idNumber("370812", born(i), "217")
                            : SyntheticNumbers.idNumber("37%04d".formatted(100 + i), "19900307", "217"));
            talk.wait(Duration.ofDays(1));
        }
        assertThat(answered(TrialTalk.counted(talk.told()))).isBetween(1L, 25L);
    }

    @Test
    void stopsTheCompletionOfABirthDateOnAListAcrossThreeYears() throws IOException {
        TrialTalk talk = new TrialTalk(folder, "not-on-list", "id_number");
        talk.row(KNOWN);
        for (int i = 0; i < 500; i++) {
            String number = SyntheticNumbers.idNumber("370812", born(LocalDate.of(1989, 10, 1), i), "217");
            talk.ask("op" + i % 20, "id_number", number);
            talk.wait(Duration.ofDays(1));
        }
        assertThat(answered(TrialTalk.counted(talk.told()))).isBetween(1L, 25L);
    }

    @Test
    void endsACrawlThroughAListOfCodes() throws IOException {
        Path product = TrialTalk.declaration(folder, "stolen-cards", "yes_when: absent\n", "card: subject code");
        TrialTalk talk = new TrialTalk(folder, product.toString(), "card");
        talk.row("E00000777");
        for (int i = 0; i < 20_000; i++) {
            talk.ask("op", "card", "E%08d".formatted(i));
        }
        assertThat(answered(TrialTalk.counted(talk.told()))).isBetween(25L, 500L);
        assertThat(talk.events()).contains("SUSPENDED");
    }

    @Test
    void stillLimitsPartnersOfOnePerson() throws IOException {
        TrialTalk talk = new TrialTalk(folder, "marriage-check", "id_number,name,spouse_id_number,spouse_name");
        talk.row(KNOWN, "张三", SyntheticNumbers.idNumber("370812", "19710101", "222"), "李四");
        for (int i = 0; i < 500; i++) {
            String partner = SyntheticNumbers.idNumber("37%04d".formatted(100 + i), born(31 * i), "%03d".formatted(i));
            talk.ask("op" + i, "id_number", KNOWN, "name", "张三", "spouse_id_number", partner, "spouse_name", "李四");
            talk.wait(Duration.ofDays(1));
        }
        assertThat(answered(TrialTalk.counted(talk.told()))).isBetween(1L, 10L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"person-name", "date", "region"})
    void refusesASubjectThatIsNobodysAlone(String kind) throws IOException {
        Path product = TrialTalk.declaration(folder, "birthday", "", "who: subject " + kind, "born: match date");
        assertThat(refused(product, "")).contains("fields.who.normalisation", "多人共有");
    }

    @ParameterizedTest
    @ValueSource(strings = {"P999999999Y", "P9999999Y", "P2147483647D", "P2147483647M", "P201Y", "P-99999Y"})
    void refusesAPeriodNoCalendarReaches(String period) throws IOException {
        Path product = TrialTalk.declaration(
                folder,
                "old",
                "conditions: [id_number.born not-after today-" + period + "]\n",
                "id_number: subject id-number",
                "name: match person-name");
        assertThat(refused(product, "")).contains("conditions: must be", "200", "年");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+999999999-12-31T23:59:59Z",
                "-0001-01-01T00:00:00Z",
                "1969-12-31T00:00:00Z",
                "2200-01-01T00:00:00Z"
            })
    void refusesATimeNobodyAsksAt(String at) throws IOException {
        String line = "{\"id\":1,\"at\":\"" + at + "\",\"request\":{\"id_number\":\"" + KNOWN + "\",\"name\":\"张三\"}}";
        assertThat(refused(Path.of("identity-check"), line)).contains("line 1", "1971", "2199");
    }

    private String refused(Path product, String line) throws IOException {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = ProductTrial.run(
                new TrialOptions(
                        product.toString(),
                        Files.writeString(folder.resolve("r.csv"), "id_number,name\n" + KNOWN + ",张三\n"),
                        Optional.empty(),
                        Optional.empty()),
                TestRegistry.CLOCK,
                new ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        assertThat(status).isEqualTo(ProductTrial.BAD_INPUT);
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void isNotBoughtOffWithMatchesOfOthersWhoBearTheName() throws IOException {
        TrialTalk talk = new TrialTalk(folder, "identity-check", "id_number,name");
        for (int i = 0; i < 400; i++) {
            String known = SyntheticNumbers.idNumber("37%04d".formatted(100 + i), born(17 * i), "%03d".formatted(i));
            talk.row(known, "张伟");
            talk.ask("op" + i % 20, "id_number", known, "name", "张伟");
            String tried =
                    SyntheticNumbers.idNumber("11%04d".formatted(100 + i), born(23 * i), "%03d".formatted(999 - i));
            talk.ask("op" + i % 20, "id_number", tried, "name", "张伟");
            talk.wait(Duration.ofHours(8));
        }
        Map<String, Long> told = TrialTalk.counted(talk.told());
        assertThat(told.getOrDefault("NO", 0L)).isBetween(14L, 24L);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 6})
    void stopsTheCompletionOfACodeOnAListWhereverItIsUnknown(int from) throws IOException {
        Path product =
                TrialTalk.declaration(folder, "revoked-passports", "yes_when: absent\n", "passport: subject code");
        TrialTalk talk = new TrialTalk(folder, product.toString(), "passport");
        talk.row("E12345678");
        for (int i = 0; i < 500; i++) {
            String code = new StringBuilder("E87654321")
                    .replace(from, from + 3, "%03d".formatted(i))
                    .toString();
            talk.ask("op" + i % 20, "passport", code);
            talk.wait(Duration.ofDays(1));
        }
        assertThat(answered(TrialTalk.counted(talk.told()))).isBetween(1L, 25L);
    }
}
