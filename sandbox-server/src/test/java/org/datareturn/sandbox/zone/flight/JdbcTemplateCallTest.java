package org.datareturn.sandbox.zone.flight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.datareturn.policy.ReasonCode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Approved templates run by the stock JDBC driver's prepared statements with bound values. */
class JdbcTemplateCallTest {
    private static final String ID = "t_0123456789abcdef";

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
        fixture.road.calls.clear();
        fixture.road.query = template -> ScriptedQueries.oneNumber(42);
        fixture.road.parameters = new ParametersReply.Parameters(List.of(
                new Column("education", SqlType.Plain.VARCHAR, true),
                new Column("age", SqlType.Plain.INTEGER, true),
                new Column("total", SqlType.Plain.BIGINT, true),
                new Column("rate", new SqlType.Decimal(5, 2), true),
                new Column("day", SqlType.Plain.DATE, true),
                new Column("insured", SqlType.Plain.BOOLEAN, true)));
    }

    @Test
    void bindsEveryTypeAndRunsOnceForEachExecution() throws SQLException {
        try (Connection connection = fixture.connect("token-a");
                PreparedStatement call = connection.prepareStatement("CALL " + ID + "(?, ?, ?, ?, ?, ?)")) {
            for (int age : new int[] {18, 30}) {
                call.setString(1, "本科' OR '1'='1");
                call.setInt(2, age);
                call.setLong(3, 5_000_000_000L);
                call.setBigDecimal(4, new BigDecimal("1.50"));
                call.setDate(5, Date.valueOf("2026-01-31"));
                call.setBoolean(6, true);
                try (ResultSet rows = call.executeQuery()) {
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getLong(1)).isEqualTo(42);
                }
            }
        }
        assertThat(fixture.road.queries).isEmpty();
        assertThat(fixture.road.calls)
                .containsExactly(
                        new ScriptedQueries.Called(
                                ID, List.of("本科' OR '1'='1", "18", "5000000000", "1.50", "2026-01-31", "true")),
                        new ScriptedQueries.Called(
                                ID, List.of("本科' OR '1'='1", "30", "5000000000", "1.50", "2026-01-31", "true")));
    }

    @Test
    void takesLiteralsInTheCallToo() throws SQLException {
        try (Connection connection = fixture.connect("token-a");
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("call " + ID + " ('it''s', -3, 2.5, DATE '2026-01-31', TRUE) ;")) {
            assertThat(rows.next()).isTrue();
        }
        assertThat(fixture.road.calls)
                .containsExactly(new ScriptedQueries.Called(ID, List.of("it's", "-3", "2.5", "2026-01-31", "true")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CALL t_0123456789abcdef(1); DROP TABLE person",
                "CALL t_0123456789abcdef(1 + 1)",
                "CALL t_0123456789abcdef(SELECT 1)",
                "CALL t_0123456789abcdef(1,)",
                "CALL t_0123456789abcdef(person)",
                "CALL t_0123456789abcde(1)",
                "CALL other(1)"
            })
    void leavesToTheGuardWhatIsNoCallOfATemplate(String sql) throws SQLException {
        try (Connection connection = fixture.connect("token-a");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
        }
        assertThat(fixture.road.calls).isEmpty();
        assertThat(fixture.road.queries).extracting(ScriptedQueries.Asked::sql).containsExactly(sql);
    }

    @Test
    void tellsARefusalWhenItIsExecutedAlsoWhenPreparingWasRefused() throws SQLException {
        fixture.road.parameters =
                new Refused(ReasonCode.Kind.NOT_FOUND, "TEMPLATE_NOT_FOUND", "没有", "none", "trace-9", Optional.empty());
        fixture.road.query = template ->
                new Refused(ReasonCode.Kind.NOT_FOUND, "TEMPLATE_NOT_FOUND", "没有", "none", "trace-9", Optional.empty());
        try (Connection connection = fixture.connect("token-a");
                PreparedStatement call = connection.prepareStatement("CALL " + ID + "(?)")) {
            call.setString(1, "x");
            assertThatThrownBy(call::executeQuery)
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("TEMPLATE_NOT_FOUND: 没有 / none");
        }
    }

    @Test
    void refusesACallWhosePlacesHaveNoValues() throws Exception {
        try (Connection connection = fixture.connect("token-a");
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.executeQuery("CALL " + ID + "(?, ?)"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("FLIGHT_ARGUMENTS_UNBOUND");
        }
        assertThat(fixture.road.calls).isEmpty();
    }
}
