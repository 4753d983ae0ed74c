package org.datareturn.verifier.normalise;

/**
 * A value in its normal form: two values mean the same exactly when their plain texts are equal. Only the parsers make
 * them. None of them prints its text by {@code toString}; whoever needs it must write {@link #plain()}, which is the
 * word to search for when asking where personal data are touched.
 */
public sealed interface NormalValue permits PersonName, IdNumber, CreditCode, CalendarDate, RegionCode, RegisterCode {
    /** The normalised text itself: personal data. */
    String plain();

    /**
     * The value as a number conditions compare: a day counted from 1970-01-01, a division's code, the day of birth in an
     * identification number; zero for what is none of these. Personal data as well.
     */
    default int measure() {
        return 0;
    }

    /** How it was normalised, so that equal texts of different kinds never give equal tokens. */
    Normalisation normalisation();
}
