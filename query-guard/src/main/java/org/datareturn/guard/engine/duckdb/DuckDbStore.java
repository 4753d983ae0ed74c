package org.datareturn.guard.engine.duckdb;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.datareturn.guard.declaration.ColumnDeclaration;
import org.datareturn.guard.engine.EngineDialect;
import org.datareturn.guard.engine.EngineException;
import org.datareturn.guard.engine.EngineStore;
import org.datareturn.guard.engine.NumberedTable;
import org.datareturn.guard.load.LoadedTable;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * A zone's tables in an in-memory DuckDB: loaded, then cut off from files, network and extensions, and locked. Each
 * statement runs on a connection of its own.
 */
public final class DuckDbStore implements EngineStore {
    private static final EngineDialect DIALECT = new EngineDialect() {
        @Override
        public String listOf(String expression) {
            return "array_agg(" + expression + ")";
        }

        @Override
        public Optional<String> setOf(String expression, int bits) {
            return Optional.of("CAST(bitstring_agg(" + expression + ", 0, " + (bits - 1) + ") AS BLOB)");
        }
    };

    private final DuckDBConnection connection;
    private final Duration timeout;

    private DuckDbStore(DuckDBConnection connection, Duration timeout) {
        this.connection = connection;
        this.timeout = timeout;
    }

    /**
     * Opens and loads a store.
     *
     * @throws EngineException when it cannot be loaded or locked
     */
    public static DuckDbStore open(List<NumberedTable> tables, int memoryMegabytes, int threads, Duration timeout)
            throws EngineException {
        DuckDBConnection connection = null;
        try {
            connection = DriverManager.getConnection("jdbc:duckdb:").unwrap(DuckDBConnection.class);
            for (NumberedTable table : tables) {
                load(connection, table);
            }
            harden(connection, memoryMegabytes, threads);
            return new DuckDbStore(connection, timeout);
        } catch (SQLException failed) {
            if (connection != null) {
                new DuckDbStore(connection, timeout).close();
            }
            throw new EngineException("embedded: not loaded or not locked", failed);
        }
    }

    private static void load(DuckDBConnection connection, NumberedTable numbered) throws SQLException {
        LoadedTable table = numbered.table();
        StringBuilder columns = new StringBuilder();
        for (ColumnDeclaration column : table.columns()) {
            columns.append(DIALECT.name(column.name()))
                    .append(' ')
                    .append(DIALECT.type(column.type()))
                    .append(", ");
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE " + DIALECT.name(table.table().name()) + " (" + columns + DIALECT.name(ROW)
                    + " INTEGER, " + DIALECT.name(SUBJECT) + " INTEGER)");
        }
        try (DuckDBAppender appender =
                connection.createAppender("main", table.table().name())) {
            for (int i = 0; i < table.rows().size(); i++) {
                appender.beginRow();
                List<@Nullable Object> row = table.rows().get(i);
                for (int c = 0; c < row.size(); c++) {
                    append(appender, table.columns().get(c), row.get(c));
                }
                appender.append(numbered.rows().get(i).intValue());
                appender.append(numbered.subjects().get(i).intValue());
                appender.endRow();
            }
        }
    }

    private static void append(DuckDBAppender appender, ColumnDeclaration column, @Nullable Object value)
            throws SQLException {
        switch (value) {
            case null -> appender.appendNull();
            case Long whole -> {
                switch (column.type().kind()) {
                    case INTEGER -> appender.append(Math.toIntExact(whole));
                    default -> appender.append(whole.longValue());
                }
            }
            case BigDecimal decimal -> appender.append(decimal);
            case String text -> appender.append(text);
            case LocalDate date -> appender.append(date);
            case Boolean flag -> appender.append(flag.booleanValue());
            default -> throw new IllegalArgumentException("no such type of value in a table");
        }
    }

    private static void harden(DuckDBConnection connection, int memoryMegabytes, int threads) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String setting : List.of(
                    "SET temp_directory = ''",
                    "SET enable_external_access = false",
                    "SET autoinstall_known_extensions = false",
                    "SET autoload_known_extensions = false",
                    "SET allow_community_extensions = false",
                    "SET allow_unsigned_extensions = false",
                    "SET memory_limit = '" + memoryMegabytes + "MB'",
                    "SET threads = " + threads,
                    "SET lock_configuration = true")) {
                statement.execute(setting);
            }
        }
    }

    @Override
    public EngineDialect dialect() {
        return DIALECT;
    }

    @Override
    public void query(String sql, Consumer<List<@Nullable Object>> reader) throws EngineException {
        try (var own = connection.duplicate();
                Statement statement = own.createStatement()) {
            statement.setQueryTimeout(Math.toIntExact(timeout.toSeconds()));
            try (ResultSet result = statement.executeQuery(sql)) {
                int width = result.getMetaData().getColumnCount();
                while (result.next()) {
                    List<@Nullable Object> row = new ArrayList<>(width);
                    for (int i = 1; i <= width; i++) {
                        row.add(value(result.getObject(i)));
                    }
                    reader.accept(Collections.unmodifiableList(row));
                }
            }
        } catch (SQLException failed) {
            throw new EngineException("embedded: a statement failed or took too long", failed);
        }
    }

    private static @Nullable Object value(@Nullable Object raw) throws SQLException {
        return switch (raw) {
            case null -> null;
            case Integer whole -> whole.longValue();
            case Short whole -> whole.longValue();
            case Byte whole -> whole.longValue();
            case BigInteger whole -> new BigDecimal(whole);
            case Date date -> date.toLocalDate();
            case Blob set -> set.getBytes(1, Math.toIntExact(set.length()));
            case Array array -> numbers((Object[]) array.getArray());
            default -> raw;
        };
    }

    private static int[] numbers(Object[] values) {
        int[] numbers = new int[values.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = ((Number) values[i]).intValue();
        }
        return numbers;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException alreadyGone) {
            // Nothing of it is on disk, and nothing can be done about it here.
        }
    }
}
