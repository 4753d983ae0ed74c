package org.datareturn.sandbox.verification.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import javax.sql.DataSource;
import org.datareturn.sandbox.control.ControlStoreException;
import org.datareturn.sandbox.control.jdbc.Rows;
import org.datareturn.sandbox.control.jdbc.Transactor;
import org.datareturn.verifier.probing.Canaries;
import org.datareturn.verifier.probing.KeptPage;
import org.datareturn.verifier.probing.ProbeEntry;
import org.datareturn.verifier.probing.ProbeMemory;

/**
 * The memory against probing in the control database: it survives a restart and is shared by every server. A unit is a
 * transaction; what cannot be remembered is not answered ({@link ControlStoreException}). A crash of a node on H2 may
 * lose the last half second of it. Thread-safe.
 */
public final class JdbcProbeMemory implements ProbeMemory, Canaries {
    private final Transactor transactor;
    private final CellLocks locks = new CellLocks();
    private final LooseTallies tallies = new LooseTallies();

    /** A memory in a migrated database. */
    public JdbcProbeMemory(DataSource dataSource) {
        this.transactor = Transactor.hurried(dataSource);
    }

    @Override
    public <T> T alone(Set<String> cells, Function<Unit, T> work) {
        boolean[] pageKept = {false};
        T done = locks.holding(
                cells,
                () -> transactor.inTransaction("probing", connection -> {
                    locks.inDatabase(connection, cells);
                    JdbcUnit unit = new JdbcUnit(connection);
                    try {
                        T result = work.apply(unit);
                        pageKept[0] = unit.pageKept
                                && connection.getMetaData().getURL().startsWith("jdbc:h2:");
                        return result;
                    } catch (NotKept e) {
                        throw e.why();
                    }
                }));
        if (pageKept[0]) {
            // H2 writes what is committed within half a second; what an answer rests on must be on disk before it.
            transactor.reading("flush", connection -> Rows.change(connection, "CHECKPOINT SYNC"));
        }
        return done;
    }

    @Override
    public boolean hold(String subject) {
        return transactor.reading(
                "canaries",
                connection -> Rows.first(
                                connection,
                                row -> true,
                                "SELECT subject FROM canary_subjects WHERE subject = ?",
                                subject)
                        .isPresent());
    }

    @Override
    public Set<String> among(Set<String> subjects) {
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
        private final Connection connection;
        private boolean pageKept;

        JdbcUnit(Connection connection) {
            this.connection = connection;
        }

        @Override
        public Map<String, List<ProbeEntry>> entries(Collection<String> cells, Instant since) {
            record Found(String cell, ProbeEntry entry) {}
            List<Object> arguments = new ArrayList<>(new LinkedHashSet<>(cells));
            if (arguments.isEmpty()) {
                return Map.of();
            }
            String places = BatchStatements.places(arguments.size());
            arguments.add(since);
            List<Found> rows = kept(() -> Rows.all(
                    connection,
                    row -> new Found(
                            Rows.text(row, "cell"),
                            new ProbeEntry(
                                    Rows.text(row, "item"), Rows.text(row, "sketch"), Rows.instant(row, "met_at"))),
                    "SELECT cell, item, sketch, met_at FROM probe_entries WHERE cell IN (" + places
                            + ") AND met_at >= ?",
                    arguments.toArray()));
            Map<String, List<ProbeEntry>> found = new HashMap<>();
            rows.forEach(row ->
                    found.computeIfAbsent(row.cell(), cell -> new ArrayList<>()).add(row.entry()));
            return found;
        }

        @Override
        public boolean enter(String cell, ProbeEntry entry) {
            return kept(() -> Rows.change(
                            connection,
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
            int changed = kept(() -> Rows.change(
                    connection,
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
            kept(() -> {
                BatchStatements.renew(connection, byCell);
                return true;
            });
        }

        @Override
        public void expect(Collection<String> counters, long bucket) {
            kept(() -> {
                tallies.read(connection, counters, bucket);
                return true;
            });
        }

        @Override
        public void keep(KeptPage page) {
            pageKept = true;
            kept(() -> Rows.change(
                    connection,
                    "INSERT INTO batch_pages (book, number, trace, sealed, kept_at) VALUES (?, ?, ?, ?, ?)",
                    page.book(),
                    page.number(),
                    page.trace(),
                    page.sealed(),
                    page.at()));
        }

        @Override
        public boolean once(String token, Instant at) {
            // Two at once: one inserts, the other's unit is done again and finds it.
            return kept(() -> Rows.change(
                            connection,
                            "INSERT INTO request_nonces (token, sent_at) SELECT CAST(? AS VARCHAR(64)),"
                                    + " CAST(? AS TIMESTAMP(6) WITH TIME ZONE)"
                                    + " WHERE NOT EXISTS (SELECT 1 FROM request_nonces WHERE token = ?)",
                            token,
                            at,
                            token))
                    == 1;
        }

        @Override
        public Set<String> onceEach(Map<String, Instant> sent) {
            return kept(() -> {
                Set<String> fresh = new HashSet<>(sent.keySet());
                Rows.all(
                                connection,
                                row -> Rows.text(row, "token"),
                                "SELECT token FROM request_nonces WHERE token IN ("
                                        + BatchStatements.places(sent.size()) + ")",
                                sent.keySet().toArray())
                        .forEach(fresh::remove);
                BatchStatements.once(connection, sent, fresh);
                return fresh;
            });
        }

        @Override
        public void forgetOnceBefore(Instant instant) {
            kept(() -> Rows.change(connection, "DELETE FROM request_nonces WHERE sent_at < ?", instant));
        }

        @Override
        public void forget(String cell) {
            kept(() -> Rows.change(connection, "DELETE FROM probe_entries WHERE cell = ?", cell));
        }

        @Override
        public long tally(String counter, long bucket, long by, int slack) {
            return kept(() -> tallies.add(connection, counter, bucket, by, slack));
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
