package org.datareturn.verifier.model;

import java.util.List;
import org.datareturn.policy.Refusal;

/** What came of assessing a model. */
public sealed interface AssessmentOutcome {
    /** What was found in the feature table. */
    AssessmentReport report();

    /**
     * It is what it declares, and no band points at few.
     *
     * @param model ready to be asked, once a reviewer has approved it
     */
    record Passed(AssessedModel model, AssessmentReport report) implements AssessmentOutcome {}

    /**
     * It is not to be used.
     *
     * @param refusals why; at least one
     */
    record Failed(List<Refusal> refusals, AssessmentReport report) implements AssessmentOutcome {
        public Failed {
            refusals = List.copyOf(refusals);
        }
    }
}
