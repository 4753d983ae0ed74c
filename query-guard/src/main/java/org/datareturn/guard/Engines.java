package org.datareturn.guard;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.datareturn.guard.declaration.ZoneDeclaration;
import org.datareturn.guard.engine.EngineException;
import org.datareturn.guard.engine.EngineServers;
import org.datareturn.guard.engine.EngineStore;
import org.datareturn.guard.engine.NumberedTable;
import org.datareturn.guard.engine.StoreLoader;
import org.datareturn.guard.engine.duckdb.DuckDbStore;
import org.datareturn.guard.engine.postgresql.PostgresLoader;
import org.datareturn.guard.engine.trino.TrinoLoader;

/** The engines zones may lie in: the embedded one always, others where a server is named. Immutable; thread-safe. */
public final class Engines {
    private final Map<ZoneDeclaration.Engine, StoreLoader> loaders = new EnumMap<>(ZoneDeclaration.Engine.class);

    private Engines(EngineLimits limits, EngineServers servers) {
        loaders.put(ZoneDeclaration.Engine.EMBEDDED, new Embedded(limits));
        servers.postgresql()
                .ifPresent(server ->
                        loaders.put(ZoneDeclaration.Engine.POSTGRESQL, new PostgresLoader(server, limits.timeout())));
        servers.trino()
                .ifPresent(
                        server -> loaders.put(ZoneDeclaration.Engine.TRINO, new TrinoLoader(server, limits.timeout())));
    }

    /** The embedded engine and nothing else. */
    public static Engines embedded(EngineLimits limits) {
        return new Engines(limits, EngineServers.none());
    }

    /** The embedded engine and those an operator named servers of. */
    public static Engines of(EngineLimits limits, EngineServers servers) {
        return new Engines(limits, servers);
    }

    boolean available(ZoneDeclaration.Engine engine) {
        return loaders.containsKey(engine);
    }

    /** The loader of an engine that is {@link #available}. */
    StoreLoader loader(ZoneDeclaration.Engine engine) {
        StoreLoader loader = loaders.get(engine);
        if (loader == null) {
            throw new IllegalArgumentException("no server of engine " + engine + " is named");
        }
        return loader;
    }

    /** Each zone in a DuckDB of its own. */
    private record Embedded(EngineLimits limits) implements StoreLoader {
        @Override
        public EngineStore load(String zone, List<NumberedTable> tables) throws EngineException {
            return DuckDbStore.open(tables, limits.memoryMegabytes(), limits.threads(), limits.timeout());
        }
    }
}
