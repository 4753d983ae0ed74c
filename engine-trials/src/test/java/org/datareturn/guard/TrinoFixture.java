package org.datareturn.guard;

import io.trino.plugin.memory.MemoryPlugin;
import io.trino.testing.DistributedQueryRunner;
import io.trino.testing.MaterializedResult;
import io.trino.testing.TestingSession;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.datareturn.guard.engine.EngineServers;

/** A Trino server in this process, whose catalogue {@code lake} keeps its tables in memory. */
final class TrinoFixture implements AutoCloseable {
    private final DistributedQueryRunner server;

    private TrinoFixture(DistributedQueryRunner server) {
        this.server = server;
    }

    static TrinoFixture start() throws Exception {
        DistributedQueryRunner server = DistributedQueryRunner.builder(
                        TestingSession.testSessionBuilder().build())
                .setWorkerCount(0)
                .build();
        server.installPlugin(new MemoryPlugin());
        server.createCatalog("lake", "memory", Map.of("memory.max-data-per-node", "1GB"));
        return new TrinoFixture(server);
    }

    MaterializedResult run(String sql) {
        return server.execute(server.getDefaultSession(), sql);
    }

    /** The schemas the guard has made and not dropped. */
    long schemas() {
        return run("SHOW SCHEMAS FROM lake LIKE 'zone%'").getRowCount();
    }

    URI url() {
        return server.getCoordinator().getBaseUrl();
    }

    static EngineServers.Trino at(URI url) {
        return new EngineServers.Trino(url.resolve("/lake"), "sandbox", "");
    }

    static Engines engines(URI url, EngineLimits limits) {
        return Engines.of(limits, new EngineServers(Optional.empty(), Optional.of(at(url))));
    }

    @Override
    public void close() {
        server.close();
    }
}
