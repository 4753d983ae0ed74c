package org.datareturn.guard.audit;

/** Where a sum stands to everything that can be computed from the sums told so far. */
public sealed interface Position {
    /** Telling it would tell something new, and nothing about too few. */
    record Free(LinearSpan.Addition addition) implements Position {}

    /**
     * It differs from something computable by too few, or by nothing.
     *
     * @param sum what is computable already: the sum over the nearest set found, or a combination of sums where that is no set
     */
    record Computable(Combination sum) implements Position {}

    /** It differs by too few from something computable that has no short form, or would tell what few make up most of. */
    record Entangled() implements Position {}
}
