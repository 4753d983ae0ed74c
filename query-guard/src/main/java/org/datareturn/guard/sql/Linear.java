package org.datareturn.guard.sql;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.datareturn.guard.declaration.ColumnDeclaration;
import org.datareturn.guard.plan.Expr;
import org.datareturn.guard.plan.Expr.Op;

/**
 * Constants times measures, and a constant: what a sum can be taken out of. Each measure counts with the rows that have a
 * value of it.
 *
 * @param factors the measures' factors, none of them 0
 * @param constant what is added
 */
record Linear(Map<ColumnDeclaration, BigDecimal> factors, BigDecimal constant) {

    /** An expression as such; empty when it is none. */
    static Optional<Linear> of(Expr expr, Function<Expr, Optional<ColumnDeclaration>> measure) {
        Optional<ColumnDeclaration> column = measure.apply(expr);
        if (column.isPresent()) {
            return Optional.of(new Linear(Map.of(column.get(), BigDecimal.ONE), BigDecimal.ZERO));
        }
        return switch (expr) {
            case Expr.Const(BigDecimal number) -> Optional.of(new Linear(Map.of(), number));
            case Expr.Call call -> call(call, measure);
            default -> Optional.empty();
        };
    }

    private static Optional<Linear> call(Expr.Call call, Function<Expr, Optional<ColumnDeclaration>> measure) {
        Optional<Linear> left = of(call.args().getFirst(), measure);
        if (left.isEmpty()) {
            return Optional.empty();
        }
        if (call.op() == Op.NEGATE) {
            return Optional.of(left.get().times(BigDecimal.ONE.negate()));
        }
        boolean approximate =
                call.op() == Op.TO_DECIMAL && call.args().getLast().equals(new Expr.Const(null));
        if (approximate) {
            return left;
        }
        Optional<Linear> right = call.args().size() == 2 ? of(call.args().getLast(), measure) : Optional.empty();
        if (right.isEmpty()) {
            return Optional.empty();
        }
        return switch (call.op()) {
            case PLUS -> Optional.of(left.get().plus(right.get()));
            case MINUS -> Optional.of(left.get().plus(right.get().times(BigDecimal.ONE.negate())));
            case TIMES ->
                right.get().factors().isEmpty()
                        ? Optional.of(left.get().times(right.get().constant()))
                        : left.get().factors().isEmpty()
                                ? Optional.of(right.get().times(left.get().constant()))
                                : Optional.empty();
            case DIVIDE ->
                right.get().factors().isEmpty() && right.get().constant().signum() != 0
                        ? Optional.of(left.get()
                                .times(BigDecimal.ONE.divide(right.get().constant(), MathContext.DECIMAL128)))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private Linear plus(Linear other) {
        Map<ColumnDeclaration, BigDecimal> sum = new LinkedHashMap<>(factors);
        other.factors.forEach((column, factor) -> sum.merge(column, factor, BigDecimal::add));
        sum.values().removeIf(factor -> factor.signum() == 0);
        return new Linear(sum, constant.add(other.constant));
    }

    private Linear times(BigDecimal number) {
        Map<ColumnDeclaration, BigDecimal> product = new LinkedHashMap<>();
        if (number.signum() != 0) {
            factors.forEach((column, factor) -> product.put(column, factor.multiply(number, MathContext.DECIMAL128)));
        }
        return new Linear(product, constant.multiply(number, MathContext.DECIMAL128));
    }

    /** The measure it is, when it is nothing but one. */
    Optional<ColumnDeclaration> single() {
        return factors.size() == 1
                        && constant.signum() == 0
                        && factors.values().iterator().next().compareTo(BigDecimal.ONE) == 0
                ? Optional.of(factors.keySet().iterator().next())
                : Optional.empty();
    }
}
