package org.datareturn.verifier.registry.jdbc;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of column a typed source may have, each with the one text its values have: what a CSV file of the same data
 * would hold. Binary floating point is not among them: an identification number kept so has lost its last digits. Nor are
 * times with a zone, whose day depends on who looks.
 */
enum ColumnText {
    /** As it is. */
    TEXT {
        @Override
        @Nullable String nullable(ResultSet row, int column) throws SQLException {
            return row.getString(column);
        }
    },
    /** {@code 370102}. */
    WHOLE {
        @Override
        @Nullable String nullable(ResultSet row, int column) throws SQLException {
            @Nullable Object value = row.getObject(column);
            return value == null ? null : value.toString();
        }
    },
    /** {@code 370102} and {@code 1.5}: no exponent, no zeros at the end. */
    DECIMAL {
        @Override
        @Nullable String nullable(ResultSet row, int column) throws SQLException {
            @Nullable String value = row.getString(column);
            return value == null ? null : plain(value);
        }
    },
    /** {@code 2026-11-21}. */
    DATE {
        @Override
        @Nullable String nullable(ResultSet row, int column) throws SQLException {
            @Nullable LocalDate value = row.getObject(column, LocalDate.class);
            return value == null ? null : value.toString();
        }
    },
    /** {@code 2026-11-21} at midnight, as many programs write days; else {@code 2026-11-21T08:30}, which is no day. */
    TIMESTAMP {
        @Override
        @Nullable String nullable(ResultSet row, int column) throws SQLException {
            @Nullable LocalDateTime value = row.getObject(column, LocalDateTime.class);
            if (value == null) {
                return null;
            }
            return value.toLocalTime().equals(LocalTime.MIDNIGHT)
                    ? value.toLocalDate().toString()
                    : value.toString();
        }
    },
    /** {@code true} and {@code false}. */
    FLAG {
        @Override
        @Nullable String nullable(ResultSet row, int column) throws SQLException {
            boolean value = row.getBoolean(column);
            return row.wasNull() ? null : Boolean.toString(value);
        }
    };

    abstract @Nullable String nullable(ResultSet row, int column) throws SQLException;

    /** A value as text; empty where there is none. */
    String read(ResultSet row, int column) throws SQLException {
        @Nullable String value = nullable(row, column);
        return value == null ? "" : value;
    }

    /**
     * The kind of a column.
     *
     * @param type of {@link Types}
     * @param name what the database calls it; some kinds share one type
     * @return empty when it cannot be read as text without loss or doubt
     */
    static Optional<ColumnText> of(int type, String name) {
        String plain = name.toLowerCase(Locale.ROOT);
        return switch (type) {
            case Types.CHAR, Types.VARCHAR, Types.LONGVARCHAR, Types.NCHAR, Types.NVARCHAR, Types.LONGNVARCHAR ->
                Optional.of(TEXT);
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> Optional.of(WHOLE);
            case Types.NUMERIC, Types.DECIMAL -> Optional.of(DECIMAL);
            case Types.DATE -> Optional.of(DATE);
            // PostgreSQL tells of both kinds by the same type.
            case Types.TIMESTAMP -> plain.endsWith("tz") ? Optional.empty() : Optional.of(TIMESTAMP);
            // PostgreSQL's strings of bits come by the type of its booleans.
            case Types.BOOLEAN, Types.BIT -> plain.startsWith("bool") ? Optional.of(FLAG) : Optional.empty();
            // DuckDB's unsigned 64 bits.
            case Types.OTHER -> plain.equals("ubigint") ? Optional.of(WHOLE) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static String plain(String number) {
        try {
            return new BigDecimal(number).stripTrailingZeros().toPlainString();
        } catch (NumberFormatException notANumber) {
            // PostgreSQL's NaN and infinities, which no column of a registry takes.
            return number;
        }
    }
}
