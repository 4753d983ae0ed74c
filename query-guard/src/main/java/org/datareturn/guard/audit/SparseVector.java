package org.datareturn.guard.audit;

import java.util.Arrays;

/**
 * A vector modulo the prime 2³¹−1 of which only the places that are not 0 are kept, in order. Immutable but for
 * {@link #append}, by which its owner widens it.
 */
final class SparseVector {
    static final int PRIME = Integer.MAX_VALUE;

    private int[] places;
    private int[] values;
    private int size;

    private SparseVector(int[] places, int[] values, int size) {
        this.places = places;
        this.values = values;
        this.size = size;
    }

    /** A vector that is 1 at these places, given in order. */
    static SparseVector ofOnes(int[] places) {
        int[] ones = new int[places.length];
        Arrays.fill(ones, 1);
        return new SparseVector(places, ones, places.length);
    }

    /** How many places are not 0. */
    int size() {
        return size;
    }

    /** The n-th place that is not 0. */
    int place(int n) {
        return places[n];
    }

    /** The value at the n-th place that is not 0. */
    int value(int n) {
        return values[n];
    }

    /** The value at a place. */
    int at(int place) {
        int n = Arrays.binarySearch(places, 0, size, place);
        return n < 0 ? 0 : values[n];
    }

    /** Sets a place behind all others; the value is not 0. */
    void append(int place, int value) {
        if (size == places.length) {
            int room = Math.max(4, size + size / 2);
            places = Arrays.copyOf(places, room);
            values = Arrays.copyOf(values, room);
        }
        places[size] = place;
        values[size] = value;
        size++;
    }

    /** This vector less {@code times} × another. */
    SparseVector minus(SparseVector other, int times) {
        if (times == 0) {
            return this;
        }
        long factor = (long) PRIME - times;
        SparseVector difference = new SparseVector(new int[size + other.size], new int[size + other.size], 0);
        int mine = 0;
        int theirs = 0;
        while (mine < size || theirs < other.size) {
            int left = mine < size ? places[mine] : Integer.MAX_VALUE;
            int right = theirs < other.size ? other.places[theirs] : Integer.MAX_VALUE;
            int value =
                    modulo((left <= right ? values[mine] : 0L) + (right <= left ? factor * other.values[theirs] : 0L));
            if (value != 0) {
                difference.append(Math.min(left, right), value);
            }
            mine += left <= right ? 1 : 0;
            theirs += right <= left ? 1 : 0;
        }
        if (difference.size < difference.places.length / 2) {
            difference.places = Arrays.copyOf(difference.places, difference.size);
            difference.values = Arrays.copyOf(difference.values, difference.size);
        }
        return difference;
    }

    /** This vector without the last place that is not 0. */
    SparseVector withoutLast() {
        return new SparseVector(Arrays.copyOf(places, size - 1), Arrays.copyOf(values, size - 1), size - 1);
    }

    /** This vector times a number that is not 0. */
    SparseVector times(int number) {
        int[] scaled = Arrays.copyOf(values, size);
        for (int n = 0; n < size; n++) {
            scaled[n] = modulo((long) scaled[n] * number);
        }
        return new SparseVector(Arrays.copyOf(places, size), scaled, size);
    }

    /** The number that times this one is 1. */
    static int inverse(int value) {
        long result = 1;
        long base = value;
        // Fermat: a^(p−2) is the inverse of a.
        for (int exponent = PRIME - 2; exponent > 0; exponent >>= 1) {
            if ((exponent & 1) == 1) {
                result = modulo(result * base);
            }
            base = modulo(base * base);
        }
        return (int) result;
    }

    /** The rest modulo 2³¹−1 of a number below 2⁶²: the high bits count as much as the low ones. */
    static int modulo(long number) {
        long once = (number & PRIME) + (number >>> 31);
        long twice = (once & PRIME) + (once >>> 31);
        return (int) (twice == PRIME ? 0 : twice);
    }
}
