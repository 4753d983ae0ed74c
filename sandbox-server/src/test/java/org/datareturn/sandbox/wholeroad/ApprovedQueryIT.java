package org.datareturn.sandbox.wholeroad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.grpc.Status.Code;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.arrow.flight.FlightCallHeaders;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.HeaderCallOption;
import org.apache.arrow.flight.Location;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.datareturn.proto.v1.AssessTemplateRequest;
import org.datareturn.proto.v1.DecideTemplateRequest;
import org.datareturn.proto.v1.ErrorMargin;
import org.datareturn.proto.v1.GetTemplateRequest;
import org.datareturn.proto.v1.Purpose;
import org.datareturn.proto.v1.QueryResponse;
import org.datareturn.proto.v1.RunRequest;
import org.datareturn.proto.v1.SubmitTemplateRequest;
import org.datareturn.proto.v1.Template;
import org.datareturn.proto.v1.TemplateAssessment;
import org.datareturn.proto.v1.TemplateParameter;
import org.datareturn.proto.v1.TemplateStatus;
import org.datareturn.sandbox.cli.client.Applying;
import org.datareturn.sandbox.cli.client.NodeClient;
import org.datareturn.sandbox.ledger.LedgerRecord;
import org.datareturn.sandbox.province.SyntheticProvince;
import org.datareturn.sandbox.province.ZoneTable;
import org.datareturn.sandbox.wholeroad.PackagedJar.Ran;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An approved query's whole life: the stock Flight SQL JDBC driver, gRPC and the command line, on a real node. */
class ApprovedQueryIT {
    private static final int PERSONS = 3000;
    private static final String SQL =
            "SELECT sex, COUNT(*) AS n FROM person WHERE age >= :from AND age < :until AND insured = :insured GROUP BY sex";
    private static final String SAME_WRITTEN_OUT =
            "SELECT sex, COUNT(*) AS n FROM person WHERE age >= 30 AND age < 60 AND insured = TRUE GROUP BY sex";

    @TempDir
    Path scratch;

    @Test
    void livesFromSubmissionToSuspensionAndBack() throws Exception {
        try (NodeProcess node = NodeProcess.start(PERSONS)) {
            assertThat(Files.readString(node.log())).contains("guard and engine warmed up");
            String grant = Papers.grant(node, Applying.LIVELIHOOD_ZONE, "county-applicant");
            Template submitted = submit(node, grant);
            assertThat(submitted.getStatus()).isEqualTo(TemplateStatus.TEMPLATE_STATUS_ASSESSED);
            assertThat(submitted.getAssessment().getExhaustive()).isTrue();
            assertThat(submitted.getAssessment().hasRehearsal())
                    .as("the submitter is told nothing of data nobody was answered")
                    .isFalse();
            String id = submitted.getId();
            assertThat(refusal(node, grant, id)).contains("TEMPLATE_NOT_APPROVED: ");

            assertThat(approve(node, submitted).hasRehearsal()).isTrue();
            List<List<Object>> ran = call(node, grant, id);
            assertThat(ran).hasSize(2).isEqualTo(query(node, grant, SAME_WRITTEN_OUT));
            runsTheSameOverGrpcAndOnTheCommandLine(node, grant, id, ran);
            refusesWhatWasNotApproved(node, grant, id);

            answersApprovedQueriesOnlyFromNowOn(node);
            assertThat(refused(node, grant, SAME_WRITTEN_OUT)).contains("APPROVED_ONLY: ");
            assertThat(refusal(node, grant, id)).contains("TEMPLATE_SUSPENDED: ");
            Template suspended = get(node, id);
            assertThat(suspended.getStatus()).isEqualTo(TemplateStatus.TEMPLATE_STATUS_SUSPENDED);
            assertThat(approve(node, assess(node, grant, id)).hasRehearsal()).isTrue();
            assertThat(call(node, grant, id)).hasSize(2);

            answersWithDifferentialPrivacyFromNowOn(node);
            assertThat(refusal(node, grant, id)).contains("TEMPLATE_SUSPENDED: ");
            TemplateAssessment planned = approve(node, assess(node, grant, id));
            assertThat(planned.hasRehearsal())
                    .as("trying the bindings on the data would have to be paid for")
                    .isFalse();
            assertThat(planned.getRehearsed()).isFalse();
            assertThat(planned.getEpsilonPerRun()).isEqualTo("0.1");
            assertThat(planned.getBudgetRuns()).isEqualTo(3);
            paysForEachBindingOnce(node, grant, id);
        }
    }

    /**
     * Under a budget of three answers, for bindings nobody ran before: the same one again costs nothing, a fourth finds nothing
     * left.
     */
    private static void paysForEachBindingOnce(NodeProcess node, String grant, String id) throws Exception {
        try (NodeClient analyst = node.as("county-analyst")) {
            QueryResponse first = analyst.zones().run(run(grant, id, "45", "60", "true"));
            assertThat(first.getPrivacyCost().getEpsilon()).isEqualTo("0.1");
            assertThat(first.getPrivacyCost().getLeft()).isEqualTo("0.2");
            assertThat(first.getMargins95List())
                    .as("the count of each sex has its error interval")
                    .extracting(
                            margin -> margin.getKey(0).getText(),
                            ErrorMargin::getValue,
                            margin -> new BigDecimal(margin.getHalfWidth()).compareTo(BigDecimal.TEN) > 0)
                    .containsExactlyInAnyOrder(tuple("男", "COUNT(*)", true), tuple("女", "COUNT(*)", true));
            assertThat(flightMetadata(node, grant, "CALL " + id + "(45, 60, TRUE)"))
                    .as("the same answer from memory, with the same interval, over Flight SQL")
                    .contains(
                            "{\"code\":\"MARGINS_95\"",
                            "COUNT(*) ± " + first.getMargins95(0).getHalfWidth(),
                            "{\"code\":\"PRIVACY_COST\"");
            QueryResponse again = analyst.zones().run(run(grant, id, "45", "60", "true"));
            assertThat(again.getRowsList()).isEqualTo(first.getRowsList());
            assertThat(new BigDecimal(again.getPrivacyCost().getEpsilon())).isZero();
            assertThat(again.getPrivacyCost().getLeft()).isEqualTo("0.2");
            analyst.zones().run(run(grant, id, "60", "75", "true"));
            analyst.zones().run(run(grant, id, "30", "75", "true"));
            Papers.refused(
                    node,
                    Code.RESOURCE_EXHAUSTED,
                    "BUDGET_EXHAUSTED",
                    () -> analyst.zones().run(run(grant, id, "45", "75", "true")));
            assertThat(analyst.zones().run(run(grant, id, "45", "60", "true")).getRowsList())
                    .isEqualTo(first.getRowsList());
        }
    }

    private void answersWithDifferentialPrivacyFromNowOn(NodeProcess node) throws Exception {
        loadsAgain(
                node,
                SyntheticProvince.zoneDeclaration()
                        .replace("answers: ad-hoc", "answers: approved-only")
                        .replace(
                                "noise: none", "noise: dp\n  budget: { epsilon: 0.3, per_query: 0.1, refresh: P30D }"));
    }

    private void runsTheSameOverGrpcAndOnTheCommandLine(
            NodeProcess node, String grant, String id, List<List<Object>> expected) throws Exception {
        try (NodeClient analyst = node.as("county-analyst")) {
            QueryResponse answer = analyst.zones().run(run(grant, id, "30", "60", "true"));
            assertThat(answer.getRowsList())
                    .extracting(row -> row.getValues(0).getText())
                    .containsExactlyElementsOf(
                            expected.stream().map(row -> row.get(0).toString()).toList());
            LedgerRecord record = Papers.recorded(node, answer.getRecord());
            assertThat(record.target()).isEqualTo("livelihood/" + id);
            assertThat(record.releaseId()).contains(answer.getReleaseId());
        }
        Ran ran = PackagedJar.run(
                "query",
                "--as=county-analyst",
                "--port=" + node.port(),
                "--data=" + node.data(),
                "--grant=" + grant,
                "--zone=livelihood",
                "--region=370800",
                "--template=" + id,
                "--argument=30",
                "--argument=60",
                "--argument=true",
                "--json");
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.out())
                .contains(
                        "\"outcome\":\"released\"",
                        "\"columns\":[\"sex\",\"n\"]",
                        "\"suppressed_groups\":0",
                        "trace_id");
        Ran listed =
                PackagedJar.run("template", "list", "--as=auditor", "--port=" + node.port(), "--data=" + node.data());
        assertThat(listed.exit()).as(listed.err()).isZero();
        assertThat(listed.out()).contains(id, "APPROVED", "rehearsed 预演");
    }

    private static void refusesWhatWasNotApproved(NodeProcess node, String grant, String id) throws IOException {
        try (NodeClient analyst = node.as("county-analyst")) {
            Papers.refused(
                    node,
                    Code.PERMISSION_DENIED,
                    "TEMPLATE_ARGUMENT_OUT_OF_RANGE",
                    () -> analyst.zones().run(run(grant, id, "31", "60", "true")));
            Papers.refused(
                    node,
                    Code.INVALID_ARGUMENT,
                    "TEMPLATE_ARGUMENT_TYPE",
                    () -> analyst.zones().run(run(grant, id, "30", "60", "TRUE OR 1=1")));
            Papers.refused(
                    node,
                    Code.NOT_FOUND,
                    "TEMPLATE_NOT_FOUND",
                    () -> analyst.zones().run(run(grant, "t_0000000000000000", "30", "60", "true")));
        }
    }

    /** The zone is loaded again under a declaration that answers approved queries only. */
    private void answersApprovedQueriesOnlyFromNowOn(NodeProcess node) throws Exception {
        loadsAgain(node, SyntheticProvince.zoneDeclaration().replace("answers: ad-hoc", "answers: approved-only"));
    }

    private void loadsAgain(NodeProcess node, String zone) throws Exception {
        node.stop();
        SyntheticProvince province = SyntheticProvince.generate(NodeProcess.SEED, PERSONS);
        province.writeZoneTables(scratch);
        Path declaration = Files.writeString(scratch.resolve("livelihood.yaml"), zone, StandardCharsets.UTF_8);
        List<String> load = new ArrayList<>(
                List.of("zone", "load", declaration.toString(), "--acquired=2025-12-31", "--data=" + node.data()));
        for (ZoneTable table : ZoneTable.values()) {
            load.add("--table=" + table.tableName() + "=" + scratch.resolve(table.tableName() + ".csv"));
        }
        Ran loaded = PackagedJar.run(load.toArray(String[]::new));
        assertThat(loaded.exit()).as(loaded.err()).isZero();
        node.restart();
    }

    private static Template submit(NodeProcess node, String grant) throws IOException {
        try (NodeClient analyst = node.as("county-analyst")) {
            return analyst.templates()
                    .submit(SubmitTemplateRequest.newBuilder()
                            .setGrantId(grant)
                            .setZone("livelihood")
                            .setPurpose(Purpose.PURPOSE_WORK_REFERENCE)
                            .setRegion("370800")
                            .setTitle("分年龄段参保人数")
                            .setSql(SQL)
                            .addParameters(TemplateParameter.newBuilder()
                                    .setName("from")
                                    .setType("INTEGER")
                                    .addRange("30")
                                    .addRange("60")
                                    .addRange("15"))
                            .addParameters(TemplateParameter.newBuilder()
                                    .setName("until")
                                    .setType("INTEGER")
                                    .addValues("60")
                                    .addValues("75"))
                            .addParameters(TemplateParameter.newBuilder()
                                    .setName("insured")
                                    .setType("BOOLEAN")
                                    .addValues("true")
                                    .addValues("false"))
                            .build())
                    .getTemplate();
        }
    }

    /** Approved by whom the grant names and by nobody else; what the reviewer was shown. */
    private static TemplateAssessment approve(NodeProcess node, Template template) throws IOException {
        DecideTemplateRequest decision = DecideTemplateRequest.newBuilder()
                .setId(template.getId())
                .setVersion(template.getVersion())
                .setReasons("用途明确，粒度适当")
                .build();
        try (NodeClient other = node.as("province-content-reviewer")) {
            Papers.refused(
                    node,
                    Code.PERMISSION_DENIED,
                    "TEMPLATE_REVIEW_NOT_ALLOWED",
                    () -> other.templates().approve(decision));
        }
        try (NodeClient reviewer = node.as("industry-content-reviewer")) {
            Template approved = reviewer.templates().approve(decision).getTemplate();
            assertThat(approved.getStatus()).isEqualTo(TemplateStatus.TEMPLATE_STATUS_APPROVED);
            return approved.getAssessment();
        }
    }

    private static Template assess(NodeProcess node, String grant, String id) throws IOException {
        try (NodeClient analyst = node.as("county-analyst")) {
            return analyst.templates()
                    .assess(AssessTemplateRequest.newBuilder()
                            .setId(id)
                            .setGrantId(grant)
                            .setZone("livelihood")
                            .setPurpose(Purpose.PURPOSE_WORK_REFERENCE)
                            .setRegion("370800")
                            .build())
                    .getTemplate();
        }
    }

    private static Template get(NodeProcess node, String id) throws IOException {
        try (NodeClient auditor = node.as("auditor")) {
            return auditor.templates()
                    .get(GetTemplateRequest.newBuilder().setId(id).build())
                    .getTemplate();
        }
    }

    private static RunRequest run(String grant, String id, String... arguments) {
        return RunRequest.newBuilder()
                .setGrantId(grant)
                .setZone("livelihood")
                .setPurpose(Purpose.PURPOSE_WORK_REFERENCE)
                .setRegion("370800")
                .setTemplateId(id)
                .addAllArguments(List.of(arguments))
                .build();
    }

    private static Connection connect(NodeProcess node, String grant) throws SQLException, IOException {
        return DriverManager.getConnection(
                "jdbc:arrow-flight-sql://localhost:" + node.flightPort(),
                Analyst.session(node, "county-analyst", grant));
    }

    private static List<List<Object>> call(NodeProcess node, String grant, String id) throws SQLException, IOException {
        try (Connection connection = connect(node, grant);
                PreparedStatement call = connection.prepareStatement("CALL " + id + "(?, ?, TRUE)")) {
            call.setInt(1, 30);
            call.setInt(2, 60);
            try (ResultSet rows = call.executeQuery()) {
                return rows(rows);
            }
        }
    }

    private static List<List<Object>> query(NodeProcess node, String grant, String sql)
            throws SQLException, IOException {
        try (Connection connection = connect(node, grant);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows(rows);
        }
    }

    private static List<List<Object>> rows(ResultSet found) throws SQLException {
        List<List<Object>> rows = new ArrayList<>();
        while (found.next()) {
            rows.add(List.of(found.getString(1), found.getLong(2)));
        }
        return rows;
    }

    /** What travels beside the rows, which the stock JDBC driver hides. */
    @SuppressWarnings("try") // Flight's clients may be interrupted in close()
    private static String flightMetadata(NodeProcess node, String grant, String sql) throws Exception {
        Properties session = Analyst.session(node, "county-analyst", grant);
        FlightCallHeaders headers = new FlightCallHeaders();
        headers.insert("authorization", "Bearer " + session.getProperty("token"));
        for (String name : List.of("grant", "zone", "purpose", "region")) {
            headers.insert(name, session.getProperty(name));
        }
        try (BufferAllocator allocator = new RootAllocator();
                InputStream trusted = Files.newInputStream(Path.of(session.getProperty("tlsRootCerts")));
                FlightClient flight = FlightClient.builder(
                                allocator, Location.forGrpcTls("localhost", node.flightPort()))
                        .trustedCertificates(trusted)
                        .build();
                FlightSqlClient client = new FlightSqlClient(flight)) {
            return new String(
                    client.execute(sql, new HeaderCallOption(headers)).getAppMetadata(), StandardCharsets.UTF_8);
        }
    }

    private static String refused(NodeProcess node, String grant, String sql) {
        return message(catchThrowableOfType(SQLException.class, () -> query(node, grant, sql)));
    }

    /** What a run ends in, its values given as literals: while a template may not be run, drivers know no types. */
    private static String refusal(NodeProcess node, String grant, String id) {
        return refused(node, grant, "CALL " + id + "(30, 60, TRUE)");
    }

    private static String message(SQLException refused) {
        if (refused == null) {
            throw new AssertionError("it was answered");
        }
        return String.valueOf(refused.getMessage());
    }
}
