package org.datareturn.sandbox.zone.flight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.datareturn.policy.ReasonCode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries through the stock JDBC driver, over TLS, as an analyst's tool makes them. */
class JdbcQueryTest {
    @TempDir
    static Path folder;

    static FlightFixture fixture;

    @BeforeAll
    static void serve() throws Exception {
        fixture = FlightFixture.standard(folder);
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @BeforeEach
    void forget() {
        fixture.road.queries.clear();
        fixture.road.query = sql -> ScriptedQueries.oneNumber(42);
    }

    @Test
    void carriesTokenSessionAndSqlToTheRoadOncePerExecution() throws SQLException {
        try (Connection connection = fixture.connect("token-a");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) AS n FROM person")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getLong("n")).isEqualTo(42);
            assertThat(rows.next()).isFalse();
        }
        assertThat(fixture.road.queries)
                .containsExactly(new ScriptedQueries.Asked(
                        new WireCredentials(List.of(), Optional.of("token-a")),
                        new ZoneSession("G-1", "livelihood", "WORK_REFERENCE", "370100"),
                        "SELECT count(*) AS n FROM person"));
    }

    @Test
    void carriesTheVerifiedClientCertificateToTheRoad() throws Exception {
        try (Connection connection = fixture.connect(fixture.authority.issue("analyst-1"));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT 1")) {
            assertThat(rows.next()).isTrue();
        }
        WireCredentials who = fixture.road.queries.getFirst().who();
        assertThat(who.bearerToken()).isEmpty();
        assertThat(who.certificates().getFirst().getSubjectX500Principal().getName())
                .isEqualTo("CN=analyst-1");
    }

    @Test
    void refusesPlainTextConnections() {
        assertThatThrownBy(() -> query(
                        java.sql.DriverManager.getConnection(
                                "jdbc:arrow-flight-sql://127.0.0.1:%d/?useEncryption=false&token=t&grant=G&zone=z&purpose=OTHER&region=370100"
                                        .formatted(fixture.endpoint.port())),
                        "SELECT 1"))
                .isInstanceOf(SQLException.class);
        assertThat(fixture.road.queries).isEmpty();
    }

    @Test
    void refusesUserNameAndPasswordByName() {
        Map<String, String> parameters = FlightFixture.session();
        parameters.put("user", "zhang");
        parameters.put("password", "secret");
        assertThatThrownBy(() -> fixture.connect(parameters))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("FLIGHT_CREDENTIALS_UNSUPPORTED");
    }

    @Test
    void mapsEverySqlTypeWithNulls() throws SQLException {
        fixture.road.query = sql -> everyType();
        try (Connection connection = fixture.connect("token-a");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT …")) {
            ResultSetMetaData columns = rows.getMetaData();
            assertThat(IntStream.rangeClosed(1, columns.getColumnCount()).mapToObj(i -> columnName(columns, i)))
                    .containsExactly("学历", "人数", "age", "平均 值", "rate", "ok", "day");
            assertThat(columns.getColumnType(1)).isEqualTo(Types.VARCHAR);
            assertThat(columns.getColumnType(2)).isEqualTo(Types.BIGINT);
            assertThat(columns.getColumnType(3)).isEqualTo(Types.INTEGER);
            assertThat(columns.getColumnType(4)).isEqualTo(Types.DECIMAL);
            assertThat(columns.getColumnType(5)).isIn(Types.DOUBLE, Types.FLOAT);
            assertThat(columns.getColumnType(6)).isEqualTo(Types.BOOLEAN);
            assertThat(columns.getColumnType(7)).isEqualTo(Types.DATE);

            assertThat(rows.next()).isTrue();
            assertThat(rows.getString("学历")).isEqualTo("大学本科 𠮷");
            assertThat(rows.getLong("人数")).isEqualTo(Long.MAX_VALUE);
            assertThat(rows.getInt("age")).isEqualTo(Integer.MIN_VALUE);
            assertThat(rows.getBigDecimal("平均 值")).isEqualByComparingTo("-12345678901234567890.123");
            assertThat(rows.getDouble("rate")).isEqualTo(0.1);
            assertThat(rows.getBoolean("ok")).isTrue();
            assertThat(rows.getString("day")).isEqualTo("1949-10-01");

            assertThat(rows.next()).isTrue();
            for (int i = 1; i <= 7; i++) {
                assertThat(rows.getObject(i)).as("column %d", i).isNull();
            }
            assertThat(rows.next()).isFalse();
        }
    }

    @Test
    void answersAnEmptyTableWithNoRows() throws SQLException {
        fixture.road.query =
                sql -> ScriptedQueries.table(List.of(new Column("组", SqlType.Plain.VARCHAR, true)), List.of());
        try (Connection connection = fixture.connect("token-a");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT 组 FROM t")) {
            assertThat(rows.next()).isFalse();
        }
    }

    @Test
    void walksTheRoadAgainWhenAPreparedStatementIsExecutedAgain() throws SQLException {
        long[] next = {0};
        fixture.road.query = sql -> ScriptedQueries.oneNumber(++next[0]);
        try (Connection connection = fixture.connect("token-a");
                PreparedStatement statement = connection.prepareStatement("SELECT n FROM t")) {
            assertThat(fixture.road.queries)
                    .as("preparing asks nothing of the zone")
                    .isEmpty();
            assertThat(onlyNumber(statement.executeQuery())).isEqualTo(1);
            assertThat(onlyNumber(statement.executeQuery())).isEqualTo(2);
        }
        assertThat(fixture.road.queries).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 100_000})
    void streamsManyRowsInOrder(int count) throws SQLException {
        List<List<Object>> many = LongStream.range(0, count)
                .mapToObj(i -> List.<Object>of(i, "第" + i + "组"))
                .toList();
        fixture.road.query = sql -> ScriptedQueries.table(
                List.of(new Column("i", SqlType.Plain.BIGINT, false), new Column("name", SqlType.Plain.VARCHAR, false)),
                many);
        try (Connection connection = fixture.connect("token-a");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT i, name FROM t")) {
            for (long i = 0; i < count; i++) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getLong(1)).isEqualTo(i);
                if (i % 997 == 0) {
                    assertThat(rows.getString(2)).isEqualTo("第" + i + "组");
                }
            }
            assertThat(rows.next()).isFalse();
        }
    }

    @Test
    void showsARefusalWithCodeBothLanguagesTraceAndReceipt() throws SQLException {
        fixture.road.query = sql -> ScriptedQueries.refused(ReasonCode.Kind.PRECONDITION);
        try (Connection connection = fixture.connect("token-a");
                Statement statement = connection.createStatement();
                PreparedStatement prepared = connection.prepareStatement("SELECT x FROM t")) {
            String[] parts = {"GROUP_TOO_SMALL", "分组人数不足", "a group is too small", "trace-9", "ledger/9"};
            assertThatThrownBy(() -> statement.executeQuery("SELECT x FROM t"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContainingAll(parts);
            assertThatThrownBy(prepared::executeQuery)
                    .isInstanceOf(SQLException.class)
                    .hasMessageContainingAll(parts);
        }
        assertThat(fixture.road.queries).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"grant", "zone", "purpose", "region"})
    void namesTheParameterThatIsMissing(String name) throws SQLException {
        Map<String, String> parameters = FlightFixture.session();
        parameters.put("token", "token-a");
        parameters.remove(name);
        try (Connection connection = fixture.connect(parameters)) {
            assertThatThrownBy(() -> query(connection, "SELECT 1"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContainingAll("FLIGHT_PARAMETER_MISSING", "缺少参数 " + name, "lacks the parameter " + name);
        }
        assertThat(fixture.road.queries).isEmpty();
    }

    @Test
    void tellsNothingOfAFault() throws SQLException {
        fixture.road.query = sql -> {
            throw new IllegalStateException("张三 330102199001011234");
        };
        try (Connection connection = fixture.connect("token-a")) {
            assertThatThrownBy(() -> query(connection, "SELECT 1"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("FLIGHT_FAULT")
                    .satisfies(e -> assertThat(chain(e)).doesNotContain("张三").doesNotContain("3301"));
        }
    }

    @Test
    void refusesEmptyAndOverlongSql() throws SQLException {
        try (Connection connection = fixture.connect("token-a")) {
            for (String sql : List.of(" ", "x".repeat(32_769))) {
                assertThatThrownBy(() -> query(connection, sql))
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("FLIGHT_SQL_LENGTH");
            }
        }
        assertThat(fixture.road.queries).isEmpty();
    }

    @Test
    void takesAnUpdateTheSameRoadAsAQuery() throws SQLException {
        fixture.road.query = sql -> ScriptedQueries.refused(ReasonCode.Kind.DENIED);
        try (Connection connection = fixture.connect("token-a");
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.executeUpdate("DELETE FROM person"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("GROUP_TOO_SMALL");
        }
        assertThat(fixture.road.queries).hasSize(1);
    }

    @Test
    void acceptsTheZoneAsCatalogAndNoOther() throws SQLException {
        Map<String, String> parameters = FlightFixture.session();
        parameters.put("token", "token-a");
        parameters.put("catalog", "livelihood");
        Connection connection = fixture.connect(parameters);
        query(connection, "SELECT 1");
        assertThatThrownBy(connection::close)
                .as("driver 18.3.0 closes its channel before the session it was given a catalog for")
                .isInstanceOf(SQLException.class);
        parameters.put("catalog", "another-zone");
        assertThatThrownBy(() -> fixture.connect(parameters)).isInstanceOf(SQLException.class);
    }

    @Test
    void serves32ConnectionsAtATime() throws Exception {
        int connections = 32;
        CountDownLatch allInside = new CountDownLatch(connections);
        fixture.road.query = sql -> {
            allInside.countDown();
            assertThat(await(allInside)).isTrue();
            return ScriptedQueries.oneNumber(Long.parseLong(sql.substring("SELECT ".length())));
        };
        try (ExecutorService analysts = Executors.newFixedThreadPool(connections)) {
            List<Future<Long>> answers = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                int mine = i;
                answers.add(analysts.submit(() -> {
                    try (Connection connection = fixture.connect("token-" + mine % 4);
                            Statement statement = connection.createStatement()) {
                        return onlyNumber(statement.executeQuery("SELECT " + mine));
                    }
                }));
            }
            for (int i = 0; i < connections; i++) {
                assertThat(answers.get(i).get(120, TimeUnit.SECONDS)).isEqualTo(i);
            }
        }
        assertThat(fixture.road.queries).hasSize(connections);
    }

    private static ZoneReply.Table everyType() {
        List<Column> columns = List.of(
                new Column("学历", SqlType.Plain.VARCHAR, true),
                new Column("人数", SqlType.Plain.BIGINT, true),
                new Column("age", SqlType.Plain.INTEGER, true),
                new Column("平均 值", new SqlType.Decimal(38, 4), true),
                new Column("rate", SqlType.Plain.DOUBLE, true),
                new Column("ok", SqlType.Plain.BOOLEAN, true),
                new Column("day", SqlType.Plain.DATE, true));
        List<Object> full = List.of(
                "大学本科 𠮷",
                Long.MAX_VALUE,
                Integer.MIN_VALUE,
                new BigDecimal("-12345678901234567890.123"),
                0.1,
                true,
                LocalDate.of(1949, 10, 1));
        return ScriptedQueries.table(columns, List.of(full, Arrays.asList(new Object[7])));
    }

    private static void query(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
        }
    }

    private static long onlyNumber(ResultSet rows) throws SQLException {
        try (rows) {
            assertThat(rows.next()).isTrue();
            long number = rows.getLong(1);
            assertThat(rows.next()).isFalse();
            return number;
        }
    }

    private static String columnName(ResultSetMetaData columns, int i) {
        try {
            return columns.getColumnName(i);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String chain(Throwable thrown) {
        StringBuilder text = new StringBuilder();
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            text.append(t).append('\n');
        }
        return text.toString();
    }
}
