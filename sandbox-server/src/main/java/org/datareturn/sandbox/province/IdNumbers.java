package org.datareturn.sandbox.province;

import java.time.LocalDate;

/** Identity numbers: area, birth date, sequence and check character (GB 11643-1999). */
final class IdNumbers {
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final String CHECKS = "10X98765432";

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
        return body + checkCharacter(body);
    }

    /** ISO 7064 MOD 11-2 over 17 digits. */
    static char checkCharacter(String seventeenDigits) {
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) {
            sum += WEIGHTS[i] * (seventeenDigits.charAt(i) - '0');
        }
        return CHECKS.charAt(sum % 11);
    }
}
