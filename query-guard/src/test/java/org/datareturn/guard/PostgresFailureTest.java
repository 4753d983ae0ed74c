package org.datareturn.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.datareturn.guard.declaration.DeclarationException;
import org.datareturn.guard.declaration.DeclarationReader;
import org.datareturn.guard.engine.EngineException;
import org.datareturn.guard.engine.EngineServers;
import org.datareturn.guard.engine.EngineStore;
import org.datareturn.guard.engine.postgresql.PostgresLoader;
import org.datareturn.guard.load.LoadException;
import org.datareturn.policy.Refusal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A PostgreSQL server that is gone, slow, stopped or not safe: what was asked is refused, in words that tell nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresFailureTest {
    private static final String SQL = "SELECT school, COUNT(*) FROM person GROUP BY school";
    private static final String SCHEMAS = "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'zone\\_%'";
    private static final EngineLimits HASTY = new EngineLimits(64, 1, Duration.ofSeconds(1));

    private PostgresFixture server;

    @BeforeAll
    void start() throws IOException, SQLException {
        server = PostgresFixture.start();
    }

    @AfterEach
    void nothingStaysBehind() throws SQLException {
        assertThat(server.column(SCHEMAS)).isEmpty();
    }

    @AfterAll
    void stop() throws IOException {
        server.close();
    }

    private static DataZone open(Engines engines) throws LoadException {
        try {
            return DataZone.open(
                    DeclarationReader.read(TownCensus.YAML.replace("engine: embedded", "engine: postgresql")),
                    ZoneFixture.sources(TownCensus.csv()),
                    AnswerMemory.inProcess(),
                    engines,
                    ZoneSecret.fresh(),
                    Clock.systemUTC());
        } catch (DeclarationException wrong) {
            throw new AssertionError(wrong);
        }
    }

    private ZoneFixture zone(EngineLimits limits) throws LoadException {
        return ZoneFixture.of(open(server.engines(limits)));
    }

    private static void refusedWithoutAWord(ZoneFixture.Asked asked) {
        Refusal fixed = Refusal.of(GuardReason.ENGINE_UNAVAILABLE);
        assertThat(asked.answer()).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.refusal().reason()).isEqualTo(GuardReason.ENGINE_UNAVAILABLE);
            assertThat(refused.refusal().messageEn()).isEqualTo(fixed.messageEn());
            assertThat(refused.refusal().messageZh()).isEqualTo(fixed.messageZh());
        });
    }

    /** Keeps every reader of the zone's persons waiting, for as long as it is open. */
    private Connection lock() throws SQLException {
        Connection connection = server.superuser();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("LOCK TABLE " + server.column(SCHEMAS).getFirst() + ".person IN ACCESS EXCLUSIVE MODE");
        }
        return connection;
    }

    @Test
    void refusesWhenTheServerIsSlowAndAnswersWhenItIsNot() throws LoadException, SQLException {
        try (ZoneFixture zone = zone(HASTY)) {
            try (Connection lock = lock()) {
                refusedWithoutAWord(zone.guard(SQL));
                lock.rollback();
            }
            assertThat(zone.guard(SQL).rows()).hasSize(4);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pg_cancel_backend", "pg_terminate_backend"})
    void refusesWhenAStatementIsStopped(String how) throws Exception {
        try (ZoneFixture zone = zone(EngineLimits.standard());
                ExecutorService asking = Executors.newVirtualThreadPerTaskExecutor()) {
            try (Connection lock = lock()) {
                Future<ZoneFixture.Asked> asked = asking.submit(() -> zone.guard(SQL));
                List<String> stopped = List.of();
                for (int i = 0; i < 400 && stopped.isEmpty(); i++) {
                    server.run("SELECT pg_sleep(0.02)");
                    stopped = server.column("SELECT " + how + "(pid) FROM pg_stat_activity WHERE usename = '"
                            + PostgresFixture.ROLE + "' AND wait_event_type = 'Lock'");
                }
                assertThat(stopped).isNotEmpty();
                refusedWithoutAWord(asked.get(20, TimeUnit.SECONDS));
                lock.rollback();
            }
            assertThat(zone.guard(SQL).rows()).hasSize(4);
        }
    }

    @Test
    void refusesWhenTheServerIsGone() throws IOException, SQLException, LoadException {
        PostgresFixture mortal = PostgresFixture.start();
        try (ZoneFixture zone = ZoneFixture.of(open(mortal.engines(HASTY)))) {
            assertThat(zone.guard(SQL).rows()).hasSize(4);
            mortal.close();
            refusedWithoutAWord(zone.guard("SELECT sex, COUNT(*) FROM person GROUP BY sex"));
        }
        assertThatExceptionOfType(LoadException.class)
                .isThrownBy(() -> open(mortal.engines(HASTY)))
                .withMessageContaining("SQL state 08001")
                .withMessageNotContaining(PostgresFixture.PASSWORD);
    }

    @Test
    void refusesWhenTheTablesAreGone() throws LoadException, SQLException {
        try (ZoneFixture zone = zone(HASTY)) {
            server.run("DROP TABLE " + server.column(SCHEMAS).getFirst() + ".person");
            refusedWithoutAWord(zone.guard(SQL));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRUNCATE %s.person", "DELETE FROM %s.person WHERE id = 77"})
    void refusesWhenRowsAreGone(String how) throws LoadException, SQLException {
        try (ZoneFixture zone = zone(HASTY)) {
            server.run(how.formatted(server.column(SCHEMAS).getFirst()));
            refusedWithoutAWord(zone.guard(SQL));
        }
    }

    @Test
    void opensNoZoneAsASuperuserOrInAnotherEncoding() throws SQLException {
        EngineServers asSuperuser = new EngineServers(Optional.of(server.as("postgres")), Optional.empty());
        assertThatExceptionOfType(LoadException.class)
                .isThrownBy(() -> open(Engines.of(HASTY, asSuperuser)))
                .withMessageContaining("must not be a superuser");
        server.run("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0");
        EngineServers.Postgresql latin = new EngineServers.Postgresql(
                server.as(PostgresFixture.ROLE).url().replace("/postgres", "/latin"), PostgresFixture.ROLE, "");
        assertThatExceptionOfType(LoadException.class)
                .isThrownBy(() -> open(Engines.of(HASTY, new EngineServers(Optional.of(latin), Optional.empty()))))
                .withMessageContaining("must be in UTF8");
    }

    @Test
    void leavesNothingOfAnEditionThatDoesNotLoad() {
        // No text of PostgreSQL holds the character 0.
        assertThatExceptionOfType(LoadException.class)
                .isThrownBy(() -> DataZone.open(
                        DeclarationReader.read(TownCensus.YAML.replace("engine: embedded", "engine: postgresql")),
                        ZoneFixture.sources(java.util.Map.of(
                                "person", TownCensus.persons("9001,hi\0gh,F,40,Cathay,smith,1,0,x\n"),
                                "visit", TownCensus.visits(),
                                "place", "place,district\n1,East\n")),
                        AnswerMemory.inProcess(),
                        server.engines(HASTY),
                        ZoneSecret.fresh(),
                        Clock.systemUTC()))
                .withMessageContaining("SQL state 22021")
                .withMessageNotContaining("hi");
    }

    @Test
    void dropsWhatAKilledProcessLeftAndNothingElse() throws Exception {
        try (ZoneFixture killed = zone(HASTY)) {
            String left = server.column(SCHEMAS).getFirst();
            try (ZoneFixture beside = zone(HASTY)) {
                assertThat(server.column(SCHEMAS)).hasSize(2);
                assertThat(killed.guard(SQL).rows()).hasSize(4);
                assertThat(beside.guard(SQL).rows()).hasSize(4);
            }
            assertThat(server.column(SCHEMAS)).containsExactly(left);
            server.run("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = '"
                    + PostgresFixture.ROLE + "'");
            refusedWithoutAWord(killed.guard("SELECT job, COUNT(*) FROM person GROUP BY job"));
            try (ZoneFixture next = zone(HASTY)) {
                assertThat(server.column(SCHEMAS)).hasSize(1).doesNotContain(left);
                assertThat(next.guard(SQL).rows()).hasSize(4);
                refusedWithoutAWord(killed.guard("SELECT sex, COUNT(*) FROM person GROUP BY sex"));
            }
        }
    }

    @Test
    void keepsItsTablesFromOtherRoles() throws LoadException, SQLException {
        server.run("CREATE ROLE stranger LOGIN PASSWORD 'x'");
        try (ZoneFixture zone = zone(HASTY)) {
            String schema = server.column(SCHEMAS).getFirst();
            assertThat(zone.guard(SQL).rows()).hasSize(4);
            try (Connection stranger = DriverManager.getConnection(
                            server.as(PostgresFixture.ROLE).url(), "stranger", "x");
                    Statement statement = stranger.createStatement()) {
                assertThatExceptionOfType(SQLException.class)
                        .isThrownBy(() -> statement.executeQuery("SELECT COUNT(*) FROM " + schema + ".person"))
                        .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("42501"));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE kept(a INTEGER)",
                "SET statement_timeout = 0; SELECT pg_sleep(3)",
                "SELECT pg_sleep(3)",
                "COPY (SELECT 1) TO PROGRAM 'cat'",
                "SELECT pg_read_file('/etc/passwd')"
            })
    void onlyReadsAndOnlyForAWhile(String sql) throws EngineException {
        try (EngineStore store =
                new PostgresLoader(server.as(PostgresFixture.ROLE), HASTY.timeout()).load("zone", List.of())) {
            assertThatExceptionOfType(EngineException.class)
                    .isThrownBy(() -> store.query(sql, row -> {}))
                    .withMessageStartingWith("postgresql: a statement failed or took too long, SQL state ");
        }
    }
}
