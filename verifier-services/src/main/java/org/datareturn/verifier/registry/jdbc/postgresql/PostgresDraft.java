package org.datareturn.verifier.registry.jdbc.postgresql;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import org.datareturn.verifier.registry.DraftOnce;

/** An edition that is committed and not current. Keeps the connection that has the right to build. For one thread. */
final class PostgresDraft implements DraftOnce.Steps {
    private final PostgresRegistryStore store;
    private final Connection connection;
    private final long number;

    PostgresDraft(PostgresRegistryStore store, Connection connection, long number) {
        this.store = store;
        this.connection = connection;
        this.number = number;
    }

    @Override
    public void publish() throws IOException {
        try {
            store.tables().publish(connection, number);
            connection.commit();
        } catch (SQLException e) {
            throw PostgresRegistryStore.failed("the edition cannot be published", e);
        }
        drop();
    }

    /** Drops what does not answer, this one too where it was not published, and gives the right to build back. */
    @Override
    public void drop() {
        try {
            connection.rollback();
            store.tables().dropOthers(connection);
        } catch (SQLException e) {
            // What answers is settled; what could not be dropped now is dropped before the next edition is built.
            return;
        } finally {
            store.tables().release(connection);
        }
    }
}
