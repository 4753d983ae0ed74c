package org.datareturn.verifier.normalise;

import java.util.Locale;
import java.util.regex.Pattern;
import org.datareturn.verifier.reason.VerifierReason;

/**
 * A number or word of some register that has no check of its own — a licence number, a kind of insurance: letters, digits and
 * hyphens, and ideographs as licence numbers have them (鲁交运管许可济字370100001234号). Letters are capital. Immutable.
 */
public final class RegisterCode implements NormalValue {
    private static final int MAX_RAW_LENGTH = 128;
    private static final Pattern CODE = Pattern.compile("[A-Z0-9\\p{IsIdeographic}()\\[\\]/_-]{1,64}");

    private final String code;

    private RegisterCode(String code) {
        this.code = code;
    }

    /** Reads a code: compatibility forms, white space and small letters are accepted. */
    public static Parsed<RegisterCode> parse(String text) {
        String typed = text.length() > MAX_RAW_LENGTH
                ? ""
                : Invisible.dropFromCode(text).toUpperCase(Locale.ROOT);
        return CODE.matcher(typed).matches()
                ? new Parsed.Accepted<>(new RegisterCode(typed))
                : new Parsed.Rejected<>(VerifierReason.CODE_FORM);
    }

    @Override
    public String plain() {
        return code;
    }

    @Override
    public Normalisation normalisation() {
        return Normalisation.CODE;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RegisterCode that && code.equals(that.code);
    }

    @Override
    public int hashCode() {
        return code.hashCode();
    }

    /** Names the type only. */
    @Override
    public String toString() {
        return "RegisterCode[not shown]";
    }
}
