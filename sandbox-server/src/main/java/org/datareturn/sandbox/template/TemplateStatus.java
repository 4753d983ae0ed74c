package org.datareturn.sandbox.template;

/** Where a template stands. Only {@link #APPROVED} ones run. */
public enum TemplateStatus {
    /** Assessed; waits for a person. */
    ASSESSED,
    /** A person approved what was assessed. */
    APPROVED,
    /** A person refused it, for good. */
    REFUSED,
    /** What it was assessed under has changed; it must be assessed, and approved, again. */
    SUSPENDED
}
