package org.datareturn.guard.engine.postgresql;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A schema that one edition of a zone lies in: {@code zone_}, 16 hexadecimal digits of the zone's name, {@code _}, 16 of
 * chance. Whoever uses a schema holds an advisory lock on it, so that what a process left behind when it was killed can be
 * told from what another process uses; opening a zone drops what was left of it.
 */
final class PostgresSchema {
    private static final System.Logger LOG = System.getLogger(PostgresSchema.class.getName());

    private static final int HOLDER_SECONDS = 5;

    private final String name;
    private final Connection holder;

    private PostgresSchema(String name, Connection holder) {
        this.name = name;
        this.holder = holder;
    }

    /** Makes an empty schema for a zone. */
    static PostgresSchema create(PostgresConnections connections, String zone) throws SQLException {
        Connection holder = connections.writing();
        try {
            String prefix = "zone_" + HexFormat.of().toHexDigits(digest(zone)) + "_";
            dropLeftovers(holder, prefix);
            String name = prefix + HexFormat.of().toHexDigits(new SecureRandom().nextLong());
            if (!lock(holder, name)) {
                throw new SQLException("a schema of a fresh name is in use", "55006");
            }
            try (Statement statement = holder.createStatement()) {
                statement.execute("CREATE SCHEMA " + name);
            }
            return new PostgresSchema(name, holder);
        } catch (SQLException failed) {
            holder.close();
            throw failed;
        }
    }

    private static void dropLeftovers(Connection holder, String prefix) throws SQLException {
        List<String> left = new ArrayList<>();
        try (Statement statement = holder.createStatement();
                ResultSet found = statement.executeQuery("SELECT n.nspname FROM pg_catalog.pg_namespace n"
                        + " JOIN pg_catalog.pg_roles r ON r.oid = n.nspowner WHERE r.rolname = current_user")) {
            while (found.next()) {
                if (found.getString(1).matches(prefix + "[0-9a-f]{16}")) {
                    left.add(found.getString(1));
                }
            }
        }
        for (String schema : left) {
            if (lock(holder, schema)) {
                try (Statement statement = holder.createStatement()) {
                    statement.execute("DROP SCHEMA IF EXISTS " + schema + " CASCADE");
                }
            }
        }
    }

    private static boolean lock(Connection holder, String schema) throws SQLException {
        try (PreparedStatement statement = holder.prepareStatement("SELECT pg_catalog.pg_try_advisory_lock(?)")) {
            statement.setLong(1, digest(schema));
            try (ResultSet locked = statement.executeQuery()) {
                return locked.next() && locked.getBoolean(1);
            }
        }
    }

    private static long digest(String text) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)))
                    .getLong();
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    /** The schema's name, of letters a-z, digits and _ only. */
    String name() {
        return name;
    }

    /**
     * Makes sure that the session that holds the schema lives. When it does not, the server may have crashed, which empties
     * tables that are not logged, or somebody else may have dropped what nobody seemed to use.
     *
     * @throws SQLException when it does not
     */
    void requireHeld() throws SQLException {
        synchronized (holder) {
            if (!holder.isValid(HOLDER_SECONDS)) {
                throw new SQLException("the session that holds the schema is gone", "08006");
            }
        }
    }

    /** Drops the schema with all it holds; where that fails, the next opening of the zone does. */
    void drop() {
        try (Connection own = holder;
                Statement statement = own.createStatement()) {
            statement.execute("DROP SCHEMA IF EXISTS " + name + " CASCADE");
        } catch (SQLException failed) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "schema {0} could not be dropped, SQL state {1}; the next opening of its zone drops it",
                    name,
                    failed.getSQLState());
        }
    }
}
