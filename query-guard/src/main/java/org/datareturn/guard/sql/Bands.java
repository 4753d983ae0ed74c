package org.datareturn.guard.sql;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.datareturn.guard.GuardReason;
import org.datareturn.guard.QueryRefused;
import org.datareturn.guard.declaration.ColumnDeclaration;
import org.datareturn.guard.declaration.ColumnType;
import org.datareturn.guard.plan.Expr;
import org.datareturn.guard.plan.Expr.Op;
import org.datareturn.policy.Refusal;

/** Conditions on banded columns: only those that lie on the edges of bands have a meaning. */
final class Bands {
    private Bands() {}

    /** A comparison with a number as one of bands; empty when it does not lie on edges. */
    static Optional<Expr> comparison(Op op, Expr input, ColumnDeclaration column, BigDecimal number) {
        boolean whole = column.type().kind() != ColumnType.Kind.DECIMAL;
        // On whole numbers "above n" is "from n + 1", so BETWEEN 30 AND 44 ends on the edge 45.
        BigDecimal next = number.add(BigDecimal.ONE);
        return switch (op) {
            case GE -> atLeast(input, column, number);
            case LT -> atLeast(input, column, number).map(Bands::not);
            case GT -> whole ? atLeast(input, column, next) : Optional.empty();
            case LE -> whole ? atLeast(input, column, next).map(Bands::not) : Optional.empty();
            case EQ -> whole ? single(input, column, number, next) : Optional.empty();
            case NE -> whole ? single(input, column, number, next).map(Bands::not) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<Expr> single(Expr input, ColumnDeclaration column, BigDecimal number, BigDecimal next) {
        Optional<Expr> from = atLeast(input, column, number);
        Optional<Expr> to = atLeast(input, column, next);
        return from.isPresent() && to.isPresent()
                ? Optional.of(Expr.call(Op.AND, from.get(), not(to.get())))
                : Optional.empty();
    }

    private static Optional<Expr> atLeast(Expr input, ColumnDeclaration column, BigDecimal edge) {
        List<BigDecimal> bins = column.bins();
        for (int i = 0; i < bins.size(); i++) {
            if (bins.get(i).compareTo(edge) == 0) {
                return Optional.of(Expr.call(Op.BAND_AT_LEAST, input, new Expr.Const(BigDecimal.valueOf(i + 1L))));
            }
        }
        return Optional.empty();
    }

    private static Expr not(Expr expr) {
        return Expr.call(Op.NOT, expr);
    }

    /** Refuses an expression that uses a banded column otherwise than as a whole band. */
    static void check(Expr expr, IntFunction<Optional<ColumnDeclaration>> banded) throws QueryRefused {
        if (!(expr instanceof Expr.Call call)) {
            return;
        }
        boolean tellsBands = switch (call.op()) {
            case BAND_AT_LEAST, IS_NULL, IS_NOT_NULL, TO_TEXT -> true;
            default -> false;
        };
        for (Expr arg : call.args()) {
            if (!tellsBands && arg instanceof Expr.Input(int index)) {
                Optional<ColumnDeclaration> column = banded.apply(index);
                if (column.isPresent()) {
                    throw offEdge(column.get());
                }
            }
            check(arg, banded);
        }
    }

    static QueryRefused offEdge(ColumnDeclaration column) {
        String edges = String.join(
                ", ", column.bins().stream().map(BigDecimal::toPlainString).toList());
        return new QueryRefused(Refusal.of(GuardReason.OFF_BAND_EDGE, column.name())
                .withHint(
                        "分段边界：" + edges + "；例如 " + column.name() + " >= "
                                + column.bins().getFirst().toPlainString() + "。",
                        "Its edges: " + edges + "; for example " + column.name() + " >= "
                                + column.bins().getFirst().toPlainString() + "."));
    }
}
