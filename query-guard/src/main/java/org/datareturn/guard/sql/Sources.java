package org.datareturn.guard.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexNode;
import org.datareturn.guard.GuardReason;
import org.datareturn.guard.QueryRefused;
import org.datareturn.guard.declaration.ColumnDeclaration;
import org.datareturn.guard.declaration.JoinDeclaration;
import org.datareturn.guard.declaration.TableDeclaration;
import org.datareturn.guard.plan.Expr;
import org.datareturn.guard.plan.VisibleZone;
import org.datareturn.policy.Refusal;

/** Everything below a query's aggregate: the tables, how they are joined, the conditions. One reading, one thread. */
final class Sources {
    private final VisibleZone zone;
    private final RexReader rex;
    private final List<VisibleZone.Source> columns = new ArrayList<>();
    private final List<TableDeclaration> tables = new ArrayList<>();
    private final List<JoinDeclaration> joins = new ArrayList<>();
    private final List<Expr> conditions = new ArrayList<>();

    Sources(VisibleZone zone, RelNode plan) {
        this.zone = zone;
        this.rex = new RexReader(plan.getCluster().getRexBuilder(), this::banded);
    }

    RexReader rex() {
        return rex;
    }

    List<TableDeclaration> tables() {
        return tables;
    }

    List<JoinDeclaration> joins() {
        return joins;
    }

    List<Expr> conditions() {
        return conditions;
    }

    VisibleZone.Source source(int index) {
        return columns.get(index);
    }

    Optional<ColumnDeclaration> banded(int index) {
        return Optional.of(columns.get(index).column()).filter(ColumnDeclaration::banded);
    }

    /** Reads the plan below an aggregate; gives its fields as expressions over {@link #source}. */
    List<Expr> read(RelNode node) throws QueryRefused {
        return switch (node) {
            case TableScan scan -> scan(scan);
            case LogicalFilter filter -> {
                List<Expr> fields = read(filter.getInput());
                for (RexNode conjunct : RelOptUtil.conjunctions(filter.getCondition())) {
                    condition(known(rex.read(conjunct, fields)));
                }
                yield fields;
            }
            case LogicalProject project -> {
                List<Expr> fields = read(project.getInput());
                List<Expr> values = new ArrayList<>();
                for (RexNode value : project.getProjects()) {
                    values.add(known(rex.read(value, fields)));
                    TextBounds.check(values.getLast());
                }
                yield values;
            }
            case LogicalJoin join -> join(join);
            default -> throw refused(node);
        };
    }

    private static QueryRefused refused(RelNode node) {
        return new QueryRefused(
                switch (node) {
                    case org.apache.calcite.rel.core.Aggregate aggregate ->
                        Refusal.of(GuardReason.SUBQUERY).withHint("请只用一层 GROUP BY。", "Use one level of GROUP BY.");
                    case org.apache.calcite.rel.core.SetOp set -> Refusal.of(GuardReason.SET_OPERATION);
                    case org.apache.calcite.rel.core.Values values -> Refusal.of(GuardReason.NO_SUBJECT_TABLE);
                    default -> Refusal.of(GuardReason.SUBQUERY).withHint("请直接对表提问。", "Ask the tables directly.");
                });
    }

    private List<Expr> scan(TableScan scan) throws QueryRefused {
        String name = scan.getTable().getQualifiedName().getLast();
        TableDeclaration table = zone.tables().stream()
                .filter(t -> t.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new QueryRefused(Refusal.of(GuardReason.UNKNOWN_NAME, name)));
        if (tables.contains(table)) {
            throw joinRefused();
        }
        tables.add(table);
        List<Expr> fields = new ArrayList<>();
        for (ColumnDeclaration column : table.columns()) {
            fields.add(new Expr.Input(columns.size()));
            columns.add(new VisibleZone.Source(table, column));
        }
        return fields;
    }

    private List<Expr> join(LogicalJoin join) throws QueryRefused {
        if (join.getJoinType() == JoinRelType.LEFT || join.getJoinType() == JoinRelType.RIGHT) {
            throw new QueryRefused(Refusal.of(GuardReason.JOIN_NOT_DECLARED)
                    .withHint(
                            "外连接中可用：COUNT(DISTINCT 个人)、对另一张表的列作 COUNT、SUM、AVG；分组列与条件列须取自保留行的表。",
                            "With an outer join: COUNT(DISTINCT person), and COUNT, SUM, AVG of the other table's"
                                    + " columns; keys and conditions are of the table that keeps its rows."));
        }
        if (join.getJoinType() != JoinRelType.INNER || !join.getVariablesSet().isEmpty()) {
            throw joinRefused();
        }
        List<Expr> fields = new ArrayList<>(read(join.getLeft()));
        fields.addAll(read(join.getRight()));
        for (RexNode conjunct : RelOptUtil.conjunctions(join.getCondition())) {
            condition(rex.read(conjunct, fields));
        }
        return fields;
    }

    private void condition(Expr condition) throws QueryRefused {
        if (condition instanceof Expr.Const(Boolean flag) && flag) {
            return;
        }
        if (condition instanceof Expr.Call present
                && present.op() == Expr.Op.IS_NOT_NULL
                && present.args().getFirst() instanceof Expr.Input(int index)
                && columns.get(index).column().subject()) {
            // Every row has a person: tables without are not loaded.
            return;
        }
        if (condition instanceof Expr.Call call
                && call.op() == Expr.Op.EQ
                && call.args().get(0) instanceof Expr.Input(int left)
                && call.args().get(1) instanceof Expr.Input(int right)) {
            joins.add(declared(columns.get(left), columns.get(right)));
            return;
        }
        conditions.add(condition);
    }

    /** The expression, where of columns joined on each other, as USING has them, whichever has a value is the first. */
    private Expr known(Expr expr) {
        if (!(expr instanceof Expr.Call call)) {
            return expr;
        }
        List<Expr> args = call.args().stream().map(this::known).toList();
        boolean either = call.op() == Expr.Op.CASE
                && args.size() == 3
                && args.getFirst().equals(Expr.call(Expr.Op.IS_NOT_NULL, args.get(1)))
                && args.get(1) instanceof Expr.Input(int left)
                && args.get(2) instanceof Expr.Input(int right)
                && joins.stream()
                        .anyMatch(join -> matches(join, columns.get(left), columns.get(right))
                                || matches(join, columns.get(right), columns.get(left)));
        return either ? args.get(1) : new Expr.Call(call.op(), args);
    }

    private JoinDeclaration declared(VisibleZone.Source left, VisibleZone.Source right) throws QueryRefused {
        for (JoinDeclaration join : zone.joins()) {
            if (matches(join, left, right) || matches(join, right, left)) {
                return join;
            }
        }
        throw joinRefused();
    }

    private static boolean matches(JoinDeclaration join, VisibleZone.Source left, VisibleZone.Source right) {
        return join.leftTable().equals(left.table().name())
                && same(join.leftColumn(), left.column().name())
                && join.rightTable().equals(right.table().name())
                && same(join.rightColumn(), right.column().name());
    }

    private static boolean same(String left, String right) {
        return left.toLowerCase(Locale.ROOT).equals(right.toLowerCase(Locale.ROOT));
    }

    QueryRefused joinRefused() {
        String allowed = String.join(
                "; ",
                zone.joins().stream()
                        .map(j -> j.leftTable() + "." + j.leftColumn() + " = " + j.rightTable() + "." + j.rightColumn())
                        .toList());
        Refusal refusal = Refusal.of(GuardReason.JOIN_NOT_DECLARED);
        return new QueryRefused(
                allowed.isEmpty()
                        ? refusal.withHint("本专区没有声明连接。", "This zone declares no joins.")
                        : refusal.withHint("可用的内连接：" + allowed + "。", "Inner joins allowed: " + allowed + "."));
    }
}
