package org.datareturn.sandbox.province;

import java.time.LocalDate;
import org.datareturn.verifier.normalise.IdNumber;

/** Identity numbers: area, birth date, sequence and check character (GB 11643-1999). */
final class IdNumbers {
    private IdNumbers() {}

    /**
     * The number of a person.
     *
     * @param area six digits
     * @param sequence 1 … 999, odd for males
     */
    static String of(String area, LocalDate birth, int sequence) {
        int day = (birth.getYear() * 100 + birth.getMonthValue()) * 100 + birth.getDayOfMonth();
        // A leading 1 keeps the zeros of the sequence; formatters took two fifths of all the time a province takes.
        String body = area + day + Integer.toString(1_000 + sequence).substring(1);
        return body + IdNumber.checkCharacter(body);
    }
}
