package org.datareturn.guard.sql;

import org.datareturn.guard.GuardReason;
import org.datareturn.guard.QueryRefused;
import org.datareturn.policy.Refusal;

/**
 * Bounds on a query's text, kept before it is parsed, so that no text can exhaust the parser's stack or time. Counted
 * roughly, on characters outside quotes: the bounds are far above any question a person writes.
 */
final class TextBounds {
    static final int MAX_LENGTH = 20_000;
    static final int MAX_DEPTH = 40;
    static final int MAX_WORDS = 2_000;

    private TextBounds() {}

    static void check(String sql) throws QueryRefused {
        if (sql.length() > MAX_LENGTH) {
            throw refused("> " + MAX_LENGTH + " characters");
        }
        int depth = 0;
        int words = 0;
        char quote = 0;
        boolean inWord = false;
        for (int i = 0; i < sql.length(); i++) {
            char c = sql.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
                continue;
            }
            boolean wordCharacter = Character.isLetterOrDigit(c) || c == '_';
            boolean sign = !wordCharacter && !Character.isWhitespace(c);
            if (sign || (wordCharacter && !inWord)) {
                words++;
            }
            inWord = wordCharacter;
            switch (c) {
                case '\'', '"' -> quote = c;
                case '(' -> depth++;
                case ')' -> depth--;
                default -> {}
            }
            if (depth > MAX_DEPTH) {
                throw refused("> " + MAX_DEPTH + " levels");
            }
            if (words > MAX_WORDS) {
                throw refused("> " + MAX_WORDS + " words");
            }
        }
    }

    static QueryRefused refused(String bound) {
        return new QueryRefused(Refusal.of(GuardReason.SQL_TOO_COMPLEX, bound)
                .withHint("请拆成几个较小的问题。", "Ask several smaller questions."));
    }
}
