package org.datareturn.guard.sql;

import java.util.List;
import java.util.Optional;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.type.DelegatingTypeSystem;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeSystem;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.runtime.CalciteException;
import org.apache.calcite.schema.SchemaPlus;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.parser.babel.SqlBabelParserImpl;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlOperatorTables;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.apache.calcite.tools.FrameworkConfig;
import org.apache.calcite.tools.Frameworks;
import org.apache.calcite.tools.Planner;
import org.apache.calcite.tools.RelConversionException;
import org.apache.calcite.tools.ValidationException;
import org.datareturn.guard.GuardReason;
import org.datareturn.guard.QueryRefused;
import org.datareturn.guard.declaration.ColumnDeclaration;
import org.datareturn.guard.declaration.TableDeclaration;
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

    private static final int DIGITS = 38;

    private static final RelDataTypeSystem TYPES = new DelegatingTypeSystem(RelDataTypeSystem.DEFAULT) {
        @Override
        public boolean shouldConvertRaggedUnionTypesToVarying() {
            // Otherwise CASE pads its shorter texts with blanks.
            return true;
        }

        @Override
        public int getMaxPrecision(SqlTypeName type) {
            return type == SqlTypeName.DECIMAL ? DIGITS : super.getMaxPrecision(type);
        }

        @Override
        public RelDataType deriveSumType(RelDataTypeFactory factory, RelDataType argument) {
            // A sum of whole numbers does not wrap.
            boolean exact = SqlTypeName.EXACT_TYPES.contains(argument.getSqlTypeName());
            return exact
                    ? factory.createTypeWithNullability(
                            factory.createSqlType(SqlTypeName.DECIMAL, DIGITS, argument.getScale()),
                            argument.isNullable())
                    : argument;
        }

        @Override
        public RelDataType deriveAvgAggType(RelDataTypeFactory factory, RelDataType argument) {
            return factory.createTypeWithNullability(factory.createSqlType(SqlTypeName.DOUBLE), argument.isNullable());
        }
    };

    // Named one by one: whole libraries of operators would change what the standard ones mean.
    private static final SqlOperatorTable OPERATORS = SqlOperatorTables.chain(
            SqlStdOperatorTable.instance(),
            SqlOperatorTables.of(SqlLibraryOperators.GREATEST, SqlLibraryOperators.LEAST));

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
            return planned(sql, literals, zone, facts, minGroupSize);
        } catch (QueryRefused refused) {
            throw new QueryRefused(Places.point(refused.refusal(), tree));
        }
    }

    private static Question planned(
            String sql, List<Object> literals, VisibleZone zone, ZoneFacts facts, int minGroupSize)
            throws QueryRefused {
        try (Planner planner = Frameworks.getPlanner(config(zone))) {
            // The planner validates only what it parsed itself.
            SqlNode validated =
                    planner.validate(Spelling.standard(Binding.of(planner.parse(terminated(sql)), literals)));
            RelRoot root = Decorrelation.of(planner.rel(validated));
            return new PlanReader(zone, facts, minGroupSize).read(root);
        } catch (SqlParseException malformed) {
            throw syntax(malformed.getPos());
        } catch (ValidationException invalid) {
            throw invalid(sql, invalid.getCause());
        } catch (RelConversionException unplannable) {
            throw unforeseen(unplannable);
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

    private static String terminated(String sql) {
        String text = sql.stripTrailing();
        return text.endsWith(";") ? text.substring(0, text.length() - 1) : text;
    }

    private static FrameworkConfig config(VisibleZone zone) {
        SchemaPlus schema = CalciteSchema.createRootSchema(false).plus();
        zone.tables().forEach(table -> schema.add(table.name(), new VisibleTableType(table)));
        return Frameworks.newConfigBuilder()
                .parserConfig(PARSER)
                .defaultSchema(schema)
                .typeSystem(TYPES)
                .operatorTable(OPERATORS)
                .sqlValidatorConfig(SqlValidator.Config.DEFAULT
                        .withConformance(SqlConformanceEnum.LENIENT)
                        .withDefaultNullCollation(NullCollation.LAST))
                .sqlToRelConverterConfig(SqlToRelConverter.config()
                        .withExpand(false)
                        .withTrimUnusedFields(false)
                        .withInSubQueryThreshold(Integer.MAX_VALUE)
                        .withRelBuilderConfigTransform(c ->
                                c.withSimplify(false).withSimplifyValues(false).withBloat(-1)))
                .build();
    }

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

    /** A table of the caller's view, as the validator wants it. */
    private static final class VisibleTableType extends AbstractTable {
        private final TableDeclaration table;

        VisibleTableType(TableDeclaration table) {
            this.table = table;
        }

        @Override
        public RelDataType getRowType(RelDataTypeFactory factory) {
            RelDataTypeFactory.Builder row = factory.builder();
            for (ColumnDeclaration column : table.columns()) {
                row.add(column.name(), factory.createTypeWithNullability(type(column, factory), true));
            }
            return row.build();
        }

        private static RelDataType type(ColumnDeclaration column, RelDataTypeFactory factory) {
            return switch (column.type().kind()) {
                case BIGINT -> factory.createSqlType(SqlTypeName.BIGINT);
                case INTEGER -> factory.createSqlType(SqlTypeName.INTEGER);
                case VARCHAR -> factory.createSqlType(SqlTypeName.VARCHAR);
                case DATE -> factory.createSqlType(SqlTypeName.DATE);
                case BOOLEAN -> factory.createSqlType(SqlTypeName.BOOLEAN);
                case DECIMAL ->
                    factory.createSqlType(
                            SqlTypeName.DECIMAL,
                            column.type().precision(),
                            column.type().scale());
            };
        }
    }

    /** The rules every query's parse tree passes first, by their classes' names, with the code of each. */
    public static List<java.util.Map.Entry<String, GuardReason>> rules() {
        return GuardRules.standard().stream()
                .map(rule -> java.util.Map.entry(rule.getClass().getSimpleName(), rule.reason()))
                .toList();
    }
}
