package org.datareturn.guard.plan;

import java.util.Optional;
import org.datareturn.guard.declaration.ColumnDeclaration;

/**
 * A value asked of every group. Conditions and expressions are over base columns, so that a group is always a union of
 * base cells.
 */
public sealed interface Aggregate {
    /** Rows for which the condition holds. */
    record CountRows(Optional<Expr> condition) implements Aggregate {}

    /** Distinct subjects of rows for which the condition holds. */
    record CountSubjects(Optional<Expr> condition) implements Aggregate {}

    /** Distinct values, not null, of a key among the base cells that may be released. */
    record CountKeys(Expr key, Optional<Expr> condition) implements Aggregate {}

    /** The share of rows for which {@code condition} holds among those for which {@code among} does. */
    record Share(Expr condition, Expr among) implements Aggregate {}

    /** Rows with a value of a measure. */
    record CountMeasure(ColumnDeclaration measure) implements Aggregate {}

    /** Sum of a measure, clamped to its bounds. */
    record Sum(ColumnDeclaration measure) implements Aggregate {}

    /** Mean of a measure, clamped to its bounds. */
    record Average(ColumnDeclaration measure) implements Aggregate {}
}
