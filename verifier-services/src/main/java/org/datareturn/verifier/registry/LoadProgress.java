package org.datareturn.verifier.registry;

import java.util.OptionalInt;

/** Hears how far a load has come. */
@FunctionalInterface
public interface LoadProgress {
    /** Every {@value} rows there is a word. */
    long EVERY_ROWS = 50_000;

    /** What is being done. */
    enum Stage {
        /** A load that broke off goes on; so many rows were read before. */
        GOING_ON,
        /** Rows are read and made tokens. */
        READING,
        /** All rows were read; records are written in the order of their tokens. */
        WRITING
    }

    /**
     * How far it has come.
     *
     * @param stage what is being done
     * @param count rows read so far, or records written so far
     * @param perSecond rows or records a second, in this stage and this run
     * @param percent how much of the stage lies behind, where that is known
     */
    record Reached(Stage stage, long count, double perSecond, OptionalInt percent) {}

    /** So far has it come; the last word of a stage comes at its end. */
    void reached(Reached now);

    /** Hears nothing. */
    static LoadProgress silent() {
        return now -> {};
    }
}
