package org.datareturn.verifier.normalise;

/**
 * A value in its normal form: two values mean the same exactly when their plain texts are equal. Only the parsers make
 * them. None of them prints its text by {@code toString}; whoever needs it must write {@link #plain()}, which is the
 * word to search for when asking where personal data are touched.
 */
public sealed interface NormalValue permits PersonName, IdNumber, CreditCode {
    /** The normalised text itself: personal data. */
    String plain();

    /** How it was normalised, so that equal texts of different kinds never give equal tokens. */
    Normalisation normalisation();
}
