package org.datareturn.guard.plan;

/**
 * A band of a banded column, as a value.
 *
 * @param index its place, 0 below the first edge
 * @param label its text
 */
public record Band(int index, String label) implements Comparable<Band> {
    @Override
    public int compareTo(Band other) {
        return Integer.compare(index, other.index);
    }

    @Override
    public String toString() {
        return label;
    }
}
