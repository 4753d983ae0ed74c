package org.datareturn.guard.sql;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.core.AggregateCall;
import org.datareturn.guard.GuardReason;
import org.datareturn.guard.QueryRefused;
import org.datareturn.guard.declaration.ColumnDeclaration;
import org.datareturn.guard.plan.Aggregate;
import org.datareturn.guard.plan.Expr;
import org.datareturn.guard.plan.Expr.Op;
import org.datareturn.guard.plan.VisibleZone;
import org.datareturn.policy.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Reads aggregate calls from an allow-list. A measure stands bare; a mask of constants 0 and 1 over group and filter
 * columns is a condition, and so is FILTER, and conditions become cells.
 */
final class AggregateReader {
    private final Sources sources;
    private final Usage usage;
    private final Set<String> measured = new HashSet<>();

    AggregateReader(Sources sources, Usage usage) {
        this.sources = sources;
        this.usage = usage;
    }

    /** The tables whose measures are asked for. */
    Set<String> measured() {
        return measured;
    }

    Aggregate read(AggregateCall call, List<Expr> fields) throws QueryRefused {
        boolean plain = !call.isApproximate()
                && !call.ignoreNulls()
                && call.distinctKeys == null
                && call.getCollation().getFieldCollations().isEmpty()
                && call.rexList.isEmpty();
        if (!plain) {
            throw notAllowed(call);
        }
        Optional<Expr> filter = call.hasFilter() ? Optional.of(fields.get(call.filterArg)) : Optional.empty();
        if (filter.isPresent()) {
            usage.mask(filter.get());
        }
        if (call.getArgList().size() > 1) {
            throw notAllowed(call);
        }
        Optional<Expr> arg = call.getArgList().isEmpty()
                ? Optional.empty()
                : Optional.of(fields.get(call.getArgList().getFirst()));
        return switch (call.getAggregation().getKind()) {
            case COUNT -> count(call, arg, filter);
            case SUM, SUM0 -> sum(call, arg, filter, false);
            case AVG -> sum(call, arg, filter, true);
            default -> throw notAllowed(call);
        };
    }

    private Aggregate count(AggregateCall call, Optional<Expr> arg, Optional<Expr> filter) throws QueryRefused {
        if (arg.isEmpty()) {
            return new Aggregate.CountRows(filter);
        }
        Optional<VisibleZone.Source> bare = bare(arg.get());
        boolean subject = bare.filter(s -> s.column().subject()).isPresent();
        if (subject) {
            return call.isDistinct() ? new Aggregate.CountSubjects(filter) : new Aggregate.CountRows(filter);
        }
        if (call.isDistinct()) {
            usage.key(arg.get());
            return new Aggregate.CountKeys(arg.get(), filter);
        }
        if (bare.isPresent() && bare.get().column().measure()) {
            return new Aggregate.CountMeasure(measure(bare.get(), filter));
        }
        if (arg.get() instanceof Expr.Const(Object value) && value != null) {
            return new Aggregate.CountRows(filter);
        }
        Expr present = Expr.call(Op.IS_NOT_NULL, arg.get());
        usage.mask(present);
        return new Aggregate.CountRows(Optional.of(both(filter, present)));
    }

    private Aggregate sum(AggregateCall call, Optional<Expr> arg, Optional<Expr> filter, boolean mean)
            throws QueryRefused {
        if (arg.isEmpty() || call.isDistinct()) {
            throw notAllowed(call);
        }
        Optional<VisibleZone.Source> bare = bare(arg.get());
        if (bare.isPresent() && bare.get().column().measure()) {
            ColumnDeclaration column = measure(bare.get(), filter);
            return mean ? new Aggregate.Average(column) : new Aggregate.Sum(column);
        }
        if (indicator(arg.get())) {
            usage.mask(arg.get());
            Expr one = Expr.call(Op.EQ, arg.get(), new Expr.Const(BigDecimal.ONE));
            return mean
                    ? new Aggregate.Share(both(filter, one), both(filter, Expr.call(Op.IS_NOT_NULL, arg.get())))
                    : new Aggregate.CountRows(Optional.of(both(filter, one)));
        }
        if (bare.isPresent()) {
            throw usage.refused(
                    bare.get().column().subject() ? GuardReason.SUBJECT_NOT_USABLE : GuardReason.COLUMN_NOT_MEASURE,
                    bare.get());
        }
        throw masked();
    }

    private ColumnDeclaration measure(VisibleZone.Source source, Optional<Expr> filter) throws QueryRefused {
        if (filter.isPresent()) {
            throw masked();
        }
        measured.add(source.table().name());
        return source.column();
    }

    /** The column an argument is, casts to wider numbers aside. */
    private Optional<VisibleZone.Source> bare(Expr arg) {
        return switch (arg) {
            case Expr.Input(int index) -> Optional.of(sources.source(index));
            case Expr.Call call
            when call.op() == Op.TO_DECIMAL
                    && call.args().getFirst() instanceof Expr.Input(int index)
                    && call.args().getLast() instanceof Expr.Const(Object scale)
                    && keeps(sources.source(index).column(), scale) -> Optional.of(sources.source(index));
            default -> Optional.empty();
        };
    }

    /** Whether a cast to a number of this scale leaves a column's values as they are. */
    private static boolean keeps(ColumnDeclaration column, @Nullable Object scale) {
        return !column.measure()
                || !(scale instanceof BigDecimal digits)
                || digits.intValue() >= column.type().scale();
    }

    /** Whether an expression is a CASE of nothing but 0, 1 and null. */
    private static boolean indicator(Expr arg) {
        if (!(arg instanceof Expr.Call call) || call.op() != Op.CASE) {
            return false;
        }
        List<Expr> results = new ArrayList<>(List.of(call.args().getLast()));
        for (int i = 1; i < call.args().size(); i += 2) {
            results.add(call.args().get(i));
        }
        return results.stream()
                .allMatch(result -> result instanceof Expr.Const(Object value)
                        && (value == null
                                || (value instanceof BigDecimal number
                                        && (number.signum() == 0 || number.compareTo(BigDecimal.ONE) == 0))));
    }

    private static Expr both(Optional<Expr> filter, Expr condition) {
        return filter.map(f -> Expr.call(Op.AND, f, condition)).orElse(condition);
    }

    private static QueryRefused masked() {
        return new QueryRefused(Refusal.of(GuardReason.MASKED_MEASURE)
                .withHint("请把条件写进 WHERE 或分组列。", "Write the condition into WHERE or group by it."));
    }

    private static QueryRefused notAllowed(AggregateCall call) {
        return new QueryRefused(Refusal.of(
                        GuardReason.AGGREGATE_NOT_ALLOWED,
                        call.getAggregation().getName() + (call.isDistinct() ? " DISTINCT" : ""))
                .withHint("可用的聚合函数：COUNT、SUM、AVG。", "Allowed: COUNT, SUM, AVG."));
    }
}
