package org.datareturn.sandbox.verification.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.datareturn.sandbox.control.ControlStoreException;
import org.datareturn.sandbox.control.jdbc.Rows;
import org.datareturn.sandbox.control.jdbc.Transactor;
import org.datareturn.sandbox.verification.batch.PageTakenException;
import org.datareturn.verifier.probing.Canaries;
import org.datareturn.verifier.probing.KeptPage;
import org.datareturn.verifier.probing.ProbeEntry;
import org.datareturn.verifier.probing.ProbeMemory;

/**
 * The memory against probing in the control database: it survives a restart and is shared by every server. A unit is a
 * transaction; what cannot be remembered is not answered ({@link ControlStoreException}). A crash of a node on H2 may
 * lose the last half second of it. Thread-safe.
 */
public final class JdbcProbeMemory implements ProbeMemory, Canaries, AutoCloseable {
    /** Cells asked for in one statement: a page of long codes has more than a statement of PostgreSQL takes. */
    private static final int MOST_AT_ONCE = 8_192;

    private final Transactor transactor;
    private final CellLocks locks = new CellLocks();
    private final LooseTallies tallies;
    private final Nonces nonces;
    private final Reach reach;

    private JdbcProbeMemory(Transactor transactor, Nonces nonces, Reach reach) {
        this.transactor = transactor;
        this.nonces = nonces;
        this.reach = reach;
        this.tallies = new LooseTallies(reach);
    }

    /** A memory in a migrated database that several servers share. */
    public static JdbcProbeMemory shared(DataSource dataSource) {
        return new JdbcProbeMemory(Transactor.hurried(dataSource), new SharedNonces(), new Reach.Shared());
    }

    /**
     * The memory of the one server that holds a migrated database: it knows itself which requests came, and which persons
     * nothing is remembered of, without asking the database.
     *
     * @param clock the node's clock; requests sent before now are refused as too old
     */
    public static JdbcProbeMemory ofOneServer(DataSource dataSource, Clock clock) {
        Transactor transactor = Transactor.hurried(dataSource);
        return new JdbcProbeMemory(
                transactor,
                new OwnNonces(transactor.reading("requests that came", OwnNonces::written), clock),
                new Reach.Own(transactor.reading("what is remembered", MaybeKept::of)));
    }

    @Override
    public <T> T alone(Collection<String> cells, Function<Unit, T> work) {
        Attempts attempts = new Attempts();
        try {
            T done = locks.holding(
                    cells,
                    () -> transactor.inTransactionIfNeeded("probing", needed -> {
                        reach.lock(needed, cells);
                        try {
                            return work.apply(attempts.next(needed));
                        } catch (NotKept e) {
                            throw e.why();
                        }
                    }));
            if (attempts.kept()) {
                // H2 writes what is committed within half a second; what an answer rests on must be on disk before it.
                transactor.reading("flush", JdbcProbeMemory::flush);
            }
            return done;
        } finally {
            attempts.end();
        }
    }

    /** Writes what was counted and not yet written; to be called when no more is asked. */
    @Override
    public void close() {
        transactor.inTransaction("what was counted", connection -> {
            tallies.writeAll(connection);
            return true;
        });
        tallies.clear();
        transactor.reading("flush", JdbcProbeMemory::flush);
    }

    private static boolean flush(Connection connection) throws SQLException {
        boolean buffered = connection.getMetaData().getURL().startsWith("jdbc:h2:");
        if (buffered) {
            Rows.change(connection, "CHECKPOINT SYNC");
        }
        return buffered;
    }

    /** The tries at one unit's work: what the last took is kept when it was committed, and nothing else. */
    private final class Attempts {
        private Optional<JdbcUnit> last = Optional.empty();
        private boolean committed;

        JdbcUnit next(Transactor.OnDemand database) {
            end();
            JdbcUnit unit = new JdbcUnit(database);
            last = Optional.of(unit);
            return unit;
        }

        /** The work is committed; whether it must be told to be written at once. */
        boolean kept() {
            committed = true;
            return last.filter(unit -> unit.mustBeOnDisk).isPresent();
        }

        void end() {
            if (!committed) {
                last.ifPresent(JdbcUnit::takeBack);
            }
        }
    }

    @Override
    public boolean hold(String subject) {
        return reach.mayHold(subject)
                && transactor.reading(
                        "canaries",
                        connection -> Rows.first(
                                        connection,
                                        row -> true,
                                        "SELECT subject FROM canary_subjects WHERE subject = ?",
                                        subject)
                                .isPresent());
    }

    @Override
    public Set<String> among(Set<String> all) {
        Set<String> subjects = all.stream().filter(reach::mayHold).collect(Collectors.toSet());
        if (subjects.isEmpty()) {
            return Set.of();
        }
        return Set.copyOf(transactor.reading(
                "canaries",
                connection -> Rows.all(
                        connection,
                        row -> Rows.text(row, "subject"),
                        "SELECT subject FROM canary_subjects WHERE subject IN ("
                                + BatchStatements.places(subjects.size()) + ")",
                        subjects.toArray())));
    }

    /** Plants a canary by its subject token; planting it twice does nothing. */
    public void plant(String subject) {
        reach.writing(subject);
        transactor.inTransaction(
                "plant canary",
                connection -> Rows.change(
                        connection,
                        "INSERT INTO canary_subjects (subject) SELECT CAST(? AS VARCHAR(64))"
                                + " WHERE NOT EXISTS (SELECT 1 FROM canary_subjects WHERE subject = ?)",
                        subject,
                        subject));
    }

    /** Forgets entries last met before an instant. */
    public void forgetBefore(Instant instant) {
        transactor.inTransaction(
                "forget probing",
                connection -> Rows.change(connection, "DELETE FROM probe_entries WHERE met_at < ?", instant));
    }

    /** One transaction. The database's errors leave the work as they leave any other: unanswered. */
    private final class JdbcUnit implements Unit {
        private final Transactor.OnDemand database;
        private final Set<String> taken = new HashSet<>();
        private final LooseTallies.Counted counted = new LooseTallies.Counted();
        private boolean mustBeOnDisk;

        JdbcUnit(Transactor.OnDemand database) {
            this.database = database;
        }

        /** Undoes what it did to this server's own memory, when the database has undone the rest. */
        void takeBack() {
            nonces.release(taken);
            taken.clear();
            tallies.takeBack(counted);
        }

        @Override
        public Map<String, List<ProbeEntry>> entries(Collection<String> cells, Instant since) {
            record Found(String cell, ProbeEntry entry) {}
            List<String> wanted = cells.stream().filter(reach::mayHold).toList();
            List<Found> rows = new ArrayList<>();
            for (int from = 0; from < wanted.size(); from += MOST_AT_ONCE) {
                List<Object> arguments =
                        new ArrayList<>(wanted.subList(from, Math.min(wanted.size(), from + MOST_AT_ONCE)));
                String places = BatchStatements.places(arguments.size());
                arguments.add(since);
                rows.addAll(kept(() -> Rows.all(
                        database.connection(),
                        row -> new Found(
                                Rows.text(row, "cell"),
                                new ProbeEntry(
                                        Rows.text(row, "item"), Rows.text(row, "sketch"), Rows.instant(row, "met_at"))),
                        "SELECT cell, item, sketch, met_at FROM probe_entries WHERE cell IN (" + places
                                + ") AND met_at >= ?",
                        arguments.toArray())));
            }
            Map<String, List<ProbeEntry>> found = new HashMap<>();
            rows.forEach(row ->
                    found.computeIfAbsent(row.cell(), cell -> new ArrayList<>()).add(row.entry()));
            return found;
        }

        @Override
        public boolean enter(String cell, ProbeEntry entry) {
            reach.writing(cell);
            return kept(() -> Rows.change(
                            database.connection(),
                            "INSERT INTO probe_entries (cell, item, sketch, met_at) SELECT CAST(? AS VARCHAR(64)),"
                                    + " CAST(? AS VARCHAR(64)), CAST(? AS VARCHAR(32)),"
                                    + " CAST(? AS TIMESTAMP(6) WITH TIME ZONE)"
                                    + " WHERE NOT EXISTS (SELECT 1 FROM probe_entries WHERE cell = ? AND item = ?)",
                            cell,
                            entry.item(),
                            entry.sketch(),
                            entry.at(),
                            cell,
                            entry.item()))
                    == 1;
        }

        @Override
        public void renew(String cell, ProbeEntry entry) {
            reach.writing(cell);
            int changed = kept(() -> Rows.change(
                    database.connection(),
                    "UPDATE probe_entries SET met_at = ? WHERE cell = ? AND item = ?",
                    entry.at(),
                    cell,
                    entry.item()));
            if (changed == 0) {
                enter(cell, entry);
            }
        }

        @Override
        public void renewAll(Map<String, ProbeEntry> byCell) {
            byCell.keySet().forEach(reach::writing);
            kept(() -> {
                BatchStatements.renew(database.connection(), byCell);
                return true;
            });
        }

        @Override
        public void expect(Collection<String> counters, long bucket) {
            kept(() -> {
                tallies.read(database, counters, bucket);
                return true;
            });
        }

        @Override
        public void keep(KeptPage page) {
            mustBeOnDisk = true;
            if (kept(() -> BatchStatements.keep(database.connection(), page)) == 0) {
                throw new PageTakenException(page.number());
            }
        }

        @Override
        public Instant onceSince() {
            return nonces.knownSince();
        }

        @Override
        public boolean once(String token, Instant at) {
            return onceEach(Map.of(token, at)).contains(token);
        }

        @Override
        public Set<String> onceEach(Map<String, Instant> sent) {
            Nonces.Taken now = kept(() -> nonces.take(database, sent));
            taken.addAll(now.fresh());
            mustBeOnDisk |= now.mustBeOnDisk();
            return now.fresh();
        }

        @Override
        public void forgetOnceBefore(Instant instant) {
            kept(() -> {
                nonces.forgetBefore(database.connection(), instant);
                return true;
            });
        }

        @Override
        public void forget(String cell) {
            kept(() -> Rows.change(database.connection(), "DELETE FROM probe_entries WHERE cell = ?", cell));
        }

        @Override
        public void forget(String cell, String item) {
            kept(() -> Rows.change(
                    database.connection(), "DELETE FROM probe_entries WHERE cell = ? AND item = ?", cell, item));
        }

        @Override
        public long tally(String counter, long bucket, long by, int slack) {
            return kept(() -> tallies.add(database, counter, bucket, by, slack, counted));
        }

        private static <T> T kept(Statement<T> statement) {
            try {
                return statement.run();
            } catch (SQLException e) {
                throw new NotKept(e);
            }
        }
    }

    /** A statement that failed, on its way through work that knows nothing of databases. */
    private static final class NotKept extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final SQLException why;

        NotKept(SQLException why) {
            super(why);
            this.why = why;
        }

        SQLException why() {
            return why;
        }
    }

    /** A statement that may fail. */
    private interface Statement<T> {
        T run() throws SQLException;
    }
}
