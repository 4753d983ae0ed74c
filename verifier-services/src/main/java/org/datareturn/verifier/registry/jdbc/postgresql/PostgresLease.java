package org.datareturn.verifier.registry.jdbc.postgresql;

import java.security.MessageDigest;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.datareturn.verifier.registry.Edition;
import org.datareturn.verifier.registry.Lease;
import org.datareturn.verifier.registry.Reading;
import org.datareturn.verifier.registry.RegistrySchema;
import org.datareturn.verifier.tokens.RecordKey;
import org.datareturn.verifier.tokens.RecordTokens;
import org.datareturn.verifier.tokens.RecordValue;

/**
 * A read-only transaction that has an edition's table open. Every read is the same statement, walks the index to the first
 * record at or after the key and gives back one row, whose key is compared in constant time here: the database does not
 * learn, and its work does not show, whether the subject is there.
 */
final class PostgresLease implements Lease {
    private final Connection connection;
    private final Edition edition;
    private final RecordTokens tokens;
    private final String one;
    private final String many;
    private final int valueLength;
    private boolean open = true;

    PostgresLease(Connection connection, Edition edition, RecordTokens tokens, String records, RegistrySchema schema) {
        this.connection = connection;
        this.edition = edition;
        this.tokens = tokens;
        this.one = "SELECT k, v FROM " + records + " WHERE k >= ? ORDER BY k LIMIT 1";
        this.many = "SELECT found.k, found.v FROM unnest(?) WITH ORDINALITY AS asked(k, place) CROSS JOIN LATERAL"
                + " (SELECT k, v FROM " + records + " WHERE k >= asked.k ORDER BY k LIMIT 1) found ORDER BY place";
        this.valueLength = RecordValue.length(schema.facts().size());
    }

    @Override
    public Edition edition() {
        return edition;
    }

    @Override
    public RecordTokens tokens() {
        return tokens;
    }

    @Override
    public Reading read(RecordKey key) {
        if (!open) {
            return new Reading.Unreadable("the lease is closed");
        }
        try (PreparedStatement statement = connection.prepareStatement(one)) {
            statement.setBytes(1, key.bytes());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? reading(row, key) : new Reading.Unreadable("the edition's last record is gone");
            }
        } catch (SQLException e) {
            return new Reading.Unreadable("SQL state " + e.getSQLState());
        }
    }

    @Override
    public List<Reading> readAll(List<RecordKey> keys) {
        if (!open) {
            return Lease.super.readAll(keys);
        }
        try (PreparedStatement statement = connection.prepareStatement(many)) {
            Array asked = connection.createArrayOf(
                    "bytea", keys.stream().map(RecordKey::bytes).toArray(byte[][]::new));
            statement.setArray(1, asked);
            List<Reading> readings = new ArrayList<>(keys.size());
            try (ResultSet row = statement.executeQuery()) {
                while (readings.size() < keys.size() && row.next()) {
                    readings.add(reading(row, keys.get(readings.size())));
                }
            }
            return readings.size() == keys.size() ? readings : unreadable(keys, "the edition's last record is gone");
        } catch (SQLException e) {
            return unreadable(keys, "SQL state " + e.getSQLState());
        }
    }

    private static List<Reading> unreadable(List<RecordKey> keys, String cause) {
        return Collections.nCopies(keys.size(), new Reading.Unreadable(cause));
    }

    private Reading reading(ResultSet row, RecordKey key) throws SQLException {
        boolean sameKey = MessageDigest.isEqual(row.getBytes(1), key.bytes());
        byte[] stored = row.getBytes(2);
        if (stored.length != valueLength) {
            return new Reading.Unreadable("a record has " + stored.length + " bytes");
        }
        RecordValue value = RecordValue.read(stored);
        return sameKey ? new Reading.Present(value) : new Reading.Absent();
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            end(connection);
        }
    }

    /** Gives a connection back as it was. */
    static void end(Connection connection) {
        try (connection) {
            connection.rollback();
            connection.setAutoCommit(true);
            connection.setReadOnly(false);
        } catch (SQLException broken) {
            // The pool throws a connection away that broke; the server ends its transaction with it.
            return;
        }
    }
}
