package org.datareturn.sandbox.application;

import java.time.Duration;

/**
 * Terms of applications.
 *
 * @param formalWorkingDays term of the formal review
 * @param contentWorkingDays term of the content review
 * @param longestValidity longest validity that can be asked for
 */
public record ApplicationRules(int formalWorkingDays, int contentWorkingDays, Duration longestValidity) {
    /**
     * @throws IllegalArgumentException when a term is shorter than a day
     */
    public ApplicationRules {
        if (formalWorkingDays < 1 || contentWorkingDays < 1 || longestValidity.compareTo(Duration.ofDays(1)) < 0) {
            throw new IllegalArgumentException("every term is at least one day, was " + formalWorkingDays + ", "
                    + contentWorkingDays + ", " + longestValidity);
        }
    }

    /** 5 and 10 working days (SD-O 14); a grant for three years at most. */
    public static ApplicationRules standard() {
        return new ApplicationRules(5, 10, Duration.ofDays(3 * 366));
    }
}
