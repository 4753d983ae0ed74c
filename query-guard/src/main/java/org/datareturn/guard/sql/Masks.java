package org.datareturn.guard.sql;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.datareturn.guard.plan.Expr;
import org.datareturn.guard.plan.Expr.Op;

/** Takes a CASE inside an aggregate apart: the condition on rows, and what is aggregated of those that meet it. */
final class Masks {
    private Masks() {}

    /**
     * What is aggregated.
     *
     * @param condition which rows; empty for all
     * @param value what of them
     * @param zeros whether the other rows count as 0 and not as nothing
     */
    record Masked(Optional<Expr> condition, Expr value, boolean zeros) {}

    /** An argument of an aggregate, its CASE taken apart when it has one with one result. */
    static Masked of(Expr arg) {
        if (!(arg instanceof Expr.Call call) || call.op() != Op.CASE) {
            return new Masked(Optional.empty(), arg, false);
        }
        List<Expr> results = results(call);
        List<Expr> kept = results.stream().filter(r -> !empty(r)).distinct().toList();
        if (kept.size() != 1) {
            return new Masked(Optional.empty(), arg, false);
        }
        Expr value = kept.getFirst();
        boolean zeros =
                results.stream().anyMatch(r -> empty(r) && r instanceof Expr.Const(Object zero) && zero != null);
        if (call.args().size() == 3 && presence(call.args().getFirst(), value)) {
            // COALESCE(x, 0): the rows without a value add nothing to a sum, and count as 0 in a mean.
            return new Masked(Optional.empty(), value, zeros);
        }
        List<Expr> flags = new ArrayList<>(call.args());
        for (int i = 0; i < flags.size(); i++) {
            boolean result = i % 2 == 1 || i == flags.size() - 1;
            if (result) {
                flags.set(i, new Expr.Const(flags.get(i).equals(value)));
            }
        }
        Expr condition = new Expr.Call(Op.CASE, flags);
        boolean simple = flags.size() == 3
                && flags.get(1).equals(new Expr.Const(true))
                && flags.get(2).equals(new Expr.Const(false));
        // One branch: the rows for which its condition holds, like those of WHERE.
        return new Masked(Optional.of(simple ? flags.getFirst() : condition), value, zeros);
    }

    /** The condition under which an expression of constants is a constant. */
    static Expr chosen(Expr arg, BigDecimal constant) {
        if (arg instanceof Expr.Call call
                && call.op() == Op.CASE
                && call.args().size() == 3
                && is(call.args().get(1), constant)
                && !is(call.args().get(2), constant)) {
            // So that CASE WHEN c THEN 1 END, FILTER (WHERE c) and WHERE c are one question.
            return call.args().getFirst();
        }
        return Expr.call(Op.EQ, arg, new Expr.Const(constant));
    }

    private static boolean is(Expr expr, BigDecimal constant) {
        return expr instanceof Expr.Const(BigDecimal number) && number.compareTo(constant) == 0;
    }

    /** The results of a CASE. */
    static List<Expr> results(Expr.Call call) {
        List<Expr> results = new ArrayList<>();
        for (int i = 1; i < call.args().size(); i += 2) {
            results.add(call.args().get(i));
        }
        results.add(call.args().getLast());
        return results;
    }

    private static boolean presence(Expr condition, Expr value) {
        return condition instanceof Expr.Call test
                && test.op() == Op.IS_NOT_NULL
                && test.args().getFirst().equals(value);
    }

    private static boolean empty(Expr result) {
        return result instanceof Expr.Const(Object value)
                && (value == null || (value instanceof BigDecimal number && number.signum() == 0));
    }
}
