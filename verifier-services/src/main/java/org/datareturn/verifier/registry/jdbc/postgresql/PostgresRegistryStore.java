package org.datareturn.verifier.registry.jdbc.postgresql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.datareturn.verifier.reason.RegistryReason;
import org.datareturn.verifier.registry.Edition;
import org.datareturn.verifier.registry.EditionFacts;
import org.datareturn.verifier.registry.EditionOrigin;
import org.datareturn.verifier.registry.EditionWriter;
import org.datareturn.verifier.registry.Folders;
import org.datareturn.verifier.registry.Lease;
import org.datareturn.verifier.registry.RegistryException;
import org.datareturn.verifier.registry.RegistrySchema;
import org.datareturn.verifier.registry.RegistryStore;
import org.datareturn.verifier.tokens.SubjectTokens;
import org.jspecify.annotations.Nullable;

/**
 * A registry in PostgreSQL, for several nodes. Which edition answers is read with every lease, so that a new one answers on
 * every node from the moment its publishing is committed. A lease is a read-only transaction that has the edition's table
 * open; PostgreSQL itself keeps it from being dropped meanwhile, by whatever node. Thread-safe.
 */
public final class PostgresRegistryStore implements RegistryStore {
    private static final String UNDEFINED_TABLE = "42P01";
    /** An edition can be superseded and dropped between the two statements of a lease, but not again and again. */
    private static final int TRIES = 5;

    private final DataSource database;
    private final Path scratch;
    private final RegistrySchema schema;
    private final SubjectTokens keys;
    private final Clock clock;
    private final EditionTables tables;
    private final AtomicReference<@Nullable Known> known = new AtomicReference<>();
    private volatile boolean closed;

    /** An edition whose seal was found to hold. */
    private record Known(Edition edition, String seal) {}

    private PostgresRegistryStore(
            DataSource database, Path scratch, RegistrySchema schema, SubjectTokens keys, Clock clock) {
        this.database = database;
        this.scratch = scratch;
        this.schema = schema;
        this.keys = keys;
        this.clock = clock;
        this.tables = new EditionTables(schema.registry());
    }

    /**
     * Opens a registry, or prepares an empty one.
     *
     * @param database connections of a role that may create tables in its first schema; not closed with the store
     * @param scratch a folder of this process alone, in which tokens are sorted
     * @param schema the shape its products want
     * @param keys the keys its tokens are made under
     * @param clock dates new editions
     * @throws IOException when the database cannot be reached, or the edition that answers is of another shape, or its seal
     *     does not hold under these keys
     */
    public static PostgresRegistryStore open(
            DataSource database, Path scratch, RegistrySchema schema, SubjectTokens keys, Clock clock)
            throws IOException {
        PostgresRegistryStore store = new PostgresRegistryStore(database, scratch, schema, keys, clock);
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            EditionTables.prepare(connection);
            connection.commit();
            Optional<EditionTables.Stored> current = store.tables.current(connection);
            connection.rollback();
            connection.setAutoCommit(true);
            if (current.isPresent()) {
                store.known(current.get());
            }
            return store;
        } catch (SQLException e) {
            throw failed("the registry " + schema.registry() + " cannot be opened", e);
        }
    }

    @Override
    public RegistrySchema schema() {
        return schema;
    }

    @Override
    public Optional<Lease> lease() {
        if (closed) {
            return Optional.empty();
        }
        try {
            for (int tried = 0; tried < TRIES; tried++) {
                Connection connection = database.getConnection();
                try {
                    Optional<Lease> lease = lease(connection);
                    if (lease.isEmpty()) {
                        PostgresLease.end(connection);
                    }
                    return lease;
                } catch (SQLException e) {
                    PostgresLease.end(connection);
                    if (!UNDEFINED_TABLE.equals(e.getSQLState())) {
                        throw e;
                    }
                } catch (IOException e) {
                    PostgresLease.end(connection);
                    return Optional.empty();
                }
            }
            return unreachable("the edition changes too often");
        } catch (SQLException e) {
            return unreachable("SQL state " + e.getSQLState());
        }
    }

    private Optional<Lease> lease(Connection connection) throws SQLException, IOException {
        connection.setReadOnly(true);
        connection.setAutoCommit(false);
        Optional<EditionTables.Stored> current = tables.current(connection);
        if (current.isEmpty()) {
            return Optional.empty();
        }
        Edition edition = known(current.get());
        tables.hold(connection, edition.number());
        return Optional.of(new PostgresLease(
                connection,
                edition,
                keys.under(edition.keyId()).orElseThrow(),
                tables.records(edition.number()),
                schema));
    }

    /** While the database does not answer, what was there last is known to be there, and cannot be read. */
    private Optional<Lease> unreachable(String cause) {
        Known last = known.get();
        return last == null
                ? Optional.empty()
                : Optional.of(new UnreadableLease(
                        last.edition, keys.under(last.edition.keyId()).orElseThrow(), cause));
    }

    /** An edition, held to its seal unless that was done before. */
    private Edition known(EditionTables.Stored stored) throws IOException {
        Known last = known.get();
        if (last != null
                && EditionFacts.of(schema, last.edition).equals(stored.facts())
                && last.seal.equals(stored.seal())) {
            return last.edition;
        }
        Edition edition = stored.facts().held(HexFormat.of().parseHex(stored.seal()), schema, keys);
        known.set(new Known(edition, stored.seal()));
        return edition;
    }

    @Override
    public EditionWriter begin(EditionOrigin origin) throws IOException {
        if (closed) {
            throw new IOException("the registry " + schema.registry() + " is closed");
        }
        try {
            return begin(database.getConnection(), origin);
        } catch (SQLException e) {
            throw failed("a new edition of the registry " + schema.registry() + " cannot be begun", e);
        }
    }

    private EditionWriter begin(Connection connection, EditionOrigin origin) throws SQLException, IOException {
        try {
            connection.setAutoCommit(false);
            if (!tables.lock(connection)) {
                throw new RegistryException(RegistryReason.EDITION_BEING_BUILT, schema.registry());
            }
        } catch (SQLException | IOException e) {
            PostgresLease.end(connection);
            throw e;
        }
        try {
            tables.dropOthers(connection);
            Folders.delete(scratch);
            Files.createDirectories(scratch);
            return new PostgresEditionWriter(this, connection, scratch, origin, keys.primary());
        } catch (SQLException | IOException e) {
            tables.release(connection);
            throw e;
        }
    }

    EditionTables tables() {
        return tables;
    }

    Edition describe(EditionOrigin origin, long number, long records, int keyId) {
        return new Edition(
                schema.registry(), number, origin, clock.instant().truncatedTo(ChronoUnit.MILLIS), records, keyId);
    }

    static IOException failed(String what, SQLException why) {
        RegistryException failed = new RegistryException(
                what + ": SQL state " + why.getSQLState(),
                RegistryReason.REGISTRY_DATABASE,
                String.valueOf(why.getSQLState()));
        failed.initCause(why);
        return failed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
