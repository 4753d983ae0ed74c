package org.datareturn.sandbox.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkingCalendarTest {
    private final WorkingCalendar calendar = WorkingCalendar.standard();

    @ParameterizedTest
    @CsvSource({
        "2026-09-30, true", // Wednesday before the National Day holiday
        "2026-10-01, false",
        "2026-10-07, false",
        "2026-10-08, true",
        "2026-10-10, true", // a Saturday that is worked
        "2026-10-11, false",
        "2026-09-20, true", // a Sunday that is worked
        "2026-02-16, false",
        "2026-02-28, true",
        "2027-03-06, false"
    })
    void knowsHolidaysAndMakeUpWorkdays(LocalDate day, boolean working) {
        assertThat(calendar.isWorkingDay(day)).isEqualTo(working);
    }

    @Test
    void countsATermOverAHolidayAndAMakeUpWorkday() {
        // 8, 9, 10 (Saturday, worked), 12, 13 October.
        assertThat(calendar.after(LocalDate.parse("2026-09-30"), 5)).isEqualTo("2026-10-13");
    }

    @Test
    void announces2026WithAllItsThirtyThreeDaysOffAndSixMakeUpDays() {
        long working = LocalDate.parse("2026-01-01")
                .datesUntil(LocalDate.parse("2027-01-01"))
                .filter(calendar::isWorkingDay)
                .count();
        // 261 weekdays; 33 days off of which 11 fall on weekends; 6 weekend days worked, none of them a weekday.
        long weekdaysOff = LocalDate.parse("2026-01-01")
                .datesUntil(LocalDate.parse("2027-01-01"))
                .filter(day -> day.getDayOfWeek().getValue() < 6 && !calendar.isWorkingDay(day))
                .count();
        assertThat(working).isEqualTo(261 - weekdaysOff + 6);
        assertThat(calendar.announced(2026)).isEqualTo(WorkingCalendar.Knowledge.ANNOUNCED);
    }

    @Test
    void saysThatAYearNotAnnouncedHasWeekendsOnly() {
        assertThat(calendar.announced(2027)).isEqualTo(WorkingCalendar.Knowledge.WEEKENDS_ONLY);
        assertThat(calendar.isWorkingDay(LocalDate.parse("2027-10-01"))).isTrue();
    }

    @Test
    void refusesADayOfAYearThatIsNotDeclaredAndALineItCannotRead() {
        assertThatThrownBy(() -> WorkingCalendar.parse(List.of("year 2026", "holiday 2027-01-01")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2027-01-01");
        for (String line : List.of("holiday", "holiday 2026-02-30", "feast 2026-01-01", "year two")) {
            assertThatThrownBy(() -> WorkingCalendar.parse(List.of("year 2026", line)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(line);
        }
    }
}
