package org.datareturn.verifier.normalise;

import java.text.Normalizer;
import java.util.Set;

/** Characters that draw nothing and mean nothing in a name or a number: spaces, zero-width, variation selectors. */
final class Invisible {
    /** Fillers that are letters or marks by category and yet draw nothing. */
    private static final Set<Integer> FILLERS = Set.of(0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0);

    private Invisible() {}

    /** Whether a character is dropped wherever it stands. */
    static boolean is(int c) {
        return Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || Character.getType(c) == Character.FORMAT
                || (c >= 0xFE00 && c <= 0xFE0F)
                || (c >= 0xE0100 && c <= 0xE01EF)
                || (c >= 0x180B && c <= 0x180D)
                || c == 0x180F
                || FILLERS.contains(c);
    }

    /** A code as typed, in NFKC and without anything invisible. */
    static String dropFromCode(String text) {
        if (isPlain(text)) {
            return text;
        }
        return Normalizer.normalize(text, Normalizer.Form.NFKC)
                .codePoints()
                .filter(c -> !is(c))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Whether a text is of visible ASCII characters only, as nearly every code is: those are their own NFKC. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) <= ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }
}
