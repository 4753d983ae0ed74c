package org.datareturn.guard.engine.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.datareturn.guard.engine.EngineException;
import org.datareturn.guard.engine.EngineServers;
import org.postgresql.Driver;

/** Opens connections to one database, each with the settings the guard relies on. Immutable; thread-safe. */
final class PostgresConnections {
    private static final System.Logger LOG = System.getLogger(PostgresConnections.class.getName());

    private static final int CONNECT_SECONDS = 10;
    private static final int GRACE_SECONDS = 5;
    private static final Set<String> SAFE_MODES = Set.of("verify-full", "verify-ca", "require");

    private final EngineServers.Postgresql server;
    private final Duration timeout;

    /** Connections to a server. */
    PostgresConnections(EngineServers.Postgresql server, Duration timeout) {
        this.server = server;
        this.timeout = timeout;
    }

    /** How long one statement may run. */
    Duration timeout() {
        return timeout;
    }

    /** A connection that changes data: for loading, which may take longer than a statement. */
    Connection writing() throws SQLException {
        return connect(settings(""));
    }

    /**
     * A connection that reads the tables of one schema. The schema comes before the system's own tables, or a table named
     * like one of those would be taken for it. The server ends a statement in time; when it is gone without a word, the
     * socket does, a little later.
     */
    Connection reading(String schema) throws SQLException {
        Properties settings = settings(" -c statement_timeout=" + timeout.toMillis()
                + " -c default_transaction_read_only=on"
                + " -c search_path=" + schema + ",pg_catalog,pg_temp");
        settings.setProperty("socketTimeout", Long.toString(timeout.toSeconds() + GRACE_SECONDS));
        settings.setProperty("readOnly", "true");
        return connect(settings);
    }

    private Connection connect(Properties settings) throws SQLException {
        Connection connection = new Driver().connect(server.url(), settings);
        if (connection == null) {
            throw new SQLException("no such URL", "08001");
        }
        return connection;
    }

    private Properties settings(String more) throws SQLException {
        Properties settings = new Properties();
        settings.setProperty("user", server.user());
        if (!server.password().isEmpty()) {
            settings.setProperty("password", server.password());
        }
        settings.setProperty("sslmode", sslMode());
        settings.setProperty("ApplicationName", "data-return-sandbox");
        settings.setProperty("connectTimeout", Integer.toString(CONNECT_SECONDS));
        settings.setProperty("loginTimeout", Integer.toString(CONNECT_SECONDS));
        settings.setProperty("tcpKeepAlive", "true");
        settings.setProperty("logServerErrorDetail", "false");
        // A backslash in a text must be nothing but a backslash.
        settings.setProperty("options", "-c standard_conforming_strings=on" + more);
        return settings;
    }

    /** TLS with the server's name checked, unless the server is on this machine or the operator's URL says how. */
    private String sslMode() throws SQLException {
        Properties named = Driver.parseURL(server.url(), new Properties());
        if (named == null) {
            throw new SQLException("no such URL", "08001");
        }
        boolean here = Set.of("localhost", "127.0.0.1", "[::1]", "::1")
                .containsAll(List.of(named.getProperty("PGHOST", "").split(",", -1)));
        String mode = named.getProperty("sslmode", here ? "prefer" : "verify-full");
        if (!here && !SAFE_MODES.contains(mode)) {
            throw new SQLException("no TLS to another machine", "08001");
        }
        return mode;
    }

    /** What operators are told of a failure: the SQL state. The driver's text may quote data and goes nowhere. */
    static EngineException failure(String doing, SQLException failed) {
        String state = failed.getSQLState();
        EngineException told = new EngineException(
                "postgresql: " + doing + ", SQL state " + (state == null ? "unknown" : state), failed);
        LOG.log(System.Logger.Level.WARNING, told.getMessage());
        return told;
    }
}
