package org.datareturn.guard.sql;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.datareturn.guard.declaration.ColumnDeclaration;
import org.datareturn.guard.plan.Aggregate;
import org.datareturn.guard.plan.Expr;

/** What a caller's aggregate asks of a group, in terms of what can be released. */
sealed interface Asked {
    /**
     * One released value.
     *
     * @param mask which rows of the group it is asked of
     */
    record Single(Optional<Expr> mask, Aggregate aggregate) implements Asked {}

    /** A constant, and released values times constants added to it. */
    record Total(List<Term> terms, BigDecimal constant) implements Asked {
        public Total {
            terms = List.copyOf(terms);
        }
    }

    /** An addend of a total. */
    record Term(BigDecimal factor, Single value) {}

    /** One divided by the other. */
    record Ratio(Asked part, Asked whole) implements Asked {}

    /**
     * The spread of a measure, from released means of it and of its square.
     *
     * @param sample whether of a sample, not of all
     * @param root whether its root, the standard deviation
     */
    record Spread(
            Optional<Expr> mask, ColumnDeclaration measure, ColumnDeclaration square, boolean sample, boolean root)
            implements Asked {}

    /** A quantile of a column from released counts; 0 and 1 are its least and greatest value. */
    record Quantile(Optional<Expr> mask, Expr.Input column, BigDecimal fraction) implements Asked {}
}
