package org.datareturn.guard.audit;

import org.roaringbitmap.RoaringBitmap;

/** Where a set stands to everything that can be computed from the sets told so far. */
public sealed interface Position {
    /** Telling it would tell something new, and nothing about too few. */
    record Free(LinearSpan.Addition addition) implements Position {}

    /**
     * It differs from something computable by too few, or by nothing.
     *
     * @param set the set whose sum is computable already: the nearest one found
     */
    record Computable(RoaringBitmap set) implements Position {}

    /** It differs by too few from something computable that is no sum over a set, but can be computed itself. */
    record Beside(Combination computable) implements Position {}

    /** It differs by too few from something computable that is no sum over a set and has no short form. */
    record Entangled() implements Position {}
}
