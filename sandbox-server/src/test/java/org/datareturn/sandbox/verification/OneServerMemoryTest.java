package org.datareturn.sandbox.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.datareturn.sandbox.control.ControlDatabase;
import org.datareturn.sandbox.control.ControlStoreException;
import org.datareturn.sandbox.control.FakeClock;
import org.datareturn.sandbox.verification.jdbc.JdbcProbeMemory;
import org.datareturn.verifier.probing.Asker;
import org.datareturn.verifier.probing.Guarded;
import org.datareturn.verifier.probing.ProbeEntry;
import org.datareturn.verifier.probing.ProbeGuard;
import org.datareturn.verifier.probing.ProbingLimits;
import org.datareturn.verifier.probing.RequestStamp;
import org.datareturn.verifier.probing.RiskEvent;
import org.datareturn.verifier.reason.VerifierReason;
import org.datareturn.verifier.tokens.SubjectTokens;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The memory of a server that has its database for itself, over restarts. */
class OneServerMemoryTest {
    private static final Duration ASTRIDE = Duration.ofSeconds(2);

    private final ControlDatabase database = ControlDatabase.open(ControlDatabase.Engine.H2_FILE);
    private final FakeClock clock = FakeClock.at("2026-11-20T04:00:00Z");
    private final SubjectTokens keys = SubjectTokens.ephemeral();
    private final Asks asking = new Asks(keys, clock);
    private final List<RiskEvent> events = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void takesARequestOnceHoweverManyCopiesComeAtATime() throws Exception {
        ProbeGuard guard = started();
        clock.advance(ASTRIDE);
        Asker stamped = Asks.stamped("nonce-0000000001", clock.instant());
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Callable<Boolean>> asks = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                asks.add(() -> asking.right(guard, stamped) instanceof Guarded.Answered<Boolean>);
            }
            int taken = 0;
            for (Future<Boolean> future : threads.invokeAll(asks)) {
                taken += future.get() ? 1 : 0;
            }
            assertThat(taken).isEqualTo(1);
        }
        assertThat(Asks.nonces(database.dataSource()))
                .as("written to the database")
                .isZero();
    }

    @Test
    void takesNothingThatWasSentBeforeItBegan() {
        ProbeGuard before = started();
        clock.advance(ASTRIDE);
        Asker stamped = Asks.stamped("nonce-0000000001", clock.instant());
        assertThat(asking.right(before, stamped)).isInstanceOf(Guarded.Answered.class);
        ProbeGuard after = started();
        assertThat(Asks.reason(asking.right(after, stamped))).isEqualTo(VerifierReason.REQUEST_BEFORE_START);
        clock.advance(ASTRIDE);
        assertThat(Asks.reason(asking.right(after, stamped))).isEqualTo(VerifierReason.REQUEST_BEFORE_START);
        assertThat(Asks.reason(asking.right(
                        after, Asks.stamped("nonce-0000000002", clock.instant().minus(ASTRIDE)))))
                .as("never seen, but nobody can know")
                .isEqualTo(VerifierReason.REQUEST_BEFORE_START);
        assertThat(asking.right(after, Asks.stamped("nonce-0000000003", clock.instant())))
                .isInstanceOf(Guarded.Answered.class);
    }

    @Test
    void remembersOverARestartWhatAClockThatRunsAheadHasStamped() throws SQLException {
        ProbeGuard before = started();
        for (Duration ahead : List.of(Duration.ofMillis(1001), Duration.ofSeconds(20), RequestStamp.WINDOW)) {
            Asker stamped = Asks.stamped(
                    "nonce-ahead-" + ahead.toMillis() + "-ms", clock.instant().plus(ahead));
            assertThat(asking.right(before, stamped)).isInstanceOf(Guarded.Answered.class);
            ProbeGuard after = started();
            for (int i = 0; i < 3; i++) {
                assertThat(asking.right(after, stamped)).isNotInstanceOf(Guarded.Answered.class);
                clock.advance(ahead);
            }
            before = after;
        }
        assertThat(Asks.nonces(database.dataSource())).isPositive();
    }

    @Test
    void takesARequestThatCameToNothingOnceMore() throws SQLException {
        ProbeGuard guard = started();
        clock.advance(ASTRIDE);
        Asker stamped = Asks.stamped("nonce-0000000001", clock.instant());
        execute("ALTER TABLE probe_entries RENAME TO probe_entries_elsewhere");
        assertThatThrownBy(() -> asking.ask(guard, stamped, AskedQuestions.number(7), false))
                .isInstanceOf(ControlStoreException.class);
        execute("ALTER TABLE probe_entries_elsewhere RENAME TO probe_entries");
        assertThat(asking.ask(guard, stamped, AskedQuestions.number(7), false)).isInstanceOf(Guarded.Answered.class);
        assertThat(Asks.reason(asking.ask(guard, stamped, AskedQuestions.number(7), false)))
                .isEqualTo(VerifierReason.REQUEST_REPEATED);
    }

    @Test
    void remembersClosedPersonsAndSuspensionsAfterARestart() {
        ProbeGuard before = started();
        Asker attacker = Asks.unstamped("attacker");
        for (int i = 0; i < 20; i++) {
            asking.ask(before, attacker, AskedQuestions.number(i), false);
        }
        assertThat(events.stream().map(RiskEvent::kind)).contains(RiskEvent.Kind.OPERATOR_SUSPENDED);
        ProbeGuard after = started();
        assertThat(asking.ask(after, attacker, "11010519491231002X", false)).isInstanceOf(Guarded.Suspended.class);
        assertThat(Asks.reason(asking.ask(after, Asks.unstamped("other"), AskedQuestions.number(50), true)))
                .isEqualTo(VerifierReason.SUBJECT_CLOSED);
    }

    @Test
    void countsOnAfterARestart() {
        Asker asker = Asks.limited("clerk", 10);
        for (int i = 0; i < 10; i++) {
            assertThat(asking.right(started(), asker)).isInstanceOf(Guarded.Answered.class);
        }
        assertThat(Asks.reason(asking.right(started(), asker))).isEqualTo(VerifierReason.GRANT_QUOTA_USED_UP);
    }

    @Test
    void knowsCanariesPlantedBeforeAndSince() {
        memory().plant("planted-before");
        JdbcProbeMemory memory = memory();
        memory.plant("planted-since");
        assertThat(memory.among(Set.of("planted-before", "planted-since", "nobody")))
                .containsExactlyInAnyOrder("planted-before", "planted-since");
        assertThat(memory.hold("planted-before")).isTrue();
        assertThat(memory.hold("nobody")).isFalse();
    }

    @Test
    void findsEverythingItHasWrittenAmongTwentyThousand() {
        JdbcProbeMemory memory = memory();
        List<String> cells = new ArrayList<>();
        memory.<Boolean>alone(Set.of(), unit -> {
            for (int i = 0; i < 20_000; i++) {
                String cell = "cell-" + i;
                cells.add(cell);
                unit.enter(cell, new ProbeEntry("item", "", clock.instant()));
            }
            return true;
        });
        for (JdbcProbeMemory reader : List.of(memory, memory())) {
            for (int from = 0; from < cells.size(); from += 10_000) {
                List<String> some = cells.subList(from, from + 10_000);
                assertThat(reader.<Integer>alone(
                                Set.of(),
                                unit -> unit.entries(some, Instant.EPOCH).size()))
                        .isEqualTo(10_000);
            }
        }
    }

    private JdbcProbeMemory memory() {
        return JdbcProbeMemory.ofOneServer(database.dataSource(), clock);
    }

    /** A server that has just started over the same database. */
    private ProbeGuard started() {
        JdbcProbeMemory memory = memory();
        return new ProbeGuard(ProbingLimits.standard(), memory, keys, memory, events::add, clock);
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
