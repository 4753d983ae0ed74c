package org.datareturn.sandbox.control.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.datareturn.sandbox.control.ControlStoreException;
import org.jspecify.annotations.Nullable;

/**
 * Runs work in one transaction of its own, READ COMMITTED: committed when the work returns, rolled back when it does
 * not. Work the database turned back because of a rival (deadlock, serialisation, two inserts of one key) is run again a
 * few times, so it must have no effect but on its connection. Not for use inside a container's own transaction.
 *
 * <p>A change is on disk before it is acknowledged. PostgreSQL commits so by itself; H2 writes a commit within half a
 * second, so it is told to write at once, or a grant revoked just before a crash would be good again after it.
 * Thread-safe.
 */
public final class Transactor {
    private static final int ATTEMPTS = 5;
    private static final String UNIQUE_VIOLATION = "23505";
    private static final String ROLLED_BACK_CLASS = "40";

    private final DataSource dataSource;
    private final boolean patient;

    private Transactor(DataSource dataSource, boolean patient) {
        this.dataSource = dataSource;
        this.patient = patient;
    }

    /** A transactor over one database whose changes are on disk when they are acknowledged. */
    public Transactor(DataSource dataSource) {
        this(dataSource, true);
    }

    /** A transactor whose last half second of changes H2 may lose in a crash, for what is written with every call. */
    public static Transactor hurried(DataSource dataSource) {
        return new Transactor(dataSource, false);
    }

    /** Work on a connection. */
    @FunctionalInterface
    public interface Work<T> {
        /** Does the work. */
        T on(Connection connection) throws SQLException;
    }

    /** The connection of work that may do without. */
    @FunctionalInterface
    public interface OnDemand {
        /** The transaction's connection, the same every time. */
        Connection connection() throws SQLException;
    }

    /** Work that may do without a connection. */
    @FunctionalInterface
    public interface PerhapsWork<T> {
        /** Does the work. */
        T on(OnDemand needed) throws SQLException;
    }

    /**
     * Runs work in a transaction.
     *
     * @param doing what is being done, for the node's log
     * @throws ControlStoreException when it could not be done; nothing of it was
     */
    public <T> T inTransaction(String doing, Work<T> work) {
        return inTransactionIfNeeded(doing, needed -> work.on(needed.connection()));
    }

    /**
     * Runs work in a transaction that begins when the work first wants its connection; work that never does costs the
     * database nothing.
     *
     * @param doing what is being done, for the node's log
     * @throws ControlStoreException when it could not be done; nothing of it was
     */
    public <T> T inTransactionIfNeeded(String doing, PerhapsWork<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return once(work);
            } catch (SQLException e) {
                if (attempt == ATTEMPTS || !causedByRival(e)) {
                    throw new ControlStoreException("control store: " + doing, e);
                }
            }
        }
    }

    /**
     * Runs one reading statement without a transaction of its own: one round trip.
     *
     * @throws ControlStoreException when it could not be read
     */
    public <T> T reading(String doing, Work<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw new ControlStoreException("control store: " + doing, e);
        }
    }

    private <T> T once(PerhapsWork<T> work) throws SQLException {
        try (Begun begun = new Begun()) {
            T result = work.on(begun);
            begun.commit();
            return result;
        }
    }

    /** A transaction that begins when its connection is first wanted. For one thread. */
    private final class Begun implements OnDemand, AutoCloseable {
        private @Nullable Connection open;
        private boolean committed;

        @Override
        public Connection connection() throws SQLException {
            if (open == null) {
                open = dataSource.getConnection();
                open.setAutoCommit(false);
            }
            return open;
        }

        void commit() throws SQLException {
            if (open != null) {
                open.commit();
                committed = true;
                if (patient) {
                    writeOut(open);
                }
            }
        }

        @Override
        public void close() throws SQLException {
            if (open == null) {
                return;
            }
            try (Connection closing = open) {
                if (!committed) {
                    closing.rollback();
                }
                closing.setAutoCommit(true);
            }
        }
    }

    private static void writeOut(Connection connection) throws SQLException {
        if (connection.getMetaData().getURL().startsWith("jdbc:h2:")) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("CHECKPOINT SYNC");
            }
        }
    }

    private static boolean causedByRival(SQLException e) {
        String state = e.getSQLState();
        return state != null && (state.equals(UNIQUE_VIOLATION) || state.startsWith(ROLLED_BACK_CLASS));
    }
}
