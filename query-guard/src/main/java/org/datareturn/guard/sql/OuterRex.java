package org.datareturn.guard.sql;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.rex.RexWindowBound;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.datareturn.guard.GuardReason;
import org.datareturn.guard.QueryRefused;
import org.datareturn.guard.declaration.ColumnDeclaration;
import org.datareturn.guard.plan.Band;
import org.datareturn.guard.plan.Evaluator;
import org.datareturn.guard.plan.Expr;
import org.datareturn.policy.Refusal;

/**
 * Reads expressions over released rows: an allow-list of functions that reach nothing but their arguments, conditions on
 * banded columns turned into ones on their labels, and sub-queries cut like the plan they are in.
 */
final class OuterRex {
    private static final Set<SqlKind> KINDS = Set.of(
            SqlKind.AND,
            SqlKind.OR,
            SqlKind.NOT,
            SqlKind.EQUALS,
            SqlKind.NOT_EQUALS,
            SqlKind.LESS_THAN,
            SqlKind.LESS_THAN_OR_EQUAL,
            SqlKind.GREATER_THAN,
            SqlKind.GREATER_THAN_OR_EQUAL,
            SqlKind.IS_NULL,
            SqlKind.IS_NOT_NULL,
            SqlKind.IS_TRUE,
            SqlKind.IS_NOT_TRUE,
            SqlKind.IS_FALSE,
            SqlKind.IS_NOT_FALSE,
            SqlKind.IS_DISTINCT_FROM,
            SqlKind.IS_NOT_DISTINCT_FROM,
            SqlKind.CASE,
            SqlKind.COALESCE,
            SqlKind.NULLIF,
            SqlKind.GREATEST,
            SqlKind.LEAST,
            SqlKind.PLUS,
            SqlKind.MINUS,
            SqlKind.TIMES,
            SqlKind.DIVIDE,
            SqlKind.MOD,
            SqlKind.MINUS_PREFIX,
            SqlKind.PLUS_PREFIX,
            SqlKind.CAST,
            SqlKind.SAFE_CAST,
            SqlKind.FLOOR,
            SqlKind.CEIL,
            SqlKind.LIKE,
            SqlKind.TRIM,
            SqlKind.EXTRACT);
    private static final Set<String> FUNCTIONS = Set.of(
            "UPPER",
            "LOWER",
            "SUBSTRING",
            "CHAR_LENGTH",
            "CHARACTER_LENGTH",
            "POSITION",
            "REPLACE",
            "||",
            "ABS",
            "ROUND",
            "SIGN",
            "SQRT",
            "LN",
            "LOG10",
            "EXP",
            "POWER");
    private static final Set<SqlKind> AGGREGATES = Set.of(
            SqlKind.COUNT,
            SqlKind.SUM,
            SqlKind.SUM0,
            SqlKind.AVG,
            SqlKind.MIN,
            SqlKind.MAX,
            SqlKind.STDDEV_POP,
            SqlKind.STDDEV_SAMP,
            SqlKind.VAR_POP,
            SqlKind.VAR_SAMP,
            SqlKind.GROUPING,
            SqlKind.SINGLE_VALUE,
            SqlKind.LITERAL_AGG);
    private static final Set<SqlKind> WINDOWS = Set.of(
            SqlKind.RANK,
            SqlKind.DENSE_RANK,
            SqlKind.ROW_NUMBER,
            SqlKind.NTILE,
            SqlKind.PERCENT_RANK,
            SqlKind.CUME_DIST,
            SqlKind.LAG,
            SqlKind.LEAD,
            SqlKind.FIRST_VALUE,
            SqlKind.LAST_VALUE,
            SqlKind.NTH_VALUE);
    private static final Set<SqlKind> ARITHMETIC =
            Set.of(SqlKind.PLUS, SqlKind.MINUS, SqlKind.TIMES, SqlKind.DIVIDE, SqlKind.MOD, SqlKind.MINUS_PREFIX);

    private final OuterReader reader;
    private final RexBuilder builder;
    private final List<OuterReader.Field> fields;
    private final IdentityHashMap<RexNode, RexNode> replaced = new IdentityHashMap<>();

    OuterRex(OuterReader reader, RexBuilder builder, List<OuterReader.Field> fields) {
        this.reader = reader;
        this.builder = builder;
        this.fields = fields;
    }

    /** An expression that may be computed over released rows. */
    RexNode read(RexNode node) throws QueryRefused {
        RexNode expanded = RexUtil.expandSearch(builder, null, node);
        check(expanded);
        return expanded.accept(new RexShuttle() {
            @Override
            public RexNode visitCall(RexCall call) {
                RexNode other = replaced.get(call);
                return other == null ? super.visitCall(call) : other;
            }

            @Override
            public RexNode visitSubQuery(RexSubQuery query) {
                RexNode other = replaced.get(query);
                return other == null ? super.visitSubQuery(query) : other;
            }
        });
    }

    /** What a value is. */
    OuterReader.Field field(RexNode value) {
        return value instanceof RexInputRef input ? fields.get(input.getIndex()) : OuterReader.Field.COMPUTED;
    }

    private void check(RexNode node) throws QueryRefused {
        switch (node) {
            case RexLiteral literal -> {}
            case RexInputRef input -> {}
            case RexSubQuery query -> subquery(query);
            case RexOver over -> over(over);
            case RexCall call -> call(call);
            default -> throw Plans.refused();
        }
    }

    private void subquery(RexSubQuery query) throws QueryRefused {
        for (RexNode operand : query.getOperands()) {
            check(operand);
        }
        switch (query.getKind()) {
            case IN, EXISTS, SCALAR_QUERY, SOME ->
                replaced.put(query, query.clone(reader.cut(query.rel).rel()));
            default -> throw Plans.refused();
        }
    }

    private void over(RexOver over) throws QueryRefused {
        SqlKind kind = over.getAggOperator().getKind();
        if (!AGGREGATES.contains(kind) && !WINDOWS.contains(kind)) {
            throw aggregateRefused(over.getAggOperator().getName());
        }
        for (RexNode operand : over.getOperands()) {
            check(operand);
        }
        for (RexNode key : over.getWindow().partitionKeys) {
            check(key);
        }
        for (RexFieldCollation order : over.getWindow().orderKeys) {
            check(order.left);
        }
        for (RexWindowBound bound :
                List.of(over.getWindow().getLowerBound(), over.getWindow().getUpperBound())) {
            if (bound.getOffset() != null) {
                check(bound.getOffset());
            }
        }
    }

    private void call(RexCall call) throws QueryRefused {
        if (!KINDS.contains(call.getKind())
                && !FUNCTIONS.contains(call.getOperator().getName())) {
            throw RexReader.notAllowed(call.getOperator().getName());
        }
        if (bands(call)) {
            return;
        }
        for (RexNode operand : call.getOperands()) {
            boolean unit = operand instanceof RexLiteral literal && literal.getTypeName() == SqlTypeName.SYMBOL;
            if (!unit) {
                check(operand);
            }
        }
    }

    /** Reads a call on a banded column; false when there is nothing special about it. */
    private boolean bands(RexCall call) throws QueryRefused {
        Optional<ColumnDeclaration> band = Optional.empty();
        RexNode banded = call;
        for (RexNode operand : call.getOperands()) {
            if (band.isEmpty() && field(operand).band().isPresent()) {
                band = field(operand).band();
                banded = operand;
            }
        }
        if (band.isEmpty()) {
            return false;
        }
        boolean number = call.getKind() == SqlKind.CAST
                && !SqlTypeName.CHAR_TYPES.contains(call.getType().getSqlTypeName());
        if (ARITHMETIC.contains(call.getKind()) || number) {
            throw Bands.offEdge(band.get());
        }
        boolean comparison = call.isA(SqlKind.COMPARISON) && call.getOperands().size() == 2;
        ColumnDeclaration column = band.get();
        boolean alike = call.getOperands().stream()
                .allMatch(operand -> field(operand).band().equals(Optional.of(column)));
        if (!comparison || alike) {
            return false;
        }
        Expr input = new Expr.Input(0);
        Expr condition = new RexReader(builder, i -> Optional.of(column))
                .read(call, java.util.Collections.nCopies(fields.size(), input));
        Bands.check(condition, i -> Optional.of(column));
        List<RexNode> labels = new ArrayList<>();
        for (int i = 0; i <= column.bins().size(); i++) {
            if (Evaluator.holds(condition, List.of(new Band(i, column.bandLabel(i))))) {
                labels.add(builder.makeLiteral(column.bandLabel(i)));
            }
        }
        var text = builder.getTypeFactory()
                .createTypeWithNullability(builder.getTypeFactory().createSqlType(SqlTypeName.VARCHAR), true);
        RexNode label = builder.makeAbstractCast(text, banded, false);
        replaced.put(
                call,
                labels.isEmpty()
                        ? builder.makeLiteral(false)
                        : RexUtil.composeDisjunction(
                                builder,
                                labels.stream()
                                        .map(l -> builder.makeCall(
                                                org.apache.calcite.sql.fun.SqlStdOperatorTable.EQUALS, label, l))
                                        .toList()));
        return true;
    }

    /** Refuses an aggregate over released rows that is not in the allow-list. */
    static void allowed(AggregateCall call) throws QueryRefused {
        if (!AGGREGATES.contains(call.getAggregation().getKind()) || call.distinctKeys != null) {
            throw aggregateRefused(call.getAggregation().getName());
        }
    }

    private static QueryRefused aggregateRefused(String name) {
        return new QueryRefused(AggregateRule.hint(Refusal.of(GuardReason.AGGREGATE_NOT_ALLOWED, name)));
    }
}
