package org.datareturn.verifier.registry;

/** What to do about a bad row. */
public enum RowPolicy {
    /** One bad row and nothing is built. */
    STRICT,
    /** Bad rows are left out and reported. */
    SKIP_AND_REPORT
}
