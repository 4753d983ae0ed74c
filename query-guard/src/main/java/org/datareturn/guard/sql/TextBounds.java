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
