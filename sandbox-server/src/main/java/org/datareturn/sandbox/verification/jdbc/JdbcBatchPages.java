package org.datareturn.sandbox.verification.jdbc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.datareturn.sandbox.control.jdbc.Rows;
import org.datareturn.sandbox.control.jdbc.Transactor;
import org.datareturn.sandbox.ledger.TraceId;
import org.datareturn.sandbox.verification.batch.BatchPages;
import org.datareturn.verifier.probing.KeptPage;

/** The pages of batches in the control database. Thread-safe. */
public final class JdbcBatchPages implements BatchPages {
    private static final String COLUMNS = "SELECT book, number, trace, sealed, kept_at FROM batch_pages";
    private static final int FETCHED = 16;

    private final Transactor transactor;

    /** Pages in a migrated database. */
    public JdbcBatchPages(DataSource dataSource) {
        this.transactor = new Transactor(dataSource);
    }

    @Override
    public void read(String book, Instant since, Consumer<KeptPage> reader) {
        transactor.inTransaction("read batch", connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement(COLUMNS + " WHERE book = ? AND kept_at >= ? ORDER BY number")) {
                statement.setFetchSize(FETCHED);
                statement.setString(1, book);
                statement.setObject(2, since.atOffset(ZoneOffset.UTC));
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        reader.accept(page(rows));
                    }
                }
            }
            return true;
        });
    }

    @Override
    public Optional<KeptPage> page(String book, long number) {
        return transactor.reading(
                "read batch page",
                connection -> Rows.first(
                        connection, JdbcBatchPages::page, COLUMNS + " WHERE book = ? AND number = ?", book, number));
    }

    @Override
    public Optional<KeptPage> ofTrace(TraceId chunk) {
        return transactor.reading(
                "find batch page",
                connection -> Rows.first(connection, JdbcBatchPages::page, COLUMNS + " WHERE trace = ?", chunk.hex()));
    }

    @Override
    public void forgetBefore(Instant instant) {
        transactor.inTransaction(
                "forget batches",
                connection -> Rows.change(connection, "DELETE FROM batch_pages WHERE kept_at < ?", instant));
    }

    private static KeptPage page(ResultSet row) throws SQLException {
        return new KeptPage(
                Rows.text(row, "book"),
                row.getLong("number"),
                Rows.text(row, "trace"),
                row.getBytes("sealed"),
                Rows.instant(row, "kept_at"));
    }
}
