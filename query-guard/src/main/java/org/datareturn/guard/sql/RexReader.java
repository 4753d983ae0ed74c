package org.datareturn.guard.sql;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.NlsString;
import org.datareturn.guard.GuardReason;
import org.datareturn.guard.QueryRefused;
import org.datareturn.guard.declaration.ColumnDeclaration;
import org.datareturn.guard.declaration.ColumnType;
import org.datareturn.guard.plan.Evaluator;
import org.datareturn.guard.plan.Expr;
import org.datareturn.guard.plan.Expr.Op;
import org.datareturn.policy.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Reads the plan's expressions into the guard's own, from an allow-list; whatever is not listed is refused. Expressions
 * come out in one normal form, so that spellings do not matter.
 *
 * @param rexBuilder makes the expansion of searches
 * @param banded the banded column an input stands for, if it does
 */
record RexReader(RexBuilder rexBuilder, IntFunction<Optional<ColumnDeclaration>> banded) {
    private static final int MOST_DIGITS = 400;

    /** Reads an expression whose inputs are these fields. */
    Expr read(RexNode node, List<Expr> fields) throws QueryRefused {
        return switch (node) {
            case RexLiteral literal -> new Expr.Const(value(literal));
            case RexInputRef input -> fields.get(input.getIndex());
            case RexSubQuery query ->
                throw new QueryRefused(Refusal.of(GuardReason.SUBQUERY)
                        .withHint("条件中请直接写出取值。", "Write the values of the condition out."));
            case RexOver over ->
                throw new QueryRefused(Refusal.of(GuardReason.WINDOW)
                        .withHint(
                                "请先用 GROUP BY 汇总，再对汇总结果使用窗口函数。",
                                "Aggregate with GROUP BY first; windows go over the groups."));
            case RexCall call
            when call.getKind() == SqlKind.SEARCH -> read(RexUtil.expandSearch(rexBuilder, null, call), fields);
            case RexCall call -> call(call, fields);
            default -> throw notAllowed(node.getKind().name());
        };
    }

    private Expr call(RexCall call, List<Expr> fields) throws QueryRefused {
        Optional<Expr> date = date(call, fields);
        if (date.isPresent()) {
            return date.get();
        }
        if (trimsBlanks(call)) {
            return fold(Expr.call(Op.TRIM, read(call.getOperands().get(2), fields)));
        }
        List<Expr> args = new ArrayList<>();
        for (RexNode operand : call.getOperands()) {
            args.add(read(operand, fields));
        }
        SqlKind kind = call.getKind();
        if (kind == SqlKind.CAST || kind == SqlKind.SAFE_CAST) {
            return cast(call, args.getFirst());
        }
        if (kind == SqlKind.NOT_IN || kind == SqlKind.IN) {
            throw notAllowed(kind.name());
        }
        if (kind == SqlKind.IS_NOT_TRUE || kind == SqlKind.IS_NOT_FALSE) {
            Op test = kind == SqlKind.IS_NOT_TRUE ? Op.IS_TRUE : Op.IS_FALSE;
            return fold(Expr.call(Op.NOT, fold(new Expr.Call(test, args))));
        }
        if (kind == SqlKind.COALESCE && args.size() == 2) {
            return fold(
                    Expr.call(Op.CASE, Expr.call(Op.IS_NOT_NULL, args.getFirst()), args.getFirst(), args.getLast()));
        }
        Op op = operator(call, args.size());
        return normal(op, args);
    }

    private static boolean trimsBlanks(RexCall call) {
        return call.getKind() == SqlKind.TRIM
                && call.getOperands().get(0) instanceof RexLiteral where
                && "BOTH".equals(String.valueOf(where.getValue()))
                && call.getOperands().get(1) instanceof RexLiteral what
                && what.getValue() instanceof NlsString blank
                && blank.getValue().equals(" ");
    }

    /** EXTRACT(unit FROM date) and FLOOR(date TO unit). */
    private Optional<Expr> date(RexCall call, List<Expr> fields) throws QueryRefused {
        boolean extract = call.getKind() == SqlKind.EXTRACT;
        boolean floor = call.getKind() == SqlKind.FLOOR && call.getOperands().size() == 2;
        if (!extract && !floor) {
            return Optional.empty();
        }
        RexNode unit = call.getOperands().get(extract ? 0 : 1);
        RexNode value = call.getOperands().get(extract ? 1 : 0);
        String name = unit instanceof RexLiteral literal ? String.valueOf(literal.getValue()) : "";
        boolean known = List.of("YEAR", "QUARTER", "MONTH").contains(name)
                && value.getType().getSqlTypeName() == SqlTypeName.DATE;
        if (!known) {
            throw notAllowed(call.getOperator().getName() + " " + name);
        }
        return Optional.of(
                fold(Expr.call(extract ? Op.DATE_PART : Op.DATE_TRUNC, new Expr.Const(name), read(value, fields))));
    }

    private Expr cast(RexCall call, Expr arg) throws QueryRefused {
        SqlTypeName type = call.getType().getSqlTypeName();
        SqlTypeName from = call.getOperands().getFirst().getType().getSqlTypeName();
        if (SqlTypeName.CHAR_TYPES.contains(type)) {
            return SqlTypeName.CHAR_TYPES.contains(from) ? arg : fold(Expr.call(Op.TO_TEXT, arg));
        }
        if (SqlTypeName.APPROX_TYPES.contains(type)) {
            return SqlTypeName.NUMERIC_TYPES.contains(from)
                    ? arg
                    : fold(Expr.call(Op.TO_DECIMAL, arg, new Expr.Const(null)));
        }
        if (SqlTypeName.EXACT_TYPES.contains(type)) {
            boolean whole = SqlTypeName.INT_TYPES.contains(type);
            if (SqlTypeName.INT_TYPES.contains(from) && SqlTypeName.EXACT_TYPES.contains(type)) {
                return arg;
            }
            int scale = whole ? 0 : call.getType().getScale();
            return fold(Expr.call(Op.TO_DECIMAL, arg, new Expr.Const(BigDecimal.valueOf(scale))));
        }
        if (type == from) {
            return arg;
        }
        if (type == SqlTypeName.DATE && arg instanceof Expr.Const(String text)) {
            return new Expr.Const(
                    new ColumnType(ColumnType.Kind.DATE, 0, 0).read(text).orElse(null));
        }
        throw notAllowed("CAST");
    }

    private static Op operator(RexCall call, int arguments) throws QueryRefused {
        return switch (call.getKind()) {
            case AND -> Op.AND;
            case OR -> Op.OR;
            case NOT -> Op.NOT;
            case EQUALS -> Op.EQ;
            case NOT_EQUALS -> Op.NE;
            case LESS_THAN -> Op.LT;
            case LESS_THAN_OR_EQUAL -> Op.LE;
            case GREATER_THAN -> Op.GT;
            case GREATER_THAN_OR_EQUAL -> Op.GE;
            case IS_NULL, IS_UNKNOWN -> Op.IS_NULL;
            case IS_NOT_NULL -> Op.IS_NOT_NULL;
            case IS_TRUE -> Op.IS_TRUE;
            case IS_FALSE -> Op.IS_FALSE;
            case IS_DISTINCT_FROM -> Op.IS_DISTINCT;
            case CASE -> Op.CASE;
            case PLUS -> Op.PLUS;
            case MINUS -> Op.MINUS;
            case TIMES -> Op.TIMES;
            case DIVIDE -> Op.DIVIDE;
            case MINUS_PREFIX -> Op.NEGATE;
            case FLOOR -> one(Op.FLOOR, arguments, call);
            case CEIL -> one(Op.CEIL, arguments, call);
            case LIKE -> like(call);
            case TRIM -> throw notAllowed("TRIM");
            default -> named(call);
        };
    }

    private static Op named(RexCall call) throws QueryRefused {
        return switch (call.getOperator().getName()) {
            case "UPPER" -> Op.UPPER;
            case "LOWER" -> Op.LOWER;
            case "SUBSTRING" -> Op.SUBSTRING;
            case "CHAR_LENGTH", "CHARACTER_LENGTH" -> Op.CHAR_LENGTH;
            case "||" -> Op.CONCAT;
            case "ABS" -> Op.ABS;
            case "ROUND" -> Op.ROUND;
            default -> throw notAllowed(call.getOperator().getName());
        };
    }

    private static Op one(Op op, int arguments, RexCall call) throws QueryRefused {
        if (arguments != 1) {
            throw notAllowed(call.getOperator().getName());
        }
        return op;
    }

    /** LIKE, with ESCAPE where that is a single character written out. */
    private static Op like(RexCall call) throws QueryRefused {
        boolean plain = call.getOperands().size() == 2;
        boolean escaped = call.getOperands().size() == 3
                && call.getOperands().get(2) instanceof RexLiteral literal
                && literal.getValue() instanceof NlsString text
                && text.getValue().codePointCount(0, text.getValue().length()) == 1;
        if (!"LIKE".equals(call.getOperator().getName()) || !(plain || escaped)) {
            throw notAllowed(call.getOperator().getName());
        }
        return Op.LIKE;
    }

    private Expr normal(Op op, List<Expr> args) {
        return switch (op) {
            case AND, OR -> {
                List<Expr> flat = new ArrayList<>();
                for (Expr arg : args) {
                    if (arg instanceof Expr.Call inner && inner.op() == op) {
                        flat.addAll(inner.args());
                    } else {
                        flat.add(arg);
                    }
                }
                List<Expr> distinct = flat.stream()
                        .distinct()
                        .sorted(Comparator.comparing(Expr::toString))
                        .toList();
                yield distinct.size() == 1 ? distinct.getFirst() : new Expr.Call(op, distinct);
            }
            case EQ, NE, LT, LE, GT, GE -> comparison(op, args.get(0), args.get(1));
            default -> fold(new Expr.Call(op, args));
        };
    }

    private Expr comparison(Op op, Expr left, Expr right) {
        if (left instanceof Expr.Const && !(right instanceof Expr.Const)) {
            return comparison(mirrored(op), right, left);
        }
        if (left instanceof Expr.Input(int index) && right instanceof Expr.Const(BigDecimal number)) {
            Optional<ColumnDeclaration> column = banded.apply(index);
            if (column.isPresent()) {
                return Bands.comparison(op, left, column.get(), number).orElse(Expr.call(op, left, right));
            }
        }
        return fold(Expr.call(op, left, right));
    }

    private static Op mirrored(Op op) {
        return switch (op) {
            case LT -> Op.GT;
            case LE -> Op.GE;
            case GT -> Op.LT;
            case GE -> Op.LE;
            default -> op;
        };
    }

    private static Expr fold(Expr expr) {
        boolean constant =
                expr instanceof Expr.Call call && call.args().stream().allMatch(Expr.Const.class::isInstance);
        return constant ? new Expr.Const(Evaluator.evaluate(expr, List.of())) : expr;
    }

    private static @Nullable Object value(RexLiteral literal) throws QueryRefused {
        Comparable<?> value = literal.getValue();
        return switch (value) {
            case null -> null;
            case NlsString text -> text.getValue();
            case BigDecimal number
            when SqlTypeName.NUMERIC_TYPES.contains(literal.getType().getSqlTypeName()) -> written(number);
            case Double number when Double.isFinite(number) -> written(BigDecimal.valueOf(number));
            case Boolean flag -> flag;
            case java.util.Calendar date
            when literal.getTypeName() == SqlTypeName.DATE ->
                LocalDate.parse(DateString.fromCalendarFields(date).toString());
            default -> throw notAllowed(literal.getTypeName().getName());
        };
    }

    /** A number that can be written out: one of a billion digits would fill the memory at the first addition. */
    private static BigDecimal written(BigDecimal number) throws QueryRefused {
        boolean huge = Math.abs((long) number.scale()) > MOST_DIGITS || number.precision() > MOST_DIGITS;
        if (huge) {
            throw notAllowed("1E" + MOST_DIGITS);
        }
        return number;
    }

    static QueryRefused notAllowed(String name) {
        return new QueryRefused(Refusal.of(GuardReason.FUNCTION_NOT_ALLOWED, name)
                .withHint("请使用比较、AND/OR/NOT、CASE 和四则运算。", "Use comparisons, AND/OR/NOT, CASE and arithmetic."));
    }
}
