package org.datareturn.guard.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.datareturn.guard.engine.EngineException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DuckDbStoreTest {
    private static DuckDbStore store() throws EngineException {
        return DuckDbStore.open(List.of(), 256, 1, Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM read_csv('/etc/passwd')",
                "COPY (SELECT 1) TO '/tmp/leak.csv'",
                "ATTACH '/tmp/leak.db'",
                "INSTALL httpfs",
                "LOAD httpfs",
                "SET enable_external_access = true",
                "SET memory_limit = '100GB'",
                "SET lock_configuration = false"
            })
    void isCutOffFromEverythingOutside(String sql) throws EngineException {
        try (DuckDbStore store = store()) {
            assertThatExceptionOfType(EngineException.class).isThrownBy(() -> store.query(sql, row -> {}));
        }
    }

    @Test
    void stopsAStatementThatTakesTooLong() throws EngineException {
        try (DuckDbStore store = store()) {
            assertThatExceptionOfType(EngineException.class)
                    .isThrownBy(() -> store.query(
                            "SELECT COUNT(*) FROM range(1000000) a, range(1000000) b WHERE a.range * b.range = 7",
                            row -> {}));
            List<List<@Nullable Object>> rows = new ArrayList<>();
            store.query("SELECT 1 + 1, CAST(3 AS HUGEINT), NULL", rows::add);
            assertThat(rows)
                    .singleElement()
                    .satisfies(row -> assertThat(row.getFirst()).isEqualTo(2L));
        }
    }
}
