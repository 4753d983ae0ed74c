package org.datareturn.verifier.registry;

/** Hears how far a load has come. */
@FunctionalInterface
public interface LoadProgress {
    /** Every {@value} rows there is a word. */
    long EVERY_ROWS = 50_000;

    /** So many rows have been read; the last word comes at the end of the file. */
    void rowsRead(long rows);

    /** Hears nothing. */
    static LoadProgress silent() {
        return rows -> {};
    }
}
