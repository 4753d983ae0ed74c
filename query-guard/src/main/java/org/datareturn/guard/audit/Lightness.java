package org.datareturn.guard.audit;

import org.roaringbitmap.RoaringBitmap;

/**
 * Tells which sums concern too few: a sum over a set of elements is <em>light</em> when fewer than the minimum of
 * distinct subjects stand behind the set, or when few of them make up most of it. Equal when it tells the same of every
 * set. Thread-safe.
 */
public interface Lightness {
    /** The number of distinct subjects behind a set of elements; of very many not all need be counted. */
    int subjects(RoaringBitmap elements);

    /** Whether no two elements are the same subject's, so that subjects can be counted by counting elements. */
    boolean oneElementPerSubject();

    /** Least number of distinct subjects behind a sum that may be told. */
    int minGroupSize();

    /** Whether any sum here can be dominated; where amounts are all alike none is. */
    default boolean canBeDominated() {
        return true;
    }

    /** Whether few of at least {@link #minGroupSize} subjects make up most of the sum over a set. */
    boolean dominated(RoaringBitmap elements);

    /** Whether the sum over a set concerns too few. Nothing at all is light. */
    default boolean light(RoaringBitmap elements) {
        return subjects(elements) < minGroupSize() || dominated(elements);
    }
}
