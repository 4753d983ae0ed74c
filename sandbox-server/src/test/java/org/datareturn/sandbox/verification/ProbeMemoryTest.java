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
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.datareturn.policy.Refusal;
import org.datareturn.sandbox.control.ControlDatabase;
import org.datareturn.sandbox.control.ControlStoreException;
import org.datareturn.sandbox.control.FakeClock;
import org.datareturn.sandbox.verification.batch.PageTakenException;
import org.datareturn.sandbox.verification.jdbc.JdbcProbeMemory;
import org.datareturn.verifier.probing.Asker;
import org.datareturn.verifier.probing.Guarded;
import org.datareturn.verifier.probing.KeptPage;
import org.datareturn.verifier.probing.ProbeEntry;
import org.datareturn.verifier.probing.ProbeGuard;
import org.datareturn.verifier.probing.ProbingLimits;
import org.datareturn.verifier.probing.RiskEvent;
import org.datareturn.verifier.reason.VerifierReason;
import org.datareturn.verifier.tokens.SubjectTokens;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(ControlDatabase.Engine.class)
class ProbeMemoryTest {
    private static final Instant NOON = Instant.parse("2026-11-20T04:00:00Z");

    private final ControlDatabase.Engine engine;
    private final ControlDatabase database;
    private final FakeClock clock = FakeClock.at("2026-11-20T04:00:00Z");
    private final SubjectTokens keys = SubjectTokens.ephemeral();
    private final Asks asking = new Asks(keys, clock);
    private final List<RiskEvent> events = Collections.synchronizedList(new ArrayList<>());

    ProbeMemoryTest(ControlDatabase.Engine engine) {
        this.engine = engine;
        this.database = ControlDatabase.open(engine);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void keepsEntriesOnceAndGivesThemToEveryServer() {
        JdbcProbeMemory one = JdbcProbeMemory.shared(database.dataSource());
        JdbcProbeMemory other = JdbcProbeMemory.shared(database.dataSource());
        ProbeEntry entry = new ProbeEntry("item", "abc", NOON);
        assertThat(one.<Boolean>alone(Set.of("cell"), unit -> unit.enter("cell", entry)))
                .isTrue();
        assertThat(other.<Boolean>alone(Set.of("cell"), unit -> unit.enter("cell", new ProbeEntry("item", "", NOON))))
                .isFalse();
        assertThat(entries(other, NOON)).containsExactly(entry);
        assertThat(entries(other, NOON.plusSeconds(1))).isEmpty();
        other.alone(Set.of("cell"), unit -> {
            unit.renew("cell", new ProbeEntry("item", "abc", NOON.plusSeconds(5)));
            return true;
        });
        assertThat(entries(one, NOON.plusSeconds(1))).hasSize(1);
        one.forgetBefore(NOON.plusSeconds(6));
        assertThat(entries(other, Instant.EPOCH)).isEmpty();
    }

    @Test
    void leavesNothingUncountedAtAnOrderlyEnd() {
        JdbcProbeMemory one = JdbcProbeMemory.shared(database.dataSource());
        for (int i = 1; i <= 70; i++) {
            tally(one, 1, 1, 512);
        }
        JdbcProbeMemory other = JdbcProbeMemory.shared(database.dataSource());
        assertThat(tally(other, 1, 0, 0)).as("before it ends").isZero();
        one.close();
        one.close();
        assertThat(tally(JdbcProbeMemory.shared(database.dataSource()), 1, 0, 0))
                .isEqualTo(70);
    }

    @Test
    void talliesAcrossServersWithinTheSlack() {
        JdbcProbeMemory one = JdbcProbeMemory.shared(database.dataSource());
        JdbcProbeMemory other = JdbcProbeMemory.shared(database.dataSource());
        for (int i = 1; i <= 100; i++) {
            assertThat(tally(one, 1, 1, 64)).isEqualTo(i);
        }
        assertThat(tally(other, 1, 1, 64)).isBetween(65L, 101L);
        assertThat(tally(one, 1, 0, 0)).as("written to the call").isBetween(100L, 101L);
        assertThat(tally(other, 1, 0, 0)).isEqualTo(101);
        assertThat(tally(other, 3, 1, 0)).as("another bucket").isEqualTo(1);
    }

    @Test
    void answersNoMoreCandidatesWhenSeveralServersAreAskedAtOnce() throws Exception {
        // A file of H2 has one server; PostgreSQL has many.
        List<ProbeGuard> servers =
                engine == ControlDatabase.Engine.POSTGRESQL ? List.of(guard(), guard(), guard()) : List.of(guard());
        try (ExecutorService threads = Executors.newFixedThreadPool(12)) {
            List<Callable<Boolean>> asks = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                String number = AskedQuestions.number(i);
                ProbeGuard server = servers.get(i % servers.size());
                String operator = "op-" + i;
                asks.add(() -> ask(server, operator, number) instanceof Guarded.Answered<Boolean>);
            }
            int answered = 0;
            for (Future<Boolean> future : threads.invokeAll(asks)) {
                answered += future.get() ? 1 : 0;
            }
            assertThat(answered).isEqualTo(ProbingLimits.standard().candidates().near());
        }
    }

    @Test
    void takesARequestOnceOnWhicheverServerAndWithinItsTimeOnly() throws Exception {
        List<ProbeGuard> servers =
                engine == ControlDatabase.Engine.POSTGRESQL ? List.of(guard(), guard(), guard()) : List.of(guard());
        Asker stamped = Asks.stamped("nonce-0000000001", clock.instant());
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Callable<Boolean>> asks = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                ProbeGuard server = servers.get(i % servers.size());
                asks.add(() -> asking.right(server, stamped) instanceof Guarded.Answered<Boolean>);
            }
            int taken = 0;
            for (Future<Boolean> future : threads.invokeAll(asks)) {
                taken += future.get() ? 1 : 0;
            }
            assertThat(taken).isEqualTo(1);
        }
        ProbeGuard afterARestart = guard();
        assertThat(Asks.reason(asking.right(afterARestart, stamped))).isEqualTo(VerifierReason.REQUEST_REPEATED);
        assertThat(asking.right(afterARestart, Asks.stamped("nonce-0000000002", clock.instant())))
                .isInstanceOf(Guarded.Answered.class);
        for (Duration apart : List.of(Duration.ofSeconds(-301), Duration.ofSeconds(301))) {
            assertThat(Asks.reason(asking.right(
                            afterARestart,
                            Asks.stamped("nonce-0000000003", clock.instant().plus(apart)))))
                    .isEqualTo(VerifierReason.REQUEST_OUTSIDE_WINDOW);
        }
        clock.advance(Duration.ofMinutes(6));
        assertThat(Asks.reason(asking.right(afterARestart, stamped)))
                .as("forgotten only where its time refuses it")
                .isEqualTo(VerifierReason.REQUEST_OUTSIDE_WINDOW);
        clock.advance(Duration.ofHours(1));
        asking.right(afterARestart, Asks.stamped("nonce-0000000004", clock.instant()));
        assertThat(Asks.nonces(database.dataSource())).as("swept").isEqualTo(1);
    }

    @Test
    void holdsAGrantToItsOwnQuotaOverARestartAndMalformedRequestsCount() {
        Asker asker = Asks.limited("clerk", 10);
        ProbeGuard before = guard();
        for (int i = 0; i < 4; i++) {
            assertThat(asking.right(before, asker)).isInstanceOf(Guarded.Answered.class);
            before.malformed(asker, "identity-check", List.of("bad " + i), Refusal.of(VerifierReason.ID_NUMBER_CHECK));
        }
        ProbeGuard after = guard();
        assertThat(asking.right(after, asker)).isInstanceOf(Guarded.Answered.class);
        assertThat(asking.right(after, asker)).isInstanceOf(Guarded.Answered.class);
        assertThat(Asks.reason(asking.right(after, asker))).isEqualTo(VerifierReason.GRANT_QUOTA_USED_UP);
        Asker colleague = Asks.limited("colleague", 10);
        assertThat(Asks.reason(asking.right(after, colleague))).isEqualTo(VerifierReason.GRANT_QUOTA_USED_UP);
        assertThat(asking.right(after, new Asker("91350100M000100Y43", "clerk", "grant-2")))
                .as("another grant")
                .isInstanceOf(Guarded.Answered.class);
        clock.advance(Duration.ofDays(1));
        assertThat(asking.right(after, asker)).as("the next day").isInstanceOf(Guarded.Answered.class);
    }

    @Test
    void remembersClosedPersonsAndSuspensionsAfterARestart() {
        ProbeGuard before = guard();
        for (int i = 0; i < 20; i++) {
            ask(before, "attacker", AskedQuestions.number(i));
        }
        assertThat(events.stream().map(RiskEvent::kind)).contains(RiskEvent.Kind.OPERATOR_SUSPENDED);
        ProbeGuard after = guard();
        clock.advance(Duration.ofDays(2000));
        assertThat(ask(after, "attacker", "11010519491231002X")).isInstanceOf(Guarded.Suspended.class);
        assertThat(ask(after, "other", AskedQuestions.number(50))).isInstanceOf(Guarded.Refused.class);
        after.lift("grant-1");
        assertThat(ask(before, "attacker", "11010519491231002X")).isInstanceOf(Guarded.Answered.class);
    }

    @Test
    void refusesWhenItCannotRemember() throws SQLException {
        ProbeGuard guard = guard();
        assertThat(ask(guard, "op", AskedQuestions.number(1))).isInstanceOf(Guarded.Answered.class);
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE probe_entries");
        }
        assertThatThrownBy(() -> ask(guard, "op", AskedQuestions.number(1))).isInstanceOf(ControlStoreException.class);
    }

    @Test
    void countsNothingOfAUnitThatIsRolledBack() {
        for (JdbcProbeMemory memory : List.of(
                JdbcProbeMemory.shared(database.dataSource()),
                JdbcProbeMemory.ofOneServer(database.dataSource(), clock))) {
            String book = "book-" + System.identityHashCode(memory);
            assertThat(keep(memory, book, 0, 0)).isZero();
            for (int slack : List.of(64, 7, 0)) {
                long before = tally(memory, 1, 3, slack);
                assertThatThrownBy(() -> keep(memory, book, 100, slack)).isInstanceOf(PageTakenException.class);
                assertThat(tally(memory, 1, 0, slack)).as("slack %s", slack).isEqualTo(before);
            }
        }
        assertThat(tally(JdbcProbeMemory.shared(database.dataSource()), 1, 0, 0))
                .as("written")
                .isEqualTo(18);
    }

    @Test
    void countsOnceWhatRivalsMakeItDoAgain() throws Exception {
        for (JdbcProbeMemory memory : List.of(
                JdbcProbeMemory.shared(database.dataSource()),
                JdbcProbeMemory.ofOneServer(database.dataSource(), clock))) {
            String names = "deadlock-" + System.identityHashCode(memory);
            CyclicBarrier bothHoldOne = new CyclicBarrier(2);
            AtomicInteger tries = new AtomicInteger();
            long before = tally(memory, 1, 0, 1000);
            try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
                List<Callable<Long>> crossing = List.of(
                        () -> crossing(memory, names + "a", names + "b", bothHoldOne, tries),
                        () -> crossing(memory, names + "b", names + "a", bothHoldOne, tries));
                int done = 0;
                for (Future<Long> one : threads.invokeAll(crossing)) {
                    try {
                        one.get();
                        done++;
                    } catch (ExecutionException e) {
                        // H2 lets both wait until neither is patient any more.
                        assertThat(engine).isNotEqualTo(ControlDatabase.Engine.POSTGRESQL);
                        assertThat(e).hasCauseInstanceOf(ControlStoreException.class);
                    }
                }
                assertThat(done < 2 || tries.get() > 2).as("turned back").isTrue();
                assertThat(tally(memory, 1, 0, 1000)).isEqualTo(before + 10L * done);
            }
        }
    }

    /** A unit that counts ten and wants two entries in its own order, so that two such units wait for each other. */
    private static long crossing(
            JdbcProbeMemory memory, String first, String second, CyclicBarrier bothHoldOne, AtomicInteger tries) {
        return memory.alone(Set.of(), unit -> {
            long counted = unit.tally("counter", 1, 10, 1000);
            unit.enter(first, new ProbeEntry("item", "", NOON));
            if (tries.incrementAndGet() <= 2) {
                try {
                    bothHoldOne.await(30, TimeUnit.SECONDS);
                } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                    throw new IllegalStateException(e);
                }
            }
            unit.enter(second, new ProbeEntry("item", "", NOON));
            return counted;
        });
    }

    /** Counts and keeps the first page of a book in one unit. */
    private static long keep(JdbcProbeMemory memory, String book, long by, int slack) {
        return memory.alone(Set.of(), unit -> {
            long counted = unit.tally("counter", 1, by, slack);
            unit.keep(new KeptPage(book, 1, "0".repeat(32), new byte[] {1}, NOON));
            return counted;
        });
    }

    @Test
    void knowsItsCanaries() {
        JdbcProbeMemory memory = JdbcProbeMemory.shared(database.dataSource());
        assertThat(memory.hold("subject")).isFalse();
        memory.plant("subject");
        memory.plant("subject");
        assertThat(memory.hold("subject")).isTrue();
        assertThat(memory.hold("another")).isFalse();
    }

    @Test
    void readsMoreCellsAtOnceThanAStatementOfTheDatabaseTakes() {
        JdbcProbeMemory memory = JdbcProbeMemory.shared(database.dataSource());
        ProbeEntry entry = new ProbeEntry("item", "", clock.instant());
        List<String> cells =
                IntStream.range(0, 70_000).mapToObj(i -> "cell-" + i).toList();
        memory.alone(Set.of(), unit -> unit.enter("cell-0", entry) && unit.enter("cell-69999", entry));
        Map<String, List<ProbeEntry>> found = memory.alone(Set.of(), unit -> unit.entries(cells, Instant.EPOCH));
        assertThat(found).containsOnlyKeys("cell-0", "cell-69999");
    }

    @Test
    void forgetsOneEntryOfACell() {
        JdbcProbeMemory memory = JdbcProbeMemory.shared(database.dataSource());
        ProbeEntry one = new ProbeEntry("one", "", clock.instant());
        ProbeEntry other = new ProbeEntry("other", "", clock.instant());
        memory.alone(Set.of(), unit -> unit.enter("cell", one) && unit.enter("cell", other));
        memory.alone(Set.of(), unit -> {
            unit.forget("cell", "one");
            unit.forget("cell", "never there");
            return true;
        });
        assertThat(entries(memory, Instant.EPOCH)).extracting(ProbeEntry::item).containsExactly("other");
    }

    private ProbeGuard guard() {
        JdbcProbeMemory memory = JdbcProbeMemory.shared(database.dataSource());
        return new ProbeGuard(ProbingLimits.standard(), memory, keys, memory, events::add, clock);
    }

    private Guarded<Boolean> ask(ProbeGuard guard, String operator, String number) {
        return asking.ask(guard, Asks.unstamped(operator), number, false);
    }

    private static List<ProbeEntry> entries(JdbcProbeMemory memory, Instant since) {
        Map<String, List<ProbeEntry>> found =
                memory.alone(Set.of("cell"), unit -> unit.entries(List.of("cell", "none"), since));
        return found.getOrDefault("cell", List.of());
    }

    private static long tally(JdbcProbeMemory memory, long bucket, long by, int slack) {
        return memory.alone(Set.of(), unit -> unit.tally("counter", bucket, by, slack));
    }
}
