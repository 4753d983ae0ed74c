package org.datareturn.guard;

import java.util.ArrayList;
import java.util.List;

/** A query made of bytes: each byte decides once, and when none is left the first choice is taken. */
final class FuzzQuery {
    private static final int DEEPEST = 4;

    private final byte[] choices;
    private int next;

    FuzzQuery(byte[] choices) {
        this.choices = choices;
    }

    private int choose(int of) {
        return next < choices.length ? Math.floorMod(choices[next++], of) : 0;
    }

    /** The query; its keys come first, then its numbers. */
    String sql() {
        List<String> keys = new ArrayList<>();
        int number = choose(3);
        for (int i = 0; i < number; i++) {
            String key = key();
            if (!keys.contains(key)) {
                keys.add(key);
            }
        }
        List<String> items = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            items.add(keys.get(i) + " AS k" + i);
        }
        int values = 1 + choose(3);
        for (int i = 0; i < values; i++) {
            items.add(aggregate() + " AS v" + i);
        }
        String from = choose(4) == 1 ? "(SELECT * FROM person WHERE " + condition(0) + ") AS p" : "person";
        String where = choose(3) == 0 ? "" : " WHERE " + condition(0);
        String grouping = keys.isEmpty() ? "" : " GROUP BY " + grouping(keys);
        String having = !keys.isEmpty() && choose(4) == 1 ? " HAVING COUNT(*) > " + (10 + choose(200)) : "";
        String sql = "SELECT " + String.join(", ", items) + " FROM " + from + where + grouping + having;
        return switch (choose(5)) {
            case 1 -> "SELECT COUNT(*) AS n, SUM(v0) AS s FROM (" + sql + ") AS q";
            case 2 -> "WITH q AS (" + sql + ") SELECT * FROM q WHERE v0 > 20";
            case 3 -> "SELECT q.*, v0 * 2 + 1 AS w FROM (" + sql + ") AS q ORDER BY 1";
            default -> sql;
        };
    }

    private String grouping(List<String> keys) {
        String list = String.join(", ", keys);
        return choose(6) == 1 ? "ROLLUP (" + list + ")" : list;
    }

    private String column() {
        return switch (choose(3)) {
            case 0 -> "sex";
            case 1 -> "town";
            default -> "job";
        };
    }

    private String key() {
        return switch (choose(6)) {
            case 1 -> "UPPER(" + column() + ")";
            case 2 -> "COALESCE(" + column() + ", 'none')";
            case 3 -> "CASE WHEN " + condition(2) + " THEN 'yes' ELSE 'no' END";
            case 4 -> "SUBSTRING(" + column() + ", 1, " + (1 + choose(3)) + ")";
            default -> column();
        };
    }

    private String aggregate() {
        return switch (choose(9)) {
            case 1 -> "COUNT(DISTINCT id)";
            case 2 -> "SUM(wage)";
            case 3 -> "AVG(wage)";
            case 4 -> "SUM(CASE WHEN " + condition(2) + " THEN wage END)";
            case 5 -> "COUNT(*) FILTER (WHERE " + condition(2) + ")";
            case 6 -> "AVG(CASE WHEN " + condition(2) + " THEN wage ELSE 0 END)";
            case 7 -> "COUNT(" + column() + ")";
            case 8 -> "SUM(2 * wage + 3)";
            default -> "COUNT(*)";
        };
    }

    private String constant(String column) {
        return switch (column) {
            case "sex" -> choose(2) == 0 ? "'F'" : "'M'";
            case "town" -> List.of("'Ash'", "'Elm'", "'Oak'").get(choose(3));
            default -> List.of("'clerk'", "'smith'").get(choose(2));
        };
    }

    private String condition(int depth) {
        int kind = depth >= DEEPEST ? choose(7) : choose(11);
        String column = column();
        return switch (kind) {
            case 1 -> column + " <> " + constant(column);
            case 2 -> column + " IN (" + constant(column) + ", " + constant(column) + ")";
            case 3 -> column + " IS NULL";
            case 4 -> column + " IS NOT NULL";
            case 5 ->
                column + " LIKE '" + List.of("%a%", "_l%", "F", "%k", "s_i%").get(choose(5)) + "'";
            case 6 -> "COALESCE(" + column + ", 'none') = " + constant(column);
            case 7 -> "(" + condition(depth + 1) + " AND " + condition(depth + 1) + ")";
            case 8 -> "(" + condition(depth + 1) + " OR " + condition(depth + 1) + ")";
            case 9 -> "NOT (" + condition(depth + 1) + ")";
            case 10 -> column + " NOT IN (" + constant(column) + ")";
            default -> column + " = " + constant(column);
        };
    }
}
