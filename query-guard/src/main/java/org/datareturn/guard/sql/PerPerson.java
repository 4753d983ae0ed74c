package org.datareturn.guard.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;
import org.datareturn.guard.GuardReason;
import org.datareturn.guard.QueryRefused;
import org.datareturn.guard.plan.VisibleZone;
import org.datareturn.guard.plan.ZoneFacts;
import org.datareturn.policy.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Groups of persons, of whom something was first put together: the mean number of visits a person, the number of persons
 * who have a row in another table. Asked of the rows themselves: in a group, the sum of the persons' counts is the count of
 * the rows, the number of persons is COUNT(DISTINCT person), and a mean is the one over the other. What is not linear in
 * a person's values is refused.
 */
final class PerPerson {
    private final LogicalAggregate aggregate;
    private final PersonRows rows;
    private final PersonRows.Inner inner;
    private final RelBuilder builder;
    private final List<RexNode> projected = new ArrayList<>();
    private final List<Total> totals = new ArrayList<>();

    /** An aggregate over the rows: of a projected field, of those rows for which another is true. */
    private record Total(
            SqlAggFunction function, Optional<Integer> field, boolean distinct, Optional<Integer> filter) {}

    private PerPerson(LogicalAggregate aggregate, PersonRows rows, PersonRows.Inner inner) {
        this.aggregate = aggregate;
        this.rows = rows;
        this.inner = inner;
        this.builder = RelFactories.LOGICAL_BUILDER.create(aggregate.getCluster(), null);
    }

    /** The aggregate as one over rows; empty when it has another shape. */
    static Optional<RelNode> of(LogicalAggregate aggregate, VisibleZone zone, ZoneFacts facts) throws QueryRefused {
        Optional<PersonRows> rows = new PersonRows.Reader(zone, facts).read(aggregate.getInput());
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        if (rows.get().inner().isEmpty()) {
            RelBuilder builder = RelFactories.LOGICAL_BUILDER.create(aggregate.getCluster(), null);
            RelNode input = builder.push(rows.get().base())
                    .project(
                            rows.get().fields(),
                            aggregate.getInput().getRowType().getFieldNames(),
                            true)
                    .build();
            return Optional.of(aggregate.copy(aggregate.getTraitSet(), List.of(input)));
        }
        PerPerson reading =
                new PerPerson(aggregate, rows.get(), rows.get().inner().get());
        new PersonGroups(aggregate, rows.get(), rows.get().inner().get()).check(zone, facts);
        return Optional.of(reading.rewritten());
    }

    private RelNode rewritten() throws QueryRefused {
        for (int key : aggregate.getGroupSet()) {
            projected.add(rows.fields().get(key));
        }
        int keys = projected.size();
        List<Supplier<RexNode>> results = new ArrayList<>();
        for (AggregateCall call : aggregate.getAggCallList()) {
            results.add(result(call));
        }
        builder.push(rows.base());
        List<String> names = new ArrayList<>();
        projected.forEach(value -> names.add("p" + names.size()));
        builder.project(projected, names, true);
        List<ImmutableBitSet> sets = new ArrayList<>();
        for (ImmutableBitSet set : aggregate.getGroupSets()) {
            ImmutableBitSet.Builder places = ImmutableBitSet.builder();
            set.forEach(key -> places.set(aggregate.getGroupSet().indexOf(key)));
            sets.add(places.build());
        }
        List<RelBuilder.AggCall> calls = new ArrayList<>();
        for (Total total : totals) {
            // Named apart, because the builder merges equal calls, and their places are counted on.
            calls.add(builder.aggregateCall(
                            total.function(),
                            total.field().map(f -> List.of(builder.field(f))).orElse(List.of()))
                    .distinct(total.distinct())
                    .filter(total.filter()
                            .<@Nullable RexNode>map(builder::field)
                            .orElse(null))
                    .as("t" + calls.size()));
        }
        builder.aggregate(builder.groupKey(ImmutableBitSet.range(keys), sets), calls);
        List<RexNode> values = new ArrayList<>();
        for (int i = 0; i < keys; i++) {
            values.add(builder.field(i));
        }
        results.forEach(result -> values.add(result.get()));
        builder.project(values, aggregate.getRowType().getFieldNames(), true);
        return RelOptUtil.createCastRel(builder.build(), aggregate.getRowType(), true);
    }

    private Supplier<RexNode> result(AggregateCall call) throws QueryRefused {
        SqlKind kind = call.getAggregation().getKind();
        Optional<RexNode> filter = Optional.empty();
        if (call.hasFilter()) {
            filter = Optional.of(known(rows.fields().get(call.filterArg)));
        }
        Optional<RexNode> arg = call.getArgList().isEmpty()
                ? Optional.empty()
                : Optional.of(rows.fields().get(call.getArgList().getFirst()));
        boolean plain = call.getArgList().size() <= 1 && !call.isApproximate() && call.distinctKeys == null;
        boolean repeated = call.isDistinct() && kind == SqlKind.COUNT && plain && arg.isPresent();
        if (repeated) {
            // A value that several rows have counts once anyway.
            return total(SqlStdOperatorTable.COUNT, Optional.of(known(arg.get())), true, filter);
        }
        if (!plain || call.isDistinct()) {
            throw inner.refused();
        }
        boolean average = kind == SqlKind.AVG;
        if (kind == SqlKind.COUNT && (arg.isEmpty() || rows.computed(arg.get()) || never(arg.get()))) {
            return persons(arg.isPresent() ? having(arg.get(), filter) : filter);
        }
        if ((average || kind == SqlKind.SUM || kind == SqlKind.SUM0) && arg.isPresent()) {
            Supplier<RexNode> sum = rows.computed(arg.get())
                    ? added(arg.get(), filter)
                    : persons(both(filter, chosen(arg.get(), average)));
            return average ? ratio(sum, persons(having(arg.get(), filter))) : sum;
        }
        throw inner.refused();
    }

    /** Which persons have a value: of a sum over some of their rows, those who have such a row. */
    private Optional<RexNode> having(RexNode arg, Optional<RexNode> filter) throws QueryRefused {
        List<AggregateCall> used = new ArrayList<>();
        RelOptUtil.InputFinder.bits(arg)
                .forEach(place -> inner.calls().stream()
                        .skip(Math.max(0, place - rows.width()))
                        .limit(place < rows.width() ? 0 : 1)
                        .forEach(used::add));
        boolean some = used.stream()
                .anyMatch(call -> call.hasFilter() && call.getAggregation().getKind() != SqlKind.COUNT);
        if (some && used.size() > 1) {
            throw inner.refused();
        }
        return some
                ? both(
                        filter,
                        RexInputRef.of(used.getFirst().filterArg, rows.base().getRowType()))
                : filter;
    }

    private boolean never(RexNode arg) {
        return arg.equals(inner.subject()) || (arg instanceof RexLiteral literal && !literal.isNull());
    }

    private RexNode known(RexNode expression) throws QueryRefused {
        if (rows.computed(expression)) {
            throw inner.refused();
        }
        return expression;
    }

    private Supplier<RexNode> persons(Optional<RexNode> filter) {
        return total(SqlStdOperatorTable.COUNT, Optional.of(inner.subject()), true, filter);
    }

    private Supplier<RexNode> ratio(Supplier<RexNode> part, Supplier<RexNode> whole) {
        return () -> {
            var number = builder.getTypeFactory()
                    .createTypeWithNullability(builder.getTypeFactory().createSqlType(SqlTypeName.DOUBLE), true);
            return builder.call(
                    SqlStdOperatorTable.DIVIDE, builder.getRexBuilder().makeCast(number, part.get()), whole.get());
        };
    }

    /** The condition of {@code CASE WHEN c THEN 1 ELSE 0 END}. */
    private RexNode chosen(RexNode arg, boolean zeros) throws QueryRefused {
        if (arg instanceof RexCall call && call.getKind() == SqlKind.CAST) {
            return chosen(call.getOperands().getFirst(), zeros);
        }
        boolean flag = arg instanceof RexCall call
                && call.getKind() == SqlKind.CASE
                && call.getOperands().size() == 3
                && number(call.getOperands().get(1), java.math.BigDecimal.ONE)
                && (number(call.getOperands().get(2), java.math.BigDecimal.ZERO)
                        || (!zeros
                                && RexLiteral.isNullLiteral(call.getOperands().get(2))));
        if (!flag) {
            throw new QueryRefused(Refusal.of(GuardReason.JOIN_FANS_OUT)
                    .withHint(
                            "此处只能数人：COUNT(*)、COUNT(DISTINCT 个人)、SUM(CASE WHEN … THEN 1 ELSE 0 END)。",
                            "Persons can only be counted here: COUNT(*), COUNT(DISTINCT person), SUM(CASE WHEN … THEN 1"
                                    + " ELSE 0 END)."));
        }
        return builder.call(
                SqlStdOperatorTable.IS_TRUE, ((RexCall) arg).getOperands().getFirst());
    }

    private static boolean number(RexNode node, java.math.BigDecimal number) {
        return node instanceof RexLiteral literal
                && literal.getValue() instanceof java.math.BigDecimal value
                && value.compareTo(number) == 0;
    }

    /** The sum over persons of what is linear in their counts and sums: the same of the counts and sums of all rows. */
    private Supplier<RexNode> added(RexNode arg, Optional<RexNode> filter) throws QueryRefused {
        if (arg instanceof RexInputRef input && input.getIndex() >= rows.width()) {
            AggregateCall call = inner.calls().get(input.getIndex() - rows.width());
            boolean additive = switch (call.getAggregation().getKind()) {
                case COUNT, SUM, SUM0 -> !call.isDistinct() && !call.isApproximate() && call.distinctKeys == null;
                default -> false;
            };
            if (!additive || call.getArgList().size() > 1) {
                throw inner.refused();
            }
            Optional<RexNode> own = call.hasFilter()
                    ? Optional.of(RexInputRef.of(call.filterArg, rows.base().getRowType()))
                    : Optional.empty();
            return total(
                    call.getAggregation(),
                    call.getArgList().stream()
                            .findFirst()
                            .map(i -> RexInputRef.of(i, rows.base().getRowType())),
                    false,
                    own.isPresent() ? both(filter, own.get()) : filter);
        }
        if (!(arg instanceof RexCall call)) {
            throw inner.refused();
        }
        RexNode first = call.getOperands().getFirst();
        RexNode last = call.getOperands().getLast();
        boolean whole = SqlTypeName.INT_TYPES.contains(call.getType().getSqlTypeName());
        return switch (call.getKind()) {
            case PLUS, MINUS -> {
                Supplier<RexNode> left = added(first, filter);
                Supplier<RexNode> right = added(last, filter);
                yield () -> builder.call(call.getOperator(), left.get(), right.get());
            }
            case TIMES -> {
                boolean constant = first instanceof RexLiteral;
                if (!constant && !(last instanceof RexLiteral)) {
                    throw inner.refused();
                }
                Supplier<RexNode> sum = added(constant ? last : first, filter);
                yield () -> builder.call(SqlStdOperatorTable.MULTIPLY, sum.get(), constant ? first : last);
            }
            case DIVIDE -> {
                // Whole numbers are cut off when they are divided, each person's for itself.
                if (whole || !(last instanceof RexLiteral)) {
                    throw inner.refused();
                }
                Supplier<RexNode> sum = added(first, filter);
                yield () -> builder.call(SqlStdOperatorTable.DIVIDE, sum.get(), last);
            }
            case CAST -> {
                boolean exact = SqlTypeName.APPROX_TYPES.contains(call.getType().getSqlTypeName())
                        || (SqlTypeName.EXACT_TYPES.contains(call.getType().getSqlTypeName())
                                && SqlTypeName.EXACT_TYPES.contains(
                                        first.getType().getSqlTypeName())
                                && call.getType().getScale() >= first.getType().getScale());
                if (!exact) {
                    throw inner.refused();
                }
                yield added(first, filter);
            }
            default -> throw inner.refused();
        };
    }

    private Optional<RexNode> both(Optional<RexNode> filter, RexNode other) {
        return Optional.of(filter.isPresent() ? builder.call(SqlStdOperatorTable.AND, filter.get(), other) : other);
    }

    private Supplier<RexNode> total(
            SqlAggFunction function, Optional<RexNode> arg, boolean distinct, Optional<RexNode> filter) {
        Total total = new Total(function, arg.map(this::place), distinct, filter.map(this::place));
        if (!totals.contains(total)) {
            totals.add(total);
        }
        int index = aggregate.getGroupSet().cardinality() + totals.indexOf(total);
        return () -> builder.field(index);
    }

    /** Where a value is projected, the keys aside. */
    private int place(RexNode value) {
        int keys = aggregate.getGroupSet().cardinality();
        int known = projected.subList(keys, projected.size()).indexOf(value);
        if (known >= 0) {
            return keys + known;
        }
        projected.add(value);
        return projected.size() - 1;
    }
}
