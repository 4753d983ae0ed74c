package org.datareturn.policy;

import java.time.LocalDate;
import java.time.ZonedDateTime;

/**
 * Facts of time for a policy. Policies cannot call {@code time.*} (the in-process engine lacks it), so the facts come
 * in with the input.
 *
 * @param epochSeconds seconds since 1970-01-01T00:00:00Z
 * @param localDate the node's local date
 * @param hour the node's local hour, 0–23
 * @param isoWeekday Monday = 1 … Sunday = 7
 * @param workingDay whether the local date is a working day
 */
public record TimeFacts(long epochSeconds, LocalDate localDate, int hour, int isoWeekday, boolean workingDay) {
    /** The facts of an instant at the node. */
    public static TimeFacts at(ZonedDateTime now, boolean workingDay) {
        return new TimeFacts(
                now.toEpochSecond(),
                now.toLocalDate(),
                now.getHour(),
                now.getDayOfWeek().getValue(),
                workingDay);
    }
}
