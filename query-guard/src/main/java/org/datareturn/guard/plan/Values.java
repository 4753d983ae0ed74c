package org.datareturn.guard.plan;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Order and equality of values of mixed types. Total: values of different types are ordered by type. */
public final class Values {
    /** Orders values, nulls last. */
    public static final Comparator<@Nullable Object> ORDER = Values::compare;

    /** Orders rows from the first value on. */
    public static final Comparator<List<@Nullable Object>> ROW_ORDER = Values::compareRows;

    private Values() {}

    /** The number a value is; null when it is none. */
    public static @Nullable BigDecimal number(@Nullable Object value) {
        return switch (value) {
            case Long whole -> BigDecimal.valueOf(whole);
            case Integer whole -> BigDecimal.valueOf(whole);
            case BigDecimal decimal -> decimal;
            case null, default -> null;
        };
    }

    private static int compareRows(List<@Nullable Object> left, List<@Nullable Object> right) {
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
            int order = compare(left.get(i), right.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left.size(), right.size());
    }

    private static int compare(@Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            return Boolean.compare(left == null, right == null);
        }
        BigDecimal leftNumber = number(left);
        BigDecimal rightNumber = number(right);
        if (leftNumber != null && rightNumber != null) {
            return leftNumber.compareTo(rightNumber);
        }
        return switch (left) {
            case String text when right instanceof String other -> text.compareTo(other);
            case LocalDate date when right instanceof LocalDate other -> date.compareTo(other);
            case Boolean flag when right instanceof Boolean other -> flag.compareTo(other);
            case Band band when right instanceof Band other -> band.compareTo(other);
            default -> left.getClass().getName().compareTo(right.getClass().getName());
        };
    }

    /** Whether two values are equal; numbers by value. */
    public static boolean same(@Nullable Object left, @Nullable Object right) {
        return compare(left, right) == 0;
    }
}
