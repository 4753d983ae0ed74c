package org.datareturn.verifier.registry;

import org.datareturn.verifier.tokens.RecordValue;

/** What came of reading a record. */
public sealed interface Reading {
    /**
     * There is one.
     *
     * @param value what is stored
     */
    record Present(RecordValue value) implements Reading {}

    /** There is none. */
    record Absent() implements Reading {}

    /**
     * It could not be found out.
     *
     * @param cause for the operator's log; holds no data
     */
    record Unreadable(String cause) implements Reading {}
}
