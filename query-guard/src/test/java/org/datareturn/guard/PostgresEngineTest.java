package org.datareturn.guard;

import java.io.IOException;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** A real PostgreSQL server answers as the embedded engine does. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresEngineTest extends EngineContract {
    private PostgresFixture server;

    @BeforeAll
    void start() throws IOException, SQLException {
        server = PostgresFixture.start();
    }

    @AfterAll
    void stop() throws IOException {
        server.close();
    }

    @Override
    String engine() {
        return "postgresql";
    }

    @Override
    Engines engines() {
        return server.engines(EngineLimits.standard());
    }
}
