package org.datareturn.guard.template;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.datareturn.guard.GuardReason;
import org.datareturn.guard.QueryRefused;
import org.datareturn.guard.declaration.ColumnType;
import org.datareturn.policy.Refusal;

/**
 * A typed, range-limited parameter of a template. Every type has a finite domain: a text is one of a list, a number or a
 * day lies on the steps of a range.
 *
 * @param name as {@code :name} stands in the SQL, {@code [a-z][a-z0-9_]*}
 * @param type its type
 * @param domain its values
 */
public record Parameter(String name, ColumnType type, Domain domain) {
    /** Most values a list may have. */
    public static final int MOST_LISTED = 500;

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,30}");
    private static final int LONGEST_VALUE = 200;

    /**
     * A parameter as people write it; exactly one of {@code range} and {@code values} says something.
     *
     * @param name its name
     * @param type as declarations write types
     * @param range the least and the greatest value, and optionally the step (a number, or days; 1 unless said)
     * @param values the values one by one
     */
    public record Written(String name, String type, List<String> range, List<String> values) {
        public Written {
            range = List.copyOf(range);
            values = List.copyOf(values);
        }
    }

    /**
     * Reads a parameter.
     *
     * @throws QueryRefused with {@link GuardReason#TEMPLATE_PARAMETER_MALFORMED} and its name when it is none
     */
    public static Parameter read(Written written) throws QueryRefused {
        Optional<ColumnType> type = ColumnType.parse(written.type());
        if (!NAME.matcher(written.name()).matches() || type.isEmpty()) {
            throw malformed(written);
        }
        boolean listed = !written.values().isEmpty();
        if (listed != written.range().isEmpty() || written.values().size() > MOST_LISTED) {
            throw malformed(written);
        }
        Domain domain = listed ? listed(written, type.get()) : range(written, type.get());
        return new Parameter(written.name(), type.get(), domain);
    }

    /** The parameter as {@link #read} takes it. */
    public Written written() {
        return switch (domain) {
            case Domain.Listed listed ->
                new Written(
                        name,
                        type.sqlName(),
                        List.of(),
                        listed.values().stream().map(Parameter::text).toList());
            case Domain.Numbers range ->
                new Written(
                        name,
                        type.sqlName(),
                        List.of(text(range.least()), text(range.most()), text(range.step())),
                        List.of());
            case Domain.Days range ->
                new Written(
                        name,
                        type.sqlName(),
                        List.of(text(range.least()), text(range.most()), Integer.toString(range.step())),
                        List.of());
        };
    }

    /**
     * Reads an argument.
     *
     * @param text the value as text of the parameter's type
     * @return the value: {@link Long}, {@link BigDecimal}, {@link String}, {@link LocalDate} or {@link Boolean}
     * @throws QueryRefused when it is of another type or outside the domain
     */
    public Object argument(String text) throws QueryRefused {
        Object value = type.read(text)
                .orElseThrow(() ->
                        new QueryRefused(Refusal.of(GuardReason.TEMPLATE_ARGUMENT_TYPE, name + " " + type.sqlName())));
        if (!domain.contains(value)) {
            throw new QueryRefused(Refusal.of(GuardReason.TEMPLATE_ARGUMENT_OUT_OF_RANGE, name));
        }
        return value;
    }

    /** A value as text that {@link #argument} reads. */
    public static String text(Object value) {
        return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
    }

    private static Domain listed(Written written, ColumnType type) throws QueryRefused {
        List<Object> values = new ArrayList<>();
        for (String text : written.values()) {
            Object value = type.read(text).orElseThrow(() -> malformed(written));
            if (values.contains(value)
                    || text.length() > LONGEST_VALUE
                    || text.chars().anyMatch(Character::isISOControl)) {
                throw malformed(written);
            }
            values.add(value);
        }
        return new Domain.Listed(values);
    }

    private static Domain range(Written written, ColumnType type) throws QueryRefused {
        List<String> range = written.range();
        if (range.size() < 2 || range.size() > 3) {
            throw malformed(written);
        }
        String step = range.size() == 3 ? range.get(2) : "1";
        return switch (type.kind()) {
            case VARCHAR, BOOLEAN -> throw malformed(written);
            case DATE -> days(written, type, step);
            case INTEGER, BIGINT, DECIMAL -> numbers(written, type, step);
        };
    }

    private static Domain days(Written written, ColumnType type, String step) throws QueryRefused {
        Object least = type.read(written.range().get(0)).orElseThrow(() -> malformed(written));
        Object most = type.read(written.range().get(1)).orElseThrow(() -> malformed(written));
        boolean fits = step.matches("[1-9]\\d{0,5}");
        if (!fits || !(least instanceof LocalDate first) || !(most instanceof LocalDate last) || last.isBefore(first)) {
            throw malformed(written);
        }
        return new Domain.Days(first, last, Integer.parseInt(step));
    }

    private static Domain numbers(Written written, ColumnType type, String step) throws QueryRefused {
        BigDecimal least = number(written, type, written.range().get(0));
        BigDecimal most = number(written, type, written.range().get(1));
        BigDecimal between = number(written, type, step);
        if (most.compareTo(least) < 0 || between.signum() <= 0) {
            throw malformed(written);
        }
        return new Domain.Numbers(least, most, between, type.kind() != ColumnType.Kind.DECIMAL);
    }

    private static BigDecimal number(Written written, ColumnType type, String text) throws QueryRefused {
        return switch (type.read(text).orElseThrow(() -> malformed(written))) {
            case Long whole -> BigDecimal.valueOf(whole);
            case BigDecimal decimal -> decimal;
            default -> throw malformed(written);
        };
    }

    private static QueryRefused malformed(Written written) {
        String name = NAME.matcher(written.name()).matches() ? written.name() : "?";
        return new QueryRefused(Refusal.of(GuardReason.TEMPLATE_PARAMETER_MALFORMED, name)
                .withHint(
                        "写法：名称、类型，以及取值列表，或最小值、最大值和步长；文本只能用列表。",
                        "A name, a type, and either a list of values or least, greatest and step; texts are listed."));
    }
}
