package org.datareturn.sandbox.verification.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.datareturn.sandbox.control.jdbc.Rows;

/**
 * Lets one unit at a time work on a cell: within this process by striped locks, so that a flood about one person holds one
 * connection and not all of them; between servers by PostgreSQL's transaction-level advisory locks. H2 files have one
 * process. Both kinds are taken in ascending order, so that units never wait for each other in a circle. Thread-safe.
 */
final class CellLocks {
    private static final int STRIPES = 1024;
    /** Ours among the advisory locks of a database: "probe" in a telephone's letters. */
    private static final int ADVISORY_CLASS = 77_623;

    private final List<ReentrantLock> stripes = new ArrayList<>();

    CellLocks() {
        for (int i = 0; i < STRIPES; i++) {
            stripes.add(new ReentrantLock());
        }
    }

    /** Does work while no other thread of this process works on the same cells. */
    <T> T holding(Collection<String> cells, Supplier<T> work) {
        List<ReentrantLock> held = new ArrayList<>();
        try {
            stripesOf(cells).stream().mapToObj(stripes::get).forEach(lock -> {
                lock.lock();
                held.add(lock);
            });
            return work.get();
        } finally {
            held.reversed().forEach(ReentrantLock::unlock);
        }
    }

    /** Waits until no other server that shares the database works on the same cells; until the transaction ends. */
    static void inDatabase(Connection connection, Collection<String> cells) throws SQLException {
        if (cells.isEmpty() || !connection.getMetaData().getURL().startsWith("jdbc:postgresql:")) {
            return;
        }
        // One statement for all: the array's elements are taken in its order.
        Rows.all(
                connection,
                row -> true,
                "SELECT pg_advisory_xact_lock(?, stripe) FROM unnest(CAST(? AS INTEGER[])) AS stripe",
                ADVISORY_CLASS,
                stripesOf(cells).stream().mapToObj(String::valueOf).collect(Collectors.joining(",", "{", "}")));
    }

    /** In ascending order. */
    private static BitSet stripesOf(Collection<String> cells) {
        BitSet stripes = new BitSet(STRIPES);
        cells.forEach(cell -> stripes.set(Math.floorMod(cell.hashCode(), STRIPES)));
        return stripes;
    }
}
