package org.datareturn.sandbox.zone.flight;

/**
 * The patterns of catalogue commands: {@code %} is any text, {@code _} any one character, {@code \} takes the next one
 * literally (our stated search-string escape). Matched greedily with one point to go back to, so the time is at most
 * the product of the two lengths, whatever the client sends.
 *
 * @param pattern the pattern
 */
record LikePattern(String pattern) {
    /** Whether the whole of {@code text} is of this pattern. */
    boolean matches(String text) {
        int at = 0;
        int in = 0;
        int lastPercent = -1;
        int resume = 0;
        while (at < text.length()) {
            int literal = literalAt(in);
            if (in < pattern.length() && pattern.charAt(in) == '%') {
                lastPercent = in++;
                resume = at;
            } else if (in < pattern.length() && pattern.charAt(in) == '_') {
                in++;
                at++;
            } else if (literal >= 0 && pattern.charAt(literal) == text.charAt(at)) {
                in = literal + 1;
                at++;
            } else if (lastPercent >= 0) {
                in = lastPercent + 1;
                at = ++resume;
            } else {
                return false;
            }
        }
        while (in < pattern.length() && pattern.charAt(in) == '%') {
            in++;
        }
        return in == pattern.length();
    }

    private int literalAt(int in) {
        if (in >= pattern.length()) {
            return -1;
        }
        boolean escapes = pattern.charAt(in) == '\\' && in + 1 < pattern.length();
        return escapes ? in + 1 : in;
    }
}
