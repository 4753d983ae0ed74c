package org.datareturn.sandbox.verification.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.datareturn.sandbox.control.jdbc.Rows;
import org.datareturn.verifier.probing.KeptPage;
import org.datareturn.verifier.probing.ProbeEntry;

/** Statements about many rows at once. */
final class BatchStatements {
    private BatchStatements() {}

    /** Question marks for a list. */
    static String places(int count) {
        return String.join(", ", Collections.nCopies(count, "?"));
    }

    /** Enters or renews one entry a cell. */
    static void renew(Connection connection, Map<String, ProbeEntry> byCell) throws SQLException {
        List<Map.Entry<String, ProbeEntry>> fresh = new ArrayList<>();
        List<Map.Entry<String, ProbeEntry>> all = List.copyOf(byCell.entrySet());
        int[] changed =
                each(connection, "UPDATE probe_entries SET met_at = ? WHERE cell = ? AND item = ?", all, (to, one) -> {
                    to.setObject(1, one.getValue().at().atOffset(ZoneOffset.UTC));
                    to.setString(2, one.getKey());
                    to.setString(3, one.getValue().item());
                });
        for (int i = 0; i < changed.length; i++) {
            if (changed[i] == 0) {
                fresh.add(all.get(i));
            }
        }
        each(
                connection,
                "INSERT INTO probe_entries (cell, item, sketch, met_at) VALUES (?, ?, ?, ?)",
                fresh,
                (to, one) -> {
                    to.setString(1, one.getKey());
                    to.setString(2, one.getValue().item());
                    to.setString(3, one.getValue().sketch());
                    to.setObject(4, one.getValue().at().atOffset(ZoneOffset.UTC));
                });
    }

    /** Enters things that may come once. */
    static void once(Connection connection, Map<String, Instant> sent, Set<String> fresh) throws SQLException {
        // In one order, so that two servers wait for one another in one direction only.
        List<String> tokens = fresh.stream().sorted().toList();
        each(connection, "INSERT INTO request_nonces (token, sent_at) VALUES (?, ?)", tokens, (to, token) -> {
            to.setString(1, token);
            to.setObject(2, sent.getOrDefault(token, Instant.EPOCH).atOffset(ZoneOffset.UTC));
        });
    }

    /** Keeps a page; how many were kept, none when there is such a page already. */
    static int keep(Connection connection, KeptPage page) throws SQLException {
        return Rows.change(
                connection,
                "INSERT INTO batch_pages (book, number, trace, sealed, kept_at) SELECT CAST(? AS VARCHAR(64)),"
                        + " CAST(? AS BIGINT), CAST(? AS VARCHAR(32)), CAST(? AS BYTEA),"
                        + " CAST(? AS TIMESTAMP(6) WITH TIME ZONE)"
                        + " WHERE NOT EXISTS (SELECT 1 FROM batch_pages WHERE book = ? AND number = ?)",
                page.book(),
                page.number(),
                page.trace(),
                page.sealed(),
                page.at(),
                page.book(),
                page.number());
    }

    private interface Binding<T> {
        void bind(PreparedStatement to, T one) throws SQLException;
    }

    private static <T> int[] each(Connection connection, String sql, List<T> all, Binding<T> binding)
            throws SQLException {
        if (all.isEmpty()) {
            return new int[0];
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (T one : all) {
                binding.bind(statement, one);
                statement.addBatch();
            }
            return statement.executeBatch();
        }
    }
}
