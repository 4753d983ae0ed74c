package org.datareturn.guard.sql;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rel.logical.LogicalTableScan;
import org.apache.calcite.rel.logical.LogicalValues;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.datareturn.guard.GuardReason;
import org.datareturn.guard.QueryRefused;
import org.datareturn.guard.declaration.ColumnDeclaration;
import org.datareturn.guard.plan.Leaf;
import org.datareturn.guard.plan.Question;
import org.datareturn.policy.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a plan at the aggregates that stand directly on base tables. What is below is asked of the data; what is above, read
 * from an allow-list here, sees released rows only. One reading, one thread.
 */
final class OuterReader {
    private final LeafReader reader;
    private final List<Leaf> leaves = new ArrayList<>();

    OuterReader(LeafReader reader) {
        this.reader = reader;
    }

    /** The leaves found so far. */
    List<Leaf> leaves() {
        return leaves;
    }

    /**
     * What a column above the cut is.
     *
     * @param origin the released column it is, when nothing was computed with it
     * @param band the banded column whose labels it holds, when it does
     */
    record Field(Optional<Question.Origin> origin, Optional<ColumnDeclaration> band) {
        static final Field COMPUTED = new Field(Optional.empty(), Optional.empty());
    }

    /** A plan over leaves only. */
    record Cut(RelNode rel, List<Field> fields) {}

    Cut cut(RelNode node) throws QueryRefused {
        return switch (node) {
            case LogicalAggregate aggregate -> {
                Optional<RelNode> byRows = reader.byRows(aggregate);
                yield byRows.isPresent()
                        ? cut(byRows.get())
                        : Plans.onBase(aggregate) ? leaf(aggregate) : above(aggregate);
            }
            case LogicalProject project -> project(project);
            case LogicalFilter filter -> {
                Cut input = cut(filter.getInput());
                OuterRex rex = new OuterRex(this, node.getCluster().getRexBuilder(), input.fields());
                yield new Cut(LogicalFilter.create(input.rel(), rex.read(filter.getCondition())), input.fields());
            }
            case LogicalSort sort -> {
                literal(sort.offset);
                literal(sort.fetch);
                Cut input = cut(sort.getInput());
                yield new Cut(
                        LogicalSort.create(input.rel(), sort.getCollation(), sort.offset, sort.fetch), input.fields());
            }
            case LogicalJoin join -> join(join);
            case SetOp operation -> operation(operation);
            case LogicalValues values ->
                new Cut(values, Collections.nCopies(values.getRowType().getFieldCount(), Field.COMPUTED));
            case TableScan scan ->
                throw new QueryRefused(Refusal.of(GuardReason.ROWS_NOT_ALLOWED)
                        .withHint(
                                "可改用 SELECT 分组列, COUNT(*) … GROUP BY 分组列。",
                                "Use SELECT group columns, COUNT(*) … GROUP BY group columns."));
            default -> throw Plans.refused();
        };
    }

    private Cut leaf(LogicalAggregate aggregate) throws QueryRefused {
        LeafReader.Read read = reader.read(aggregate);
        int index = leaves.indexOf(read.leaf());
        if (index < 0) {
            index = leaves.size();
            leaves.add(read.leaf());
        }
        List<Field> fields = new ArrayList<>();
        RelOptCluster cluster = aggregate.getCluster();
        RelDataTypeFactory.Builder row = cluster.getTypeFactory().builder();
        for (int i = 0; i < read.bands().size(); i++) {
            fields.add(new Field(
                    Optional.of(new Question.Origin(index, i)), read.bands().get(i)));
            row.add("c" + i, aggregate.getRowType().getFieldList().get(i).getType());
        }
        RelDataType type = row.build();
        return new Cut(LogicalTableScan.create(cluster, new LeafTable(Question.leaf(index), type), List.of()), fields);
    }

    private Cut above(LogicalAggregate aggregate) throws QueryRefused {
        if (Plans.aggregated(aggregate.getInput())) {
            return aggregate(aggregate);
        }
        Optional<RelNode> lifted = Lifting.of(aggregate);
        if (lifted.isEmpty()) {
            throw Plans.refused();
        }
        return cut(lifted.get());
    }

    private Cut aggregate(LogicalAggregate aggregate) throws QueryRefused {
        Cut input = cut(aggregate.getInput());
        List<AggregateCall> calls = new ArrayList<>();
        for (AggregateCall call : aggregate.getAggCallList()) {
            OuterRex.allowed(call);
            calls.add(call.withName(null));
        }
        List<Field> fields = new ArrayList<>();
        for (int key : aggregate.getGroupSet()) {
            fields.add(input.fields().get(key));
        }
        calls.forEach(call -> fields.add(Field.COMPUTED));
        return new Cut(
                LogicalAggregate.create(
                        input.rel(), List.of(), aggregate.getGroupSet(), aggregate.getGroupSets(), calls),
                fields);
    }

    private Cut project(LogicalProject project) throws QueryRefused {
        Cut input = cut(project.getInput());
        OuterRex rex = new OuterRex(this, project.getCluster().getRexBuilder(), input.fields());
        List<RexNode> values = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        for (RexNode value : project.getProjects()) {
            // The caller's names are no part of the question.
            names.add("f" + names.size());
            fields.add(rex.field(value));
            values.add(rex.read(value));
        }
        return new Cut(LogicalProject.create(input.rel(), List.of(), values, names, project.getVariablesSet()), fields);
    }

    private Cut join(LogicalJoin join) throws QueryRefused {
        Cut left = cut(join.getLeft());
        Cut right = cut(join.getRight());
        List<Field> both = new ArrayList<>(left.fields());
        both.addAll(right.fields());
        OuterRex rex = new OuterRex(this, join.getCluster().getRexBuilder(), both);
        JoinRelType type = join.getJoinType();
        return new Cut(
                LogicalJoin.create(
                        left.rel(),
                        right.rel(),
                        List.of(),
                        rex.read(join.getCondition()),
                        join.getVariablesSet(),
                        type),
                type.projectsRight() ? both : left.fields());
    }

    private Cut operation(SetOp operation) throws QueryRefused {
        List<RelNode> inputs = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        for (RelNode input : operation.getInputs()) {
            Cut cut = cut(input);
            inputs.add(cut.rel());
            if (fields.isEmpty()) {
                fields.addAll(cut.fields());
            }
            for (int i = 0; i < fields.size(); i++) {
                if (!fields.get(i).equals(cut.fields().get(i))) {
                    fields.set(i, Field.COMPUTED);
                }
            }
        }
        return new Cut(operation.copy(operation.getTraitSet(), inputs), fields);
    }

    private static void literal(@Nullable RexNode node) throws QueryRefused {
        if (node != null && !(node instanceof RexLiteral)) {
            throw RexReader.notAllowed("LIMIT");
        }
    }
}
