package org.datareturn.sandbox.verification.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.datareturn.sandbox.control.jdbc.Transactor;

/** Where it is remembered which requests came. Thread-safe. */
interface Nonces {
    /** What was sent at this instant or before cannot be told to be new, because it may have come to a server that stopped. */
    Instant knownSince();

    /**
     * Takes those of some requests that are new; what is taken is new to nobody else.
     *
     * @param sent when each was sent, by what it is known by
     */
    Taken take(Transactor.OnDemand database, Map<String, Instant> sent) throws SQLException;

    /**
     * What was taken.
     *
     * @param fresh those that are new
     * @param mustBeOnDisk whether the transaction must be on disk before anything is answered on the strength of it
     */
    record Taken(Set<String> fresh, boolean mustBeOnDisk) {}

    /** Gives back what a unit had taken that came to nothing. */
    void release(Collection<String> taken);

    /** Forgets what was sent before an instant. */
    void forgetBefore(Connection connection, Instant instant) throws SQLException;
}
