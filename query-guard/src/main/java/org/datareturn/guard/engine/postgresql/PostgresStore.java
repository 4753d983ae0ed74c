package org.datareturn.guard.engine.postgresql;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.datareturn.guard.engine.EngineDialect;
import org.datareturn.guard.engine.EngineException;
import org.datareturn.guard.engine.EngineStore;
import org.jspecify.annotations.Nullable;

/**
 * An edition of a zone in a schema of its own in a PostgreSQL database. Each statement runs in a read-only transaction on a
 * connection of its own, a few at a time. The schema goes when the store is closed.
 */
public final class PostgresStore implements EngineStore {
    static final PostgresDialect DIALECT = new PostgresDialect();

    private static final Pattern DATE = Pattern.compile("(\\d{4,7})-(\\d\\d)-(\\d\\d)( BC)?");

    private static final int AT_ONCE = 8;
    private static final int FETCHED_ROWS = 500;

    private final PostgresConnections connections;
    private final PostgresSchema schema;
    private final Semaphore slots = new Semaphore(AT_ONCE, true);

    PostgresStore(PostgresConnections connections, PostgresSchema schema) {
        this.connections = connections;
        this.schema = schema;
    }

    @Override
    public EngineDialect dialect() {
        return DIALECT;
    }

    @Override
    public void query(String sql, Consumer<List<@Nullable Object>> reader) throws EngineException {
        try {
            if (!slots.tryAcquire(connections.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
                throw new EngineException("postgresql: all connections were in use for too long");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new EngineException("postgresql: interrupted", stopped);
        }
        try {
            read(sql, reader);
        } catch (SQLException failed) {
            throw PostgresConnections.failure("a statement failed or took too long", failed);
        } finally {
            slots.release();
        }
    }

    private void read(String sql, Consumer<List<@Nullable Object>> reader) throws SQLException {
        try (Connection own = connections.reading(schema.name());
                Statement statement = own.createStatement()) {
            // In this order: a crash after the check ends this connection too.
            schema.requireHeld();
            own.setAutoCommit(false);
            statement.setFetchSize(FETCHED_ROWS);
            statement.setMaxRows(MOST_ROWS + 1);
            statement.setQueryTimeout(Math.toIntExact(connections.timeout().toSeconds()));
            try (ResultSet result = statement.executeQuery(sql)) {
                int width = result.getMetaData().getColumnCount();
                int[] types = new int[width];
                for (int i = 0; i < width; i++) {
                    types[i] = result.getMetaData().getColumnType(i + 1);
                }
                while (result.next()) {
                    List<@Nullable Object> row = new ArrayList<>(width);
                    for (int i = 0; i < width; i++) {
                        row.add(value(result, i + 1, types[i]));
                    }
                    reader.accept(Collections.unmodifiableList(row));
                }
            }
        }
    }

    private static @Nullable Object value(ResultSet result, int place, int type) throws SQLException {
        if (type == Types.DATE) {
            return date(result.getString(place));
        }
        Object raw = result.getObject(place);
        return switch (raw) {
            case null -> null;
            case Integer whole -> whole.longValue();
            case Short whole -> whole.longValue();
            case Array array -> numbers((Object[]) array.getArray());
            default -> raw;
        };
    }

    /** A date as the server writes it: the driver's own reading knows no 29 February of the year 0. */
    private static @Nullable LocalDate date(@Nullable String text) throws SQLException {
        if (text == null) {
            return null;
        }
        Matcher parts = DATE.matcher(text);
        if (!parts.matches()) {
            throw new SQLException("a date of another form", "22007");
        }
        int year = Integer.parseInt(parts.group(1));
        return LocalDate.of(
                parts.group(4) == null ? year : 1 - year,
                Integer.parseInt(parts.group(2)),
                Integer.parseInt(parts.group(3)));
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
        schema.drop();
    }
}
