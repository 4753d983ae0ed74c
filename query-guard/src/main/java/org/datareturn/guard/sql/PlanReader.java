package org.datareturn.guard.sql;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.datareturn.guard.GuardReason;
import org.datareturn.guard.QueryRefused;
import org.datareturn.guard.declaration.ColumnDeclaration;
import org.datareturn.guard.plan.Aggregate;
import org.datareturn.guard.plan.CellQuery;
import org.datareturn.guard.plan.Expr;
import org.datareturn.guard.plan.Stage;
import org.datareturn.guard.plan.VisibleZone;
import org.datareturn.guard.plan.ZoneFacts;
import org.datareturn.policy.Refusal;

/**
 * Reads a validated plan into a {@link CellQuery}, node by node from an allow-list: sorts, projections and filters, one
 * aggregate, then filters, projections and joins down to tables. Any other plan is refused, whatever its text was.
 */
final class PlanReader {
    private final VisibleZone zone;
    private final ZoneFacts facts;
    private final int minGroupSize;

    PlanReader(VisibleZone zone, ZoneFacts facts, int minGroupSize) {
        this.zone = zone;
        this.facts = facts;
        this.minGroupSize = minGroupSize;
    }

    CellQuery read(RelNode plan, List<String> names) throws QueryRefused {
        Deque<RelNode> above = new ArrayDeque<>();
        RelNode node = plan;
        while (!(node instanceof LogicalAggregate)) {
            if (!(node instanceof Sort || node instanceof LogicalProject || node instanceof LogicalFilter)) {
                throw rowsRefused(node);
            }
            above.push(node);
            node = node.getInput(0);
        }
        LogicalAggregate aggregate = (LogicalAggregate) node;
        if (aggregate.getGroupType() != org.apache.calcite.rel.core.Aggregate.Group.SIMPLE) {
            throw new QueryRefused(Refusal.of(GuardReason.GROUPING_SETS));
        }
        Sources sources = new Sources(zone, plan);
        List<Expr> fields = sources.read(aggregate.getInput());
        Usage usage = new Usage(sources, facts, minGroupSize);
        for (Expr condition : sources.conditions()) {
            usage.condition(condition);
        }
        List<Expr> keys = new ArrayList<>();
        for (int key : aggregate.getGroupSet()) {
            usage.key(fields.get(key));
            keys.add(fields.get(key));
        }
        if (aggregate.getAggCallList().isEmpty()) {
            throw rowsRefused(aggregate);
        }
        AggregateReader reader = new AggregateReader(sources, usage);
        List<Aggregate> aggregates = new ArrayList<>();
        for (AggregateCall call : aggregate.getAggCallList()) {
            aggregates.add(reader.read(call, fields));
        }
        JoinShape shape = JoinShape.of(sources, facts, reader.measured());
        List<Stage> stages = stages(above, keys, sources, aggregates.size());
        return usage.query(shape, keys, aggregates, stages, names);
    }

    private List<Stage> stages(Deque<RelNode> above, List<Expr> keys, Sources sources, int aggregates)
            throws QueryRefused {
        List<Optional<ColumnDeclaration>> bands = new ArrayList<>();
        for (Expr key : keys) {
            bands.add(key instanceof Expr.Input(int index) ? sources.banded(index) : Optional.empty());
        }
        for (int i = 0; i < aggregates; i++) {
            bands.add(Optional.empty());
        }
        List<Stage> stages = new ArrayList<>();
        while (!above.isEmpty()) {
            List<Optional<ColumnDeclaration>> now = List.copyOf(bands);
            RexReader rex = new RexReader(above.peek().getCluster().getRexBuilder(), now::get);
            List<Expr> identity = new ArrayList<>();
            for (int i = 0; i < now.size(); i++) {
                identity.add(new Expr.Input(i));
            }
            switch (above.pop()) {
                case LogicalProject project -> {
                    List<Expr> values = new ArrayList<>();
                    bands.clear();
                    for (RexNode value : project.getProjects()) {
                        Expr expr = rex.read(value, identity);
                        Bands.check(expr, now::get);
                        values.add(expr);
                        bands.add(expr instanceof Expr.Input(int index) ? now.get(index) : Optional.empty());
                    }
                    stages.add(new Stage.Project(values));
                }
                case LogicalFilter filter -> {
                    Expr condition = rex.read(filter.getCondition(), identity);
                    Bands.check(condition, now::get);
                    stages.add(new Stage.Keep(condition));
                }
                case Sort sort -> stages.add(order(sort));
                default -> throw new IllegalStateException("read() lets nothing else through");
            }
        }
        return stages;
    }

    private static Stage order(Sort sort) throws QueryRefused {
        List<Stage.By> by = new ArrayList<>();
        RelCollation collation = sort.getCollation();
        for (RelFieldCollation field : collation.getFieldCollations()) {
            by.add(new Stage.By(
                    field.getFieldIndex(),
                    field.getDirection().isDescending(),
                    field.nullDirection == RelFieldCollation.NullDirection.FIRST));
        }
        return new Stage.Order(by, number(sort.offset).orElse(0), number(sort.fetch));
    }

    private static OptionalInt number(@org.jspecify.annotations.Nullable RexNode node) throws QueryRefused {
        if (node == null) {
            return OptionalInt.empty();
        }
        if (node instanceof RexLiteral literal && literal.getValue() instanceof java.math.BigDecimal value) {
            return OptionalInt.of(
                    value.min(java.math.BigDecimal.valueOf(Integer.MAX_VALUE)).intValue());
        }
        throw RexReader.notAllowed("LIMIT");
    }

    private static QueryRefused rowsRefused(RelNode node) {
        return new QueryRefused(
                node instanceof org.apache.calcite.rel.core.SetOp
                        ? Refusal.of(GuardReason.SET_OPERATION)
                        : Refusal.of(GuardReason.ROWS_NOT_ALLOWED)
                                .withHint(
                                        "可改用 SELECT 分组列, COUNT(*) … GROUP BY 分组列。",
                                        "Use SELECT group columns, COUNT(*) … GROUP BY group columns."));
    }
}
