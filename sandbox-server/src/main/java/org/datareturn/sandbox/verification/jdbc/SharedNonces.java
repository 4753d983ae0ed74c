package org.datareturn.sandbox.verification.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.datareturn.sandbox.control.jdbc.Rows;
import org.datareturn.sandbox.control.jdbc.Transactor;

/**
 * In the database, for all servers that share it. Of two that insert the same request at once one is turned back, is done
 * again and finds it.
 */
final class SharedNonces implements Nonces {
    @Override
    public Instant knownSince() {
        return Instant.MIN;
    }

    @Override
    public Taken take(Transactor.OnDemand database, Map<String, Instant> sent) throws SQLException {
        Set<String> fresh = new HashSet<>(sent.keySet());
        Rows.all(
                        database.connection(),
                        row -> Rows.text(row, "token"),
                        "SELECT token FROM request_nonces WHERE token IN (" + BatchStatements.places(sent.size()) + ")",
                        sent.keySet().toArray())
                .forEach(fresh::remove);
        BatchStatements.once(database.connection(), sent, fresh);
        return new Taken(fresh, false);
    }

    @Override
    public void release(Collection<String> taken) {
        // The transaction that wrote them is rolled back.
    }

    @Override
    public void forgetBefore(Connection connection, Instant instant) throws SQLException {
        Rows.change(connection, "DELETE FROM request_nonces WHERE sent_at < ?", instant);
    }
}
