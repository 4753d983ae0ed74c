package org.datareturn.verifier.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.datareturn.verifier.normalise.SyntheticNumbers;
import org.datareturn.verifier.product.ProductDeclaration;
import org.datareturn.verifier.registry.LoadOutcome;
import org.datareturn.verifier.registry.LoadProgress;
import org.datareturn.verifier.registry.RegistryLoader;
import org.datareturn.verifier.registry.RowPolicy;
import org.datareturn.verifier.registry.TestRegistry;
import org.datareturn.verifier.registry.rocks.RocksRegistryStore;
import org.datareturn.verifier.tokens.SubjectTokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every standard product but the identity check, and one nobody has heard of, each on a registry of its own. */
class ConditionProductsTest {
    private static final String HE = SyntheticNumbers.idNumber("370102", "19850607", "111");
    private static final String SHE = SyntheticNumbers.idNumber("370103", "19870809", "224");
    private static final String CHILD = SyntheticNumbers.idNumber("370102", "20150102", "037");
    private static final String TEEN = SyntheticNumbers.idNumber("370102", "20081122", "037");
    private static final String CODE = "91350100M000100Y43";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'name':'王刚','valid_until':'2035.06.07' | MATCH",
                "'name':'王刚','valid_until':'20350608' | NO",
                "'name':'王钢','valid_until':'2035-06-07' | NO"
            })
    void checksThatAnIdentityDocumentIsTheOneAndValidToday(String request, String answer) throws IOException {
        String registry = "id_number,name,valid_until,valid_from\n"
                + HE + ",王刚,2035-06-07,2015-06-07\n"
                + SHE + ",李红,2020-01-01,2010-01-01\n";
        assertThat(ask("identity-validity", registry, "'id_number':'" + HE + "'," + request))
                .isEqualTo(answer);
        assertThat(ask(
                        "identity-validity",
                        registry,
                        "'id_number':'" + SHE + "','name':'李红','valid_until':'2020-01-01'"))
                .as("expired")
                .isEqualTo("NO");
    }

    @Test
    void checksAMarriageFromEitherSide() throws IOException {
        String registry = "id_number,name,spouse_id_number,spouse_name\n" + HE + ",王刚," + SHE + ",李红\n";
        assertThat(ask("marriage-check", registry, couple(HE, "王刚", SHE, "李红"))).isEqualTo("MATCH");
        assertThat(ask("marriage-check", registry, couple(SHE, "李红", HE, "王刚"))).isEqualTo("MATCH");
        assertThat(ask("marriage-check", registry, couple(HE, "王刚", SHE, "李洪"))).isEqualTo("NO");
        assertThat(ask("marriage-check", registry, couple(HE, "王刚", TEEN, "李红")))
                .isEqualTo("NO");
        assertThat(ask("marriage-check", registry, couple(HE, "李红", SHE, "王刚"))).isEqualTo("NO");
    }

    @Test
    void checksParentAndChildForEachOfSeveralChildren() throws IOException {
        String registry = "parent_id_number,parent_name,child_id_number,child_name\n" + HE + ",王刚," + CHILD + ",王小\n"
                + HE + ",王刚," + TEEN + ",王大\n";
        assertThat(ask("parent-child", registry, family(HE, "王刚", CHILD, "王小"))).isEqualTo("MATCH");
        assertThat(ask("parent-child", registry, family(HE, "王刚", TEEN, "王大"))).isEqualTo("MATCH");
        assertThat(ask("parent-child", registry, family(HE, "王刚", TEEN, "王小"))).isEqualTo("NO");
        assertThat(ask("parent-child", registry, family(SHE, "王刚", CHILD, "王小")))
                .isEqualTo("NO");
    }

    @Test
    void checksAnEnterprisesRepresentative() throws IOException {
        String registry = "credit_code,representative_name,representative_id_number\n" + CODE + ",王刚," + HE + "\n";
        String request = "'credit_code':'" + CODE + "','representative_id_number':'" + HE + "','representative_name':'";
        assertThat(ask("enterprise-representative", registry, request + "王刚'")).isEqualTo("MATCH");
        assertThat(ask("enterprise-representative", registry, request + "李红'")).isEqualTo("NO");
    }

    @ParameterizedTest
    @CsvSource({
        "鲁A-1, 2026-01-01, MATCH",
        "鲁a-1, 2026年12月31日, MATCH",
        "鲁A-1, 2025-12-31, NO",
        "鲁A-1, 2027-01-01, NO",
        "鲁A-2, 2027-01-01, MATCH",
        "鲁A-3, 2026-06-01, NO"
    })
    void checksALicenceOnADay(String licence, String on, String answer) throws IOException {
        String registry = "holder_id_number,licence_number,holder_name,valid_from,valid_until\n" + HE
                + ",鲁A-1,王刚,2026-01-01,2026-12-31\n" + HE + ",鲁A-2,王刚,2026-01-01,长期\n";
        assertThat(ask(
                        "licence-valid",
                        registry,
                        "'holder_id_number':'" + HE + "','licence_number':'" + licence
                                + "','holder_name':'王刚','valid_on':'" + on + "'"))
                .isEqualTo(answer);
    }

    @ParameterizedTest
    @CsvSource({"37, MATCH", "3701, MATCH", "370102, MATCH", "370103, NO", "370200, NO", "110000, NO"})
    void checksResidenceInADivision(String region, String answer) throws IOException {
        String registry = "id_number,name,registered_in,registered_until\n" + HE + ",王刚,370102,2027-01-01\n";
        assertThat(ask(
                        "residence-in-region",
                        registry,
                        "'id_number':'" + HE + "','name':'王刚','region':'" + region + "'"))
                .isEqualTo(answer);
    }

    @ParameterizedTest
    @CsvSource({
        "pension, 2024-01-01, 2025-12-31, MATCH",
        "PENSION, 2022-12-31, 2025-12-31, NO",
        "pension, 2024-01-01, 2026-12-31, NO",
        "pension, 2025-12-31, 2024-01-01, NO",
        "medical, 2024-01-01, 2025-12-31, NO"
    })
    void checksParticipationInAPeriod(String insurance, String from, String until, String answer) throws IOException {
        String registry = "id_number,insurance,name,insured_from,insured_until\n" + HE
                + ",pension,王刚,2023-01-01,2026-10-31\n" + HE + ",medical,王刚,2026-01-01,2026-10-31\n";
        assertThat(ask(
                        "social-insurance",
                        registry,
                        "'id_number':'" + HE + "','name':'王刚','insurance':'" + insurance + "','from':'" + from
                                + "','until':'" + until + "'"))
                .isEqualTo(answer);
    }

    @Test
    void checksAMinimumAgeToTheDay() throws IOException {
        String registry = "id_number,name\n" + HE + ",王刚\n" + TEEN + ",王大\n";
        String teen = "'id_number':'" + TEEN + "','name':'王大'";
        assertThat(ask("minimum-age", registry, "'id_number':'" + HE + "','name':'王刚'"))
                .isEqualTo("MATCH");
        assertThat(ask("minimum-age", registry, teen)).isEqualTo("NO");
        assertThat(askAt("minimum-age", registry, "2026-11-22T00:00:00+08:00", teen))
                .isEqualTo("MATCH");
        assertThat(ask("minimum-age", registry, "'id_number':'" + HE + "','name':'王大'"))
                .isEqualTo("NO");
    }

    @Test
    void checksThatSomebodyIsNotOnAList() throws IOException {
        assertThat(ask("not-on-list", "id_number\n" + HE + "\n", "'id_number':'" + SHE + "'"))
                .isEqualTo("MATCH");
        assertThat(ask("not-on-list", "id_number\n" + HE + "\n", "'id_number':'" + HE + "'"))
                .isEqualTo("NO");
    }

    @Test
    void stopsASearchOfTheListForOnePerson() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            lines.add(line(
                    "2026-11-21T09:00:00+08:00",
                    "'id_number':'" + SyntheticNumbers.idNumber("370102", "19850607", "%03d".formatted(2 * i)) + "'"));
        }
        assertThat(run("not-on-list", "id_number\n" + HE + "\n", lines).stream()
                        .filter(answer -> answer.contains("\"answered\"")))
                .hasSize(20);
    }

    @Test
    void holdsTheDaysAskedOfOneLicenceToAFew() throws IOException {
        String registry = "holder_id_number,licence_number,holder_name,valid_from,valid_until\n" + HE
                + ",A1,王刚,2026-01-01,2026-12-31\n";
        List<String> lines = new ArrayList<>();
        for (int i = 1; i <= 9; i++) {
            lines.add(line(
                    "2026-11-21T09:0" + i + ":00+08:00",
                    "'holder_id_number':'" + HE + "','licence_number':'A1','holder_name':'王刚','valid_on':'2026-11-0" + i
                            + "'"));
        }
        assertThat(run("licence-valid", registry, lines).stream().filter(answer -> answer.contains("\"answered\"")))
                .hasSize(4);
    }

    @Test
    void refusesTheSameQuestionWithinTheInterval() throws IOException {
        String registry = "id_number\n" + HE + "\n";
        String question = "'id_number':'" + SHE + "'";
        List<String> answers = run(
                "not-on-list",
                registry,
                List.of(
                        line("2026-11-21T09:00:00+08:00", question),
                        line("2026-11-21T09:59:59+08:00", question),
                        line("2026-11-21T10:00:00+08:00", question)));
        assertThat(answers.get(0)).contains("MATCH");
        assertThat(answers.get(1)).contains("refused", "ASKED_TOO_SOON");
        assertThat(answers.get(2)).contains("MATCH");
    }

    @Test
    void takesAProductNobodyHasHeardOfByItsDeclarationAlone() throws IOException {
        Path declaration = folder.resolve("beekeeper-permit.yaml");
        Files.writeString(declaration, """
                product: beekeeper-permit
                title: { zh: 养蜂证核验, en: Beekeeper permit }
                registry: beekeepers
                fields:
                  permit: { role: subject, normalisation: code }
                  keeper: { role: match, normalisation: person-name }
                  pasture: { role: condition, normalisation: region }
                  arrival: { role: condition, normalisation: date }
                facts: { home: region, inspected: date }
                conditions:
                  - home within pasture
                  - inspected not-before arrival
                answers: [yes-no]
                grant_fields: [permit, keeper, pasture, arrival]
                source: { provider: { zh: 畜牧部门, en: Livestock authority } }
                """);
        String registry = "keeper,permit,inspected,home,colour\n阿依古丽·买买提,新蜂-0042,2026-10-01,650102,yellow\n";
        String request = "'permit':'新蜂-0042','keeper':'阿依古丽•买买提','pasture':'6501','arrival':'";
        assertThat(ask(declaration.toString(), registry, request + "2026-09-30'"))
                .isEqualTo("MATCH");
        assertThat(ask(declaration.toString(), registry, request + "2026-10-02'"))
                .isEqualTo("NO");
    }

    @Test
    void keepsConditionsFactsUnderSeal() throws Exception {
        Path csv = folder.resolve("licences.csv");
        Files.writeString(
                csv,
                "holder_id_number,licence_number,holder_name,valid_from,valid_until\n" + HE
                        + ",A1,王刚,2026-01-01,2026-12-31\n" + SHE + ",A1,李红,2026-01-01,2026-12-31\n");
        ProductDeclaration product = TrialProduct.named("licence-valid");
        Path store = folder.resolve("store");
        try (RocksRegistryStore registry =
                RocksRegistryStore.open(store, product.schema(), SubjectTokens.ephemeral(), TestRegistry.CLOCK)) {
            LoadOutcome outcome = new RegistryLoader(TestRegistry.CLOCK)
                    .load(csv, registry, TestRegistry.ORIGIN, RowPolicy.STRICT, LoadProgress.silent());
            assertThat(outcome).isInstanceOf(LoadOutcome.Built.class);
            ((LoadOutcome.Built) outcome).draft().publish();
        }
        byte[] day = java.nio.ByteBuffer.allocate(4)
                .putInt((int) java.time.LocalDate.of(2026, 12, 31).toEpochDay())
                .array();
        try (Stream<Path> files = Files.walk(store)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                assertThat(content)
                        .as(file.toString())
                        .doesNotContain(HE, "2026-12-31", new String(day, StandardCharsets.ISO_8859_1));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "conditions: [valid_from not-after valid_on | conditions: [valid_from later valid_on | conditions",
                "conditions: [valid_from not-after valid_on | conditions: [valid_from not-after tomorrow | conditions",
                "conditions: [valid_from not-after valid_on | conditions: [licence_number not-after valid_on | conditions",
                "conditions: [valid_from not-after valid_on | conditions: [valid_from not-after today-18 | conditions",
                "valid_from: date, | valid_from: person-name, | facts.valid_from",
                "valid_from: date, | valid_on: date, | facts.valid_on",
                "requery_interval: PT1M | requery_interval: soon | requery_interval",
                "requery_interval: PT1M | requery_interval: -PT1M | requery_interval",
                "requery_interval: PT1M | yes_when: absent | yes_when",
                "requery_interval: PT1M | mirrored: { holder_name: valid_on } | mirrored.holder_name",
                "requery_interval: PT1M | mirrored: { holder_name: holder_name } | mirrored.holder_name"
            })
    void refusesParticularsThatDoNotHold(String from, String to, String path) throws IOException {
        String good = Files.readString(Path.of("products/licence-valid.yaml"));
        assertThat(good).contains(from);
        Path declaration = folder.resolve("wrong.yaml");
        Files.writeString(declaration, good.replace(from, to));
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Path registry = Files.writeString(folder.resolve("r.csv"), "x\n");
        int status = ProductTrial.run(
                new TrialOptions(declaration.toString(), registry, Optional.empty(), Optional.empty()),
                TestRegistry.CLOCK,
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        assertThat(status).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("wrong.yaml: " + path);
    }

    private static String couple(String number, String name, String other, String otherName) {
        return "'id_number':'" + number + "','name':'" + name + "','spouse_id_number':'" + other + "','spouse_name':'"
                + otherName + "'";
    }

    private static String family(String number, String name, String child, String childName) {
        return "'parent_id_number':'" + number + "','parent_name':'" + name + "','child_id_number':'" + child
                + "','child_name':'" + childName + "'";
    }

    private String ask(String product, String registry, String request) throws IOException {
        return askAt(product, registry, "2026-11-21T09:00:00+08:00", request);
    }

    private String askAt(String product, String registry, String at, String request) throws IOException {
        String answer = run(product, registry, List.of(line(at, request))).getFirst();
        String mark = "\"answer\":\"";
        assertThat(answer).contains(mark);
        return answer.substring(answer.indexOf(mark) + mark.length(), answer.lastIndexOf('"'));
    }

    private static String line(String at, String request) {
        return "{\"id\":1,\"operator\":\"a\",\"at\":\"" + at + "\",\"request\":{" + request.replace('\'', '"') + "}}";
    }

    private List<String> run(String product, String registry, List<String> lines) throws IOException {
        return TrialTalk.put(folder, product, registry, lines).answers();
    }
}
