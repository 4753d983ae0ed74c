package org.datareturn.sandbox.identity;

/**
 * A unified social credit code (统一社会信用代码, GB 32100-2015): 18 characters of a 31-letter alphabet, the last one a
 * check character modulo 31.
 *
 * @param value the code, upper case, valid
 */
public record CreditCode(String value) {
    private static final String ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private static final int LENGTH = 18;

    /**
     * @throws IllegalArgumentException when the length, a character or the check character is wrong
     */
    public CreditCode {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not a unified social credit code (GB 32100): " + value);
        }
    }

    /** Whether a text is a valid code: weights are the powers of 3 modulo 31. */
    public static boolean isValid(String text) {
        if (text.length() != LENGTH) {
            return false;
        }
        int sum = 0;
        int weight = 1;
        for (int i = 0; i < LENGTH - 1; i++) {
            int digit = ALPHABET.indexOf(text.charAt(i));
            if (digit < 0) {
                return false;
            }
            sum += digit * weight;
            weight = weight * 3 % 31;
        }
        return ALPHABET.indexOf(text.charAt(LENGTH - 1)) == (31 - sum % 31) % 31;
    }

    @Override
    public String toString() {
        return value;
    }
}
