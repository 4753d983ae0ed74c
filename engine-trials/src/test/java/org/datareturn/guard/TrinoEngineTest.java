package org.datareturn.guard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** A real Trino server answers as the embedded engine does. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrinoEngineTest extends EngineContract {
    private TrinoFixture server;

    @BeforeAll
    void start() throws Exception {
        server = TrinoFixture.start();
    }

    @AfterEach
    void nothingStaysBehind() {
        assertThat(server.schemas()).isZero();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Override
    String engine() {
        return "trino";
    }

    @Override
    Engines engines() {
        return TrinoFixture.engines(server.url(), EngineLimits.standard());
    }
}
