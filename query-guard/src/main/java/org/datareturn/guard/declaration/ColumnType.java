package org.datareturn.guard.declaration;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The SQL type of a column.
 *
 * @param kind which type
 * @param precision digits in all, for {@link Kind#DECIMAL}; 0 otherwise
 * @param scale digits after the point, for {@link Kind#DECIMAL}; 0 otherwise
 */
public record ColumnType(Kind kind, int precision, int scale) {
    /** The types a zone may hold. */
    public enum Kind {
        /** 64-bit whole number. */
        BIGINT,
        /** 32-bit whole number. */
        INTEGER,
        /** Text. */
        VARCHAR,
        /** A calendar date, ISO 8601. */
        DATE,
        /** Exact decimal. */
        DECIMAL,
        /** {@code true} or {@code false}. */
        BOOLEAN
    }

    /** What is allowed, for messages. */
    public static final String ALLOWED = "BIGINT, INTEGER, VARCHAR, DATE, DECIMAL(p,s), BOOLEAN";

    private static final int MAX_DECIMAL_PRECISION = 18;
    private static final Pattern DECIMAL = Pattern.compile("DECIMAL\\((\\d{1,2}),\\s*(\\d{1,2})\\)");
    private static final Pattern WHOLE = Pattern.compile("[+-]?\\d{1,19}");
    private static final Pattern FRACTION = Pattern.compile("[+-]?\\d{1,38}(\\.\\d{1,38})?");

    /** Reads a type as a declaration writes it; empty when there is no such type. */
    public static Optional<ColumnType> parse(String text) {
        Matcher decimal = DECIMAL.matcher(text);
        if (decimal.matches()) {
            int precision = Integer.parseInt(decimal.group(1));
            int scale = Integer.parseInt(decimal.group(2));
            boolean valid = precision >= 1 && precision <= MAX_DECIMAL_PRECISION && scale <= precision;
            return valid ? Optional.of(new ColumnType(Kind.DECIMAL, precision, scale)) : Optional.empty();
        }
        for (Kind kind : Kind.values()) {
            if (kind != Kind.DECIMAL && kind.name().equals(text)) {
                return Optional.of(new ColumnType(kind, 0, 0));
            }
        }
        return Optional.empty();
    }

    /** Whether values are numbers. */
    public boolean numeric() {
        return kind == Kind.BIGINT || kind == Kind.INTEGER || kind == Kind.DECIMAL;
    }

    /**
     * Reads one value strictly: {@link Long} for whole numbers, {@link BigDecimal} at the declared scale, {@link
     * String}, {@link LocalDate} or {@link Boolean}; empty when the text is not of this type.
     */
    public Optional<Object> read(String text) {
        return switch (kind) {
            case VARCHAR -> Optional.of(text);
            case BOOLEAN ->
                switch (text) {
                    case "true", "TRUE" -> Optional.of(true);
                    case "false", "FALSE" -> Optional.of(false);
                    default -> Optional.empty();
                };
            case DATE -> readDate(text);
            case INTEGER -> readWhole(text, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case BIGINT -> readWhole(text, Long.MIN_VALUE, Long.MAX_VALUE);
            case DECIMAL -> readDecimal(text);
        };
    }

    /** The type as SQL writes it. */
    public String sqlName() {
        return kind == Kind.DECIMAL ? "DECIMAL(" + precision + "," + scale + ")" : kind.name();
    }

    private static Optional<Object> readDate(String text) {
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeParseException notADate) {
            return Optional.empty();
        }
    }

    private static Optional<Object> readWhole(String text, long least, long most) {
        if (!WHOLE.matcher(text).matches()) {
            return Optional.empty();
        }
        BigDecimal value = new BigDecimal(text);
        boolean fits =
                value.compareTo(BigDecimal.valueOf(least)) >= 0 && value.compareTo(BigDecimal.valueOf(most)) <= 0;
        return fits ? Optional.of(value.longValueExact()) : Optional.empty();
    }

    private Optional<Object> readDecimal(String text) {
        if (!FRACTION.matcher(text).matches()) {
            return Optional.empty();
        }
        BigDecimal value = new BigDecimal(text).stripTrailingZeros();
        boolean fits = value.scale() <= scale && value.precision() - value.scale() <= precision - scale;
        return fits ? Optional.of(value.setScale(scale)) : Optional.empty();
    }
}
