package org.datareturn.sandbox.template;

/** What a person decided of a template. */
public sealed interface TemplateVerdict {
    /** Why. */
    String reasons();

    /** It may run. */
    record Approve(String reasons) implements TemplateVerdict {}

    /** It may not, for good; an approved one stops with the next call. */
    record Refuse(String reasons) implements TemplateVerdict {}
}
