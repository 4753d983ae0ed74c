package org.datareturn.guard.sql;

import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.datareturn.guard.GuardReason;
import org.datareturn.guard.QueryRefused;
import org.datareturn.guard.plan.Expr;
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
        int cases = 0;
        int prefixes = 0;
        char quote = 0;
        boolean inWord = false;
        for (int i = 0; i < sql.length(); i++) {
            char c = sql.charAt(i);
            if (quote == 0 && comment(sql, i)) {
                // A quote in a comment quotes nothing.
                i = end(sql, i) - 1;
                inWord = false;
                continue;
            }
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
                continue;
            }
            boolean wordCharacter = Character.isLetterOrDigit(c) || c == '_';
            boolean sign = !wordCharacter && !Character.isWhitespace(c);
            if (sign || (wordCharacter && !inWord)) {
                words++;
                prefixes = prefix(sql, i) ? prefixes + 1 : 0;
                cases = Math.max(0, cases + caseOrEnd(sql, i));
            }
            inWord = wordCharacter;
            switch (c) {
                case '\'', '"' -> quote = c;
                case '(' -> depth++;
                case ')' -> depth = Math.max(0, depth - 1);
                default -> {}
            }
            if (depth > MAX_DEPTH || cases > MAX_DEPTH || prefixes > MAX_DEPTH) {
                throw refused("> " + MAX_DEPTH + " levels");
            }
            if (words > MAX_WORDS) {
                throw refused("> " + MAX_WORDS + " words");
            }
        }
    }

    /** Whether an operator stands here before its operand: each of a row of them is a level deeper. */
    private static boolean prefix(String sql, int at) {
        return sql.charAt(at) == '-' || sql.charAt(at) == '+' || word(sql, at, "NOT");
    }

    /** CASE and END nest like parentheses. */
    private static int caseOrEnd(String sql, int at) {
        if (word(sql, at, "CASE")) {
            return 1;
        }
        return word(sql, at, "END") ? -1 : 0;
    }

    private static boolean word(String sql, int at, String word) {
        int end = at + word.length();
        return sql.regionMatches(true, at, word, 0, word.length())
                && (end == sql.length() || !(Character.isLetterOrDigit(sql.charAt(end)) || sql.charAt(end) == '_'));
    }

    private static boolean comment(String sql, int at) {
        return sql.startsWith("--", at) || sql.startsWith("//", at) || sql.startsWith("/*", at);
    }

    private static int end(String sql, int at) {
        if (sql.startsWith("/*", at)) {
            int close = sql.indexOf("*/", at + 2);
            return close < 0 ? sql.length() : close + 2;
        }
        int line = at;
        while (line < sql.length() && sql.charAt(line) != '\n' && sql.charAt(line) != '\r') {
            line++;
        }
        return line;
    }

    /** The nodes an expression may have once everything it names is written out. */
    static final int MAX_NODES = 20_000;

    /** Refuses an expression that is too large, in time proportional to the bound. */
    static void check(Expr expr) throws QueryRefused {
        if (rest(expr, MAX_NODES) < 0) {
            throw refused("> " + MAX_NODES + " terms");
        }
    }

    private static int rest(Expr expr, int allowed) {
        int rest = allowed - 1;
        if (expr instanceof Expr.Call call) {
            for (Expr arg : call.args()) {
                rest = rest < 0 ? rest : rest(arg, rest);
            }
        }
        return rest;
    }

    /** The like for an expression of a plan. */
    static void check(RexNode expr) throws QueryRefused {
        if (rest(expr, MAX_NODES) < 0) {
            throw refused("> " + MAX_NODES + " terms");
        }
    }

    private static int rest(RexNode expr, int allowed) {
        int rest = allowed - 1;
        if (expr instanceof RexCall call) {
            for (RexNode arg : call.getOperands()) {
                rest = rest < 0 ? rest : rest(arg, rest);
            }
        }
        return rest;
    }

    static QueryRefused refused(String bound) {
        return new QueryRefused(Refusal.of(GuardReason.SQL_TOO_COMPLEX, bound)
                .withHint("请拆成几个较小的问题。", "Ask several smaller questions."));
    }
}
