package org.datareturn.sandbox.model;

import org.datareturn.policy.Refusal;

/** What came of a call about a model. */
public sealed interface ModelReply {
    /** Done. */
    record Done(ModelView view) implements ModelReply {}

    /**
     * Not done.
     *
     * @param refusal why
     */
    record Refused(Refusal refusal) implements ModelReply {}
}
