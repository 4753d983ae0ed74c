package org.datareturn.guard.plan;

import org.datareturn.guard.declaration.ColumnDeclaration;

/**
 * A value asked of every group. A condition on one value only (FILTER, CASE) makes a question of its own.
 */
public sealed interface Aggregate {
    /** Rows. */
    record CountRows() implements Aggregate {}

    /** Distinct subjects. */
    record CountSubjects() implements Aggregate {}

    /** Distinct values, not null, of a key among the base cells that may be released; the key is over base columns. */
    record CountKeys(Expr key) implements Aggregate {}

    /** Rows with a value of a measure. */
    record CountMeasure(ColumnDeclaration measure) implements Aggregate {}

    /** Sum of a measure, clamped to its bounds. */
    record Sum(ColumnDeclaration measure) implements Aggregate {}

    /** Mean of a measure, clamped to its bounds. */
    record Average(ColumnDeclaration measure) implements Aggregate {}
}
