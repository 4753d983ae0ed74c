package org.datareturn.guard.template;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The values a parameter may take: always finitely many, so that what a template can ask is countable. */
public sealed interface Domain {
    /** Whether a value, as {@link org.datareturn.guard.declaration.ColumnType#read} gives it, is one of them. */
    boolean contains(Object value);

    /** How many there are. */
    BigInteger size();

    /**
     * The value at a place.
     *
     * @param index from 0, less than {@link #size()}
     */
    Object at(BigInteger index);

    /**
     * Values named one by one.
     *
     * @param values at least one, each once
     */
    record Listed(List<Object> values) implements Domain {
        public Listed {
            values = List.copyOf(values);
        }

        @Override
        public boolean contains(Object value) {
            return values.contains(value);
        }

        @Override
        public BigInteger size() {
            return BigInteger.valueOf(values.size());
        }

        @Override
        public Object at(BigInteger index) {
            return values.get(index.intValueExact());
        }
    }

    /**
     * Numbers from one to another.
     *
     * @param least the first
     * @param most none is greater
     * @param step between two neighbours; positive
     * @param whole whether values are {@link Long}s, else {@link BigDecimal}s of the scale of {@code least}
     */
    record Numbers(BigDecimal least, BigDecimal most, BigDecimal step, boolean whole) implements Domain {
        @Override
        public boolean contains(Object value) {
            return switch (value) {
                case Long number -> whole && contains(BigDecimal.valueOf(number));
                case BigDecimal number -> !whole && contains(number);
                default -> false;
            };
        }

        private boolean contains(BigDecimal number) {
            return number.compareTo(least) >= 0
                    && number.compareTo(most) <= 0
                    && number.subtract(least).remainder(step).signum() == 0;
        }

        @Override
        public BigInteger size() {
            return most.subtract(least)
                    .divideToIntegralValue(step)
                    .toBigInteger()
                    .add(BigInteger.ONE);
        }

        @Override
        public Object at(BigInteger index) {
            BigDecimal value = least.add(step.multiply(new BigDecimal(index)));
            return whole ? (Object) value.longValueExact() : value.setScale(least.scale());
        }
    }

    /**
     * Days from one to another.
     *
     * @param least the first
     * @param most none is later
     * @param step days between two neighbours; positive
     */
    record Days(LocalDate least, LocalDate most, int step) implements Domain {
        @Override
        public boolean contains(Object value) {
            return value instanceof LocalDate day
                    && !day.isBefore(least)
                    && !day.isAfter(most)
                    && ChronoUnit.DAYS.between(least, day) % step == 0;
        }

        @Override
        public BigInteger size() {
            return BigInteger.valueOf(ChronoUnit.DAYS.between(least, most) / step + 1);
        }

        @Override
        public Object at(BigInteger index) {
            return least.plusDays(index.longValueExact() * step);
        }
    }
}
