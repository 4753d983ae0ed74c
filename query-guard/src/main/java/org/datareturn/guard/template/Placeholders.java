package org.datareturn.guard.template;

import java.util.ArrayList;
import java.util.List;

/**
 * The places of a template's parameters. Only names are looked for, outside quotes and comments; values never meet the
 * text. Should this reading and the SQL parser's ever differ, the numbers of places differ too and the template is refused.
 *
 * @param sql the SQL with {@code ?} for every {@code :name}, each other character where it was
 * @param names the names, in the order of the places; one may stand several times
 */
record Placeholders(String sql, List<String> names) {
    Placeholders {
        names = List.copyOf(names);
    }

    static Placeholders in(String sql) {
        StringBuilder text = new StringBuilder(sql);
        List<String> names = new ArrayList<>();
        int i = 0;
        while (i < sql.length()) {
            char c = sql.charAt(i);
            if (c == '\'' || c == '"') {
                int close = sql.indexOf(c, i + 1);
                i = close < 0 ? sql.length() : close + 1;
            } else if (sql.startsWith("--", i) || sql.startsWith("//", i)) {
                int end = sql.indexOf('\n', i);
                i = end < 0 ? sql.length() : end;
            } else if (sql.startsWith("/*", i)) {
                int close = sql.indexOf("*/", i + 2);
                i = close < 0 ? sql.length() : close + 2;
            } else if (sql.startsWith("::", i)) {
                i += 2;
            } else if (c == ':') {
                int end = i + 1;
                while (end < sql.length() && (Character.isLetterOrDigit(sql.charAt(end)) || sql.charAt(end) == '_')) {
                    end++;
                }
                if (end > i + 1) {
                    names.add(sql.substring(i + 1, end));
                    text.setCharAt(i, '?');
                    for (int blank = i + 1; blank < end; blank++) {
                        text.setCharAt(blank, ' ');
                    }
                }
                i = end;
            } else {
                i++;
            }
        }
        return new Placeholders(text.toString(), names);
    }
}
