package org.datareturn.sandbox.model;

import org.datareturn.policy.Refusal;

/** What came of registering or changing a model. */
public sealed interface ModelOutcome {
    /**
     * Done.
     *
     * @param model as it stands now
     */
    record Done(RegisteredModel model) implements ModelOutcome {}

    /**
     * Not done.
     *
     * @param refusal why
     */
    record Refused(Refusal refusal) implements ModelOutcome {}
}
