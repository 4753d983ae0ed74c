package org.datareturn.sandbox.watermark;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One text for one value, whatever its type or spelling: {@code 5}, {@code 5.0} and {@code " 5"} are the same, so that a
 * table read back from CSV still has its keys.
 */
final class CellText {
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,30})(?:\\.[0-9]{0,30})?(?:[eE][+-]?[0-9]{1,2})?");

    private CellText() {}

    /** The text of a value; of NULL the empty text, which is what CSV makes of it. */
    static String of(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        String text = value.toString().strip();
        return number(text).map(CellText::plain).orElseGet(() -> text.toLowerCase(Locale.ROOT));
    }

    /** The number a text states, with or without thousands separators. */
    static Optional<BigDecimal> number(String text) {
        String stripped = text.strip();
        return NUMBER.matcher(stripped).matches()
                ? Optional.of(new BigDecimal(stripped.replace(",", "")))
                : Optional.empty();
    }

    /** The number a value is, or nothing for texts, booleans, NULL, NaN and infinities. */
    static Optional<BigDecimal> number(@Nullable Object value) {
        return switch (value) {
            case Long whole -> Optional.of(BigDecimal.valueOf(whole));
            case BigDecimal decimal -> Optional.of(decimal);
            case Double real when Double.isFinite(real) -> Optional.of(BigDecimal.valueOf(real));
            case null, default -> Optional.empty();
        };
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
