package org.datareturn.verifier.model;

import java.util.List;
import org.datareturn.verifier.registry.RowProblem;

/**
 * What an assessment found in a feature table, for the model's author and reviewer.
 *
 * @param rows data rows read
 * @param persons persons who have a band
 * @param problems rows that were not taken, by line and column, at most {@value #MAX_PROBLEMS}
 */
public record AssessmentReport(long rows, int persons, List<RowProblem> problems) {
    /** How many problems are kept. */
    public static final int MAX_PROBLEMS = 100;

    public AssessmentReport {
        problems = List.copyOf(problems);
    }
}
