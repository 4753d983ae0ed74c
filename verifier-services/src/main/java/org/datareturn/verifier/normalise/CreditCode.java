package org.datareturn.verifier.normalise;

import java.util.Locale;
import org.datareturn.verifier.reason.VerifierReason;

/**
 * A unified social credit code (统一社会信用代码, GB 32100-2015): 18 characters — registering department, kind of
 * organisation, six area digits, nine characters of organisation code, one check character mod 31 — from the digits and
 * capital letters without I, O, Z, S and V. Immutable.
 */
public final class CreditCode implements NormalValue {
    private static final int LENGTH = 18;
    private static final int MAX_RAW_LENGTH = 64;
    private static final String ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private static final int MODULUS = 31;
    /** Weights by position: 3^(i-1) mod 31. */
    private static final int[] WEIGHTS = {1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28};

    private final String code;

    private CreditCode(String code) {
        this.code = code;
    }

    /** Reads a code: compatibility forms, white space and small letters are accepted. */
    public static Parsed<CreditCode> parse(String text) {
        if (text.length() > MAX_RAW_LENGTH) {
            return new Parsed.Rejected<>(VerifierReason.CREDIT_CODE_LENGTH);
        }
        String code = Invisible.dropFromCode(text).toUpperCase(Locale.ROOT);
        if (code.length() != LENGTH) {
            return new Parsed.Rejected<>(VerifierReason.CREDIT_CODE_LENGTH);
        }
        for (int i = 0; i < LENGTH; i++) {
            int value = ALPHABET.indexOf(code.charAt(i));
            boolean areaPart = i >= 2 && i < 8;
            if (value < 0 || (areaPart && value > 9)) {
                return new Parsed.Rejected<>(VerifierReason.CREDIT_CODE_CHARACTER);
            }
        }
        if (code.charAt(LENGTH - 1) != checkCharacter(code)) {
            return new Parsed.Rejected<>(VerifierReason.CREDIT_CODE_CHECK);
        }
        return new Parsed.Accepted<>(new CreditCode(code));
    }

    /** The check character of the first 17 characters. */
    public static char checkCharacter(String code) {
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) {
            sum += ALPHABET.indexOf(code.charAt(i)) * WEIGHTS[i];
        }
        return ALPHABET.charAt((MODULUS - sum % MODULUS) % MODULUS);
    }

    @Override
    public String plain() {
        return code;
    }

    @Override
    public Normalisation normalisation() {
        return Normalisation.CREDIT_CODE;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CreditCode that && code.equals(that.code);
    }

    @Override
    public int hashCode() {
        return code.hashCode();
    }

    /** Names the type only. */
    @Override
    public String toString() {
        return "CreditCode[not shown]";
    }
}
