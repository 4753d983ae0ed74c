package org.datareturn.guard.plan;

import java.util.List;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An expression over a row of values. Its text is canonical: equal expressions print equally, whatever the spelling of
 * the query they came from.
 */
public sealed interface Expr {
    /** A constant: {@link String}, {@link java.math.BigDecimal}, {@link java.time.LocalDate}, {@link Boolean} or null. */
    record Const(@Nullable Object value) implements Expr {
        @Override
        public String toString() {
            return value == null ? "null" : value.getClass().getSimpleName() + "'" + value + "'";
        }
    }

    /** The value at a place of the row. */
    record Input(int index) implements Expr {
        @Override
        public String toString() {
            return "$" + index;
        }
    }

    /** An operator applied to expressions. */
    record Call(Op op, List<Expr> args) implements Expr {
        public Call {
            args = List.copyOf(args);
        }

        @Override
        public String toString() {
            return op + args.toString();
        }
    }

    /** The operators allowed; every one is total. */
    enum Op {
        AND,
        OR,
        NOT,
        EQ,
        NE,
        LT,
        LE,
        GT,
        GE,
        IS_NULL,
        IS_NOT_NULL,
        IS_TRUE,
        IS_FALSE,
        IS_DISTINCT,
        LIKE,
        /** The band of the first argument is at least the number of the second. */
        BAND_AT_LEAST,
        PLUS,
        MINUS,
        TIMES,
        DIVIDE,
        NEGATE,
        ABS,
        ROUND,
        FLOOR,
        CEIL,
        /** Conditions and results in turn, then the result otherwise. */
        CASE,
        UPPER,
        LOWER,
        TRIM,
        SUBSTRING,
        CHAR_LENGTH,
        CONCAT,
        /** The year, quarter or month of the second argument, named by the first. */
        DATE_PART,
        /** The first day of the year, quarter or month of the second argument, named by the first. */
        DATE_TRUNC,
        /** To a decimal of the scale of the second argument. */
        TO_DECIMAL,
        TO_TEXT
    }

    /** A call with these arguments. */
    static Expr call(Op op, Expr... args) {
        return new Call(op, List.of(args));
    }

    /** This expression with its inputs renumbered. */
    static Expr renumber(Expr expr, IntUnaryOperator numbering) {
        return switch (expr) {
            case Const constant -> constant;
            case Input input -> new Input(numbering.applyAsInt(input.index()));
            case Call call ->
                new Call(
                        call.op(),
                        call.args().stream()
                                .map(arg -> renumber(arg, numbering))
                                .toList());
        };
    }

    /** Tells every input of an expression. */
    static void inputs(Expr expr, java.util.function.IntConsumer reader) {
        switch (expr) {
            case Const constant -> {}
            case Input input -> reader.accept(input.index());
            case Call call -> call.args().forEach(arg -> inputs(arg, reader));
        }
    }
}
