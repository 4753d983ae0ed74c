package org.datareturn.verifier.probing;

import java.util.function.Supplier;

/** One way a question bears on a person: the cell the person is known by, and what is tried there. Thread-safe. */
final class Trail {
    private final String cell;
    private final LateToken item;
    private final LateToken sketch;
    private final Likeness likeness;

    /**
     * A trail.
     *
     * @param cell what stays the same while candidates are tried
     * @param item makes the token of the candidate
     * @param sketch makes its likeness to others, where that counts
     * @param likeness how candidates of the cell are counted
     */
    Trail(String cell, Supplier<String> item, Supplier<String> sketch, Likeness likeness) {
        this.cell = cell;
        this.item = new LateToken(item);
        this.sketch = new LateToken(sketch);
        this.likeness = likeness;
    }

    /** A trail on which likeness does not count. */
    Trail(String cell, Supplier<String> item, Likeness likeness) {
        this(cell, item, () -> "", likeness);
    }

    String cell() {
        return cell;
    }

    String item() {
        return item.get();
    }

    String sketch() {
        return sketch.get();
    }

    Likeness likeness() {
        return likeness;
    }
}
