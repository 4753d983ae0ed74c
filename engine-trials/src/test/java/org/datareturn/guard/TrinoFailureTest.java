package org.datareturn.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.datareturn.guard.declaration.DeclarationException;
import org.datareturn.guard.declaration.DeclarationReader;
import org.datareturn.guard.engine.EngineException;
import org.datareturn.guard.engine.EngineStore;
import org.datareturn.guard.engine.trino.TrinoLoader;
import org.datareturn.guard.load.LoadException;
import org.datareturn.policy.Refusal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A Trino server that is gone, slow, stopped or not what it was: what was asked is refused, in words that tell nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrinoFailureTest {
    private static final String SQL = "SELECT school, COUNT(*) FROM person GROUP BY school";
    private static final String ENDLESS = "SELECT COUNT(*) FROM UNNEST(sequence(1, 10000)) a(x)"
            + " CROSS JOIN UNNEST(sequence(1, 10000)) b(y) CROSS JOIN UNNEST(sequence(1, 10000)) c(z)"
            + " WHERE x * y + z = 7";
    private static final EngineLimits PATIENT = new EngineLimits(64, 1, Duration.ofSeconds(30));

    private TrinoFixture server;

    @BeforeAll
    void start() throws Exception {
        server = TrinoFixture.start();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private static ZoneFixture zone(URI url, EngineLimits limits) throws LoadException {
        try {
            return ZoneFixture.of(DataZone.open(
                    DeclarationReader.read(TownCensus.YAML.replace("engine: embedded", "engine: trino")),
                    ZoneFixture.sources(TownCensus.csv()),
                    AnswerMemory.inProcess(),
                    TrinoFixture.engines(url, limits),
                    ZoneSecret.fresh(),
                    Clock.systemUTC()));
        } catch (DeclarationException wrong) {
            throw new AssertionError(wrong);
        }
    }

    private static void refusedWithoutAWord(ZoneFixture.Asked asked) {
        Refusal fixed = Refusal.of(GuardReason.ENGINE_UNAVAILABLE);
        assertThat(asked.answer()).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.refusal().reason()).isEqualTo(GuardReason.ENGINE_UNAVAILABLE);
            assertThat(refused.refusal().messageEn()).isEqualTo(fixed.messageEn());
            assertThat(refused.refusal().messageZh()).isEqualTo(fixed.messageZh());
        });
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void refusesWhateverGoesWrongAndAnswersOnceItIsRight(FaultyRoad.Fault fault) throws IOException, LoadException {
        EngineLimits limits = new EngineLimits(64, 1, Duration.ofSeconds(5));
        try (FaultyRoad road = FaultyRoad.to(server.url());
                ZoneFixture zone = zone(road.url(), limits)) {
            road.fail(fault);
            refusedWithoutAWord(zone.guard(SQL));
            assertThat(road.askedElsewhere()).isFalse();
            road.fail(FaultyRoad.Fault.NONE);
            assertThat(zone.guard(SQL).rows()).hasSize(4);
        }
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"NONE", "SILENT", "EMPTY_OBJECT_WITHOUT_END"})
    void opensNoZoneWhateverGoesWrong(FaultyRoad.Fault fault) throws IOException {
        try (FaultyRoad road = FaultyRoad.to(server.url())) {
            road.fail(fault);
            assertThatExceptionOfType(LoadException.class)
                    .isThrownBy(() -> zone(road.url(), PATIENT).close())
                    .withMessageStartingWith("the engine could not be loaded: trino: ")
                    .withMessageNotContaining("Zhang");
        }
    }

    @Test
    void refusesWhenTheServerIsGone() throws Exception {
        TrinoFixture mortal = TrinoFixture.start();
        URI url = mortal.url();
        try (ZoneFixture zone = zone(url, PATIENT)) {
            assertThat(zone.guard(SQL).rows()).hasSize(4);
            mortal.close();
            refusedWithoutAWord(zone.guard("SELECT sex, COUNT(*) FROM person GROUP BY sex"));
        }
    }

    @Test
    void endsAStatementThatTakesTooLongHereAndThere() throws EngineException {
        try (EngineStore store =
                new TrinoLoader(TrinoFixture.at(server.url()), Duration.ofSeconds(2)).load("slow", List.of())) {
            assertThatExceptionOfType(EngineException.class).isThrownBy(() -> store.query(ENDLESS, row -> {}));
        }
        for (int i = 0; i < 500 && running() > 0; i++) {
            Assertions.assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
        assertThat(running()).isZero();
    }

    private long running() {
        return server.run("SELECT query_id FROM system.runtime.queries WHERE state IN ('RUNNING', 'QUEUED', 'STARTING')"
                        + " AND query LIKE '%sequence(1, 10000)%' AND source = 'data-return-sandbox'")
                .getRowCount();
    }

    @Test
    void failsWhenAStatementIsKilled() throws Exception {
        try (EngineStore store =
                        new TrinoLoader(TrinoFixture.at(server.url()), PATIENT.timeout()).load("killed", List.of());
                ExecutorService asking = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> asked = asking.submit(() -> {
                assertThatExceptionOfType(EngineException.class)
                        .isThrownBy(() -> store.query(ENDLESS, row -> {}))
                        .withMessage("trino: ADMINISTRATIVELY_KILLED");
                return true;
            });
            for (int i = 0; i < 500 && running() == 0; i++) {
                Assertions.assertThat(asked.isDone()).isFalse();
            }
            String id = String.valueOf(server.run("SELECT query_id FROM system.runtime.queries"
                            + " WHERE state = 'RUNNING' AND source = 'data-return-sandbox'")
                    .getOnlyValue());
            server.run("CALL system.runtime.kill_query('" + id + "', 'test')");
            assertThat(asked.get(20, TimeUnit.SECONDS)).isEqualTo(true);
        }
    }
}
