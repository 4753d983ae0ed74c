package org.datareturn.verifier.registry;

import java.util.List;

/**
 * What was found in a source.
 *
 * @param rows rows read, without a header
 * @param records records taken: distinct subjects
 * @param repeated rows that said again what an earlier row said
 * @param superseded rows that a newer row about the same subject took the place of
 * @param refused rows that were not taken
 * @param problems the first of those, in no order that matters, at most {@value #MAX_PROBLEMS}
 */
public record LoadReport(
        long rows, long records, long repeated, long superseded, long refused, List<RowProblem> problems) {
    /** How many problems a report lists. */
    public static final int MAX_PROBLEMS = 1000;

    public LoadReport {
        problems = List.copyOf(problems);
    }
}
