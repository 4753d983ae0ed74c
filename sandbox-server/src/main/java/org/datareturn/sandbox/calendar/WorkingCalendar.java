package org.datareturn.sandbox.calendar;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Working days: Monday to Friday, less the announced holidays, plus the announced make-up workdays (调休上班).
 *
 * <p>The State Council announces the days of one year late in the year before. They stand in {@code
 * working-days.txt}; a year that is not announced yet has the rule of weekends only, and {@link #announced} says so.
 * Immutable.
 */
public final class WorkingCalendar {
    private static final String RESOURCE = "working-days.txt";

    private final Set<Integer> years;
    private final Set<LocalDate> holidays;
    private final Set<LocalDate> makeUpDays;

    private WorkingCalendar(Set<Integer> years, Set<LocalDate> holidays, Set<LocalDate> makeUpDays) {
        this.years = Set.copyOf(years);
        this.holidays = Set.copyOf(holidays);
        this.makeUpDays = Set.copyOf(makeUpDays);
    }

    /** The calendar that ships with the node. */
    public static WorkingCalendar standard() {
        try (InputStream in = WorkingCalendar.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing from the program");
            }
            try (BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                return parse(reader.lines().toList());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a declaration: lines {@code year YYYY}, {@code holiday FROM [TO]} and {@code workday DATE}, ISO 8601 dates,
     * {@code #} starts a comment.
     *
     * @throws IllegalArgumentException naming the line that cannot be read, or a day outside the years declared
     */
    public static WorkingCalendar parse(List<String> lines) {
        Set<Integer> years = new HashSet<>();
        Set<LocalDate> holidays = new HashSet<>();
        Set<LocalDate> makeUpDays = new HashSet<>();
        for (String line : lines) {
            int comment = line.indexOf('#');
            String text = (comment < 0 ? line : line.substring(0, comment)).strip();
            if (text.isEmpty()) {
                continue;
            }
            List<String> words = List.of(text.split("\\s+"));
            try {
                switch (words.getFirst()) {
                    case "year" -> years.add(Integer.parseInt(words.get(1)));
                    case "holiday" -> {
                        LocalDate from = LocalDate.parse(words.get(1));
                        LocalDate to = LocalDate.parse(words.getLast());
                        from.datesUntil(to.plusDays(1)).forEach(holidays::add);
                    }
                    case "workday" -> makeUpDays.add(LocalDate.parse(words.get(1)));
                    default -> throw new IllegalArgumentException("unknown word");
                }
            } catch (DateTimeParseException | IllegalArgumentException | IndexOutOfBoundsException e) {
                throw new IllegalArgumentException("cannot read the line of working days: " + line, e);
            }
        }
        for (Set<LocalDate> days : List.of(holidays, makeUpDays)) {
            for (LocalDate day : days) {
                if (!years.contains(day.getYear())) {
                    throw new IllegalArgumentException(day + " lies in a year that is not declared");
                }
            }
        }
        return new WorkingCalendar(years, holidays, makeUpDays);
    }

    /** What is known of a year's holidays. */
    public enum Knowledge {
        /** The year's announced days are in the calendar. */
        ANNOUNCED,
        /** They are not: only weekends are known to be free. */
        WEEKENDS_ONLY
    }

    /** What is known of a year's holidays. */
    public Knowledge announced(int year) {
        return years.contains(year) ? Knowledge.ANNOUNCED : Knowledge.WEEKENDS_ONLY;
    }

    /** Whether a day is a working day. */
    public boolean isWorkingDay(LocalDate day) {
        if (makeUpDays.contains(day)) {
            return true;
        }
        DayOfWeek weekday = day.getDayOfWeek();
        return weekday != DayOfWeek.SATURDAY && weekday != DayOfWeek.SUNDAY && !holidays.contains(day);
    }

    /**
     * The last day of a term of working days that starts the day after {@code start} (the day itself is not counted,
     * 民法典 第二百零一条).
     *
     * @param workingDays length of the term, ≥ 1
     */
    public LocalDate after(LocalDate start, int workingDays) {
        if (workingDays < 1) {
            throw new IllegalArgumentException("a term has at least one working day, was " + workingDays);
        }
        LocalDate day = start;
        for (int left = workingDays; left > 0; ) {
            day = day.plusDays(1);
            if (isWorkingDay(day)) {
                left--;
            }
        }
        return day;
    }
}
