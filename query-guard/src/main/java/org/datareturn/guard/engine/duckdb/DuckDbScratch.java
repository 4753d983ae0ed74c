package org.datareturn.guard.engine.duckdb;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.datareturn.guard.engine.EngineException;
import org.datareturn.guard.engine.Scratch;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * A scratch engine on an empty in-memory DuckDB that is cut off from files, network and extensions, and locked. One
 * thread a statement, so that rows come in one order. A division by zero is null.
 */
public final class DuckDbScratch implements Scratch {
    private static final List<String> SETTINGS = List.of(
            "SET temp_directory = ''",
            "SET enable_external_access = false",
            "SET autoinstall_known_extensions = false",
            "SET autoload_known_extensions = false",
            "SET allow_community_extensions = false",
            "SET allow_unsigned_extensions = false",
            "SET memory_limit = '256MB'",
            "SET threads = 1",
            "SET GLOBAL ieee_floating_point_ops = false",
            "SET GLOBAL error_on_division_by_zero = false",
            "SET lock_configuration = true");

    private final DuckDBConnection connection;
    private final Duration timeout;

    private DuckDbScratch(DuckDBConnection connection, Duration timeout) {
        this.connection = connection;
        this.timeout = timeout;
    }

    /**
     * Opens one.
     *
     * @param timeout how long a statement may run, in whole seconds
     * @throws EngineException when it cannot be locked
     */
    public static DuckDbScratch open(Duration timeout) throws EngineException {
        DuckDBConnection connection = null;
        try {
            connection = DriverManager.getConnection("jdbc:duckdb:").unwrap(DuckDBConnection.class);
            try (Statement statement = connection.createStatement()) {
                for (String setting : SETTINGS) {
                    statement.execute(setting);
                }
            }
            return new DuckDbScratch(connection, timeout);
        } catch (SQLException failed) {
            if (connection != null) {
                new DuckDbScratch(connection, timeout).close();
            }
            throw new EngineException("the scratch engine could not be opened", failed);
        }
    }

    @Override
    public Table run(String sql) throws EngineException {
        try (var own = connection.duplicate();
                Statement statement = own.createStatement()) {
            statement.setQueryTimeout(Math.toIntExact(timeout.toSeconds()));
            try (ResultSet result = statement.executeQuery(sql)) {
                ResultSetMetaData meta = result.getMetaData();
                List<String> types = new ArrayList<>();
                for (int i = 1; i <= meta.getColumnCount(); i++) {
                    types.add(type(meta.getColumnTypeName(i)));
                }
                List<List<@Nullable Object>> rows = new ArrayList<>();
                while (result.next()) {
                    if (rows.size() == MOST_ROWS) {
                        throw new SQLException("more than " + MOST_ROWS + " rows");
                    }
                    List<@Nullable Object> row = new ArrayList<>();
                    for (int i = 0; i < types.size(); i++) {
                        row.add(value(result.getObject(i + 1)));
                    }
                    rows.add(Collections.unmodifiableList(row));
                }
                return new Table(types, rows);
            }
        } catch (SQLException failed) {
            throw new EngineException("the scratch engine failed", failed);
        }
    }

    private static String type(String name) {
        if (name.startsWith("DECIMAL")) {
            return name.replace(" ", "");
        }
        return switch (name) {
            case "TINYINT", "SMALLINT", "INTEGER" -> "INTEGER";
            case "BIGINT", "HUGEINT", "UBIGINT", "UHUGEINT", "UINTEGER" -> "BIGINT";
            case "FLOAT", "DOUBLE" -> "DOUBLE";
            case "DATE", "BOOLEAN" -> name;
            default -> "VARCHAR";
        };
    }

    private static @Nullable Object value(@Nullable Object raw) {
        return switch (raw) {
            case null -> null;
            case Double number -> Double.isFinite(number) ? BigDecimal.valueOf(number) : null;
            case Float number -> Float.isFinite(number) ? new BigDecimal(number.toString()) : null;
            case BigInteger whole -> new BigDecimal(whole);
            case BigDecimal decimal -> decimal;
            case Number whole -> whole.longValue();
            case Boolean flag -> flag;
            case Date date -> date.toLocalDate();
            case java.time.LocalDate date -> date;
            default -> raw.toString();
        };
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException alreadyGone) {
            // It holds nothing, and nothing can be done about it here.
        }
    }
}
