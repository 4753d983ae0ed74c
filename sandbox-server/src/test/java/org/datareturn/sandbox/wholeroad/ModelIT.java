package org.datareturn.sandbox.wholeroad;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.Status.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.datareturn.proto.v1.ChangeGrantRequest;
import org.datareturn.proto.v1.DecideModelRequest;
import org.datareturn.proto.v1.GetModelRequest;
import org.datareturn.proto.v1.Model;
import org.datareturn.proto.v1.ModelStatus;
import org.datareturn.proto.v1.Purpose;
import org.datareturn.proto.v1.RegisterModelRequest;
import org.datareturn.proto.v1.ScoreRequest;
import org.datareturn.proto.v1.ScoreResponse;
import org.datareturn.sandbox.cli.client.Applying;
import org.datareturn.sandbox.cli.client.NodeClient;
import org.datareturn.sandbox.identity.DevelopmentIdentities;
import org.datareturn.sandbox.ledger.LedgerRecord;
import org.datareturn.sandbox.model.TinyModel;
import org.datareturn.sandbox.province.Person;
import org.datareturn.sandbox.province.PlainValueScan;
import org.datareturn.sandbox.province.SyntheticProvince;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The whole life of a model on a node: registered, reviewed, applied for, asked, stopped. One node, in this order. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ModelIT {
    private static final int PERSONS = 1500;
    private static final String REGION = "370812";
    private static final List<String> FIELDS = List.of("id_number", "name", "household.age");

    @TempDir
    static Path folder;

    private static NodeProcess node;
    private static SyntheticProvince province;
    private static String grant = "";

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        province = SyntheticProvince.generate(NodeProcess.SEED, PERSONS);
        List<String> lines = new ArrayList<>(List.of("name,id_number,age"));
        for (int i = 0; i < PERSONS; i++) {
            Person person = province.personAt(i);
            lines.add(person.name() + "," + person.idNumber() + "," + person.age());
        }
        Path features = Files.write(folder.resolve("features.csv"), lines);
        Files.write(folder.resolve("age.onnx"), TinyModel.file());
        node = NodeProcess.start(PERSONS, "--features", "household=" + features, "--features-acquired", "2026-11-01");
    }

    @AfterAll
    static void stop() throws IOException {
        node.close();
    }

    @Test
    @Order(1)
    void registersOnlyWhatIsDeclaredAndPassesItsAssessment() throws IOException, InterruptedException {
        try (NodeClient provider = node.as("public-security-provider");
                NodeClient agency = node.as("county-operator")) {
            byte[] other = TinyModel.file();
            other[other.length - 20] ^= 1;
            Papers.refused(
                    node,
                    Code.FAILED_PRECONDITION,
                    "MODEL_DIGEST",
                    () -> provider.models().register(registration(declaration(1), other)));
            Papers.refused(
                    node,
                    Code.INVALID_ARGUMENT,
                    "FEATURE_OUT_OF_BOUNDS",
                    () -> provider.models()
                            .register(registration(
                                    declaration(1).replace("bounds: [0, 120]", "bounds: [0, 40]"), TinyModel.file())));
            Papers.refused(
                    node,
                    Code.INVALID_ARGUMENT,
                    "MODEL_DECLARATION",
                    () -> provider.models()
                            .register(registration(declaration(1).replace("card:", "cart:"), TinyModel.file())));
            Papers.refused(
                    node,
                    Code.PERMISSION_DENIED,
                    "MODEL_ROLE_NEEDED",
                    () -> agency.models().register(registration(declaration(1), TinyModel.file())));
        }
        Path yaml = Files.writeString(folder.resolve("age-band.yaml"), declaration(1));
        PackagedJar.Ran submitted = cli("submit", "public-security-provider", yaml.toString());
        assertThat(submitted.exit()).as(submitted.err()).isZero();
        assertThat(submitted.out()).contains("age-band  version 1  REGISTERED").containsPattern("LOW  ≥ \\d+0\\b");
        assertThat(cli("submit", "public-security-provider", yaml.toString()).err())
                .contains("MODEL_VERSION_TAKEN");
    }

    @Test
    @Order(2)
    void answersNobodyBeforeASecondPersonOfTheCompetentAuthorityApproved() throws IOException, InterruptedException {
        try (NodeClient provider = node.as("public-security-provider");
                NodeClient industry = node.as("industry-content-reviewer");
                NodeClient reviewer = node.as("province-content-reviewer");
                NodeClient agency = node.as("county-operator")) {
            Papers.refused(
                    node,
                    Code.PERMISSION_DENIED,
                    "MODEL_ROLE_NEEDED",
                    () -> provider.models().approve(verdict(1)));
            Papers.refused(
                    node,
                    Code.PERMISSION_DENIED,
                    "MODEL_REVIEW_NOT_COMPETENT",
                    () -> industry.models().approve(verdict(1)));
            Papers.refused(
                    node,
                    Code.INVALID_ARGUMENT,
                    "MODEL_VERDICT_NEEDS_REASON",
                    () -> reviewer.models()
                            .approve(verdict(1).toBuilder().setReasons(" ").build()));
            Papers.refused(
                    node,
                    Code.NOT_FOUND,
                    "MODEL_NOT_REGISTERED",
                    () -> agency.models()
                            .get(GetModelRequest.newBuilder()
                                    .setName("age-band")
                                    .setVersion(1)
                                    .build()));
            Model read = reviewer.models()
                    .get(GetModelRequest.newBuilder()
                            .setName("age-band")
                            .setVersion(1)
                            .build())
                    .getModel();
            assertThat(read.getDeclaration()).isEqualTo(declaration(1));
        }
        PackagedJar.Ran approved =
                cli("approve", "province-content-reviewer", "age-band", "--version", "1", "--reasons", "用途明确");
        assertThat(approved.exit()).as(approved.err()).isZero();
        assertThat(approved.out()).contains("APPROVED").contains("用途明确");
        assertThat(cli("list", "county-operator").out()).contains("age-band  version 1  APPROVED");
        grant = Papers.grant(node, applying(FIELDS), "county-applicant");
    }

    @Test
    @Order(3)
    void answersABandAndNothingElseOnRecord() throws IOException, InterruptedException {
        try (NodeClient agency = node.as("county-operator")) {
            for (int i = 0; i < 40; i++) {
                Person person = province.personAt(i);
                ScoreResponse answer = agency.models().score(about(grant, person, person.name()));
                assertThat(answer.getBand()).isEqualTo(person.age() < 50 ? "LOW" : "HIGH");
                assertThat(answer.getVersion()).isEqualTo(1);
                assertThat(answer.getSource().getAcquiredOn()).isEqualTo("2026-11-01");
            }
            Person person = province.personAt(41);
            ScoreResponse stranger = agency.models()
                    .score(about(grant, person, province.personAt(42).name() + "无"));
            assertThat(stranger.getBand()).isEqualTo("NO");
            assertThat(stranger.hasTitle()).isFalse();
            LedgerRecord record = Papers.recorded(node, stranger.getRecord());
            assertThat(record.outcome()).isEqualTo("NO");
            assertThat(record.grantId()).contains(grant);
            assertThat(record.edition()).contains("household/2026-11-01");
            assertThat(record.source().orElseThrow()).contains("age-band/1").contains(TinyModel.sha256());
        }
        Person person = province.personAt(50);
        PackagedJar.Ran scored = cli(
                "score",
                "county-operator",
                "age-band",
                "id_number=" + person.idNumber(),
                "name=" + person.name(),
                "--grant",
                grant,
                "--region",
                REGION);
        assertThat(scored.exit()).as(scored.err()).isZero();
        assertThat(scored.out()).matches("(?s)(LOW|HIGH)  [0-9a-f]{32}  .*");
    }

    @Test
    @Order(4)
    void takesNoFeatureFromACallerAndAnswersNobodyWithoutTheGrant() throws IOException {
        Person person = province.personAt(60);
        ScoreRequest sound = about(grant, person, person.name());
        try (NodeClient applicant = node.as("county-applicant");
                NodeClient agency = node.as("county-operator");
                NodeClient analyst = node.as("county-analyst");
                NodeClient foreign = node.as("foreign-agency")) {
            Papers.refused(
                    node,
                    Code.INVALID_ARGUMENT,
                    "FIELD_UNEXPECTED",
                    () -> agency.models()
                            .score(sound.toBuilder()
                                    .putFields("household.age", "99")
                                    .build()));
            Papers.refused(
                    node,
                    Code.PERMISSION_DENIED,
                    "FIELD_NOT_GRANTED",
                    () -> agency.models()
                            .score(sound.toBuilder().putFields("age", "99").build()));
            Papers.refused(
                    node,
                    Code.INVALID_ARGUMENT,
                    "ID_NUMBER_CHECK",
                    () -> agency.models()
                            .score(sound.toBuilder()
                                    .putFields("id_number", broken(person.idNumber()))
                                    .build()));
            Papers.refused(
                    node,
                    Code.PERMISSION_DENIED,
                    "PRODUCT_NOT_GRANTED",
                    () -> agency.models()
                            .score(sound.toBuilder().setModel("no-such-model").build()));
            Papers.refused(
                    node,
                    Code.INVALID_ARGUMENT,
                    "PRODUCT_FIELDS_MISSING",
                    () -> applying(List.of("id_number", "name")).file(applicant));
            Papers.refused(
                    node,
                    Code.PERMISSION_DENIED,
                    "ROLE_MISSING",
                    () -> analyst.models().score(sound));
            Papers.refused(
                    node,
                    Code.NOT_FOUND,
                    "GRANT_UNKNOWN",
                    () -> foreign.models().score(sound));
        }
    }

    @Test
    @Order(5)
    void answersTheSameAfterAKillAndKeepsNoPlainValue() throws IOException, InterruptedException {
        node.kill();
        node.restart();
        try (NodeClient agency = node.as("county-operator")) {
            Person person = province.personAt(70);
            assertThat(agency.models()
                            .score(about(grant, person, person.name()))
                            .getBand())
                    .isEqualTo(person.age() < 50 ? "LOW" : "HIGH");
        }
        assertThat(new PlainValueScan(province.plainValues()).in(node.data())).isEmpty();
        Path logs = Files.createDirectories(folder.resolve("logs"));
        Files.copy(node.log(), logs.resolve("server.log"));
        assertThat(new PlainValueScan(province.plainValues()).in(logs)).isEmpty();
    }

    @Test
    @Order(6)
    void stopsFromTheNextCallOn() throws IOException {
        Person person = province.personAt(80);
        ScoreRequest sound = about(grant, person, person.name());
        try (NodeClient agency = node.as("county-operator");
                NodeClient officer = node.as("security-officer")) {
            Model stopped = officer.models().suspend(verdict(1)).getModel();
            assertThat(stopped.getStatus()).isEqualTo(ModelStatus.MODEL_STATUS_SUSPENDED);
            assertThat(stopped.getStepsList()).hasSize(2);
            Papers.refused(
                    node,
                    Code.FAILED_PRECONDITION,
                    "MODEL_NOT_APPROVED",
                    () -> agency.models().score(sound));
            officer.grants()
                    .suspend(ChangeGrantRequest.newBuilder()
                            .setId(grant)
                            .setReason("测试")
                            .build());
            Papers.refused(
                    node,
                    Code.FAILED_PRECONDITION,
                    "GRANT_SUSPENDED",
                    () -> agency.models().score(sound));
        }
    }

    private static PackagedJar.Ran cli(String verb, String as, String... more)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("model", verb));
        arguments.addAll(List.of(more));
        arguments.addAll(List.of(
                "--as", as, "--identities", node.identities().toString(), "--port", Integer.toString(node.port())));
        return PackagedJar.run(arguments.toArray(String[]::new));
    }

    private static RegisterModelRequest registration(String declaration, byte[] file) {
        return RegisterModelRequest.newBuilder()
                .setDeclaration(declaration)
                .setOnnx(ByteString.copyFrom(file))
                .build();
    }

    private static DecideModelRequest verdict(int version) {
        return DecideModelRequest.newBuilder()
                .setName("age-band")
                .setVersion(version)
                .setReasons("测试")
                .build();
    }

    private static ScoreRequest about(String grantId, Person person, String name) {
        return ScoreRequest.newBuilder()
                .setGrantId(grantId)
                .setModel("age-band")
                .putAllFields(Map.of("id_number", person.idNumber(), "name", name))
                .setPurpose(Purpose.PURPOSE_ADMINISTRATIVE_BASIS)
                .setRegion(REGION)
                .build();
    }

    private static Applying applying(List<String> fields) {
        return new Applying(
                "age-band",
                fields,
                Applying.Kind.PRODUCT,
                DevelopmentIdentities.PROVINCIAL_PUBLIC_SECURITY.code(),
                "province-content-reviewer",
                "高龄津贴发放对象分档",
                Purpose.PURPOSE_ADMINISTRATIVE_BASIS,
                "年龄分档",
                "age bands",
                0);
    }

    /** The same number with another check character. */
    private static String broken(String number) {
        return number.substring(0, 17) + (number.charAt(17) == '1' ? '2' : '1');
    }

    private static String declaration(int version) {
        return String.join(
                "\n",
                "model: age-band",
                "version: " + version,
                "title: { zh: 年龄分档, en: Age band }",
                "onnx: { file: age.onnx, sha256: " + TinyModel.sha256()
                        + ", input: features, output: probability, column: 0 }",
                "features: household",
                "fields:",
                "  id_number: { role: subject, normalisation: id-number }",
                "  name: { role: match, normalisation: person-name }",
                "inputs:",
                "- { name: age, column: age, type: number, bounds: [0, 120] }",
                "bands:",
                "- { label: LOW, title: { zh: 低, en: Low }, upper: 0.5 }",
                "- { label: HIGH, title: { zh: 高, en: High } }",
                "min_group_size: 10",
                "requery_interval: PT0S",
                "source: { provider: { zh: 公安部门, en: Public security } }",
                "card:",
                "  purpose: { zh: 测试, en: Tests }",
                "  training_data: { zh: 测试, en: Tests }",
                "  trained_on: 2026-11-01",
                "  limits: { zh: 测试, en: Tests }",
                "  owner: { zh: 测试, en: Tests }",
                "  quality:",
                "    threshold: 0.5",
                "    groups:",
                "    - { group: all, persons: 60, accuracy: 0.9, selected: 0.5, found: 0.8 }",
                "    - { group: age<50, persons: 30, accuracy: 0.9, selected: 0.1, found: 0.8 }",
                "");
    }
}
