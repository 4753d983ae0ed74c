package org.datareturn.guard.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;
import org.datareturn.guard.GuardReason;
import org.datareturn.guard.QueryRefused;
import org.datareturn.guard.declaration.TableDeclaration;
import org.datareturn.guard.plan.Expr;
import org.datareturn.guard.plan.VisibleZone;
import org.datareturn.guard.plan.ZoneFacts;
import org.datareturn.policy.Refusal;

/**
 * A plan in which rows were first put together person by person ({@code GROUP BY id}, {@code DISTINCT id}, EXISTS, {@code id
 * IN (…)}), as one over the rows themselves: conditions and joins on a person hold for each of the person's rows.
 *
 * @param base rows of tables, nothing put together
 * @param fields the plan's fields over the base's; places from its width on stand for {@link Inner#calls}
 * @param inner what was put together; empty when each person had one row anyway
 */
record PersonRows(RelNode base, List<RexNode> fields, Optional<Inner> inner) {

    /**
     * The putting together.
     *
     * @param subject which of the keys is the person
     * @param name what the caller calls it
     * @param keys by what, over the base
     * @param calls what was computed of a person's rows, over the base
     * @param tables whose rows were put together
     */
    record Inner(RexNode subject, String name, List<RexNode> keys, List<AggregateCall> calls, List<String> tables) {

        /** The same when the base's fields come after so many others. */
        private Inner after(int width) {
            List<AggregateCall> later = calls.stream()
                    .map(call -> call.withArgList(call.getArgList().stream()
                                    .map(arg -> arg + width)
                                    .toList())
                            .withFilter(call.hasFilter() ? call.filterArg + width : -1))
                    .toList();
            return new Inner(
                    moved(subject, i -> i + width),
                    name,
                    keys.stream().map(key -> moved(key, i -> i + width)).toList(),
                    later,
                    tables);
        }

        /** Why what is not linear in a person's values is refused. */
        QueryRefused refused() {
            return new QueryRefused(Refusal.of(GuardReason.SUBJECT_NOT_USABLE, name)
                    .withHint(
                            "按个人先汇总时，只能对个人的 COUNT(*) 与 SUM(度量列) 再求和、求平均，或用 COUNT(*) 数人；"
                                    + "不能对个人的汇总值设条件、分组、取最大最小值或求离散程度。",
                            "Of values for each person, COUNT(*) and SUM(measure) can be added up or averaged, and"
                                    + " COUNT(*) counts the persons; conditions, groups, extremes and spreads of a person's"
                                    + " own values are not answered."));
        }
    }

    /** Reads plans of one zone. */
    record Reader(VisibleZone zone, ZoneFacts facts) {

        /** A plan as such; empty when it has another shape. */
        Optional<PersonRows> read(RelNode node) throws QueryRefused {
            if (Plans.pure(node)) {
                return Optional.of(new PersonRows(
                        node,
                        List.copyOf(node.getCluster().getRexBuilder().identityProjects(node.getRowType())),
                        Optional.empty()));
            }
            return switch (node) {
                case LogicalAggregate aggregate -> aggregate(aggregate);
                case LogicalProject project -> project(project);
                case LogicalFilter filter -> filter(filter);
                case LogicalJoin join -> join(join);
                default -> Optional.empty();
            };
        }

        private Optional<PersonRows> aggregate(LogicalAggregate aggregate) throws QueryRefused {
            boolean simple = Plans.onBase(aggregate)
                    && aggregate.getGroupType() == org.apache.calcite.rel.core.Aggregate.Group.SIMPLE;
            if (!simple) {
                return Optional.empty();
            }
            RelNode base = aggregate.getInput();
            Sources sources = new Sources(zone, aggregate);
            List<Expr> columns = sources.read(base);
            List<RexNode> fields = new ArrayList<>();
            Optional<RexNode> subject = Optional.empty();
            String name = "";
            boolean single = false;
            for (int key : aggregate.getGroupSet()) {
                fields.add(RexInputRef.of(key, base.getRowType()));
                if (columns.get(key) instanceof Expr.Input(int index)
                        && sources.source(index).column().subject()) {
                    VisibleZone.Source source = sources.source(index);
                    subject = Optional.of(fields.getLast());
                    name = source.column().name();
                    single = sources.tables().size() == 1
                            && facts.unique(
                                    source.table().name(), source.column().name());
                }
            }
            if (subject.isEmpty()) {
                return Optional.empty();
            }
            List<RexNode> keys = List.copyOf(fields);
            if (single && aggregate.getAggCallList().isEmpty()) {
                return Optional.of(new PersonRows(base, keys, Optional.empty()));
            }
            for (AggregateCall call : aggregate.getAggCallList()) {
                fields.add(new RexInputRef(
                        base.getRowType().getFieldCount() + fields.size() - keys.size(), call.getType()));
            }
            List<String> tables =
                    sources.tables().stream().map(TableDeclaration::name).toList();
            return Optional.of(new PersonRows(
                    base,
                    fields,
                    Optional.of(new Inner(subject.get(), name, keys, aggregate.getAggCallList(), tables))));
        }

        private Optional<PersonRows> project(LogicalProject project) throws QueryRefused {
            Optional<PersonRows> input = read(project.getInput());
            if (input.isEmpty() || project.getProjects().stream().anyMatch(Plans::asks)) {
                return Optional.empty();
            }
            List<RexNode> fields = new ArrayList<>();
            for (RexNode value : project.getProjects()) {
                fields.add(input.get().over(value));
                TextBounds.check(fields.getLast());
            }
            return Optional.of(new PersonRows(input.get().base, fields, input.get().inner));
        }

        private Optional<PersonRows> filter(LogicalFilter filter) throws QueryRefused {
            Optional<PersonRows> rows = read(filter.getInput());
            for (RexNode conjunct : RelOptUtil.conjunctions(filter.getCondition())) {
                if (rows.isEmpty()) {
                    return rows;
                }
                if (conjunct instanceof RexSubQuery query && ofRows(query)) {
                    Optional<PersonRows> known = distinct(query.rel);
                    rows = known.isEmpty()
                            ? Optional.empty()
                            : joined(rows.get(), known.get(), List.of(), query.getOperands());
                } else if (conjunct instanceof RexCall not
                        && not.getKind() == SqlKind.NOT
                        && not.getOperands().getFirst() instanceof RexSubQuery query
                        && ofRows(query)
                        && distinct(query.rel).isPresent()) {
                    throw absence();
                } else if (Plans.asks(conjunct)) {
                    return Optional.empty();
                } else {
                    rows = Optional.of(rows.get().where(conjunct));
                }
            }
            return rows;
        }

        private static boolean ofRows(RexSubQuery query) {
            return query.getKind() == SqlKind.IN && query.getOperands().size() == 1 && Plans.pure(query.rel);
        }

        private Optional<PersonRows> distinct(RelNode rows) throws QueryRefused {
            return aggregate(LogicalAggregate.create(rows, List.of(), ImmutableBitSet.of(0), null, List.of()));
        }

        private Optional<PersonRows> join(LogicalJoin join) throws QueryRefused {
            if (!join.getVariablesSet().isEmpty() || Plans.asks(join.getCondition())) {
                return Optional.empty();
            }
            Optional<PersonRows> left = read(join.getLeft());
            Optional<PersonRows> right = left.isEmpty() ? left : read(join.getRight());
            if (left.isEmpty() || right.isEmpty()) {
                return Optional.empty();
            }
            if (join.getJoinType() != JoinRelType.INNER) {
                throw absence();
            }
            return joined(left.get(), right.get(), RelOptUtil.conjunctions(join.getCondition()), List.of());
        }

        /** Rows of two plans: under conditions over both, and where these values of the left are the right's first fields. */
        private Optional<PersonRows> joined(
                PersonRows left, PersonRows right, List<RexNode> conditions, List<RexNode> matched)
                throws QueryRefused {
            if (left.inner.isPresent() && right.inner.isPresent()) {
                throw left.inner.get().refused();
            }
            int leftWidth = left.width();
            int rightWidth = right.width();
            List<RexNode> fields = new ArrayList<>();
            left.fields.forEach(f -> fields.add(moved(f, i -> i < leftWidth ? i : i + rightWidth)));
            right.fields.forEach(f -> fields.add(moved(f, i -> i + leftWidth)));
            Optional<Inner> inner = left.inner.or(() -> right.inner.map(i -> i.after(leftWidth)));
            var rex = left.base.getCluster().getRexBuilder();
            RelNode base = LogicalJoin.create(
                    left.base, right.base, List.of(), rex.makeLiteral(true), java.util.Set.of(), JoinRelType.INNER);
            PersonRows both = new PersonRows(base, fields, inner);
            for (RexNode condition : conditions) {
                both = both.where(condition);
            }
            for (int i = 0; i < matched.size(); i++) {
                both = both.where(rex.makeCall(
                        org.apache.calcite.sql.fun.SqlStdOperatorTable.EQUALS,
                        matched.get(i),
                        new RexInputRef(
                                left.fields.size() + i, right.fields.get(i).getType())));
            }
            return Optional.of(
                    matched.isEmpty() ? both : new PersonRows(both.base, fields.subList(0, left.fields.size()), inner));
        }
    }

    int width() {
        return base.getRowType().getFieldCount();
    }

    /** An expression over the plan's fields, over the base's. */
    RexNode over(RexNode expression) {
        return expression.accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef input) {
                return fields.get(input.getIndex());
            }
        });
    }

    /** Whether an expression over the base uses what was computed of a person's rows. */
    boolean computed(RexNode expression) {
        return RelOptUtil.InputFinder.bits(expression).nextSetBit(width()) >= 0;
    }

    private PersonRows where(RexNode condition) throws QueryRefused {
        RexNode own = over(condition);
        if (inner.isPresent() && computed(own)) {
            throw inner.get().refused();
        }
        return new PersonRows(LogicalFilter.create(base, own), fields, inner);
    }

    private static RexNode moved(RexNode node, java.util.function.IntUnaryOperator place) {
        return node.accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef input) {
                return new RexInputRef(place.applyAsInt(input.getIndex()), input.getType());
            }
        });
    }

    private static QueryRefused absence() {
        return new QueryRefused(Refusal.of(GuardReason.SUBQUERY)
                .withHint(
                        "不回答“没有记录”的人（NOT EXISTS、NOT IN、外连接后为空）：请分别询问全体与有记录者，再相减。",
                        "Persons for whom there is no row (NOT EXISTS, NOT IN, outer joins) are not asked for directly:"
                                + " ask for all and for those who have one, and subtract."));
    }
}
