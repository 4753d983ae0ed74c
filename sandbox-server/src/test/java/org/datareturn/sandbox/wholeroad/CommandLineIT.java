package org.datareturn.sandbox.wholeroad;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.datareturn.proto.v1.GetCheckpointRequest;
import org.datareturn.sandbox.cli.client.Applying;
import org.datareturn.sandbox.cli.client.NodeClient;
import org.datareturn.sandbox.wholeroad.PackagedJar.Ran;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The command line as people and scripts meet it: exit codes, reasons in both languages, no stack traces. */
@ExtendWith(SharedNode.class)
class CommandLineIT {
    private static final int OK = 0;
    private static final int REFUSED = 1;
    private static final int WRONG_USE = 2;

    private static NodeProcess node;

    @TempDir
    private Path scratch;

    @BeforeAll
    static void theNode(SharedNode.Running shared) {
        node = shared.node();
    }

    @Test
    void leavesWithTwoOnWrongUse() throws Exception {
        for (String[] wrong : List.of(
                new String[] {"tri"},
                new String[] {},
                new String[] {"zone", "tri"},
                new String[] {"receipt", "verify"},
                new String[] {"serve", "--port", "many"})) {
            Ran ran = PackagedJar.run(wrong);
            assertThat(ran.exit()).as("%s", List.of(wrong)).isEqualTo(WRONG_USE);
            saysInBothLanguages(ran, "WRONG_USE");
        }
        Ran contradicting = PackagedJar.run("serve", "--data", path("d"), "--keys", path("d/keys"));
        assertThat(contradicting.exit()).isEqualTo(WRONG_USE);
        saysInBothLanguages(contradicting, "INPUT_UNUSABLE");
        assertThat(scratch.resolve("d")).doesNotExist();
    }

    @Test
    void saysWhatIsWrongWithACheckAndWhatThereIsInstead() throws Exception {
        Map<String, List<String>> wrong = Map.of(
                "NO_SUCH_IDENTITY", List.of("--as", "nobody"),
                "OPTIONS_CONTRADICT", List.of("--purpose", "FOO"),
                "FIELD_UNKNOWN", List.of("nme=张三"),
                "FILE_MISSING", List.of("--batch", path("nope.csv"), "--out", path("out.csv")));
        Map<String, String> instead = Map.of(
                "NO_SUCH_IDENTITY", "county-operator",
                "OPTIONS_CONTRADICT", "ADMINISTRATIVE_BASIS",
                "FIELD_UNKNOWN", "nme; its fields are id_number, name",
                "FILE_MISSING", "nope.csv");
        for (Map.Entry<String, List<String>> one : wrong.entrySet()) {
            List<String> arguments = new ArrayList<>(List.of("check", "--grant", "g", "--region", "370812"));
            arguments.addAll(List.of("--identities", node.identities().toString()));
            arguments.addAll(one.getValue());
            Ran ran = PackagedJar.run(arguments.toArray(String[]::new));
            assertThat(ran.exit()).as(ran.err()).isEqualTo(WRONG_USE);
            saysInBothLanguages(ran, one.getKey());
            assertThat(ran.err()).contains(instead.get(one.getKey()));
        }
        Ran day = PackagedJar.run("zone", "load", "z.yaml", "--table", "a=b.csv", "--acquired", "2026-02-30");
        assertThat(day.exit()).isEqualTo(WRONG_USE);
        assertThat(day.err()).contains("YYYY-MM-DD", "日期").doesNotContain("java", "Parse");
    }

    @Test
    void verifiesAReceiptOfflineAndNoTamperedOne() throws Exception {
        String receipt;
        try (NodeClient auditor = node.as("auditor")) {
            receipt = auditor.ledger()
                    .getCheckpoint(GetCheckpointRequest.getDefaultInstance())
                    .getRecord()
                    .getReceipt();
        }
        Path file = Files.writeString(scratch.resolve("answer.tlog-proof"), receipt, StandardCharsets.UTF_8);
        Path key = Files.writeString(scratch.resolve("key"), node.verifierKey() + "\n", StandardCharsets.UTF_8);

        Ran verified = PackagedJar.run("receipt", "verify", file.toString(), "--key", key.toString());
        assertThat(verified.exit()).isEqualTo(OK);
        assertThat(verified.out()).contains("VERIFIED 核验通过", "\"operator\":\"auditor\"");
        assertThat(PackagedJar.run(
                                "receipt",
                                "verify",
                                file.toString(),
                                "--key",
                                node.verifierKey().toString())
                        .exit())
                .isEqualTo(OK);

        Files.writeString(file, receipt.replaceFirst("index \\d+", "index 0"), StandardCharsets.UTF_8);
        Ran tampered = PackagedJar.run("receipt", "verify", file.toString(), "--key", key.toString());
        assertThat(tampered.exit()).isEqualTo(REFUSED);
        assertThat(tampered.out()).isEmpty();
        saysInBothLanguages(tampered, "RECEIPT_NOT_INCLUDED");

        Ran missing = PackagedJar.run("receipt", "verify", path("nothing"), "--key", key.toString());
        assertThat(missing.exit()).isEqualTo(WRONG_USE);
        saysInBothLanguages(missing, "FILE_MISSING");
    }

    @Test
    void namesTheRecipientOfALeakAndNobodyOnTooLittle() throws Exception {
        List<String> lines = released(
                "SELECT county, sex, COUNT(*) AS persons, SUM(income_yuan) AS income FROM person GROUP BY county, sex");
        Path leak = scratch.resolve("leak.csv");
        List<String> half = new ArrayList<>(List.of("county,sex,persons,income"));
        for (int i = lines.size() - 1; i >= 0; i -= 2) {
            half.add(lines.get(i));
        }
        Files.write(leak, half);
        Ran traced = trace(leak);
        assertThat(traced.exit()).as(traced.err()).isEqualTo(OK);
        assertThat(traced.out()).contains("TRACED 溯源成功", "/county-analyst");

        Files.write(leak, half.subList(0, 4));
        Ran little = trace(leak);
        assertThat(little.exit()).isEqualTo(REFUSED);
        assertThat(little.out()).isEmpty();
        saysInBothLanguages(little, "NOT_TRACED");
        assertThat(little.err()).contains("TOO_FEW_CELLS");

        Ran nowhere = PackagedJar.run("watermark", "trace", leak.toString(), "--data", path("none"));
        assertThat(nowhere.exit()).isEqualTo(WRONG_USE);
        saysInBothLanguages(nowhere, "NOT_A_NODE");
    }

    @Test
    void saysWhichPortIsTakenBeforeAnythingIsMade() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String port = Integer.toString(taken.getLocalPort());
            Ran ran = PackagedJar.run("serve", "--data", path("new"), "--port", port);
            assertThat(ran.exit()).isEqualTo(REFUSED);
            saysInBothLanguages(ran, "PORT_IN_USE");
            assertThat(ran.err()).contains(port, "--port");
        }
        assertThat(scratch.resolve("new")).doesNotExist();
    }

    @Test
    void refusesToStartOnDataWhoseKeysAreGone() throws Exception {
        Path data = Files.createDirectories(scratch.resolve("data"));
        Files.createDirectories(data.resolve("ledger"));
        Files.writeString(data.resolve("ledger").resolve("journal"), "of another key");
        List<Integer> ports = NodeProcess.freePorts();
        Ran ran = PackagedJar.run(
                "serve",
                "--data",
                data.toString(),
                "--port",
                ports.get(0).toString(),
                "--flight-port",
                ports.get(1).toString());
        assertThat(ran.exit()).isEqualTo(REFUSED);
        saysInBothLanguages(ran, "KEYS_MISSING");
        assertThat(data.resolveSibling("data-keys").resolve("master.json"))
                .as("no fresh keys for old data")
                .doesNotExist();
    }

    @Test
    void refusesASecondNodeOnTheSameFolder() throws Exception {
        List<Integer> ports = NodeProcess.freePorts();
        Ran ran = PackagedJar.run(
                "serve",
                "--data",
                node.data().toString(),
                "--port",
                ports.get(0).toString(),
                "--flight-port",
                ports.get(1).toString());
        assertThat(ran.exit()).isEqualTo(REFUSED);
        saysInBothLanguages(ran, "LEDGER_IN_USE");
    }

    @Test
    void answersTheExampleZonesQuestionsWithoutAServer() throws Exception {
        Path adult = PackagedJar.ROOT.resolveSibling("shared").resolve("data").resolve("adult.csv");
        need(Files.isRegularFile(adult), "../shared/data/adult.csv");
        String zone =
                PackagedJar.ROOT.resolve("docs/examples/income-census.yaml").toString();
        Ran released = PackagedJar.run(
                "zone",
                "try",
                zone,
                "--table",
                "person=" + adult,
                "--sql",
                "SELECT sex, COUNT(*) AS persons FROM person GROUP BY sex");
        assertThat(released.exit()).as(released.err()).isEqualTo(OK);
        assertThat(released.out().lines())
                .singleElement()
                .satisfies(line -> assertThat(line).contains("\"outcome\":\"released\"", "Female", "Male"));

        Path questions = Files.writeString(scratch.resolve("q.jsonl"), """
                {"id":"1","sql":"SELECT education, income FROM person"}
                {"id":"2","sql":"SELECT AVG(fnlwgt) FROM person"}
                """);
        Ran refused =
                PackagedJar.run("zone", "try", zone, "--table", "person=" + adult, "--batch", questions.toString());
        assertThat(refused.exit()).isEqualTo(OK);
        List<String> lines = refused.out().lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).contains("\"id\":\"1\"", "\"outcome\":\"refused\"", "ROWS_NOT_ALLOWED");
        assertThat(lines.get(1)).contains("\"id\":\"2\"", "\"outcome\":\"refused\"", "UNKNOWN_NAME");
    }

    @Test
    void keepsTheSharedContractOfTheCommandLine() throws Exception {
        Path contract =
                PackagedJar.ROOT.resolveSibling("shared").resolve("contract").resolve("zone_try.py");
        need(Files.isRegularFile(contract), "../shared/contract/zone_try.py");
        need(hasPython(), "python3");
        // The launcher builds what is older than its sources; this jar has just been packaged from them.
        Path stamp = PackagedJar.ROOT.resolve("sandbox-server/target/.built");
        if (!Files.exists(stamp)) {
            Files.createFile(stamp);
        }
        Files.setLastModifiedTime(stamp, FileTime.from(Clock.systemUTC().instant()));
        Ran ran = PackagedJar.run(
                PackagedJar.ROOT,
                Map.of("JAVA_HOME", System.getProperty("java.home")),
                900,
                List.of("python3", contract.toString()));
        assertThat(ran.out().lines().filter(line -> line.startsWith("FAIL"))).isEmpty();
        assertThat(ran.exit()).as(ran.out() + ran.err()).isEqualTo(OK);
    }

    private static boolean hasPython() throws InterruptedException {
        try {
            return PackagedJar.run(PackagedJar.ROOT, Map.of(), 30, List.of("python3", "--version"))
                            .exit()
                    == OK;
        } catch (IOException e) {
            return false;
        }
    }

    /** What CI must have, and what elsewhere is said to be missing. */
    private static void need(boolean there, String what) {
        if (!there && "true".equals(System.getenv("CI"))) {
            throw new AssertionError(what + " is missing");
        }
        Assumptions.assumeTrue(there, () -> what + " is missing");
    }

    private static void saysInBothLanguages(Ran ran, String reason) {
        assertThat(ran.err())
                .contains(reason + ": ")
                .containsPattern(reason + "：\\P{Cntrl}*\\p{IsHan}")
                .doesNotContain("Exception in thread")
                .doesNotContain("\tat ");
    }

    private static Ran trace(Path leak) throws IOException, InterruptedException {
        return PackagedJar.run(
                "watermark", "trace", leak.toString(), "--data", node.data().toString());
    }

    private static List<String> released(String sql) throws IOException, SQLException {
        String grant = Papers.grant(node, Applying.LIVELIHOOD_ZONE, "county-applicant");
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:arrow-flight-sql://localhost:" + node.flightPort(),
                        Analyst.session(node, "county-analyst", grant));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> lines = new ArrayList<>();
            while (rows.next()) {
                List<String> cells = new ArrayList<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    cells.add(String.valueOf(rows.getString(i)));
                }
                lines.add(String.join(",", cells));
            }
            return lines;
        }
    }

    private String path(String name) {
        return scratch.resolve(name).toString();
    }
}
