package org.datareturn.sandbox.application;

/** Where an application stands; {@link ApplicationStep} says how it gets from one to the next. */
public enum ApplicationStatus {
    /** Filed, waits for formal review. */
    SUBMITTED,
    /** Waits for content review. */
    FORMALLY_APPROVED,
    /** Ended by formal review. */
    FORMALLY_REFUSED,
    /** Content approved; its grant is issued. */
    APPROVED,
    /** Ended by content review. */
    REFUSED,
    /** Taken back by the applicant. */
    WITHDRAWN
}
