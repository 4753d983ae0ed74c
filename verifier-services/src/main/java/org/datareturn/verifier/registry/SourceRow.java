package org.datareturn.verifier.registry;

import java.util.List;

/** What a source gives when it is asked for a row. */
public sealed interface SourceRow {
    /**
     * A row.
     *
     * @param line where it begins in a text file, counting from 1 with the header; elsewhere its number, counting from 1
     * @param values the values of the columns asked for, in that order; empty where there is none
     */
    record Read(long line, List<String> values) implements SourceRow {
        /** Names the place only: the values are personal data. */
        @Override
        public String toString() {
            return "Read[" + line + "]";
        }
    }

    /** A row that is none. */
    record Malformed(RowProblem problem) implements SourceRow {}

    /** There are no more rows. */
    record Ended() implements SourceRow {}

    /** The source is damaged from here on, and will be whenever it is tried. */
    record Broken(RowProblem problem) implements SourceRow {}
}
