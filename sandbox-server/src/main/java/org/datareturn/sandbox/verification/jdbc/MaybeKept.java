package org.datareturn.sandbox.verification.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What the database may hold, for the one server that writes it: most persons were never asked about wrongly, and the
 * database need not be asked about those. A Bloom filter (Bloom, CACM 13(7), 1970) of 16 MiB: it never says no of what is
 * there; of what is not it says "maybe" in one of some 5,000 cases when a million names are in it, in one of 50 at ten
 * million. Names are keyed tokens, so nobody can choose them to fill it. Nothing is ever taken out. Thread-safe.
 */
final class MaybeKept {
    private static final int LOG_BITS = 27;
    private static final int LOG_WORD = 6;
    private static final long MASK = (1L << LOG_BITS) - 1;

    private final AtomicLongArray words = new AtomicLongArray(1 << (LOG_BITS - LOG_WORD));

    /** All that a database holds now. */
    static MaybeKept of(Connection connection) throws SQLException {
        MaybeKept kept = new MaybeKept();
        for (String names : new String[] {
            "SELECT DISTINCT cell FROM probe_entries",
            "SELECT counter FROM probe_tallies",
            "SELECT subject FROM canary_subjects"
        }) {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(names)) {
                while (rows.next()) {
                    kept.add(rows.getString(1));
                }
            }
        }
        return kept;
    }

    /** To be called before a name is written. */
    void add(String name) {
        long hash = hash(name);
        set(hash & MASK);
        set(hash >>> LOG_BITS & MASK);
    }

    /** Whether a name may have been written; when not, it was not. */
    boolean mayHold(String name) {
        long hash = hash(name);
        return isSet(hash & MASK) && isSet(hash >>> LOG_BITS & MASK);
    }

    private void set(long bit) {
        int word = (int) (bit >>> LOG_WORD);
        long mask = 1L << bit;
        if ((words.get(word) & mask) == 0) {
            words.accumulateAndGet(word, mask, (before, added) -> before | added);
        }
    }

    private boolean isSet(long bit) {
        return (words.get((int) (bit >>> LOG_WORD)) & 1L << bit) != 0;
    }

    /** FNV-1a over the characters, then the finaliser of SplitMix64: every character bears on every bit. */
    private static long hash(String name) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        return hash ^ (hash >>> 31);
    }
}
