package org.datareturn.sandbox.ledger;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A trace identifier: 128 bits as 32 lower-case hexadecimal digits, not all zero (W3C Trace Context, §3.2.2.3).
 *
 * @param hex the digits
 */
public record TraceId(String hex) {
    static final int DIGITS = 32;

    private static final int BYTES = 16;
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern ZERO = Pattern.compile("0{32}");

    /** @throws IllegalArgumentException when the digits are not of that form */
    public TraceId {
        if (!isValid(hex)) {
            throw new IllegalArgumentException("a trace id is 32 lower-case hexadecimal digits, not all zero");
        }
    }

    /** Whether a text is a trace id. */
    public static boolean isValid(String text) {
        return FORM.matcher(text).matches() && !ZERO.matcher(text).matches();
    }

    /** A fresh random trace id. */
    public static TraceId random(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        do {
            random.nextBytes(bytes);
        } while (!isValid(HexFormat.of().formatHex(bytes)));
        return new TraceId(HexFormat.of().formatHex(bytes));
    }

    /** The digits. */
    @Override
    public String toString() {
        return hex;
    }
}
