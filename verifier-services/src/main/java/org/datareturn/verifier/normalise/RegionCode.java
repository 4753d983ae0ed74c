package org.datareturn.verifier.normalise;

import java.util.regex.Pattern;
import org.datareturn.verifier.reason.VerifierReason;

/**
 * An administrative division by its code (GB/T 2260): six digits; {@code 37} and {@code 3701} are read as {@code 370000} and
 * {@code 370100}. Immutable.
 */
public final class RegionCode implements NormalValue {
    private static final int LENGTH = 6;
    private static final int MAX_RAW_LENGTH = 64;
    private static final Pattern CODE = Pattern.compile("[1-9]\\d(?:\\d\\d){0,2}");

    private final String code;

    private RegionCode(String code) {
        this.code = code;
    }

    /** Reads a code. */
    public static Parsed<RegionCode> parse(String text) {
        String typed = text.length() > MAX_RAW_LENGTH ? "" : Invisible.dropFromCode(text);
        return CODE.matcher(typed).matches()
                ? new Parsed.Accepted<>(new RegionCode(typed + "0".repeat(LENGTH - typed.length())))
                : new Parsed.Rejected<>(VerifierReason.REGION_FORM);
    }

    @Override
    public int measure() {
        return Integer.parseInt(code);
    }

    @Override
    public String plain() {
        return code;
    }

    @Override
    public Normalisation normalisation() {
        return Normalisation.REGION;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RegionCode that && code.equals(that.code);
    }

    @Override
    public int hashCode() {
        return code.hashCode();
    }

    /** Names the type only. */
    @Override
    public String toString() {
        return "RegionCode[not shown]";
    }
}
