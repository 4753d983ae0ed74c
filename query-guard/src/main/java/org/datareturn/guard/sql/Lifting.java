package org.datareturn.guard.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.plan.RelOptUtil;
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
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;
import org.datareturn.guard.QueryRefused;
import org.jspecify.annotations.Nullable;

/**
 * Rows conditioned on, or joined with, what was aggregated from other rows: "the mean of the five most common occupations".
 * The rows are first grouped by the columns that the condition or the join looks at; the condition is then applied to
 * released groups, and the groups that meet it are added up. So the condition chooses among released values and nothing else.
 */
final class Lifting {
    private final LogicalAggregate aggregate;
    private final RelBuilder builder;
    private List<RexNode> outputs;
    private List<RexNode> conditions = new ArrayList<>();

    private Lifting(LogicalAggregate aggregate) {
        this.aggregate = aggregate;
        this.builder = RelFactories.LOGICAL_BUILDER.create(aggregate.getCluster(), null);
        this.outputs = new ArrayList<>(identity(aggregate.getInput()));
    }

    /** The aggregate as one over released groups; empty when it has another shape. */
    static Optional<RelNode> of(LogicalAggregate aggregate) throws QueryRefused {
        return aggregate.getGroupType() == org.apache.calcite.rel.core.Aggregate.Group.SIMPLE && additive(aggregate)
                ? new Lifting(aggregate).lifted()
                : Optional.empty();
    }

    private static List<? extends RexNode> identity(RelNode node) {
        return node.getCluster().getRexBuilder().identityProjects(node.getRowType());
    }

    private Optional<RelNode> lifted() throws QueryRefused {
        RelNode node = aggregate.getInput();
        while (node instanceof LogicalProject || node instanceof LogicalFilter) {
            if (node instanceof LogicalProject project) {
                outputs = new ArrayList<>(RelOptUtil.pushPastProject(outputs, project));
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
        if (Plans.pure(node)) {
            return Optional.of(over(node, 0, Optional.empty()));
        }
        if (!(node instanceof LogicalJoin join)) {
            return Optional.empty();
        }
        boolean left = Plans.pure(join.getLeft()) && Plans.aggregated(join.getRight());
        boolean right = Plans.pure(join.getRight()) && Plans.aggregated(join.getLeft());
        if (join.getJoinType() == JoinRelType.INNER && (left || right)) {
            conditions.addAll(RelOptUtil.conjunctions(join.getCondition()));
            return Optional.of(
                    left
                            ? over(join.getLeft(), 0, Optional.of(join))
                            : over(join.getRight(), join.getLeft().getRowType().getFieldCount(), Optional.of(join)));
        }
        return Optional.empty();
    }

    /** Builds the plan over base rows that start at a place of the fields. */
    private RelNode over(RelNode base, int from, Optional<LogicalJoin> join) {
        int width = base.getRowType().getFieldCount();
        List<RexNode> inside = new ArrayList<>();
        List<RexNode> outside = new ArrayList<>();
        for (RexNode condition : conditions) {
            boolean own = !Plans.asks(condition) && within(condition, from, width);
            (own ? inside : outside).add(condition);
        }
        TreeSet<Integer> looked = new TreeSet<>();
        outside.forEach(condition -> inputs(condition, looked));
        aggregate.getGroupSet().forEach(key -> inputs(outputs.get(key), looked));
        List<Integer> keys =
                looked.stream().filter(i -> i >= from && i < from + width).toList();
        builder.push(base);
        builder.filter(inside.stream().map(c -> moved(c, i -> i - from)).toList());
        List<RexNode> projected = new ArrayList<>();
        keys.forEach(key -> projected.add(builder.field(key - from)));
        aggregate.getAggCallList().forEach(call -> {
            for (int field : fields(call)) {
                projected.add(moved(outputs.get(field), i -> i - from));
            }
        });
        List<String> names = new ArrayList<>();
        projected.forEach(value -> names.add("b" + names.size()));
        builder.project(projected, names, true);
        grouped(keys.size());
        int inner = builder.peek().getRowType().getFieldCount();
        int places = join.map(j -> j.getRowType().getFieldCount()).orElse(width);
        List<Integer> place = new ArrayList<>();
        for (int i = 0; i < places; i++) {
            boolean own = i >= from && i < from + width;
            place.add(own ? keys.indexOf(i) : i < from ? inner + i : inner + i - width);
        }
        if (join.isPresent()) {
            builder.push(from == 0 ? join.get().getRight() : join.get().getLeft());
            builder.join(JoinRelType.INNER, builder.literal(true));
        }
        builder.filter(outside.stream().map(c -> moved(c, place::get)).toList());
        return added(keys.size(), place);
    }

    private static List<Integer> fields(AggregateCall call) {
        List<Integer> fields = new ArrayList<>(call.getArgList());
        if (call.hasFilter()) {
            fields.add(call.filterArg);
        }
        return fields;
    }

    /** The groups: for each call what can be added up, and the rows it counts. */
    private void grouped(int keys) {
        List<RelBuilder.AggCall> calls = new ArrayList<>();
        int next = keys;
        for (AggregateCall call : aggregate.getAggCallList()) {
            List<RexNode> args = new ArrayList<>();
            for (int i = 0; i < call.getArgList().size(); i++) {
                args.add(builder.field(next++));
            }
            RexNode filter = call.hasFilter() ? builder.field(next++) : null;
            var first =
                    call.getAggregation().getKind() == SqlKind.AVG ? SqlStdOperatorTable.SUM : call.getAggregation();
            calls.add(builder.aggregateCall(first, args)
                    .distinct(call.isDistinct())
                    .filter(filter));
            calls.add(builder.aggregateCall(SqlStdOperatorTable.COUNT, args).filter(filter));
        }
        List<RexNode> by = new ArrayList<>();
        for (int i = 0; i < keys; i++) {
            by.add(builder.field(i));
        }
        // The builder would merge equal calls, and their places are counted on.
        List<RelBuilder.AggCall> named = new ArrayList<>();
        calls.forEach(call -> named.add(call.as("n" + named.size())));
        builder.aggregate(builder.groupKey(by), named);
    }

    /** What meets the condition, added up. */
    private RelNode added(int keys, List<Integer> place) {
        List<RexNode> values = new ArrayList<>();
        for (int key : aggregate.getGroupSet()) {
            values.add(moved(outputs.get(key), place::get));
        }
        int groups = values.size();
        for (int i = 0; i < 2 * aggregate.getAggCallList().size(); i++) {
            values.add(builder.field(keys + i));
        }
        List<String> names = new ArrayList<>();
        values.forEach(value -> names.add("g" + names.size()));
        builder.project(values, names, true);
        List<RelBuilder.AggCall> calls = new ArrayList<>();
        for (AggregateCall call : aggregate.getAggCallList()) {
            RexNode first = builder.field(groups + calls.size());
            RexNode rows = builder.field(groups + calls.size() + 1);
            boolean extreme = call.getAggregation().getKind() == SqlKind.MIN
                    || call.getAggregation().getKind() == SqlKind.MAX;
            calls.add(builder.aggregateCall(extreme ? call.getAggregation() : SqlStdOperatorTable.SUM, first)
                    .as("s" + calls.size()));
            calls.add(builder.aggregateCall(SqlStdOperatorTable.SUM, rows).as("s" + calls.size()));
        }
        List<RexNode> by = new ArrayList<>();
        for (int i = 0; i < groups; i++) {
            by.add(builder.field(i));
        }
        builder.aggregate(builder.groupKey(by), calls);
        List<RexNode> results = new ArrayList<>(by.stream()
                .map(key -> (RexNode) builder.field(((RexInputRef) key).getIndex()))
                .toList());
        for (int i = 0; i < aggregate.getAggCallList().size(); i++) {
            RexNode first = builder.field(groups + 2 * i);
            RexNode rows = builder.field(groups + 2 * i + 1);
            boolean mean = aggregate.getAggCallList().get(i).getAggregation().getKind() == SqlKind.AVG;
            results.add(mean ? builder.call(SqlStdOperatorTable.DIVIDE, first, rows) : first);
        }
        List<String> resultNames = new ArrayList<>();
        results.forEach(value -> resultNames.add("r" + resultNames.size()));
        builder.project(results, resultNames, true);
        return RelOptUtil.createCastRel(builder.build(), aggregate.getRowType(), true);
    }

    /** Whether every call can be added up from groups. */
    private static boolean additive(LogicalAggregate aggregate) {
        return aggregate.getAggCallList().stream()
                .allMatch(call -> switch (call.getAggregation().getKind()) {
                    case COUNT, SUM, SUM0, AVG -> !call.isDistinct();
                    case MIN, MAX -> true;
                    default -> false;
                });
    }

    private static boolean within(RexNode node, int from, int width) {
        TreeSet<Integer> used = new TreeSet<>();
        inputs(node, used);
        return used.stream().allMatch(i -> i >= from && i < from + width);
    }

    private static void inputs(RexNode node, Set<Integer> used) {
        node.accept(new RexVisitorImpl<@Nullable Void>(true) {
            @Override
            public @Nullable Void visitInputRef(RexInputRef input) {
                used.add(input.getIndex());
                return null;
            }
        });
    }

    private static RexNode moved(RexNode node, java.util.function.IntUnaryOperator place) {
        return node.accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef input) {
                return new RexInputRef(place.applyAsInt(input.getIndex()), input.getType());
            }
        });
    }
}
