package org.datareturn.sandbox.template;

import org.datareturn.policy.Refusal;

/** What came of a step of a template, or of asking for one. */
public sealed interface TemplateOutcome {
    /**
     * Done.
     *
     * @param view the template, as far as the caller may see it
     */
    record Done(TemplateView view) implements TemplateOutcome {}

    /**
     * Not done.
     *
     * @param refusal why
     */
    record Refused(Refusal refusal) implements TemplateOutcome {}
}
