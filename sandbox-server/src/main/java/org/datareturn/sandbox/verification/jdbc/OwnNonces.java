package org.datareturn.sandbox.verification.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.datareturn.sandbox.control.jdbc.Rows;
import org.datareturn.sandbox.control.jdbc.Transactor;
import org.datareturn.verifier.probing.RequestStamp;

/**
 * In memory, for the one server that holds the database. It begins empty, so whatever was sent before it began is refused
 * instead of being looked for: an earlier process may have taken it. A client's clock may run ahead, and what such a client
 * sent to the earlier process would seem to have been sent after this one began; such requests are written to the database
 * as well, and read when this begins. So nothing that any process has taken is taken again, as long as the node's own clock
 * is not set back while it is down.
 */
final class OwnNonces implements Nonces {
    /** What was sent later than this after it came is also written. Clocks that are kept right differ by less. */
    static final Duration AHEAD = Duration.ofSeconds(1);

    /** Longer than any unit of work takes from the look at a request's time to this memory. */
    private static final Duration LONGEST_UNIT = Duration.ofMinutes(1);

    /** Some 500 MB; whoever sends more within the minutes they are kept for is not served. */
    private static final int MOST = 4_000_000;

    private final Clock clock;
    private final Instant knownSince;
    /**
     * Tokens by the minute they were sent in, so that a minute is forgotten at once: a sweep through a million tokens, or a
     * table that doubles, would stop the call that comes then. Guarded by this.
     */
    private final NavigableMap<Long, Set<String>> held = new TreeMap<>();

    /**
     * Begins.
     *
     * @param written what earlier processes wrote, with when it was sent
     * @param clock the node's clock
     */
    OwnNonces(Map<String, Instant> written, Clock clock) {
        this.clock = clock;
        this.knownSince = clock.instant().plus(AHEAD);
        written.forEach((token, sentAt) ->
                held.computeIfAbsent(minute(sentAt), minute -> new HashSet<>()).add(token));
    }

    /** What earlier processes wrote. */
    static Map<String, Instant> written(Connection connection) throws SQLException {
        record Row(String token, Instant sentAt) {}
        return Rows.all(
                        connection,
                        row -> new Row(Rows.text(row, "token"), Rows.instant(row, "sent_at")),
                        "SELECT token, sent_at FROM request_nonces")
                .stream()
                .collect(Collectors.toMap(Row::token, Row::sentAt));
    }

    @Override
    public Instant knownSince() {
        return knownSince;
    }

    @Override
    public Taken take(Transactor.OnDemand database, Map<String, Instant> sent) throws SQLException {
        Instant ahead = clock.instant().plus(AHEAD);
        Set<String> fresh = new HashSet<>();
        Map<String, Instant> toWrite = new HashMap<>();
        holdAtMost(MOST - sent.size());
        for (Map.Entry<String, Instant> one : sent.entrySet()) {
            if (hold(one.getKey(), one.getValue())) {
                fresh.add(one.getKey());
                if (one.getValue().isAfter(ahead)) {
                    toWrite.put(one.getKey(), one.getValue());
                }
            }
        }
        boolean written = false;
        try {
            if (!toWrite.isEmpty()) {
                BatchStatements.once(database.connection(), toWrite, toWrite.keySet());
            }
            written = true;
        } finally {
            if (!written) {
                release(fresh);
            }
        }
        return new Taken(fresh, !toWrite.isEmpty());
    }

    private static long minute(Instant sentAt) {
        return Math.floorDiv(sentAt.getEpochSecond(), 60L);
    }

    private synchronized void holdAtMost(int tokens) throws SQLException {
        if (held.values().stream().mapToLong(Set::size).sum() > tokens) {
            throw new SQLException("more requests within a few minutes than are remembered");
        }
    }

    /** Whether a token is new, whenever it is said to have been sent; it is held then. */
    private synchronized boolean hold(String token, Instant sentAt) {
        return held.values().stream().noneMatch(minute -> minute.contains(token))
                && held.computeIfAbsent(minute(sentAt), minute -> new HashSet<>())
                        .add(token);
    }

    @Override
    public synchronized void release(Collection<String> taken) {
        held.values().forEach(minute -> taken.forEach(minute::remove));
    }

    @Override
    public void forgetBefore(Connection connection, Instant instant) throws SQLException {
        // One clock decides here, so they need not be held for as long as where servers' clocks differ.
        Instant tooOld = clock.instant().minus(RequestStamp.WINDOW).minus(LONGEST_UNIT);
        synchronized (this) {
            held.headMap(minute(tooOld)).clear();
        }
        Rows.change(connection, "DELETE FROM request_nonces WHERE sent_at < ?", instant);
    }
}
