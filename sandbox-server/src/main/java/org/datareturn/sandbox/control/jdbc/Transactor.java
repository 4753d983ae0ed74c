package org.datareturn.sandbox.control.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.datareturn.sandbox.control.ControlStoreException;

/**
 * Runs work in one transaction of its own, READ COMMITTED: committed when the work returns, rolled back when it does
 * not. Work the database turned back because of a rival (deadlock, serialisation, two inserts of one key) is run again a
 * few times, so it must have no effect but on its connection. Not for use inside a container's own transaction.
 * Thread-safe.
 */
public final class Transactor {
    private static final int ATTEMPTS = 5;
    private static final String UNIQUE_VIOLATION = "23505";
    private static final String ROLLED_BACK_CLASS = "40";

    private final DataSource dataSource;

    /** A transactor over one database. */
    public Transactor(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Work on a connection. */
    @FunctionalInterface
    public interface Work<T> {
        /** Does the work. */
        T on(Connection connection) throws SQLException;
    }

    /**
     * Runs work in a transaction.
     *
     * @param doing what is being done, for the node's log
     * @throws ControlStoreException when it could not be done; nothing of it was
     */
    public <T> T inTransaction(String doing, Work<T> work) {
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

    private <T> T once(Work<T> work) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            boolean committed = false;
            try {
                T result = work.on(connection);
                connection.commit();
                committed = true;
                return result;
            } finally {
                if (!committed) {
                    connection.rollback();
                }
                connection.setAutoCommit(true);
            }
        }
    }

    private static boolean causedByRival(SQLException e) {
        String state = e.getSQLState();
        return state != null && (state.equals(UNIQUE_VIOLATION) || state.startsWith(ROLLED_BACK_CLASS));
    }
}
