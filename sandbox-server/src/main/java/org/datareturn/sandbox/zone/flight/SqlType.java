package org.datareturn.sandbox.zone.flight;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Locale;

/** The SQL types an answer can have, each with the Java class its cells must be of. */
public sealed interface SqlType {
    /** The class of every non-null cell of this type. */
    Class<?> cellClass();

    /** The type as SQL spells it. */
    String sql();

    /** Types without parameters. */
    enum Plain implements SqlType {
        /** Text, cells are {@link String}. */
        VARCHAR(String.class),
        /** 64-bit integer, cells are {@link Long}. */
        BIGINT(Long.class),
        /** 32-bit integer, cells are {@link Integer}. */
        INTEGER(Integer.class),
        /** IEEE 754 binary64, cells are {@link Double}. */
        DOUBLE(Double.class),
        /** Truth value, cells are {@link Boolean}. */
        BOOLEAN(Boolean.class),
        /** Calendar date, cells are {@link LocalDate}. */
        DATE(LocalDate.class);

        private final Class<?> cellClass;

        Plain(Class<?> cellClass) {
            this.cellClass = cellClass;
        }

        @Override
        public Class<?> cellClass() {
            return cellClass;
        }

        @Override
        public String sql() {
            return name();
        }
    }

    /**
     * Exact decimal; cells are {@link BigDecimal} that fit without rounding.
     *
     * @param precision digits in all, 1–38
     * @param scale digits after the point, 0–{@code precision}
     */
    record Decimal(int precision, int scale) implements SqlType {
        /** Most digits Arrow's Decimal128 holds. */
        public static final int MAX_PRECISION = 38;

        public Decimal {
            if (precision < 1 || precision > MAX_PRECISION || scale < 0 || scale > precision) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "DECIMAL needs precision 1–38 and scale 0–precision, was (%d, %d)",
                        precision,
                        scale));
            }
        }

        @Override
        public Class<?> cellClass() {
            return BigDecimal.class;
        }

        @Override
        public String sql() {
            return String.format(Locale.ROOT, "DECIMAL(%d, %d)", precision, scale);
        }

        boolean fits(BigDecimal value) {
            BigDecimal plain = value.stripTrailingZeros();
            return plain.scale() <= scale && plain.precision() - plain.scale() <= precision - scale;
        }
    }
}
