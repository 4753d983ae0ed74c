package org.datareturn.sandbox.template;

import java.time.Instant;

/**
 * Something that happened to a template.
 *
 * @param kind what
 * @param organisation credit code of who did it
 * @param operator who did it; {@link #NODE} when the node itself did
 * @param at when
 * @param reasons why, as people state it; may be empty where nothing has to be said
 */
public record TemplateStep(Kind kind, String organisation, String operator, Instant at, String reasons) {
    /** Stands for the operator when the node itself acts. */
    public static final String NODE = "node";

    /** What can happen to a template. */
    public enum Kind {
        /** Submitted and assessed. */
        SUBMIT,
        /** Assessed again. */
        ASSESS,
        /** Approved by a person. */
        APPROVE,
        /** Refused by a person. */
        REFUSE,
        /** Suspended by the node, because what it was assessed under has changed. */
        SUSPEND
    }
}
