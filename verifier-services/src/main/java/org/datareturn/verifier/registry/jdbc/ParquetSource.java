package org.datareturn.verifier.registry.jdbc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.stream.Collectors;
import org.datareturn.verifier.reason.VerifierReason;
import org.datareturn.verifier.registry.CsvSource;
import org.datareturn.verifier.registry.RowProblem;
import org.datareturn.verifier.registry.RowSource;
import org.datareturn.verifier.registry.SourceOpening;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;

/**
 * A Parquet file, read by DuckDB: in-process, streaming, able to open this one file and nothing else on disk or network. Only
 * the columns asked for are decoded.
 */
public final class ParquetSource implements RowSource {
    private final Path file;

    /** A file's rows. */
    public ParquetSource(Path file) {
        this.file = file.toAbsolutePath().normalize();
    }

    @Override
    public Optional<String> fingerprint() throws IOException {
        return Optional.of("parquet " + CsvSource.ofFile(file));
    }

    @Override
    public SourceOpening open(List<String> columns, long skip) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString());
        }
        Connection engine;
        try {
            engine = engine();
        } catch (SQLException e) {
            throw ResultRows.failed("the reader of Parquet cannot be started", e);
        }
        SourceOpening opened;
        try {
            opened = open(engine, columns, skip);
        } catch (SQLException e) {
            opened = new SourceOpening.Unusable(
                    List.of(new RowProblem(1, VerifierReason.REGISTRY_FILE, Optional.empty())));
        }
        if (opened instanceof SourceOpening.Unusable) {
            close(engine);
        }
        return opened;
    }

    private SourceOpening open(Connection engine, List<String> columns, long skip) throws SQLException {
        String rows = "read_parquet(" + literal(file.toString()) + ")";
        List<ColumnText> kinds;
        OptionalLong total;
        try (Statement statement = engine.createStatement()) {
            try (ResultSet none = statement.executeQuery("SELECT * FROM " + rows + " LIMIT 0")) {
                List<RowProblem> problems = ResultRows.problems(none.getMetaData(), columns);
                if (!problems.isEmpty()) {
                    return new SourceOpening.Unusable(problems);
                }
                kinds = ResultRows.kinds(none.getMetaData(), columns);
            }
            try (ResultSet count = statement.executeQuery("SELECT count(*) FROM " + rows)) {
                total = count.next() ? OptionalLong.of(count.getLong(1)) : OptionalLong.empty();
            }
        }
        // DuckDB keeps the order of the file (preserve_insertion_order), so an offset means the same rows each time.
        String query = "SELECT " + columns.stream().map(ParquetSource::quoted).collect(Collectors.joining(", "))
                + " FROM " + rows + " OFFSET " + skip;
        return new SourceOpening.Ready(
                new ResultRows(engine, engine.prepareStatement(query).executeQuery(), kinds, total, skip, false, true));
    }

    /** An engine in memory that can reach the one file. */
    private Connection engine() throws SQLException {
        Properties streaming = new Properties();
        streaming.setProperty(DuckDBDriver.JDBC_STREAM_RESULTS, "true");
        Connection engine = new DuckDBDriver().connect("jdbc:duckdb:", streaming);
        if (engine == null) {
            throw new SQLException("the driver does not know its own URL");
        }
        try (Statement statement = engine.unwrap(DuckDBConnection.class).createStatement()) {
            for (String setting : List.of(
                    "SET temp_directory = ''",
                    "SET allowed_paths = [" + literal(file.toString()) + "]",
                    "SET autoinstall_known_extensions = false",
                    "SET autoload_known_extensions = false",
                    "SET allow_community_extensions = false",
                    "SET allow_unsigned_extensions = false",
                    "SET enable_external_access = false",
                    "SET memory_limit = '512MB'",
                    "SET threads = 1",
                    "SET lock_configuration = true")) {
                statement.execute(setting);
            }
            return engine;
        } catch (SQLException e) {
            engine.close();
            throw e;
        }
    }

    private static void close(Connection engine) throws IOException {
        try {
            engine.close();
        } catch (SQLException e) {
            throw ResultRows.failed("the reader of Parquet cannot be closed", e);
        }
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
