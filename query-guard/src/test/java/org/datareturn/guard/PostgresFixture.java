package org.datareturn.guard;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.datareturn.guard.engine.EngineServers;

/** A PostgreSQL server of its own, whose language orders texts unlike bytes, with the role docs/engines.md asks for. */
final class PostgresFixture implements AutoCloseable {
    static final String ROLE = "zone_owner";
    static final String PASSWORD = "k3pt-0ut-0f-l0gs";

    private final EmbeddedPostgres server;

    private PostgresFixture(EmbeddedPostgres server) {
        this.server = server;
    }

    static PostgresFixture start() throws IOException, SQLException {
        EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setLocaleConfig("locale-provider", "icu")
                .setLocaleConfig("icu-locale", "en-US")
                .setLocaleConfig("locale", "C.UTF-8")
                .start();
        PostgresFixture fixture = new PostgresFixture(server);
        fixture.run("CREATE ROLE " + ROLE + " LOGIN PASSWORD '" + PASSWORD + "'");
        fixture.run("GRANT CREATE ON DATABASE postgres TO " + ROLE);
        return fixture;
    }

    /** Runs a statement as the server's superuser. */
    void run(String sql) throws SQLException {
        try (Connection connection = superuser();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first column of a query, as the server's superuser. */
    List<String> column(String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Connection connection = superuser();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                values.add(String.valueOf(result.getString(1)));
            }
        }
        return values;
    }

    Connection superuser() throws SQLException {
        return server.getPostgresDatabase().getConnection();
    }

    EngineServers.Postgresql as(String user) {
        return new EngineServers.Postgresql(
                "jdbc:postgresql://localhost:" + server.getPort() + "/postgres", user, PASSWORD);
    }

    Engines engines(EngineLimits limits) {
        return Engines.of(limits, new EngineServers(Optional.of(as(ROLE)), Optional.empty()));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
