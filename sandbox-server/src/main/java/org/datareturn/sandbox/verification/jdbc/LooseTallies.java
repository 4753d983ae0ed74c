package org.datareturn.sandbox.verification.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.datareturn.sandbox.control.jdbc.Rows;
import org.datareturn.sandbox.control.jdbc.Transactor;

/**
 * Tallies in the database, with what was counted since they were last written. A call need not write a row of its own to be
 * counted: each server writes when as much has gathered as may be missing. Thread-safe.
 */
final class LooseTallies {
    /** So many counters are kept in memory; those longest unused are written no more and forgotten. */
    private static final int MOST_COUNTERS = 50_000;

    private final Map<String, Gathered> gathered = new LinkedHashMap<>(16, 0.75f, true);
    private final Reach reach;

    /** Tallies in a database that others may write too, or not. */
    LooseTallies(Reach reach) {
        this.reach = reach;
    }

    /** What was read last, and what has gathered since. Guarded by {@link #gathered}. */
    private static final class Gathered {
        private final long bucket;
        private long written;
        private long since;

        Gathered(long bucket, long written, long since) {
            this.bucket = bucket;
            this.written = written;
            this.since = since;
        }
    }

    /**
     * What one unit of work counted: the database takes its share back when the unit is rolled back, this the rest. For one
     * thread.
     */
    static final class Counted {
        private record One(String counter, long bucket, long by, long written) {}

        private final List<One> all = new ArrayList<>();
    }

    /**
     * Takes back what a unit counted that came to nothing, once: whatever others counted meanwhile stays.
     *
     * @param counted is empty afterwards
     */
    void takeBack(Counted counted) {
        synchronized (gathered) {
            for (Counted.One one : counted.all) {
                Gathered known = gathered.get(one.counter());
                if (known != null && known.bucket == one.bucket()) {
                    // What others had gathered was written with it and was rolled back with it: it is still to be
                    // written.
                    // Where others have written this unit's share, less than nothing is.
                    known.written -= one.written();
                    known.since += one.written() - one.by();
                }
            }
        }
        counted.all.clear();
    }

    /**
     * Adds to a tally and answers it.
     *
     * @param counted notes what was added, before anything can fail
     */
    long add(Transactor.OnDemand database, String counter, long bucket, long by, int slack, Counted counted)
            throws SQLException {
        long toWrite;
        long total;
        long begun = isKnown(counter, bucket) || !reach.mayHold(counter)
                ? 0
                : written(database.connection(), counter, bucket);
        synchronized (gathered) {
            Gathered known = gathered.get(counter);
            if (known == null || known.bucket != bucket) {
                known = new Gathered(bucket, begun, 0);
                keep(counter, known);
            }
            long since = known.since + by;
            if (since >= 0 && since < slack) {
                if (by != 0) {
                    known.since = since;
                    counted.all.add(new Counted.One(counter, bucket, by, 0));
                }
                return known.written + since;
            }
            // Taken by this thread: another that counts meanwhile begins at nothing.
            toWrite = since;
            total = known.written + since;
            known.written = total;
            known.since = 0;
            counted.all.add(new Counted.One(counter, bucket, by, since));
        }
        if (toWrite != 0) {
            reach.writing(counter);
            write(database.connection(), counter, bucket, toWrite);
        }
        if (reach.isAlone()) {
            return total;
        }
        total = written(database.connection(), counter, bucket);
        synchronized (gathered) {
            Gathered known = gathered.get(counter);
            if (known != null && known.bucket == bucket) {
                known.written = Math.max(total, known.written);
            }
        }
        return total;
    }

    /** Reads tallies together that will be added to one by one. */
    void read(Transactor.OnDemand database, Collection<String> counters, long bucket) throws SQLException {
        List<Object> unknown = new ArrayList<>();
        for (String counter : counters) {
            if (!isKnown(counter, bucket) && reach.mayHold(counter)) {
                unknown.add(counter);
            }
        }
        if (unknown.isEmpty()) {
            return;
        }
        record Written(String counter, long total) {}
        Map<String, Long> written = new HashMap<>();
        List<Object> arguments = new ArrayList<>(unknown);
        arguments.add(bucket);
        Rows.all(
                        database.connection(),
                        row -> new Written(Rows.text(row, "counter"), row.getLong("total")),
                        "SELECT counter, total FROM probe_tallies WHERE counter IN ("
                                + BatchStatements.places(unknown.size()) + ") AND bucket = ?",
                        arguments.toArray())
                .forEach(row -> written.put(row.counter(), row.total()));
        synchronized (gathered) {
            for (Object counter : unknown) {
                Gathered known = gathered.get((String) counter);
                if (known == null || known.bucket != bucket) {
                    keep((String) counter, new Gathered(bucket, written.getOrDefault(counter, 0L), 0));
                }
            }
        }
    }

    /** Writes whatever has gathered, when no more is counted: an orderly end leaves nothing uncounted. */
    void writeAll(Connection database) throws SQLException {
        record Left(String counter, long bucket, long by) {}
        List<Left> all = new ArrayList<>();
        synchronized (gathered) {
            gathered.forEach((counter, known) -> {
                if (known.since > 0) {
                    all.add(new Left(counter, known.bucket, known.since));
                }
            });
        }
        for (Left left : all) {
            reach.writing(left.counter());
            write(database, left.counter(), left.bucket(), left.by());
        }
    }

    /** Forgets what was gathered, once it is written. */
    void clear() {
        synchronized (gathered) {
            gathered.clear();
        }
    }

    private boolean isKnown(String counter, long bucket) {
        synchronized (gathered) {
            Gathered known = gathered.get(counter);
            return known != null && known.bucket == bucket;
        }
    }

    private void keep(String counter, Gathered now) {
        gathered.put(counter, now);
        if (gathered.size() > MOST_COUNTERS) {
            gathered.remove(gathered.keySet().iterator().next());
        }
    }

    private static void write(Connection connection, String counter, long bucket, long by) throws SQLException {
        int changed = Rows.change(
                connection,
                "UPDATE probe_tallies SET total = CASE WHEN bucket = ? THEN total + ? ELSE ? END, bucket = ?"
                        + " WHERE counter = ?",
                bucket,
                by,
                by,
                bucket,
                counter);
        if (changed == 0) {
            Rows.change(
                    connection,
                    "INSERT INTO probe_tallies (counter, bucket, total) VALUES (?, ?, ?)",
                    counter,
                    bucket,
                    by);
        }
    }

    private static long written(Connection connection, String counter, long bucket) throws SQLException {
        return Rows.first(
                        connection,
                        row -> row.getLong("total"),
                        "SELECT total FROM probe_tallies WHERE counter = ? AND bucket = ?",
                        counter,
                        bucket)
                .orElse(0L);
    }
}
