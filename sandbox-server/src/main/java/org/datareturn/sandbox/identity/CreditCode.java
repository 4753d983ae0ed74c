package org.datareturn.sandbox.identity;

import org.datareturn.verifier.normalise.Parsed;

/**
 * A unified social credit code (统一社会信用代码, GB 32100-2015): 18 characters of a 31-letter alphabet, the last one a
 * check character modulo 31.
 *
 * @param value the code, upper case, valid
 */
public record CreditCode(String value) {
    /**
     * @throws IllegalArgumentException when the length, a character or the check character is wrong
     */
    public CreditCode {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not a unified social credit code (GB 32100): " + value);
        }
    }

    /** Whether a text is a valid code, written as it is kept. */
    public static boolean isValid(String text) {
        return switch (org.datareturn.verifier.normalise.CreditCode.parse(text)) {
            case Parsed.Accepted<org.datareturn.verifier.normalise.CreditCode>(var code) ->
                code.plain().equals(text);
            case Parsed.Rejected<org.datareturn.verifier.normalise.CreditCode> rejected -> false;
        };
    }

    @Override
    public String toString() {
        return value;
    }
}
