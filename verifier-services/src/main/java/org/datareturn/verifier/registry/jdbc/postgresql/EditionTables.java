package org.datareturn.verifier.registry.jdbc.postgresql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.datareturn.verifier.registry.EditionFacts;

/**
 * The tables of one registry and the statements on them. One row an edition in {@code registry_edition}, at most one of them
 * current; one table of records an edition. Thread-safe; the caller ends transactions.
 */
final class EditionTables {
    /** Greater than every key, and equal to none: an edition's last record, so that a seek always ends on one. */
    static final byte[] BEYOND = {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1};

    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final int LONGEST_NAME = 40;

    private final String registry;

    EditionTables(String registry) {
        if (!registry.matches("[a-z0-9-]{1," + LONGEST_NAME + "}")) {
            throw new IllegalArgumentException("a registry's name is at most " + LONGEST_NAME + " of a-z 0-9 -");
        }
        this.registry = registry;
    }

    /**
     * An edition's facts and the seal over them, as they lie there.
     *
     * @param facts not held to the seal yet
     * @param seal over them, hexadecimal
     */
    record Stored(EditionFacts facts, String seal) {}

    /** The table of an edition's records. */
    String records(long number) {
        return "\"registry_" + registry.replace('-', '_') + "_" + number + "\"";
    }

    /** Makes the table of editions where there is none. */
    static void prepare(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // Two nodes that start at once would both make it, and one of them fail.
            statement.execute("SELECT pg_advisory_xact_lock(hashtextextended('registry_edition', 0))");
            statement.execute("""
                    CREATE TABLE IF NOT EXISTS registry_edition (
                        registry text NOT NULL, number bigint NOT NULL, current boolean NOT NULL, shape text NOT NULL,
                        source text NOT NULL, acquired_on text NOT NULL, built_at text NOT NULL, records bigint NOT NULL,
                        key_id integer NOT NULL, seal bytea NOT NULL, PRIMARY KEY (registry, number))""");
            statement.execute("CREATE UNIQUE INDEX IF NOT EXISTS registry_edition_current"
                    + " ON registry_edition (registry) WHERE current");
        }
    }

    /** Takes the right to build, for as long as the connection lives or until {@link #release}; false when another has it. */
    boolean lock(Connection connection) throws SQLException {
        return asked(connection, "SELECT pg_try_advisory_lock(hashtextextended('registry ' || ?, 0))");
    }

    /** Gives the right to build back, and the connection. */
    void release(Connection connection) {
        try {
            connection.rollback();
            asked(connection, "SELECT pg_advisory_unlock(hashtextextended('registry ' || ?, 0))");
        } catch (SQLException broken) {
            // The right ends with the server's side of a connection that broke.
            return;
        } finally {
            PostgresLease.end(connection);
        }
    }

    private boolean asked(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, registry);
            try (ResultSet result = statement.executeQuery()) {
                return result.next() && result.getBoolean(1);
            }
        }
    }

    /** The edition that answers. */
    Optional<Stored> current(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT number, shape, source, acquired_on, built_at, records, key_id, seal"
                        + " FROM registry_edition WHERE registry = ? AND current")) {
            statement.setString(1, registry);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                return Optional.of(new Stored(
                        new EditionFacts(
                                row.getString("shape"),
                                registry,
                                row.getLong("number"),
                                row.getString("source"),
                                row.getString("acquired_on"),
                                row.getString("built_at"),
                                row.getLong("records"),
                                row.getInt("key_id")),
                        HexFormat.of().formatHex(row.getBytes("seal"))));
            }
        }
    }

    /** The number the next edition gets. */
    long nextNumber(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT coalesce(max(number), 0) + 1 FROM registry_edition WHERE registry = ?")) {
            statement.setString(1, registry);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** Makes an empty table of records; its index comes when it is full. */
    void create(Connection connection, long number) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE " + records(number) + " (k bytea NOT NULL, v bytea NOT NULL)");
        }
    }

    /** Completes an edition that was copied in: its index, its statistics, its facts. It does not answer yet. */
    void complete(Connection connection, EditionFacts facts, byte[] seal) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "ALTER TABLE " + records(facts.number()) + " ADD PRIMARY KEY (k) WITH (fillfactor = 100)");
            statement.execute("ANALYZE " + records(facts.number()));
        }
        try (PreparedStatement statement =
                connection.prepareStatement("INSERT INTO registry_edition (registry, number, current, shape, source,"
                        + " acquired_on, built_at, records, key_id, seal) VALUES (?, ?, false, ?, ?, ?, ?, ?, ?, ?)")) {
            statement.setString(1, registry);
            statement.setLong(2, facts.number());
            statement.setString(3, facts.shape());
            statement.setString(4, facts.source());
            statement.setString(5, facts.acquiredOn());
            statement.setString(6, facts.builtAt());
            statement.setLong(7, facts.records());
            statement.setInt(8, facts.keyId());
            statement.setBytes(9, seal);
            statement.executeUpdate();
        }
    }

    /** Makes an edition the one that answers, once the transaction is committed. */
    void publish(Connection connection, long number) throws SQLException {
        try (PreparedStatement off = connection.prepareStatement(
                        "UPDATE registry_edition SET current = false WHERE registry = ? AND current");
                PreparedStatement on = connection.prepareStatement(
                        "UPDATE registry_edition SET current = true WHERE registry = ? AND number = ?")) {
            off.setString(1, registry);
            off.executeUpdate();
            on.setString(1, registry);
            on.setLong(2, number);
            if (on.executeUpdate() != 1) {
                throw new SQLException("the draft is gone", "02000");
            }
        }
    }

    /** Opens a table for reading: it cannot be dropped before the transaction ends. */
    void hold(Connection connection, long number) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("LOCK TABLE " + records(number) + " IN ACCESS SHARE MODE");
        }
    }

    /** Drops every edition that does not answer and that nobody reads. Only for who may build. */
    void dropOthers(Connection connection) throws SQLException {
        List<Long> others = new ArrayList<>();
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT number FROM registry_edition WHERE registry = ? AND NOT current")) {
            statement.setString(1, registry);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    others.add(row.getLong(1));
                }
            }
        }
        connection.commit();
        for (long number : others) {
            try {
                drop(connection, number);
                connection.commit();
            } catch (SQLException e) {
                connection.rollback();
                if (!LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
                    throw e;
                }
                // Somebody reads it still: it goes with the next edition.
            }
        }
    }

    private void drop(Connection connection, long number) throws SQLException {
        try (Statement statement = connection.createStatement();
                PreparedStatement row =
                        connection.prepareStatement("DELETE FROM registry_edition WHERE registry = ? AND number = ?")) {
            statement.execute("SET LOCAL lock_timeout = '20ms'");
            statement.execute("DROP TABLE IF EXISTS " + records(number));
            row.setString(1, registry);
            row.setLong(2, number);
            row.executeUpdate();
        }
    }
}
