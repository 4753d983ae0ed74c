package org.datareturn.guard.template;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.datareturn.guard.GuardReason;
import org.datareturn.guard.QueryRefused;
import org.datareturn.policy.Refusal;

/**
 * A query with parameters, {@code … WHERE county = :county GROUP BY sex}. What can be asked with it is finite. Whether a
 * zone answers it is the guard's to say, of each binding. Immutable.
 */
public final class QueryTemplate {
    /** Most parameters a template may have. */
    public static final int MOST_PARAMETERS = 8;

    /** Longest SQL of a template, in characters. */
    public static final int LONGEST_SQL = 20_000;

    private final String sql;
    private final List<Parameter> parameters;
    private final Placeholders places;

    private QueryTemplate(String sql, List<Parameter> parameters, Placeholders places) {
        this.sql = sql;
        this.parameters = List.copyOf(parameters);
        this.places = places;
    }

    /**
     * A template of some SQL and parameters.
     *
     * @throws QueryRefused when the names in the SQL and those declared are not the same, one is declared twice, or there
     *     are too many
     */
    public static QueryTemplate of(String sql, List<Parameter> parameters) throws QueryRefused {
        if (sql.isBlank() || sql.length() > LONGEST_SQL || sql.indexOf('\0') >= 0 || sql.indexOf('?') >= 0) {
            throw differ("SQL");
        }
        Placeholders places = Placeholders.in(sql);
        Set<String> declared = new HashSet<>();
        for (Parameter parameter : parameters) {
            if (!declared.add(parameter.name()) || !places.names().contains(parameter.name())) {
                throw differ(parameter.name());
            }
        }
        if (parameters.size() > MOST_PARAMETERS || !declared.containsAll(places.names())) {
            throw differ(parameters.size() + "/" + Set.copyOf(places.names()).size());
        }
        return new QueryTemplate(sql, parameters, places);
    }

    /** The SQL, with a {@code :name} where an argument goes. */
    public String sql() {
        return sql;
    }

    /** The parameters, in the order arguments are given. */
    public List<Parameter> parameters() {
        return parameters;
    }

    /** How many different bindings there are. */
    public BigInteger bindings() {
        return parameters.stream().map(p -> p.domain().size()).reduce(BigInteger.ONE, BigInteger::multiply);
    }

    /**
     * The binding at a place, the last parameter changing fastest.
     *
     * @param index from 0, less than {@link #bindings()}
     */
    public BoundQuery binding(BigInteger index) {
        Map<String, Object> values = new HashMap<>();
        BigInteger rest = index;
        for (Parameter parameter : parameters.reversed()) {
            BigInteger[] parts = rest.divideAndRemainder(parameter.domain().size());
            values.put(parameter.name(), parameter.domain().at(parts[1]));
            rest = parts[0];
        }
        return bound(values);
    }

    /**
     * Binds arguments.
     *
     * @param arguments a text for each parameter, in their order
     * @throws QueryRefused when their number, a type or a value is wrong
     */
    public BoundQuery bind(List<String> arguments) throws QueryRefused {
        if (arguments.size() != parameters.size()) {
            throw new QueryRefused(
                    Refusal.of(GuardReason.TEMPLATE_ARGUMENTS_COUNT, Integer.toString(parameters.size())));
        }
        Map<String, Object> values = new HashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            Parameter parameter = parameters.get(i);
            values.put(parameter.name(), parameter.argument(arguments.get(i)));
        }
        return bound(values);
    }

    private BoundQuery bound(Map<String, Object> values) {
        List<Object> literals = new ArrayList<>();
        for (String name : places.names()) {
            Object value = values.get(name);
            if (value == null) {
                throw new IllegalStateException("every place has a parameter: checked when the template was made");
            }
            literals.add(value);
        }
        return new BoundQuery(places.sql(), literals);
    }

    private static QueryRefused differ(String where) {
        return new QueryRefused(Refusal.of(GuardReason.TEMPLATE_PARAMETERS_DIFFER, where)
                .withHint(
                        "SQL 中用 :名称 引用参数，每个参数都要声明并用到；不要写 ?。",
                        "Write :name in the SQL, declare and use each parameter, and write no ?."));
    }
}
