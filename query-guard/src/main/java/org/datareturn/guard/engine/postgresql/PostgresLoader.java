package org.datareturn.guard.engine.postgresql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.datareturn.guard.declaration.ColumnDeclaration;
import org.datareturn.guard.engine.EngineException;
import org.datareturn.guard.engine.EngineServers;
import org.datareturn.guard.engine.EngineStore;
import org.datareturn.guard.engine.NumberedTable;
import org.datareturn.guard.engine.StoreLoader;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Copies editions into a PostgreSQL database, each into a {@linkplain PostgresSchema schema of its own}. The tables are not
 * logged: they are neither in the write-ahead log, its archive and its replicas, nor there after a crash of the server, when
 * every question is refused until the zone is opened again.
 */
public final class PostgresLoader implements StoreLoader {
    private static final int CHUNK = 64 * 1024;

    private final PostgresConnections connections;

    /**
     * A loader into a database.
     *
     * @param timeout how long one statement may run, in whole seconds
     */
    public PostgresLoader(EngineServers.Postgresql server, Duration timeout) {
        this.connections = new PostgresConnections(server, timeout);
    }

    @Override
    public EngineStore load(String zone, List<NumberedTable> tables) throws EngineException {
        try (Connection connection = connections.writing()) {
            requireSafe(connection);
            PostgresSchema schema = PostgresSchema.create(connections, zone);
            try {
                for (NumberedTable table : tables) {
                    create(connection, schema, table);
                    copy(connection, schema, table);
                }
                return new PostgresStore(connections, schema);
            } catch (SQLException failed) {
                schema.drop();
                throw failed;
            }
        } catch (SQLException failed) {
            throw PostgresConnections.failure("an edition was not loaded", failed);
        }
    }

    /** A superuser could read files and run programs; another encoding could not hold every text. */
    private static void requireSafe(Connection connection) throws SQLException, EngineException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT r.rolsuper, current_setting('server_encoding')"
                        + " FROM pg_catalog.pg_roles r WHERE r.rolname = current_user")) {
            if (!found.next() || found.getBoolean(1)) {
                throw new EngineException("postgresql: the role must not be a superuser");
            }
            if (!"UTF8".equals(found.getString(2))) {
                throw new EngineException("postgresql: the database must be in UTF8");
            }
        }
    }

    private static void create(Connection connection, PostgresSchema schema, NumberedTable table) throws SQLException {
        StringBuilder columns = new StringBuilder();
        for (ColumnDeclaration column : table.table().columns()) {
            columns.append(PostgresStore.DIALECT.name(column.name()))
                    .append(' ')
                    .append(PostgresStore.DIALECT.declared(column.type()))
                    .append(", ");
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE UNLOGGED TABLE " + name(schema, table) + " (" + columns
                    + PostgresStore.DIALECT.name(EngineStore.ROW) + " INTEGER, "
                    + PostgresStore.DIALECT.name(EngineStore.SUBJECT) + " INTEGER)");
        }
    }

    private static void copy(Connection connection, PostgresSchema schema, NumberedTable table) throws SQLException {
        CopyIn copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY " + name(schema, table) + " FROM STDIN (ENCODING 'UTF8')");
        try {
            CopyText text = new CopyText();
            for (int i = 0; i < table.table().rows().size(); i++) {
                text.add(table, i);
                if (text.length() >= CHUNK) {
                    send(copy, text);
                }
            }
            send(copy, text);
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("ANALYZE " + name(schema, table));
        }
    }

    private static void send(CopyIn copy, CopyText text) throws SQLException {
        byte[] bytes = text.take();
        copy.writeToCopy(bytes, 0, bytes.length);
    }

    private static String name(PostgresSchema schema, NumberedTable table) {
        return schema.name() + "."
                + PostgresStore.DIALECT.name(table.table().table().name());
    }
}
