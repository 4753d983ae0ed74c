package org.datareturn.guard.plan;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates expressions with SQL's three-valued logic. Total: what has no value (a division by zero, a text that is no
 * number) is null, never an error, so that an error cannot be an answer. Stateless.
 */
public final class Evaluator {
    private static final int MOST_DIGITS = 30;
    private static final int LONGEST_TEXT = 10_000;

    private Evaluator() {}

    /** The value of an expression over a row. */
    public static @Nullable Object evaluate(Expr expr, List<@Nullable Object> row) {
        return switch (expr) {
            case Expr.Const constant -> constant.value();
            case Expr.Input input -> row.get(input.index());
            case Expr.Call call -> call(call, row);
        };
    }

    /** Whether a condition is true: neither false nor unknown. */
    public static boolean holds(Expr condition, List<@Nullable Object> row) {
        return Boolean.TRUE.equals(evaluate(condition, row));
    }

    private static @Nullable Object call(Expr.Call call, List<@Nullable Object> row) {
        return switch (call.op()) {
            case AND -> junction(call, row, false);
            case OR -> junction(call, row, true);
            case CASE -> branch(call, row);
            default -> strict(call, row);
        };
    }

    private static @Nullable Boolean junction(Expr.Call call, List<@Nullable Object> row, boolean decisive) {
        boolean unknown = false;
        for (Expr arg : call.args()) {
            Object value = evaluate(arg, row);
            if (value instanceof Boolean flag && flag == decisive) {
                return decisive;
            }
            unknown |= !(value instanceof Boolean);
        }
        return unknown ? null : Boolean.valueOf(!decisive);
    }

    private static @Nullable Object branch(Expr.Call call, List<@Nullable Object> row) {
        List<Expr> args = call.args();
        for (int i = 0; i + 1 < args.size(); i += 2) {
            if (holds(args.get(i), row)) {
                return evaluate(args.get(i + 1), row);
            }
        }
        return evaluate(args.getLast(), row);
    }

    private static @Nullable Object strict(Expr.Call call, List<@Nullable Object> row) {
        Object first = evaluate(call.args().getFirst(), row);
        Object second = call.args().size() > 1 ? evaluate(call.args().get(1), row) : null;
        return switch (call.op()) {
            case IS_NULL -> first == null;
            case IS_NOT_NULL -> first != null;
            case IS_TRUE -> Boolean.TRUE.equals(first);
            case IS_FALSE -> Boolean.FALSE.equals(first);
            case IS_DISTINCT -> !Values.same(first, second);
            case NOT -> first instanceof Boolean flag ? Boolean.valueOf(!flag) : null;
            case EQ -> compared(first, second, order -> order == 0);
            case NE -> compared(first, second, order -> order != 0);
            case LT -> compared(first, second, order -> order < 0);
            case LE -> compared(first, second, order -> order <= 0);
            case GT -> compared(first, second, order -> order > 0);
            case GE -> compared(first, second, order -> order >= 0);
            case LIKE ->
                (first instanceof String text && second instanceof String pattern)
                        ? Boolean.valueOf(like(text, pattern, escape(call)))
                        : null;
            case BAND_AT_LEAST ->
                (first instanceof Band band && second instanceof BigDecimal least)
                        ? Boolean.valueOf(band.index() >= least.intValue())
                        : null;
            case UPPER -> text(first, t -> t.toUpperCase(Locale.ROOT));
            case LOWER -> text(first, t -> t.toLowerCase(Locale.ROOT));
            case TRIM -> text(first, String::strip);
            case SUBSTRING -> substring(call, row);
            case CHAR_LENGTH ->
                first instanceof String text ? BigDecimal.valueOf(text.codePointCount(0, text.length())) : null;
            case CONCAT ->
                first instanceof String left
                                && second instanceof String right
                                && left.length() + right.length() <= LONGEST_TEXT
                        ? left + right
                        : null;
            case DATE_PART -> second instanceof LocalDate date ? part(String.valueOf(first), date) : null;
            case DATE_TRUNC -> second instanceof LocalDate date ? truncated(String.valueOf(first), date) : null;
            case TO_TEXT -> toText(first);
            case TO_DECIMAL -> toDecimal(first, second);
            default -> arithmetic(call, first, second);
        };
    }

    private static @Nullable BigDecimal part(String unit, LocalDate date) {
        return switch (unit) {
            case "YEAR" -> BigDecimal.valueOf(date.getYear());
            case "QUARTER" -> BigDecimal.valueOf((date.getMonthValue() + 2) / 3);
            case "MONTH" -> BigDecimal.valueOf(date.getMonthValue());
            default -> null;
        };
    }

    private static @Nullable LocalDate truncated(String unit, LocalDate date) {
        return switch (unit) {
            case "YEAR" -> date.withDayOfYear(1);
            case "QUARTER" -> date.withDayOfMonth(1).withMonth((date.getMonthValue() - 1) / 3 * 3 + 1);
            case "MONTH" -> date.withDayOfMonth(1);
            default -> null;
        };
    }

    private static @Nullable Object arithmetic(Expr.Call call, @Nullable Object first, @Nullable Object second) {
        BigDecimal left = Values.number(first);
        BigDecimal right = Values.number(second);
        if (left == null || (right == null && call.args().size() > 1)) {
            return null;
        }
        BigDecimal other = Objects.requireNonNullElse(right, BigDecimal.ZERO);
        return switch (call.op()) {
            case PLUS -> left.add(other, MathContext.DECIMAL128);
            case MINUS -> left.subtract(other, MathContext.DECIMAL128);
            case TIMES -> left.multiply(other, MathContext.DECIMAL128);
            case DIVIDE -> other.signum() == 0 ? null : left.divide(other, MathContext.DECIMAL128);
            case NEGATE -> left.negate();
            case ABS -> left.abs();
            case FLOOR -> scaled(left, 0, RoundingMode.FLOOR);
            case CEIL -> scaled(left, 0, RoundingMode.CEILING);
            case ROUND -> scaled(left, digits(other), RoundingMode.HALF_UP);
            default -> null;
        };
    }

    private static int digits(BigDecimal asked) {
        return asked.min(BigDecimal.valueOf(MOST_DIGITS))
                .max(BigDecimal.valueOf(-MOST_DIGITS))
                .intValue();
    }

    private static @Nullable BigDecimal scaled(BigDecimal value, int scale, RoundingMode mode) {
        // A number too large to write out in full stays without a value rather than fill the memory.
        return Math.abs((long) value.precision() - value.scale()) > 100 ? null : value.setScale(scale, mode);
    }

    private static @Nullable Boolean compared(@Nullable Object first, @Nullable Object second, IntPredicate test) {
        return (first == null || second == null)
                ? null
                : Boolean.valueOf(test.test(Values.ORDER.compare(first, second)));
    }

    private static @Nullable String text(@Nullable Object value, UnaryOperator<String> change) {
        return value instanceof String text ? change.apply(text) : null;
    }

    private static @Nullable String toText(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        BigDecimal number = Values.number(value);
        return number == null ? value.toString() : String.valueOf(number);
    }

    private static @Nullable Object toDecimal(@Nullable Object value, @Nullable Object scale) {
        BigDecimal number = Values.number(value);
        if (value instanceof String text && text.matches("[+-]?\\d{1,38}(\\.\\d{1,38})?")) {
            number = new BigDecimal(text);
        }
        if (number == null) {
            return null;
        }
        return scale instanceof BigDecimal digits ? scaled(number, digits(digits), RoundingMode.HALF_UP) : number;
    }

    private static @Nullable String substring(Expr.Call call, List<@Nullable Object> row) {
        List<@Nullable Object> values = new ArrayList<>();
        call.args().forEach(arg -> values.add(evaluate(arg, row)));
        BigDecimal from = Values.number(values.get(1));
        BigDecimal length = values.size() > 2 ? Values.number(values.get(2)) : BigDecimal.valueOf(LONGEST_TEXT);
        if (!(values.getFirst() instanceof String text) || from == null || length == null) {
            return null;
        }
        int[] codePoints = text.codePoints().toArray();
        long start = Math.clamp(from.longValue(), -LONGEST_TEXT, LONGEST_TEXT) - 1L;
        long end = start + Math.clamp(length.longValue(), 0, LONGEST_TEXT);
        int first = Math.clamp(start, 0, codePoints.length);
        int last = Math.clamp(end, first, codePoints.length);
        return new String(codePoints, first, last - first);
    }

    private static final int NO_ESCAPE = -1;

    /** The character after ESCAPE; there may be a third argument, a constant of one character. */
    private static int escape(Expr.Call like) {
        return like.args().size() == 3 && like.args().get(2) instanceof Expr.Const(String escape) && !escape.isEmpty()
                ? escape.codePointAt(0)
                : NO_ESCAPE;
    }

    /** SQL LIKE, in time proportional to the product of the lengths; the sign after the escape character stands for itself. */
    static boolean like(String text, String pattern, int escape) {
        int[] chars = text.codePoints().toArray();
        int[] signs = pattern.codePoints().toArray();
        boolean[] reached = new boolean[chars.length + 1];
        reached[0] = true;
        for (int s = 0; s < signs.length; s++) {
            boolean escaped = signs[s] == escape && s + 1 < signs.length;
            s += escaped ? 1 : 0;
            int sign = signs[s];
            boolean[] next = new boolean[chars.length + 1];
            for (int i = 0; i <= chars.length; i++) {
                if (sign == '%' && !escaped) {
                    next[i] = reached[i] || (i > 0 && next[i - 1]);
                } else if (i > 0 && reached[i - 1]) {
                    next[i] = (sign == '_' && !escaped) || sign == chars[i - 1];
                }
            }
            reached = next;
        }
        return reached[chars.length];
    }
}
