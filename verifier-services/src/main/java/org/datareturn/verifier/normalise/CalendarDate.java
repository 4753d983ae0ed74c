package org.datareturn.verifier.normalise;

import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.datareturn.verifier.reason.VerifierReason;

/**
 * A day: {@code 2026-11-21}, {@code 20261121}, with slashes or full stops, or 2026年11月21日. 长期, as on documents that do
 * not expire, is the last day of the year 9999. Immutable.
 */
public final class CalendarDate implements NormalValue {
    private static final int MAX_RAW_LENGTH = 64;
    private static final Pattern DAY = Pattern.compile("(\\d{4})(?:[-/.年]?)(\\d{1,2})(?:[-/.月]?)(\\d{1,2})日?");
    private static final Pattern COMPACT = Pattern.compile("\\d{8}");
    private static final Pattern SHORT = Pattern.compile("\\d{5,7}");
    private static final String FOR_GOOD = "长期";
    private static final LocalDate LAST = LocalDate.of(9999, 12, 31);

    private final LocalDate day;

    private CalendarDate(LocalDate day) {
        this.day = day;
    }

    /** Reads a day. */
    public static Parsed<CalendarDate> parse(String text) {
        if (text.length() > MAX_RAW_LENGTH) {
            return new Parsed.Rejected<>(VerifierReason.DATE_FORM);
        }
        String typed = Normalizer.normalize(Invisible.dropFromCode(text), Normalizer.Form.NFKC);
        if (typed.equals(FOR_GOOD)) {
            return new Parsed.Accepted<>(new CalendarDate(LAST));
        }
        return read(typed)
                .<Parsed<CalendarDate>>map(day -> new Parsed.Accepted<>(new CalendarDate(day)))
                .orElseGet(() -> new Parsed.Rejected<>(VerifierReason.DATE_FORM));
    }

    private static Optional<LocalDate> read(String typed) {
        Matcher parts = DAY.matcher(typed);
        // Without separators only eight digits are unambiguous.
        if (SHORT.matcher(typed).matches() || !parts.matches()) {
            return Optional.empty();
        }
        boolean compact = COMPACT.matcher(typed).matches();
        try {
            return Optional.of(
                    compact
                            ? LocalDate.of(
                                    Integer.parseInt(typed, 0, 4, 10),
                                    Integer.parseInt(typed, 4, 6, 10),
                                    Integer.parseInt(typed, 6, 8, 10))
                            : LocalDate.of(
                                    Integer.parseInt(parts.group(1)),
                                    Integer.parseInt(parts.group(2)),
                                    Integer.parseInt(parts.group(3))));
        } catch (DateTimeException noDay) {
            return Optional.empty();
        }
    }

    @Override
    public int measure() {
        return Math.toIntExact(day.toEpochDay());
    }

    @Override
    public String plain() {
        return day.toString();
    }

    @Override
    public Normalisation normalisation() {
        return Normalisation.DATE;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CalendarDate that && day.equals(that.day);
    }

    @Override
    public int hashCode() {
        return day.hashCode();
    }

    /** Names the type only. */
    @Override
    public String toString() {
        return "CalendarDate[not shown]";
    }
}
