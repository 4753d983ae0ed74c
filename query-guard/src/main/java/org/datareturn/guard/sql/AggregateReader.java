package org.datareturn.guard.sql;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.sql.SqlKind;
import org.datareturn.guard.GuardReason;
import org.datareturn.guard.QueryRefused;
import org.datareturn.guard.declaration.ColumnDeclaration;
import org.datareturn.guard.plan.Aggregate;
import org.datareturn.guard.plan.Derived;
import org.datareturn.guard.plan.Expr;
import org.datareturn.guard.plan.Expr.Op;
import org.datareturn.guard.plan.VisibleZone;
import org.datareturn.policy.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Reads aggregate calls from an allow-list. A FILTER, and a CASE around what is counted or summed, is a condition on rows:
 * it may use group and filter columns only, and becomes the WHERE of a cell query of its own, so that the audit sees it as
 * the separate question it is.
 */
final class AggregateReader {
    private static final int MOST_CONSTANTS = 20;

    private final Sources sources;
    private final Set<String> measured = new HashSet<>();

    AggregateReader(Sources sources) {
        this.sources = sources;
    }

    /** The tables whose measures are asked for. */
    Set<String> measured() {
        return measured;
    }

    Asked read(AggregateCall call, List<Expr> fields) throws QueryRefused {
        SqlKind kind = call.getAggregation().getKind();
        boolean percentile = kind == SqlKind.PERCENTILE_CONT || kind == SqlKind.PERCENTILE_DISC;
        boolean plain = !call.isApproximate()
                && !call.ignoreNulls()
                && call.distinctKeys == null
                && call.getCollation().getFieldCollations().size() == (percentile ? 1 : 0)
                && call.rexList.isEmpty()
                && call.getArgList().size() <= 1;
        if (!plain) {
            throw notAllowed(call);
        }
        Optional<Expr> filter = call.hasFilter() ? Optional.of(fields.get(call.filterArg)) : Optional.empty();
        if (call.getArgList().isEmpty()) {
            return rows(filter);
        }
        Expr arg = fields.get(call.getArgList().getFirst());
        if (call.isDistinct() && kind != SqlKind.COUNT && kind != SqlKind.MIN && kind != SqlKind.MAX) {
            throw notAllowed(call);
        }
        return switch (kind) {
            case COUNT -> count(call, arg, filter);
            case SUM, SUM0 -> summed(arg, filter);
            case AVG -> mean(arg, filter);
            case VAR_POP -> spread(call, arg, filter, false, false);
            case VAR_SAMP -> spread(call, arg, filter, true, false);
            case STDDEV_POP -> spread(call, arg, filter, false, true);
            case STDDEV_SAMP -> spread(call, arg, filter, true, true);
            case MIN -> quantile(arg, filter, BigDecimal.ZERO);
            case MAX -> quantile(arg, filter, BigDecimal.ONE);
            case PERCENTILE_CONT, PERCENTILE_DISC -> {
                var order = call.getCollation().getFieldCollations().getFirst();
                if (!(arg instanceof Expr.Const(BigDecimal fraction))
                        || fraction.signum() < 0
                        || fraction.compareTo(BigDecimal.ONE) > 0) {
                    throw notAllowed(call);
                }
                yield quantile(
                        fields.get(order.getFieldIndex()),
                        filter,
                        order.getDirection().isDescending() ? BigDecimal.ONE.subtract(fraction) : fraction);
            }
            default -> throw notAllowed(call);
        };
    }

    private static Asked.Single rows(Optional<Expr> mask) {
        return new Asked.Single(mask, new Aggregate.CountRows());
    }

    private Asked count(AggregateCall call, Expr arg, Optional<Expr> filter) {
        if (arg instanceof Expr.Const(Object value) && value != null && !call.isDistinct()) {
            return rows(filter);
        }
        if (arg instanceof Expr.Const && !call.isDistinct()) {
            // COUNT(NULL) is 0 wherever there are rows.
            return new Asked.Total(List.of(new Asked.Term(BigDecimal.ZERO, rows(filter))), BigDecimal.ZERO);
        }
        Masks.Masked masked = Masks.of(arg);
        Optional<ColumnDeclaration> bare = bare(masked.value()).map(VisibleZone.Source::column);
        if (bare.isPresent() && bare.get().subject() && !masked.zeros()) {
            return new Asked.Single(
                    both(filter, masked.condition()),
                    call.isDistinct() ? new Aggregate.CountSubjects() : new Aggregate.CountRows());
        }
        if (call.isDistinct()) {
            return new Asked.Single(filter, new Aggregate.CountKeys(arg));
        }
        Optional<ColumnDeclaration> measure = masked.zeros() ? Optional.empty() : measure(masked.value());
        if (measure.isPresent()) {
            return new Asked.Single(both(filter, masked.condition()), new Aggregate.CountMeasure(measure.get()));
        }
        return rows(both(filter, Optional.of(Expr.call(Op.IS_NOT_NULL, arg))));
    }

    private Asked summed(Expr arg, Optional<Expr> filter) throws QueryRefused {
        Optional<Asked.Total> constants = constants(arg, filter);
        if (constants.isPresent()) {
            return simplest(constants.get());
        }
        Masks.Masked masked = Masks.of(arg);
        Optional<Expr> mask = both(filter, masked.condition());
        Linear linear = linear(masked.value());
        List<Asked.Term> terms = new ArrayList<>();
        linear.factors()
                .forEach((column, factor) ->
                        terms.add(new Asked.Term(factor, new Asked.Single(mask, new Aggregate.Sum(column)))));
        if (linear.constant().signum() != 0) {
            ColumnDeclaration first = linear.factors().keySet().iterator().next();
            terms.add(new Asked.Term(linear.constant(), new Asked.Single(mask, new Aggregate.CountMeasure(first))));
        }
        return simplest(new Asked.Total(terms, BigDecimal.ZERO));
    }

    private Asked mean(Expr arg, Optional<Expr> filter) throws QueryRefused {
        Optional<Asked.Total> constants = constants(arg, filter);
        if (constants.isPresent()) {
            boolean gaps = !(arg instanceof Expr.Call call)
                    || Masks.results(call).stream().anyMatch(new Expr.Const(null)::equals);
            Optional<Expr> counted = gaps ? Optional.of(Expr.call(Op.IS_NOT_NULL, arg)) : Optional.empty();
            return new Asked.Ratio(simplest(constants.get()), rows(both(filter, counted)));
        }
        Masks.Masked masked = Masks.of(arg);
        if (masked.zeros()) {
            return new Asked.Ratio(summed(masked.value(), both(filter, masked.condition())), rows(filter));
        }
        Optional<Expr> mask = both(filter, masked.condition());
        Linear linear = linear(masked.value());
        List<Asked.Term> terms = new ArrayList<>();
        linear.factors()
                .forEach((column, factor) ->
                        terms.add(new Asked.Term(factor, new Asked.Single(mask, new Aggregate.Average(column)))));
        return simplest(new Asked.Total(terms, linear.constant()));
    }

    private static Asked simplest(Asked.Total total) {
        boolean one = total.terms().size() == 1
                && total.constant().signum() == 0
                && total.terms().getFirst().factor().compareTo(BigDecimal.ONE) == 0;
        return one ? total.terms().getFirst().value() : total;
    }

    /** A sum of constants chosen by conditions: each constant times the number of rows it is chosen for. */
    private static Optional<Asked.Total> constants(Expr arg, Optional<Expr> filter) {
        List<Expr> results = arg instanceof Expr.Call call && call.op() == Op.CASE ? Masks.results(call) : List.of(arg);
        Set<BigDecimal> factors = new TreeSet<>();
        for (Expr result : results) {
            if (!(result instanceof Expr.Const(Object value)) || (value != null && !(value instanceof BigDecimal))) {
                return Optional.empty();
            }
            if (value instanceof BigDecimal number && number.signum() != 0) {
                factors.add(number);
            }
        }
        if (factors.isEmpty() || factors.size() > MOST_CONSTANTS) {
            return Optional.empty();
        }
        List<Asked.Term> terms = new ArrayList<>();
        for (BigDecimal factor : factors) {
            terms.add(new Asked.Term(
                    factor,
                    rows(arg instanceof Expr.Const ? filter : both(filter, Optional.of(Masks.chosen(arg, factor))))));
        }
        return Optional.of(new Asked.Total(terms, BigDecimal.ZERO));
    }

    private Asked spread(AggregateCall call, Expr arg, Optional<Expr> filter, boolean sample, boolean root)
            throws QueryRefused {
        Masks.Masked masked = Masks.of(arg);
        Optional<ColumnDeclaration> measure = masked.zeros() ? Optional.empty() : measure(masked.value());
        if (measure.isEmpty()) {
            throw refused(masked.value());
        }
        Optional<ColumnDeclaration> square = Derived.square(measure.get());
        if (square.isEmpty()) {
            throw notAllowed(call);
        }
        return new Asked.Spread(both(filter, masked.condition()), measure.get(), square.get(), sample, root);
    }

    private Asked quantile(Expr arg, Optional<Expr> filter, BigDecimal fraction) throws QueryRefused {
        Masks.Masked masked = Masks.of(arg);
        Optional<VisibleZone.Source> bare = bare(masked.value());
        if (bare.isEmpty() || masked.zeros() || !(stripped(masked.value()) instanceof Expr.Input input)) {
            throw refused(masked.value());
        }
        ColumnDeclaration column = bare.get().column();
        boolean extreme = fraction.signum() == 0 || fraction.compareTo(BigDecimal.ONE) == 0;
        if (!column.measure()
                && !(column.groupable() && (extreme || column.type().numeric()))) {
            throw refused(masked.value());
        }
        return new Asked.Quantile(both(filter, masked.condition()), input, fraction);
    }

    private Linear linear(Expr arg) throws QueryRefused {
        Optional<Linear> linear = Linear.of(arg, this::measure);
        if (linear.isEmpty() || linear.get().factors().isEmpty()) {
            throw refused(arg);
        }
        return linear.get();
    }

    private Optional<ColumnDeclaration> measure(Expr arg) {
        Optional<VisibleZone.Source> bare = bare(arg).filter(s -> s.column().measure());
        bare.ifPresent(source -> measured.add(source.table().name()));
        return bare.map(VisibleZone.Source::column);
    }

    /** The column an argument is, casts to wider numbers aside. */
    private Optional<VisibleZone.Source> bare(Expr arg) {
        return stripped(arg) instanceof Expr.Input(int index) ? Optional.of(sources.source(index)) : Optional.empty();
    }

    private Expr stripped(Expr arg) {
        return arg instanceof Expr.Call call
                        && call.op() == Op.TO_DECIMAL
                        && call.args().getFirst() instanceof Expr.Input input
                        && call.args().getLast() instanceof Expr.Const(Object scale)
                        && keeps(sources.source(input.index()).column(), scale)
                ? input
                : arg;
    }

    /** Whether a cast to a number of this scale leaves a column's values as they are. */
    private static boolean keeps(ColumnDeclaration column, @Nullable Object scale) {
        return !column.measure()
                || !(scale instanceof BigDecimal digits)
                || digits.intValue() >= column.type().scale();
    }

    private static Optional<Expr> both(Optional<Expr> filter, Optional<Expr> condition) {
        return filter.isPresent() && condition.isPresent()
                ? Optional.of(Expr.call(Op.AND, filter.get(), condition.get()))
                : filter.or(() -> condition);
    }

    private QueryRefused refused(Expr arg) {
        Optional<VisibleZone.Source> bare = bare(arg);
        if (bare.isPresent() && !bare.get().column().measure()) {
            return Usage.refused(
                    bare.get().column().subject() ? GuardReason.SUBJECT_NOT_USABLE : GuardReason.COLUMN_NOT_MEASURE,
                    bare.get());
        }
        return new QueryRefused(Refusal.of(GuardReason.MASKED_MEASURE)
                .withHint(
                        "可用：SUM(度量列)、常数乘加、以及以分组或条件列为条件的 CASE … THEN 度量列 END。",
                        "Allowed: SUM(measure), times and plus constants, and CASE WHEN conditions on group or filter"
                                + " columns THEN measure END."));
    }

    private static QueryRefused notAllowed(AggregateCall call) {
        return new QueryRefused(AggregateRule.hint(Refusal.of(
                GuardReason.AGGREGATE_NOT_ALLOWED,
                call.getAggregation().getName() + (call.isDistinct() ? " DISTINCT" : ""))));
    }
}
