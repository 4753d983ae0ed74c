package org.datareturn.guard.engine.trino;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.datareturn.guard.engine.EngineDialect;
import org.datareturn.guard.engine.EngineException;
import org.datareturn.guard.engine.EngineStore;
import org.jspecify.annotations.Nullable;

/** An edition of a zone in a schema of its own in a Trino catalogue. The schema goes when the store is closed. */
public final class TrinoStore implements EngineStore {
    static final TrinoDialect DIALECT = new TrinoDialect();

    private final TrinoClient client;
    private final TrinoSchema schema;
    private final Duration timeout;

    TrinoStore(TrinoClient client, TrinoSchema schema, Duration timeout) {
        this.client = client;
        this.schema = schema;
        this.timeout = timeout;
    }

    @Override
    public EngineDialect dialect() {
        return DIALECT;
    }

    @Override
    public void query(String sql, Consumer<List<@Nullable Object>> reader) throws EngineException {
        client.run(schema.name(), sql, timeout, MOST_ROWS + 1, reader);
    }

    @Override
    public void close() {
        schema.drop();
        client.close();
    }
}
