package org.datareturn.sandbox.model.jdbc;

import java.util.Optional;
import javax.sql.DataSource;
import org.datareturn.sandbox.control.jdbc.Rows;
import org.datareturn.sandbox.control.jdbc.Transactor;
import org.datareturn.sandbox.model.ModelFiles;

/** Sealed models in the control database, on H2 and PostgreSQL. Thread-safe. */
public final class JdbcModelFiles implements ModelFiles {
    private final Transactor transactor;

    /** Files over one migrated database. */
    public JdbcModelFiles(DataSource dataSource) {
        this.transactor = new Transactor(dataSource);
    }

    @Override
    public void keep(String declarationSha256, String fileSha256, byte[] sealed) {
        transactor.inTransaction("keep model", connection -> {
            boolean known = Rows.first(
                            connection,
                            row -> true,
                            "SELECT file_sha256 FROM model_files WHERE declaration_sha256 = ? AND file_sha256 = ?",
                            declarationSha256,
                            fileSha256)
                    .isPresent();
            return known
                    ? 0
                    : Rows.change(
                            connection,
                            "INSERT INTO model_files (declaration_sha256, file_sha256, sealed) VALUES (?, ?, ?)",
                            declarationSha256,
                            fileSha256,
                            sealed);
        });
    }

    @Override
    public Optional<byte[]> find(String declarationSha256, String fileSha256) {
        return transactor.reading(
                "read model",
                connection -> Rows.first(
                        connection,
                        row -> row.getBytes("sealed"),
                        "SELECT sealed FROM model_files WHERE declaration_sha256 = ? AND file_sha256 = ?",
                        declarationSha256,
                        fileSha256));
    }
}
