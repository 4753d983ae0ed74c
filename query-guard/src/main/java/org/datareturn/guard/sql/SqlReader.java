package org.datareturn.guard.sql;

import java.util.List;
import java.util.Optional;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.runtime.CalciteException;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.parser.babel.SqlBabelParserImpl;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.tools.ValidationException;
import org.datareturn.guard.GuardReason;
import org.datareturn.guard.QueryRefused;
import org.datareturn.guard.plan.Question;
import org.datareturn.guard.plan.VisibleZone;
import org.datareturn.guard.plan.ZoneFacts;
import org.datareturn.policy.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Reads one caller's SQL into a {@link Question}, or refuses it. The parser and validator see only the caller's view
 * of the zone, so what is hidden or not granted is unknown to them as well. Thread-safe.
 */
public final class SqlReader {
    private static final SqlParser.Config PARSER = SqlParser.config()
            .withUnquotedCasing(Casing.UNCHANGED)
            .withQuotedCasing(Casing.UNCHANGED)
            .withParserFactory(SqlBabelParserImpl.FACTORY)
            .withCaseSensitive(false)
            .withConformance(SqlConformanceEnum.LENIENT);

    /** No longer text is read. */
    public static final int MAX_LENGTH = TextBounds.MAX_LENGTH;

    private SqlReader() {}

    /**
     * Reads a query.
     *
     * @param sql the caller's text
     * @param zone the zone as the caller sees it
     * @param facts what may be known about its data
     * @param minGroupSize least number of subjects holding a value that may be named
     * @throws QueryRefused when it is not a question the zone answers
     */
    public static Question read(String sql, VisibleZone zone, ZoneFacts facts, int minGroupSize) throws QueryRefused {
        return read(sql, List.of(), zone, facts, minGroupSize);
    }

    /**
     * Reads a query with places for literals.
     *
     * @param sql the text, with a {@code ?} for each literal
     * @param literals what goes there: Long, BigDecimal, String, LocalDate or Boolean
     * @param zone the zone as the caller sees it
     * @param facts what may be known about its data
     * @param minGroupSize least number of subjects holding a value that may be named
     * @throws QueryRefused when it is not a question the zone answers
     */
    public static Question read(String sql, List<Object> literals, VisibleZone zone, ZoneFacts facts, int minGroupSize)
            throws QueryRefused {
        TextBounds.check(sql);
        try {
            return parsed(sql, literals, zone, facts, minGroupSize);
        } catch (StackOverflowError tooDeep) {
            // The bounds on the text should prevent it; should a spelling get round them, the query is refused.
            throw TextBounds.refused("nesting");
        }
    }

    private static Question parsed(
            String sql, List<Object> literals, VisibleZone zone, ZoneFacts facts, int minGroupSize)
            throws QueryRefused {
        SqlNode tree = Binding.of(single(sql), literals);
        for (GuardRule rule : GuardRules.standard()) {
            Optional<Refusal> refusal = rule.check(tree);
            if (refusal.isPresent()) {
                throw new QueryRefused(refusal.get());
            }
        }
        try {
            return planned(sql, tree, zone, facts, minGroupSize);
        } catch (QueryRefused refused) {
            // The planner writes into the tree it is given, so a place to point at is looked for in a new one.
            throw new QueryRefused(Places.point(refused.refusal(), single(sql)));
        }
    }

    private static Question planned(String sql, SqlNode tree, VisibleZone zone, ZoneFacts facts, int minGroupSize)
            throws QueryRefused {
        try {
            return new PlanReader(zone, facts, minGroupSize).read(Planning.of(Spelling.standard(tree), zone));
        } catch (ValidationException invalid) {
            throw invalid(sql, invalid.getCause());
        } catch (CalciteException invalid) {
            throw invalid(sql, invalid);
        } catch (RuntimeException | AssertionError unforeseen) {
            // The parser's planner fails in many unspecified ways on strange text. This is the one place where they
            // all end: the query is refused. Nothing of the data has been touched yet, so the failure tells nothing.
            throw unforeseen(unforeseen);
        }
    }

    /** A failure of the planner's; too deep a query may look like any other by the time it gets here. */
    private static QueryRefused unforeseen(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StackOverflowError) {
                return TextBounds.refused("nesting");
            }
        }
        return new QueryRefused(Refusal.of(GuardReason.QUERY_NOT_UNDERSTOOD));
    }

    private static SqlNode single(String sql) throws QueryRefused {
        try {
            SqlNodeList statements = SqlParser.create(sql, PARSER).parseStmtList();
            if (statements.size() != 1) {
                throw new QueryRefused(Refusal.of(GuardReason.STATEMENT_NOT_ALLOWED)
                        .withHint("请一次只提一个问题。", "Ask one question at a time."));
            }
            return statements.get(0);
        } catch (RuntimeException unforeseen) {
            // Some malformed texts end in unspecified exceptions of the parser; they are refused like the others.
            throw new QueryRefused(Refusal.of(GuardReason.SQL_SYNTAX).at(1, 1));
        } catch (SqlParseException malformed) {
            String first = sql.strip().split("\\W", 2)[0].toUpperCase(java.util.Locale.ROOT);
            if (OTHER_STATEMENTS.contains(first)) {
                throw new QueryRefused(Refusal.of(GuardReason.STATEMENT_NOT_ALLOWED)
                        .at(1, 1)
                        .withHint("请改写为一条 SELECT … GROUP BY 查询。", "Write one SELECT … GROUP BY query."));
            }
            throw syntax(malformed.getPos());
        }
    }

    // Statements of engines that the parser does not know; named only so that the refusal says what is wrong.
    private static final java.util.Set<String> OTHER_STATEMENTS = java.util.Set.of(
            "CREATE",
            "DROP",
            "ALTER",
            "TRUNCATE",
            "ATTACH",
            "DETACH",
            "USE",
            "COPY",
            "PRAGMA",
            "PREPARE",
            "EXECUTE",
            "DEALLOCATE",
            "DECLARE",
            "FETCH",
            "BEGIN",
            "START",
            "COMMIT",
            "ROLLBACK",
            "CHECKPOINT",
            "INSTALL",
            "LOAD",
            "EXPORT",
            "IMPORT",
            "GRANT",
            "REVOKE",
            "SHOW",
            "ANALYZE",
            "VACUUM",
            "CALL",
            "SUMMARIZE",
            "SET",
            "RESET",
            "INSERT",
            "UPDATE",
            "DELETE",
            "MERGE",
            "EXPLAIN",
            "DESCRIBE",
            "PIVOT",
            "UNPIVOT",
            "FROM");

    private static QueryRefused syntax(@Nullable SqlParserPos position) {
        return new QueryRefused(at(Refusal.of(GuardReason.SQL_SYNTAX), position));
    }

    private static Refusal at(Refusal refusal, @Nullable SqlParserPos position) {
        return position != null && position.getLineNum() > 0
                ? refusal.at(position.getLineNum(), position.getColumnNum())
                : refusal;
    }

    // The validator's own messages may suggest names; only which kind of error it is, and where, is taken from it.
    private static QueryRefused invalid(String sql, @Nullable Throwable cause) {
        if (!(cause instanceof CalciteContextException error)) {
            return new QueryRefused(Refusal.of(GuardReason.TYPE_MISMATCH));
        }
        String message =
                error.getCause() == null ? "" : String.valueOf(error.getCause().getMessage());
        String word = word(sql, error);
        Refusal refusal;
        if (message.contains("not found")) {
            refusal = Refusal.of(GuardReason.UNKNOWN_NAME, word);
        } else if (message.startsWith("No match found for function") || message.contains("Function")) {
            refusal = Refusal.of(GuardReason.FUNCTION_NOT_ALLOWED, word);
        } else if (message.contains("is not being grouped")) {
            refusal = Refusal.of(GuardReason.ROWS_NOT_ALLOWED)
                    .withHint("SELECT 中的列须写进 GROUP BY。", "Columns in SELECT must be in GROUP BY.");
        } else {
            refusal = Refusal.of(GuardReason.TYPE_MISMATCH);
        }
        return new QueryRefused(
                error.getPosLine() > 0 ? refusal.at(error.getPosLine(), error.getPosColumn()) : refusal);
    }

    private static String word(String sql, CalciteContextException error) {
        String[] lines = sql.split("\n", -1);
        if (error.getPosLine() < 1 || error.getPosLine() > lines.length) {
            return "";
        }
        String line = lines[error.getPosLine() - 1];
        int from = Math.clamp(error.getPosColumn() - 1L, 0, line.length());
        int to = from;
        while (to < line.length()
                && (Character.isLetterOrDigit(line.charAt(to)) || "_.\"".indexOf(line.charAt(to)) >= 0)) {
            to++;
        }
        return line.substring(from, to).replace("{", "").replace("}", "");
    }

    /** The rules every query's parse tree passes first, by their classes' names, with the code of each. */
    public static List<java.util.Map.Entry<String, GuardReason>> rules() {
        return GuardRules.standard().stream()
                .map(rule -> java.util.Map.entry(rule.getClass().getSimpleName(), rule.reason()))
                .toList();
    }
}
