package org.datareturn.sandbox.ledger;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A trace identifier: 128 bits as 32 lower-case hexadecimal digits, not all zero (W3C Trace Context, §3.2.2.3).
 *
 * @param hex the digits
 */
public record TraceId(String hex) {
    static final int DIGITS = 32;

    private static final int ROW_DIGITS = 8;
    private static final int BYTES = 16;

    /** @throws IllegalArgumentException when the digits are not of that form */
    public TraceId {
        if (!isValid(hex)) {
            throw new IllegalArgumentException("a trace id is 32 lower-case hexadecimal digits, not all zero");
        }
    }

    /** Whether a text is a trace id. */
    public static boolean isValid(String text) {
        // Of every row of a batch: so the characters are looked at, without patterns.
        if (text.length() != DIGITS) {
            return false;
        }
        boolean digits = true;
        boolean zero = true;
        for (int i = 0; i < DIGITS; i++) {
            char c = text.charAt(i);
            digits &= (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
            zero &= c == '0';
        }
        return digits && !zero;
    }

    /** A fresh random trace id. */
    public static TraceId random(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        do {
            random.nextBytes(bytes);
        } while (!isValid(HexFormat.of().formatHex(bytes)));
        return new TraceId(HexFormat.of().formatHex(bytes));
    }

    /** A fresh random trace id of a batch's chunk: its last eight digits are zero, and count the rows in those of rows. */
    public static TraceId randomOfChunk(SecureRandom random) {
        return new TraceId(random(random).hex().substring(0, DIGITS - ROW_DIGITS) + "0".repeat(ROW_DIGITS));
    }

    /** The trace of a row of this chunk, counted from 1. */
    public TraceId ofRow(int place) {
        return new TraceId(
                hex.substring(0, DIGITS - ROW_DIGITS) + HexFormat.of().toHexDigits(place));
    }

    /** The place of the row this is the trace of, counted from 1; empty when it is a chunk's own. */
    public Optional<Integer> place() {
        int place = HexFormat.fromHexDigits(hex, DIGITS - ROW_DIGITS, DIGITS);
        return place > 0 ? Optional.of(place) : Optional.empty();
    }

    /** The trace of the chunk a row was answered in, if this is a row's. */
    public TraceId ofChunk() {
        return new TraceId(hex.substring(0, DIGITS - ROW_DIGITS) + "0".repeat(ROW_DIGITS));
    }

    /** The digits. */
    @Override
    public String toString() {
        return hex;
    }
}
