package org.datareturn.guard.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.Strong;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;
import org.datareturn.guard.QueryRefused;
import org.jspecify.annotations.Nullable;

/**
 * Persons with or without a row in another table (LEFT JOIN), as two questions: what is counted of the persons is asked of
 * their own table, what is asked of the other table's columns, which are null for who has no row, of the inner join. The two
 * are put together by the groups' keys, over released values.
 */
final class OuterJoins {
    private final LogicalAggregate aggregate;
    private final LogicalJoin join;
    private final List<RexNode> outputs;
    private final List<RexNode> conditions;
    private final ImmutableBitSet nullable;
    private final RelBuilder builder;

    private OuterJoins(LogicalAggregate aggregate, LogicalJoin join, List<RexNode> outputs, List<RexNode> conditions) {
        this.aggregate = aggregate;
        this.join = join;
        this.outputs = outputs;
        this.conditions = conditions;
        int left = join.getLeft().getRowType().getFieldCount();
        this.nullable = join.getJoinType() == JoinRelType.LEFT
                ? ImmutableBitSet.range(left, join.getRowType().getFieldCount())
                : ImmutableBitSet.range(left);
        this.builder = RelFactories.LOGICAL_BUILDER.create(aggregate.getCluster(), null);
    }

    /** The aggregate as one without an outer join of rows; empty when it has another shape. */
    static Optional<RelNode> of(LogicalAggregate aggregate) throws QueryRefused {
        boolean simple = Plans.onBase(aggregate)
                && aggregate.getGroupType() == org.apache.calcite.rel.core.Aggregate.Group.SIMPLE;
        if (!simple) {
            return Optional.empty();
        }
        RelNode node = aggregate.getInput();
        List<RexNode> outputs =
                new ArrayList<>(node.getCluster().getRexBuilder().identityProjects(node.getRowType()));
        List<RexNode> conditions = new ArrayList<>();
        while (node instanceof LogicalProject || node instanceof LogicalFilter) {
            if (node instanceof LogicalProject project) {
                outputs = RelOptUtil.pushPastProject(outputs, project);
                conditions = new ArrayList<>(RelOptUtil.pushPastProject(conditions, project));
                for (RexNode expr : outputs) {
                    TextBounds.check(expr);
                }
                for (RexNode expr : conditions) {
                    TextBounds.check(expr);
                }
                node = project.getInput();
            } else if (node instanceof LogicalFilter filter) {
                conditions.addAll(RelOptUtil.conjunctions(filter.getCondition()));
                node = filter.getInput();
            }
        }
        boolean outer = node instanceof LogicalJoin join
                && (join.getJoinType() == JoinRelType.LEFT || join.getJoinType() == JoinRelType.RIGHT)
                && join.getVariablesSet().isEmpty();
        return outer
                ? new OuterJoins(aggregate, (LogicalJoin) node, outputs, conditions).rewritten()
                : Optional.empty();
    }

    private Optional<RelNode> rewritten() {
        if (conditions.stream().anyMatch(condition -> Strong.isNotTrue(condition, nullable))) {
            // Who has no row does not meet the condition: an inner join in other words.
            return Optional.of(RelOptUtil.createCastRel(
                    asked(inner(), 0, aggregate.getAggCallList()), aggregate.getRowType(), true));
        }
        boolean known = conditions.stream().allMatch(this::own)
                && aggregate.getGroupSet().asList().stream().allMatch(key -> own(outputs.get(key)));
        List<AggregateCall> persons = new ArrayList<>();
        List<AggregateCall> rows = new ArrayList<>();
        for (AggregateCall call : aggregate.getAggCallList()) {
            (ofPersons(call) ? persons : rows).add(call);
        }
        if (!known || !rows.stream().allMatch(this::ofRows)) {
            return Optional.empty();
        }
        RelNode kept = join.getJoinType() == JoinRelType.LEFT ? join.getLeft() : join.getRight();
        int from = join.getJoinType() == JoinRelType.LEFT ? 0 : nullable.cardinality();
        RelNode result;
        if (rows.isEmpty()) {
            result = asked(kept, from, persons);
        } else if (persons.isEmpty()) {
            result = asked(inner(), 0, rows);
        } else {
            result = both(asked(kept, from, persons), asked(inner(), 0, rows));
        }
        return Optional.of(RelOptUtil.createCastRel(result, aggregate.getRowType(), true));
    }

    private RelNode inner() {
        return join.copy(
                join.getTraitSet(),
                join.getCondition(),
                join.getLeft(),
                join.getRight(),
                JoinRelType.INNER,
                join.isSemiJoinDone());
    }

    private boolean own(RexNode expression) {
        return !RelOptUtil.InputFinder.bits(expression).intersects(nullable);
    }

    /** Whether a call is of persons only, and the same however often a person is met. */
    private boolean ofPersons(AggregateCall call) {
        return call.getAggregation().getKind() == SqlKind.COUNT
                && call.isDistinct()
                && fields(call).stream().allMatch(field -> own(outputs.get(field)));
    }

    /** Whether a call passes over who has no row. */
    private boolean ofRows(AggregateCall call) {
        return (call.hasFilter() && Strong.isNotTrue(outputs.get(call.filterArg), nullable))
                || (call.getArgList().size() == 1
                        && Strong.isNull(outputs.get(call.getArgList().getFirst()), nullable));
    }

    private static List<Integer> fields(AggregateCall call) {
        List<Integer> fields = new ArrayList<>(call.getArgList());
        if (call.hasFilter()) {
            fields.add(call.filterArg);
        }
        return fields;
    }

    /** These calls, by the keys, of rows whose fields start at a place of the join's. */
    private RelNode asked(RelNode rows, int from, List<AggregateCall> calls) {
        builder.push(rows);
        builder.filter(conditions.stream().map(c -> moved(c, from)).toList());
        List<RexNode> projected = new ArrayList<>();
        aggregate.getGroupSet().forEach(key -> projected.add(moved(outputs.get(key), from)));
        int keys = projected.size();
        calls.forEach(call -> fields(call).forEach(field -> projected.add(moved(outputs.get(field), from))));
        List<String> names = new ArrayList<>();
        projected.forEach(value -> names.add("o" + names.size()));
        builder.project(projected, names, true);
        List<RelBuilder.AggCall> asked = new ArrayList<>();
        int next = keys;
        for (AggregateCall call : calls) {
            List<RexNode> args = new ArrayList<>();
            for (int i = 0; i < call.getArgList().size(); i++) {
                args.add(builder.field(next++));
            }
            @Nullable RexNode filter = call.hasFilter() ? builder.field(next++) : null;
            // Named apart, because the builder merges equal calls, and their places are counted on.
            asked.add(builder.aggregateCall(call.getAggregation(), args)
                    .distinct(call.isDistinct())
                    .filter(filter)
                    .as("a" + asked.size()));
        }
        builder.aggregate(builder.groupKey(ImmutableBitSet.range(keys)), asked);
        return builder.build();
    }

    /** The two put together, in the order of the aggregate's calls. */
    private RelNode both(RelNode persons, RelNode rows) {
        int keys = aggregate.getGroupSet().cardinality();
        int width = persons.getRowType().getFieldCount();
        builder.push(persons).push(rows);
        List<RexNode> alike = new ArrayList<>();
        for (int i = 0; i < keys; i++) {
            alike.add(builder.call(
                    SqlStdOperatorTable.IS_NOT_DISTINCT_FROM, builder.field(2, 0, i), builder.field(2, 1, i)));
        }
        builder.join(JoinRelType.LEFT, alike);
        List<RexNode> values = new ArrayList<>();
        for (int i = 0; i < keys; i++) {
            values.add(builder.field(i));
        }
        int person = keys;
        int row = width + keys;
        for (AggregateCall call : aggregate.getAggCallList()) {
            values.add(builder.field(ofPersons(call) ? person++ : row++));
        }
        List<String> names = new ArrayList<>();
        values.forEach(value -> names.add("b" + names.size()));
        return builder.project(values, names, true).build();
    }

    private static RexNode moved(RexNode node, int from) {
        return node.accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef input) {
                return new RexInputRef(input.getIndex() - from, input.getType());
            }
        });
    }
}
