package org.datareturn.guard.sql;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.datareturn.guard.GuardReason;
import org.datareturn.guard.QueryRefused;
import org.datareturn.guard.declaration.ColumnDeclaration;
import org.datareturn.guard.plan.Aggregate;
import org.datareturn.guard.plan.BaseColumn;
import org.datareturn.guard.plan.BaseColumn.Split;
import org.datareturn.guard.plan.CellQuery;
import org.datareturn.guard.plan.Derived;
import org.datareturn.guard.plan.Expr;
import org.datareturn.guard.plan.Values;
import org.datareturn.guard.plan.VisibleZone;
import org.datareturn.guard.plan.ZoneFacts;
import org.datareturn.policy.Refusal;

/**
 * How a query uses each column: refuses what the declaration does not allow, and decides how finely base cells are
 * split. One reading, one thread.
 */
final class Usage {
    private final Sources sources;
    private final ZoneFacts facts;
    private final int minGroupSize;
    private final Map<Integer, Set<Object>> mentioned = new TreeMap<>();
    private final Set<Integer> whole = new TreeSet<>();
    private final Set<Integer> fine = new TreeSet<>();
    private final Map<Integer, Map<String, Expr>> tests = new TreeMap<>();
    private final Set<Integer> binned = new TreeSet<>();

    Usage(Sources sources, ZoneFacts facts, int minGroupSize) {
        this.sources = sources;
        this.facts = facts;
        this.minGroupSize = minGroupSize;
    }

    /** A condition on rows. */
    void condition(Expr expr) throws QueryRefused {
        allowed(expr, ColumnDeclaration::filterable, GuardReason.COLUMN_NOT_FILTERABLE);
        Bands.check(expr, sources::banded);
        split(expr);
    }

    /** A condition on the rows of one aggregate. */
    void mask(Expr expr) throws QueryRefused {
        boolean measures = mentions(expr, c -> c.measure() && !c.filterable() && !c.groupable());
        if (measures) {
            throw new QueryRefused(Refusal.of(GuardReason.MASKED_MEASURE)
                    .withHint("请把条件写进 WHERE 或分组列。", "Write the condition into WHERE or group by it."));
        }
        allowed(expr, c -> c.filterable() || c.groupable(), GuardReason.COLUMN_NOT_FILTERABLE);
        Bands.check(expr, sources::banded);
        split(expr);
    }

    /** A key of groups. */
    void key(Expr expr) throws QueryRefused {
        allowed(expr, ColumnDeclaration::groupable, GuardReason.COLUMN_NOT_GROUPABLE);
        Bands.check(expr, sources::banded);
        if (expr instanceof Expr.Input(int index)) {
            whole.add(index);
        }
        split(expr);
    }

    /** A column whose bins are counted, for a quantile. */
    void bins(int index) throws QueryRefused {
        ColumnDeclaration column = sources.source(index).column();
        if (column.subject()) {
            throw refused(GuardReason.SUBJECT_NOT_USABLE, sources.source(index));
        }
        if (!column.measure() && !column.groupable()) {
            throw refused(GuardReason.COLUMN_NOT_MEASURE, sources.source(index));
        }
        if (column.banded() || !column.measure()) {
            whole.add(index);
        } else {
            binned.add(index);
        }
    }

    private boolean mentions(Expr expr, Predicate<ColumnDeclaration> kind) {
        boolean[] found = {false};
        Expr.inputs(expr, index -> found[0] |= kind.test(sources.source(index).column()));
        return found[0];
    }

    private void allowed(Expr expr, Predicate<ColumnDeclaration> use, GuardReason otherwise) throws QueryRefused {
        List<VisibleZone.Source> used = new ArrayList<>();
        Expr.inputs(expr, index -> used.add(sources.source(index)));
        for (VisibleZone.Source source : used) {
            if (!use.test(source.column())) {
                throw refused(source.column().subject() ? GuardReason.SUBJECT_NOT_USABLE : otherwise, source);
            }
        }
    }

    static QueryRefused refused(GuardReason reason, VisibleZone.Source source) {
        Predicate<ColumnDeclaration> wanted = switch (reason) {
            case COLUMN_NOT_MEASURE -> ColumnDeclaration::measure;
            case COLUMN_NOT_FILTERABLE -> ColumnDeclaration::filterable;
            default -> ColumnDeclaration::groupable;
        };
        String names = String.join(
                ", ",
                source.table().columns().stream()
                        .filter(wanted)
                        .map(ColumnDeclaration::name)
                        .toList());
        return new QueryRefused(Refusal.of(reason, source.column().name())
                .withHint("此处可用的列：" + names + "。", "Columns allowed here: " + names + "."));
    }

    /**
     * Decides how finely an expression divides its columns: one that depends on a single column divides it into the values
     * of the expression, any other is taken apart.
     */
    private void split(Expr expr) throws QueryRefused {
        Set<Integer> used = new TreeSet<>();
        Expr.inputs(expr, used::add);
        switch (expr) {
            case Expr.Const constant -> {}
            case Expr.Input(int index) -> whole.add(index);
            case Expr.Call call -> {
                if (used.size() == 1) {
                    int index = used.iterator().next();
                    tests.computeIfAbsent(index, i -> new TreeMap<>())
                            .put(expr.toString(), Expr.renumber(expr, i -> 0));
                    mentions(call);
                    return;
                }
                for (Expr arg : call.args()) {
                    split(arg);
                }
            }
        }
    }

    /** Walks an expression over one column: only comparisons with constants can do without its other values. */
    private void mentions(Expr.Call call) throws QueryRefused {
        boolean test = switch (call.op()) {
            case EQ, NE, IS_DISTINCT -> true;
            default -> false;
        };
        if (test
                && call.args().get(0) instanceof Expr.Input(int index)
                && call.args().get(1) instanceof Expr.Const(Object value)
                && value != null) {
            mention(index, value);
            return;
        }
        boolean presence = call.op() == Expr.Op.IS_NULL || call.op() == Expr.Op.IS_NOT_NULL;
        if (presence && call.args().getFirst() instanceof Expr.Input(int index)) {
            mentioned.computeIfAbsent(index, i -> new TreeSet<>(Values.ORDER));
            return;
        }
        for (Expr arg : call.args()) {
            switch (arg) {
                case Expr.Const constant -> {}
                case Expr.Input(int index) -> fine.add(index);
                case Expr.Call inner -> mentions(inner);
            }
        }
    }

    private void mention(int index, Object value) throws QueryRefused {
        VisibleZone.Source source = sources.source(index);
        ColumnDeclaration column = source.column();
        Optional<Object> read = column.type()
                .read(String.valueOf(value instanceof java.math.BigDecimal number ? number.toPlainString() : value));
        boolean known = read.isPresent()
                && (column.values().isEmpty() || column.values().stream().anyMatch(v -> Values.same(v, read.get())));
        if (!known
                || (!column.publicDomain()
                        && !facts.publishable(source.table().name(), column, read.get(), minGroupSize))) {
            // One refusal for the rare and the unknown, so that it does not tell which.
            throw new QueryRefused(Refusal.of(GuardReason.RARE_CONSTANT, column.name())
                    .withHint("先按该列分组查看可用的取值。", "Group by the column first to see which values can be named."));
        }
        mentioned.computeIfAbsent(index, i -> new TreeSet<>(Values.ORDER)).add(read.get());
    }

    /** The query, its inputs renumbered to base columns in a fixed order. */
    CellQuery query(JoinShape shape, Optional<Expr> mask, List<Expr> keys, List<Aggregate> aggregates) {
        // A column that conditions use as well is counted by its values.
        binned.stream().filter(tests::containsKey).forEach(whole::add);
        binned.removeAll(whole);
        Set<Integer> used = new TreeSet<>(tests.keySet());
        used.addAll(whole);
        used.addAll(binned);
        List<Integer> ordered = used.stream()
                .sorted(Comparator.comparing(
                                (Integer i) -> sources.source(i).table().name())
                        .thenComparing(i -> sources.source(i).column().name()))
                .toList();
        Map<Integer, Integer> numbers = new HashMap<>();
        List<BaseColumn> base = new ArrayList<>();
        for (int index : ordered) {
            numbers.put(index, base.size());
            base.add(new BaseColumn(
                    sources.source(index).table().name(),
                    binned.contains(index)
                            ? Derived.binned(sources.source(index).column())
                            : sources.source(index).column(),
                    splitOf(index),
                    whole.contains(index) || binned.contains(index)
                            ? Optional.empty()
                            : Optional.of(List.copyOf(
                                    tests.getOrDefault(index, Map.of()).values()))));
        }
        List<Expr> conditions = Stream.concat(sources.conditions().stream(), mask.stream())
                .map(c -> renumber(c, numbers))
                .toList();
        Optional<Expr> where = conditions.isEmpty()
                ? Optional.empty()
                : Optional.of(new Expr.Call(
                        Expr.Op.AND,
                        conditions.stream()
                                .distinct()
                                .sorted(Comparator.comparing(Expr::toString))
                                .toList()));
        return new CellQuery(
                shape.tables(),
                shape.joins(),
                base,
                where,
                keys.stream().map(k -> renumber(k, numbers)).toList(),
                aggregates.stream().map(a -> renumber(a, numbers)).toList());
    }

    private Split splitOf(int index) {
        if (sources.banded(index).isPresent() || binned.contains(index)) {
            return new Split.ByBand();
        }
        return whole.contains(index) || fine.contains(index)
                ? new Split.ByValue()
                : new Split.ByMention(List.copyOf(mentioned.getOrDefault(index, Set.of())));
    }

    private static Expr renumber(Expr expr, Map<Integer, Integer> numbers) {
        return Expr.renumber(expr, index -> numbers.getOrDefault(index, -1));
    }

    private static Aggregate renumber(Aggregate aggregate, Map<Integer, Integer> numbers) {
        return switch (aggregate) {
            case Aggregate.CountKeys(Expr key) -> new Aggregate.CountKeys(renumber(key, numbers));
            case Aggregate.CountRows count -> count;
            case Aggregate.CountSubjects count -> count;
            case Aggregate.CountMeasure count -> count;
            case Aggregate.Sum sum -> sum;
            case Aggregate.Average average -> average;
        };
    }
}
