package org.datareturn.verifier.normalise;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Set;
import org.datareturn.verifier.reason.VerifierReason;

/**
 * A citizen identification number (公民身份号码, GB 11643-1999): six area digits, date of birth {@code yyyymmdd}, three
 * sequence digits, one check character by ISO 7064 MOD 11-2. The old 15-digit kind (GB 11643-1989) is lifted to 18.
 *
 * <p>The area is held to the province codes of GB/T 2260 (and 81–83 of the residence permits for people of Hong Kong,
 * Macao and Taiwan); county codes are not, because numbers keep the code of counties long abolished. The permanent
 * residence numbers of foreigners, which begin with 9, are not of this standard and not accepted.
 *
 * <p>Immutable.
 */
public final class IdNumber implements NormalValue {
    private static final int LENGTH = 18;
    private static final int OLD_LENGTH = 15;
    /** No longer text can become a number; keeps the work on hostile input small. */
    private static final int MAX_RAW_LENGTH = 64;

    private static final int EARLIEST_BIRTH_YEAR = 1800;
    /** Weights of ISO 7064 MOD 11-2 by position: 2^(18-i) mod 11. */
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};

    private static final String CHECK_CHARACTERS = "10X98765432";
    private static final Set<String> PROVINCES = Set.of(
            "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43",
            "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82", "83");
    /** Sequence digits that GB 11643-1989 keeps for centenarians, whose two-digit year lies in the 19th century. */
    private static final Set<String> CENTENARIAN_SEQUENCES = Set.of("996", "997", "998", "999");

    private final String number;

    private IdNumber(String number) {
        this.number = number;
    }

    /**
     * Reads a number: compatibility forms (full-width digits), white space and a small {@code x} are
     * accepted.
     *
     * @param clock says which dates of birth lie in the future, in its own time zone
     */
    public static Parsed<IdNumber> parse(String text, Clock clock) {
        if (text.length() > MAX_RAW_LENGTH) {
            return new Parsed.Rejected<>(VerifierReason.ID_NUMBER_LENGTH);
        }
        String typed = Invisible.dropFromCode(text);
        if (typed.length() != LENGTH && typed.length() != OLD_LENGTH) {
            return new Parsed.Rejected<>(VerifierReason.ID_NUMBER_LENGTH);
        }
        boolean old = typed.length() == OLD_LENGTH;
        int digits = old ? OLD_LENGTH : LENGTH - 1;
        for (int i = 0; i < digits; i++) {
            if (!isDigit(typed.charAt(i))) {
                return new Parsed.Rejected<>(VerifierReason.ID_NUMBER_CHARACTER);
            }
        }
        String body = old ? lift(typed) : typed.substring(0, LENGTH - 1);
        char check = checkCharacter(body);
        if (!old) {
            char last = typed.charAt(LENGTH - 1);
            char given = last == 'x' ? 'X' : last;
            if (!isDigit(given) && given != 'X') {
                return new Parsed.Rejected<>(VerifierReason.ID_NUMBER_CHARACTER);
            }
            if (given != check) {
                return new Parsed.Rejected<>(VerifierReason.ID_NUMBER_CHECK);
            }
        }
        if (!PROVINCES.contains(body.substring(0, 2))) {
            return new Parsed.Rejected<>(VerifierReason.ID_NUMBER_AREA);
        }
        return withBirthDateChecked(body + check, clock);
    }

    private static Parsed<IdNumber> withBirthDateChecked(String number, Clock clock) {
        int year = Integer.parseInt(number, 6, 10, 10);
        LocalDate birth;
        try {
            birth = LocalDate.of(year, Integer.parseInt(number, 10, 12, 10), Integer.parseInt(number, 12, 14, 10));
        } catch (DateTimeException e) {
            return new Parsed.Rejected<>(VerifierReason.ID_NUMBER_BIRTH_DATE);
        }
        if (year < EARLIEST_BIRTH_YEAR) {
            return new Parsed.Rejected<>(VerifierReason.ID_NUMBER_BIRTH_DATE);
        }
        if (birth.isAfter(LocalDate.now(clock))) {
            return new Parsed.Rejected<>(VerifierReason.ID_NUMBER_BIRTH_IN_FUTURE);
        }
        return new Parsed.Accepted<>(new IdNumber(number));
    }

    private static String lift(String old) {
        String century = CENTENARIAN_SEQUENCES.contains(old.substring(OLD_LENGTH - 3)) ? "18" : "19";
        return old.substring(0, 6) + century + old.substring(6);
    }

    /** The check character of 17 digits, ISO 7064 MOD 11-2. */
    public static char checkCharacter(String body) {
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) {
            sum += (body.charAt(i) - '0') * WEIGHTS[i];
        }
        return CHECK_CHARACTERS.charAt(sum % 11);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    @Override
    public String plain() {
        return number;
    }

    /** The day of birth. */
    @Override
    public int measure() {
        LocalDate birth = LocalDate.of(
                Integer.parseInt(number, 6, 10, 10),
                Integer.parseInt(number, 10, 12, 10),
                Integer.parseInt(number, 12, 14, 10));
        return Math.toIntExact(birth.toEpochDay());
    }

    @Override
    public Normalisation normalisation() {
        return Normalisation.ID_NUMBER;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IdNumber that && number.equals(that.number);
    }

    @Override
    public int hashCode() {
        return number.hashCode();
    }

    /** Names the type only; the number is personal data. */
    @Override
    public String toString() {
        return "IdNumber[not shown]";
    }
}
