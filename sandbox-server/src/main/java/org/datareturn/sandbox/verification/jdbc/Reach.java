package org.datareturn.sandbox.verification.jdbc;

import java.sql.SQLException;
import java.util.Collection;
import org.datareturn.sandbox.control.jdbc.Transactor;

/** Who else may write the database, and so what a server can know without asking it. Thread-safe. */
sealed interface Reach {
    /** Whether the database may hold something under a name. */
    boolean mayHold(String name);

    /** To be called before something is written under a name. */
    void writing(String name);

    /** Whether no other server writes. */
    boolean isAlone();

    /** Waits until no other server works on the same cells. */
    void lock(Transactor.OnDemand database, Collection<String> cells) throws SQLException;

    /** Other servers write it too. */
    final class Shared implements Reach {
        @Override
        public boolean mayHold(String name) {
            return true;
        }

        @Override
        public void writing(String name) {
            // The others are not told: each of them asks.
        }

        @Override
        public boolean isAlone() {
            return false;
        }

        @Override
        public void lock(Transactor.OnDemand database, Collection<String> cells) throws SQLException {
            CellLocks.inDatabase(database.connection(), cells);
        }
    }

    /**
     * This server alone writes it.
     *
     * @param kept what it may hold
     */
    record Own(MaybeKept kept) implements Reach {
        @Override
        public boolean mayHold(String name) {
            return kept.mayHold(name);
        }

        @Override
        public void writing(String name) {
            kept.add(name);
        }

        @Override
        public boolean isAlone() {
            return true;
        }

        @Override
        public void lock(Transactor.OnDemand database, Collection<String> cells) {
            // The locks within the process are all there are.
        }
    }
}
