package org.datareturn.verifier.registry.jdbc.postgresql;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import org.datareturn.verifier.registry.DraftEdition;
import org.datareturn.verifier.registry.Edition;

/** An edition that is committed and not current. Keeps the connection that has the right to build. For one thread. */
final class PostgresDraft implements DraftEdition {
    private final PostgresRegistryStore store;
    private final Connection connection;
    private final Edition edition;
    private boolean over;

    PostgresDraft(PostgresRegistryStore store, Connection connection, Edition edition) {
        this.store = store;
        this.connection = connection;
        this.edition = edition;
    }

    @Override
    public Edition edition() {
        return edition;
    }

    @Override
    public Edition publish() throws IOException {
        if (over) {
            throw new IOException("the draft was already published or dropped");
        }
        try {
            store.tables().publish(connection, edition.number());
            connection.commit();
        } catch (SQLException e) {
            throw PostgresRegistryStore.failed("the edition cannot be published", e);
        }
        over = true;
        end();
        return edition;
    }

    @Override
    public void close() {
        if (!over) {
            over = true;
            end();
        }
    }

    /** Drops what does not answer, this one too where it was not published, and gives the right to build back. */
    private void end() {
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
