package org.datareturn.verifier.registry.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** One PostgreSQL server for the tests of this module, started by the first that asks; it ends with the process. */
public final class PostgresServer {
    private static final EmbeddedPostgres SERVER = start();

    private PostgresServer() {}

    private static EmbeddedPostgres start() {
        try {
            return EmbeddedPostgres.builder().start();
        } catch (IOException e) {
            throw new UncheckedIOException("the embedded PostgreSQL does not start", e);
        }
    }

    /** Connections of the superuser to a fresh database. */
    public static DataSource fresh(String name) throws SQLException {
        execute(SERVER.getPostgresDatabase(), "DROP DATABASE IF EXISTS " + name, "CREATE DATABASE " + name);
        return SERVER.getDatabase("postgres", name);
    }

    /** Where a database is. */
    public static String url(String name) {
        return "jdbc:postgresql://localhost:" + SERVER.getPort() + "/" + name;
    }

    /** Runs statements. */
    public static void execute(DataSource database, String... statements) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
