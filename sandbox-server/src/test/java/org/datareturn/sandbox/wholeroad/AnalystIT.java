package org.datareturn.sandbox.wholeroad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.Status.Code;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.datareturn.proto.v1.Purpose;
import org.datareturn.proto.v1.QueryRequest;
import org.datareturn.proto.v1.QueryResponse;
import org.datareturn.proto.v1.TraceRequest;
import org.datareturn.sandbox.cli.client.Applying;
import org.datareturn.sandbox.cli.client.NodeClient;
import org.datareturn.sandbox.ledger.LedgerRecord;
import org.datareturn.sandbox.province.Person;
import org.datareturn.sandbox.province.SyntheticProvince;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An analyst at a data zone: the stock Flight SQL JDBC driver, as any SQL tool uses it. */
@ExtendWith(SharedNode.class)
class AnalystIT {
    /** Half a rounding step of 5, and as much again for the watermark. */
    private static final BigDecimal NEAR = new BigDecimal(5);

    /** The zone counts nobody's income for more: the bound it declares. */
    private static final int INCOME_BOUND = 50_000;

    private static final String BY_COUNTY_AND_SEX =
            "SELECT county, sex, COUNT(*) AS persons, SUM(income_yuan) AS income FROM person GROUP BY county, sex";
    /** Asked by nothing else here, so that both organisations have the same history of answers about it: none. */
    private static final String BENEFITS =
            "SELECT kind, \"year\", COUNT(*) AS claims, SUM(amount_yuan) AS amount FROM benefit GROUP BY kind, \"year\"";

    /** Stands for a value that was withheld beside others that were released; no released figure is negative. */
    private static final String WITHHELD = "-1";

    private static final Pattern TRACE = Pattern.compile("trace_id=([0-9a-f]{32})");

    private static NodeProcess node;
    private static SyntheticProvince province;
    private static String grant;

    @BeforeAll
    static void applyAndBeGranted(SharedNode.Running shared) throws IOException {
        node = shared.node();
        province = shared.province();
        grant = Papers.grant(node, Applying.LIVELIHOOD_ZONE, "county-applicant");
    }

    @Test
    void releasesAggregatesWithinRoundingAndWatermarkOfTheTruth() throws SQLException, IOException {
        Map<String, List<Person>> groups = province.persons().stream()
                .collect(Collectors.groupingBy(p -> p.education().label(), TreeMap::new, Collectors.toList()));
        List<List<Object>> rows;
        try (Connection connection = connect("county-analyst", grant)) {
            rows = query(
                    connection,
                    "SELECT education, COUNT(*) AS 人数, SUM(income_yuan) AS 收入 FROM person GROUP BY education");
        }
        assertThat(rows).hasSizeGreaterThan(3);
        for (List<Object> row : rows) {
            List<Person> truth = Objects.requireNonNull(groups.get((String) row.get(0)));
            assertThat(number(row.get(1))).isCloseTo(new BigDecimal(truth.size()), within(NEAR));
            long income = truth.stream()
                    .mapToLong(person -> Math.min(person.incomeYuan(), INCOME_BOUND))
                    .sum();
            assertThat(number(row.get(2))).isCloseTo(new BigDecimal(income), within(NEAR));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ROWS_NOT_ALLOWED       | SELECT education, income_yuan FROM person
            SUBJECT_NOT_USABLE     | SELECT COUNT(*) FROM person WHERE person_id = 1
            AGGREGATE_NOT_ALLOWED  | SELECT ANY_VALUE(income_yuan) FROM person
            UNKNOWN_NAME           | SELECT household_id, COUNT(*) FROM person GROUP BY household_id
            UNKNOWN_NAME           | SELECT COUNT(*) FROM marriage
            STATEMENT_NOT_ALLOWED  | DROP TABLE person
            SQL_SYNTAX             | SELEC nonsense FROM
            OFF_BAND_EDGE          | SELECT COUNT(*) FROM person WHERE age = 31
            """)
    void refusesAsAnSqlExceptionWithReasonBothLanguagesAndTrace(String reason, String sql)
            throws SQLException, IOException {
        try (Connection connection = connect("county-analyst", grant)) {
            String refused = refusal(connection, sql);
            assertThat(refused).contains(reason + ": ").containsPattern("\\p{IsHan}");
            assertThat(traced(refused)).contains("\"outcome\":\"" + reason + "\"");
        }
    }

    @Test
    void refusesAnothersGrantAndAPurposeNotGranted() throws SQLException, IOException {
        try (Connection foreign = connect("foreign-agency", grant)) {
            String refused = refusal(foreign, BY_COUNTY_AND_SEX);
            assertThat(refused).contains("GRANT_UNKNOWN");
            assertThat(traced(refused)).doesNotContain("grant_id");
        }
        Properties session = session("county-analyst", grant);
        session.put("purpose", "OTHER");
        try (Connection connection = open(session)) {
            String refused = refusal(connection, BY_COUNTY_AND_SEX);
            assertThat(refused).contains("PURPOSE_NOT_GRANTED");
        }
        try (Connection operator = connect("county-operator", grant)) {
            String refused = refusal(operator, BY_COUNTY_AND_SEX);
            assertThat(refused).contains("ROLE_MISSING");
        }
    }

    @Test
    void showsAndServesNoColumnsButTheGrantedOnes() throws SQLException, IOException {
        Applying whole = Applying.LIVELIHOOD_ZONE;
        Applying narrow = new Applying(
                whole.resource(),
                List.of("person.person_id", "person.county", "person.sex"),
                whole.product(),
                whole.provider(),
                whole.contentReviewer(),
                "分县人口测算",
                whole.purpose(),
                whole.titleZh(),
                whole.titleEn(),
                whole.privateItemsPerDay());
        try (Connection connection = connect("county-analyst", Papers.grant(node, narrow, "county-applicant"))) {
            List<String> shown = new ArrayList<>();
            try (ResultSet columns = connection.getMetaData().getColumns(null, null, "%", "%")) {
                while (columns.next()) {
                    shown.add(columns.getString("TABLE_NAME") + "." + columns.getString("COLUMN_NAME"));
                }
            }
            assertThat(shown).containsExactlyInAnyOrder("person.person_id", "person.county", "person.sex");
            List<String> tables = new ArrayList<>();
            try (ResultSet found = connection.getMetaData().getTables(null, null, "%", null)) {
                while (found.next()) {
                    tables.add(found.getString("TABLE_NAME"));
                }
            }
            assertThat(tables).containsExactly("person");
            String refused = refusal(connection, "SELECT education, COUNT(*) FROM person GROUP BY education");
            assertThat(refused).contains("UNKNOWN_NAME");
        }
    }

    @Test
    void givesTheSameTableToTheSameAnalystWhateverTheWay() throws SQLException, IOException {
        List<List<Object>> first;
        List<List<Object>> again;
        try (Connection connection = connect("county-analyst", grant)) {
            first = query(connection, BY_COUNTY_AND_SEX);
        }
        try (Connection connection = connect("county-analyst", grant)) {
            again = query(
                    connection,
                    "select P.county, P.sex, count(*) as persons, sum(P.income_yuan) as income\n"
                            + "from person as P  group by P.county, P.sex");
        }
        assertThat(byKey(again)).isEqualTo(byKey(first));
        try (NodeClient analyst = node.as("county-analyst")) {
            QueryResponse overGrpc = analyst.zones()
                    .query(QueryRequest.newBuilder()
                            .setGrantId(grant)
                            .setZone("livelihood")
                            .setPurpose(Purpose.PURPOSE_WORK_REFERENCE)
                            .setRegion("370800")
                            .setSql(BY_COUNTY_AND_SEX)
                            .build());
            assertThat(overGrpc.getColumnsList())
                    .extracting(column -> column.getName())
                    .containsExactly("county", "sex", "persons", "income");
            List<List<Object>> rows = overGrpc.getRowsList().stream()
                    .map(row ->
                            row.getValuesList().stream().map(AnalystIT::cell).toList())
                    .toList();
            assertThat(byKey(rows)).isEqualTo(byKey(first));
            assertThat(overGrpc.getSource()).isNotBlank();
            LedgerRecord record = Papers.recorded(node, overGrpc.getRecord());
            assertThat(record.kind()).isEqualTo(LedgerRecord.Kind.ZONE_QUERY);
            assertThat(record.releaseId()).contains(overGrpc.getReleaseId());
            assertThat(record.answerDigest()).isPresent();
            Papers.refused(
                    node,
                    Code.INVALID_ARGUMENT,
                    "REQUEST_FIELD_MISSING",
                    () -> analyst.zones()
                            .query(QueryRequest.newBuilder()
                                    .setGrantId(grant)
                                    .setZone("livelihood")
                                    .setRegion("370800")
                                    .setSql(BY_COUNTY_AND_SEX)
                                    .build()));
        }
    }

    @Test
    void givesTwoOrganisationsTablesThatDifferByTheirWatermarksOnly() throws SQLException, IOException {
        String foreignGrant = Papers.grant(node, Applying.LIVELIHOOD_ZONE, "foreign-agency");
        Map<String, List<BigDecimal>> ours;
        Map<String, List<BigDecimal>> theirs;
        try (Connection connection = connect("county-analyst", grant)) {
            ours = byKey(query(connection, BENEFITS));
        }
        try (Connection connection = connect("foreign-agency", foreignGrant)) {
            theirs = byKey(query(connection, BENEFITS));
        }
        assertThat(theirs.keySet()).isEqualTo(ours.keySet());
        int moved = 0;
        for (Map.Entry<String, List<BigDecimal>> row : ours.entrySet()) {
            for (int i = 0; i < row.getValue().size(); i++) {
                BigDecimal mine = row.getValue().get(i);
                BigDecimal other =
                        Objects.requireNonNull(theirs.get(row.getKey())).get(i);
                assertThat(other).isCloseTo(mine, within(NEAR));
                moved += other.compareTo(mine) == 0 ? 0 : 1;
            }
        }
        assertThat(moved)
                .as("two copies of %d cells marked for two recipients", 2 * ours.size())
                .isGreaterThan(ours.size() / 2);
    }

    /** The message of the SQLException a query ends in. */
    private static String refusal(Connection connection, String sql) {
        SQLException refused = catchThrowableOfType(SQLException.class, () -> query(connection, sql));
        if (refused == null) {
            throw new AssertionError("answered: " + sql);
        }
        return String.valueOf(refused.getMessage());
    }

    private static String traced(String refused) throws IOException {
        Matcher trace = TRACE.matcher(refused);
        assertThat(trace.find()).as("a trace id in: %s", refused).isTrue();
        try (NodeClient auditor = node.as("auditor")) {
            return auditor.ledger()
                    .trace(TraceRequest.newBuilder().setTraceId(trace.group(1)).build())
                    .getRecordJson();
        }
    }

    private static Connection connect(String alias, String underGrant) throws SQLException, IOException {
        return open(session(alias, underGrant));
    }

    private static Properties session(String alias, String underGrant) throws IOException {
        return Analyst.session(node, alias, underGrant);
    }

    private static Connection open(Properties session) throws SQLException {
        return DriverManager.getConnection("jdbc:arrow-flight-sql://localhost:" + node.flightPort(), session);
    }

    private static List<List<Object>> query(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            List<List<Object>> rows = new ArrayList<>();
            while (found.next()) {
                List<Object> row = new ArrayList<>();
                for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                    Object cell = found.getObject(i);
                    row.add(cell == null ? WITHHELD : cell);
                }
                rows.add(row);
            }
            return rows;
        }
    }

    private static Object cell(org.datareturn.proto.v1.ResultValue value) {
        return switch (value.getKindCase()) {
            case TEXT -> value.getText();
            case INTEGER -> value.getInteger();
            case DECIMAL -> new BigDecimal(value.getDecimal());
            case NULL -> WITHHELD;
            case REAL, BOOLEAN, KIND_NOT_SET -> throw new AssertionError("not in this table: " + value);
        };
    }

    private static BigDecimal number(Object cell) {
        return new BigDecimal(cell.toString());
    }

    /** The numbers of each row under its keys, the two first columns. */
    private static Map<String, List<BigDecimal>> byKey(List<List<Object>> rows) {
        Map<String, List<BigDecimal>> byKey = new TreeMap<>();
        for (List<Object> row : rows) {
            byKey.put(
                    row.get(0) + "/" + row.get(1),
                    row.subList(2, row.size()).stream()
                            .map(cell -> number(cell).stripTrailingZeros())
                            .toList());
        }
        assertThat(byKey).hasSize(rows.size()).hasSizeGreaterThan(5);
        return byKey;
    }

    private static org.assertj.core.data.Offset<BigDecimal> within(BigDecimal distance) {
        return org.assertj.core.data.Offset.offset(distance);
    }
}
