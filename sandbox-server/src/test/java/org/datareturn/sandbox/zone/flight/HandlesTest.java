package org.datareturn.sandbox.zone.flight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.arrow.flight.CallOption;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStatusCode;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.Ticket;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.flight.sql.FlightSqlClient.PreparedStatement;
import org.apache.arrow.memory.ArrowBuf;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tickets and statement handles: for one caller, one session, one fetch, a while, and a bounded number of them. */
class HandlesTest {
    private static final CallOption[] ME = FlightFixture.as("token-a");
    private static final CallOption[] OTHER = FlightFixture.as("token-b");

    @TempDir
    Path folder;

    private final SettableClock clock = new SettableClock();
    private FlightFixture fixture;
    private FlightClient flight;
    private FlightSqlClient sql;

    @BeforeEach
    void serve() throws Exception {
        fixture = FlightFixture.limited(
                folder,
                new FlightSqlOptions.Limits(
                        1_000,
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(60),
                        Duration.ofMinutes(2),
                        2,
                        3,
                        3,
                        5,
                        1_000_000),
                clock);
        flight = fixture.client();
        sql = new FlightSqlClient(flight);
    }

    @AfterEach
    void stop() throws Exception {
        flight.close();
        fixture.close();
    }

    @Test
    void givesAnAnswerOnceToTheOneItWasMadeFor() throws Exception {
        Ticket ticket = ticket(sql.execute("SELECT 1", ME));
        notFound(() -> rows(ticket, OTHER));
        Map<String, String> otherGrant = FlightFixture.session();
        otherGrant.put("grant", "G-2");
        notFound(() -> rows(ticket, FlightFixture.as("token-a", otherGrant)));
        assertThat(rows(ticket, ME)).as("a stranger's try spoils nothing").isEqualTo(1);
        notFound(() -> rows(ticket, ME));
        assertThat(fixture.road.queries).hasSize(1);
    }

    @Test
    void givesHandlesThatCannotBeGuessedOrForged() {
        byte[] one = ticket(sql.execute("SELECT 1", ME)).getBytes();
        byte[] two = ticket(sql.execute("SELECT 1", ME)).getBytes();
        assertThat(one).isNotEqualTo(two).hasSizeGreaterThan(32);
        one[one.length - 1] ^= 1;
        notFound(() -> rows(new Ticket(one), ME));
        assertThatThrownBy(() -> rows(new Ticket("SELECT 1".getBytes(StandardCharsets.UTF_8)), ME))
                .hasMessageContaining("FLIGHT_COMMAND_MALFORMED");
    }

    @Test
    void refusesAnotherCallersPreparedStatement() throws Exception {
        PreparedStatement prepared = sql.prepare("SELECT n FROM t", ME);
        notFound(() -> rows(ticket(prepared.execute(OTHER)), OTHER));
        assertThat(fixture.road.queries).isEmpty();
        assertThat(rows(ticket(prepared.execute(ME)), ME)).isEqualTo(1);
        prepared.close(ME);
        assertThat(fixture.road.queries).hasSize(1);
    }

    @Test
    void forgetsAnswersThatNobodyFetches() throws Exception {
        Ticket ticket = ticket(sql.execute("SELECT 1", ME));
        clock.advance(Duration.ofMinutes(2));
        notFound(() -> rows(ticket, ME));
    }

    @Test
    void boundsWaitingAnswersPerCallerBeforeTheRoadIsWalked() throws Exception {
        for (int i = 0; i < 3; i++) {
            sql.execute("SELECT 1", ME);
        }
        exhausted("FLIGHT_TOO_MANY_ANSWERS", () -> sql.execute("SELECT 1", ME));
        assertThat(fixture.road.queries).hasSize(3);
        assertThat(rows(ticket(sql.execute("SELECT 1", OTHER)), OTHER)).isEqualTo(1);
        sql.execute("SELECT 1", OTHER);
        sql.execute("SELECT 1", OTHER);
        exhausted("FLIGHT_TOO_MANY_ANSWERS", () -> sql.execute("SELECT 1", FlightFixture.as("token-c")));
        clock.advance(Duration.ofMinutes(2));
        assertThat(rows(ticket(sql.execute("SELECT 1", ME)), ME)).isEqualTo(1);
    }

    @Test
    void boundsTheCellsOfWaitingAnswers() {
        List<List<Long>> many = java.util.stream.LongStream.range(0, 1_000_001)
                .mapToObj(List::of)
                .toList();
        fixture.road.query = text -> ScriptedQueries.table(List.of(new Column("n", SqlType.Plain.BIGINT, false)), many);
        exhausted("FLIGHT_TOO_MANY_ANSWERS", () -> sql.execute("SELECT 1", ME));
    }

    @Test
    void boundsCallsAtATimePerCallerAndInAll() throws Exception {
        CountDownLatch inside = new CountDownLatch(3);
        CountDownLatch release = new CountDownLatch(1);
        fixture.road.query = text -> {
            inside.countDown();
            awaitQuietly(release);
            return ScriptedQueries.oneNumber(1);
        };
        try (ExecutorService others = Executors.newFixedThreadPool(3)) {
            List<Future<FlightInfo>> running = List.of(
                    others.submit(() -> sql.execute("SELECT 1", ME)),
                    others.submit(() -> sql.execute("SELECT 2", ME)),
                    others.submit(() -> sql.execute("SELECT 3", OTHER)));
            assertThat(inside.await(20, TimeUnit.SECONDS)).isTrue();
            exhausted("FLIGHT_TOO_MANY_CALLS", () -> sql.execute("SELECT 4", ME));
            exhausted("FLIGHT_TOO_MANY_CALLS", () -> sql.execute("SELECT 5", OTHER));
            release.countDown();
            for (Future<FlightInfo> one : running) {
                one.get(20, TimeUnit.SECONDS);
            }
        }
        assertThat(fixture.road.queries).hasSize(3);
    }

    @Test
    @SuppressWarnings("try") // Flight's streams may be interrupted in close()
    void carriesTraceReceiptAndNoticesBesideTheRows() throws Exception {
        fixture.road.query = text -> new ZoneReply.Table(
                List.of(new Column("n", SqlType.Plain.BIGINT, false)),
                List.of(List.of(1L)),
                "trace-7",
                "ledger/7",
                List.of(new Notice("GROUPS_SUPPRESSED", "有分组未发布", "some groups were not released")));
        FlightInfo info = sql.execute("SELECT 1", ME);
        String expected = "{\"trace_id\":\"trace-7\",\"receipt\":\"ledger/7\",\"notices\":"
                + "[{\"code\":\"GROUPS_SUPPRESSED\",\"zh\":\"有分组未发布\",\"en\":\"some groups were not released\"}]}";
        assertThat(new String(info.getAppMetadata(), StandardCharsets.UTF_8)).isEqualTo(expected);
        try (FlightStream stream = sql.getStream(ticket(info), ME)) {
            assertThat(stream.getSchema().getCustomMetadata())
                    .containsEntry("datareturn.trace_id", "trace-7")
                    .containsEntry("datareturn.receipt", "ledger/7")
                    .hasEntrySatisfying("datareturn.notices", n -> assertThat(n).contains("GROUPS_SUPPRESSED"));
            assertThat(stream.next()).isTrue();
            ArrowBuf metadata = stream.getLatestMetadata();
            byte[] bytes = new byte[Math.toIntExact(metadata.readableBytes())];
            metadata.getBytes(0, bytes);
            assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(expected);
        }
    }

    @SuppressWarnings("try") // Flight's streams may be interrupted in close()
    private int rows(Ticket ticket, CallOption... caller) throws Exception {
        try (FlightStream stream = sql.getStream(ticket, caller)) {
            int rows = 0;
            while (stream.next()) {
                rows += stream.getRoot().getRowCount();
            }
            return rows;
        }
    }

    private static Ticket ticket(FlightInfo info) {
        return info.getEndpoints().getFirst().getTicket();
    }

    private static void notFound(ThrowingCallable call) {
        refused(FlightStatusCode.NOT_FOUND, "FLIGHT_HANDLE_UNKNOWN", call);
    }

    private static void exhausted(String code, ThrowingCallable call) {
        refused(FlightStatusCode.RESOURCE_EXHAUSTED, code, call);
    }

    private static void refused(FlightStatusCode status, String code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(FlightRuntimeException.class, e -> {
            assertThat(e.status().code()).isEqualTo(status);
            assertThat(e).hasMessageContaining(code);
        });
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A clock that moves when told. */
    private static final class SettableClock extends Clock {
        private final AtomicLong millis =
                new AtomicLong(Instant.parse("2026-11-01T00:00:00Z").toEpochMilli());

        void advance(Duration by) {
            millis.addAndGet(by.toMillis());
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(millis.get());
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("this clock has one zone");
        }
    }
}
