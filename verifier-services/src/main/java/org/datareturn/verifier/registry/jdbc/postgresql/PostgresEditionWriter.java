package org.datareturn.verifier.registry.jdbc.postgresql;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import org.datareturn.verifier.registry.DraftEdition;
import org.datareturn.verifier.registry.DraftOnce;
import org.datareturn.verifier.registry.Edition;
import org.datareturn.verifier.registry.EditionFacts;
import org.datareturn.verifier.registry.EditionOrigin;
import org.datareturn.verifier.registry.EditionWriter;
import org.datareturn.verifier.registry.Folders;
import org.datareturn.verifier.tokens.RecordKey;
import org.datareturn.verifier.tokens.RecordTokens;
import org.datareturn.verifier.tokens.RecordValue;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Copies an edition into a table of its own, in the binary form of COPY, in one transaction that also makes the table: if it
 * breaks anywhere, PostgreSQL leaves nothing of it. Rows are frozen as they come, so no vacuum has to read them again. For
 * one thread.
 */
final class PostgresEditionWriter implements EditionWriter {
    private static final byte[] SIGNATURE = "PGCOPY\n\377\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final int BUFFER_BYTES = 1 << 16;
    private static final short COLUMNS = 2;
    private static final short TRAILER = -1;

    private final PostgresRegistryStore store;
    private final Connection connection;
    private final Path scratch;
    private final EditionOrigin origin;
    private final RecordTokens tokens;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private @Nullable CopyIn copy;
    private @Nullable RecordKey last;
    private int valueLength;
    private long number;
    private long records;
    private boolean handedOn;
    private boolean closed;

    PostgresEditionWriter(
            PostgresRegistryStore store,
            Connection connection,
            Path scratch,
            EditionOrigin origin,
            RecordTokens tokens) {
        this.store = store;
        this.connection = connection;
        this.scratch = scratch;
        this.origin = origin;
        this.tokens = tokens;
    }

    @Override
    public RecordTokens tokens() {
        return tokens;
    }

    @Override
    public Path scratch() {
        return scratch;
    }

    @Override
    public void append(RecordKey key, RecordValue value) throws IOException {
        if (last != null && key.compareTo(last) <= 0) {
            throw new IOException("record keys must ascend");
        }
        byte[] bytes = value.bytes();
        try {
            if (copy == null) {
                copy = begin();
                valueLength = bytes.length;
            }
            put(copy, key.bytes(), bytes);
        } catch (SQLException e) {
            throw PostgresRegistryStore.failed("a record cannot be written", e);
        }
        last = key;
        records++;
    }

    private CopyIn begin() throws SQLException {
        number = store.tables().nextNumber(connection);
        store.tables().create(connection, number);
        CopyIn begun = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY " + store.tables().records(number) + " (k, v) FROM STDIN (FORMAT binary, FREEZE)");
        // No flags, no extension of the header.
        buffer.put(SIGNATURE).putInt(0).putInt(0);
        return begun;
    }

    private void put(CopyIn into, byte[] key, byte[] value) throws SQLException {
        if (buffer.remaining() < Short.BYTES + 2 * Integer.BYTES + key.length + value.length) {
            flush(into);
        }
        buffer.putShort(COLUMNS)
                .putInt(key.length)
                .put(key)
                .putInt(value.length)
                .put(value);
    }

    private void flush(CopyIn into) throws SQLException {
        into.writeToCopy(buffer.array(), 0, buffer.position());
        buffer.clear();
    }

    @Override
    public DraftEdition finish() throws IOException {
        CopyIn into = copy;
        if (into == null) {
            throw new IOException("an edition without records would answer no to everybody");
        }
        try {
            byte[] nobodys = new byte[valueLength];
            new SecureRandom().nextBytes(nobodys);
            put(into, EditionTables.BEYOND, nobodys);
            flush(into);
            buffer.putShort(TRAILER);
            flush(into);
            into.endCopy();
            Edition edition = store.describe(origin, number, records, tokens.keyId());
            EditionFacts facts = EditionFacts.of(store.schema(), edition);
            store.tables().complete(connection, facts, facts.seal(tokens));
            connection.commit();
            Folders.delete(scratch);
            handedOn = true;
            return new DraftOnce(edition, new PostgresDraft(store, connection, edition.number()));
        } catch (SQLException e) {
            throw PostgresRegistryStore.failed("the edition's table cannot be finished", e);
        }
    }

    @Override
    public void close() throws IOException {
        if (closed || handedOn) {
            return;
        }
        closed = true;
        try {
            CopyIn into = copy;
            if (into != null && into.isActive()) {
                into.cancelCopy();
            }
        } catch (SQLException broken) {
            // Then so is the transaction, and the server drops what was made in it.
            return;
        } finally {
            store.tables().release(connection);
            Folders.delete(scratch);
        }
    }
}
