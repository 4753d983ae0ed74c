package org.datareturn.sandbox.control.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Statements with their arguments bound, and columns read as the types the rooms speak. All values go as parameters. */
public final class Rows {
    private Rows() {}

    /** Reads one row. */
    @FunctionalInterface
    public interface Reader<T> {
        /** The row the result stands on. */
        T read(ResultSet row) throws SQLException;
    }

    /** All rows of a query. */
    public static <T> List<T> all(Connection connection, Reader<T> reader, String sql, @Nullable Object... arguments)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, arguments);
            try (ResultSet rows = statement.executeQuery()) {
                List<T> read = new ArrayList<>();
                while (rows.next()) {
                    read.add(reader.read(rows));
                }
                return read;
            }
        }
    }

    /** The first row of a query, when there is one. */
    public static <T> Optional<T> first(
            Connection connection, Reader<T> reader, String sql, @Nullable Object... arguments) throws SQLException {
        return all(connection, reader, sql, arguments).stream().findFirst();
    }

    /** Runs a change and answers how many rows it touched. */
    public static int change(Connection connection, String sql, @Nullable Object... arguments) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, arguments);
            return statement.executeUpdate();
        }
    }

    /** A text that is never NULL. */
    public static String text(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getString(column), column);
    }

    /** A number that may be NULL. */
    public static OptionalLong optionalLong(ResultSet row, String column) throws SQLException {
        long number = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(number);
    }

    /** A number as an argument, NULL when there is none. */
    public static @Nullable Long orNull(OptionalLong number) {
        return number.isPresent() ? number.getAsLong() : null;
    }

    /** A text that may be NULL. */
    public static Optional<String> optionalText(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }

    /** A constant of an enum; a word this version does not know is an error of the store, never a default. */
    public static <E extends Enum<E>> E constant(ResultSet row, String column, Class<E> type) throws SQLException {
        String word = text(row, column);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(word)) {
                return constant;
            }
        }
        throw new SQLException("column " + column + " holds a word that is no " + type.getSimpleName());
    }

    /** An instant. */
    public static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** A date that may be NULL. */
    public static Optional<LocalDate> optionalDate(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, LocalDate.class));
    }

    private static void bind(PreparedStatement statement, @Nullable Object... arguments) throws SQLException {
        for (int i = 0; i < arguments.length; i++) {
            Object argument = arguments[i];
            statement.setObject(
                    i + 1,
                    switch (argument) {
                        case Instant instant -> instant.atOffset(ZoneOffset.UTC);
                        case Enum<?> constant -> constant.name();
                        case null, default -> argument;
                    });
        }
    }
}
