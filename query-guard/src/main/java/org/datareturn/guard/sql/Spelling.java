package org.datareturn.guard.sql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * Writes what people are used to from PostgreSQL and other engines in standard SQL, before it is validated: casts with
 * {@code ::}, ILIKE, DATE_TRUNC, MEDIAN, IF … Nothing that is not here becomes known by it.
 */
final class Spelling extends SqlShuttle {
    private static final SqlParserPos NOWHERE = SqlParserPos.ZERO;
    private static final Set<String> DECIMALS = Set.of("DECIMAL", "NUMERIC", "DEC");

    private Spelling() {}

    /** The query in standard SQL. */
    static SqlNode standard(SqlNode tree) {
        SqlNode written = tree.accept(new Spelling());
        return written == null ? tree : written;
    }

    /** Names of types in PostgreSQL and DuckDB that the standard does not have. */
    private static final Map<String, SqlTypeName> TYPES = Map.ofEntries(
            Map.entry("TEXT", SqlTypeName.VARCHAR),
            Map.entry("STRING", SqlTypeName.VARCHAR),
            Map.entry("FLOAT4", SqlTypeName.DOUBLE),
            Map.entry("FLOAT8", SqlTypeName.DOUBLE),
            Map.entry("INT2", SqlTypeName.BIGINT),
            Map.entry("INT4", SqlTypeName.BIGINT),
            Map.entry("INT8", SqlTypeName.BIGINT),
            Map.entry("BOOL", SqlTypeName.BOOLEAN));

    private static final Pattern DAY = Pattern.compile("(\\d{4}-\\d{2}-\\d{2})( 00:00(:00)?)?");

    @Override
    public @Nullable SqlNode visit(SqlDataTypeSpec type) {
        SqlTypeName known = TYPES.get(type.getTypeName().names.getLast().toUpperCase(Locale.ROOT));
        if (known != null) {
            return new SqlDataTypeSpec(new SqlBasicTypeNameSpec(known, NOWHERE), NOWHERE);
        }
        boolean open = type.getTypeNameSpec() instanceof SqlBasicTypeNameSpec basic
                && basic.getPrecision() < 0
                && DECIMALS.contains(basic.getTypeName().getSimple().toUpperCase(Locale.ROOT));
        // A number of as many digits as it needs, where the standard says a whole one.
        return open ? new SqlDataTypeSpec(new SqlBasicTypeNameSpec(SqlTypeName.DOUBLE, NOWHERE), NOWHERE) : type;
    }

    @Override
    public @Nullable SqlNode visit(SqlCall call) {
        SqlNode visited = super.visit(call);
        if (!(visited instanceof SqlCall written)) {
            return visited;
        }
        SqlParserPos place = call.getParserPosition();
        List<@Nullable SqlNode> args = written.getOperandList();
        return switch (written.getOperator().getName().toUpperCase(Locale.ROOT)) {
            case "::", "CAST" -> cast(place, args, written);
            case "AS" -> named(args, written);
            case "ILIKE" -> like(SqlStdOperatorTable.LIKE, place, args, written);
            case "NOT ILIKE" -> like(SqlStdOperatorTable.NOT_LIKE, place, args, written);
            case "LENGTH", "LEN" -> of(1, SqlStdOperatorTable.CHAR_LENGTH, place, args, written);
            case "SUBSTR" -> call(SqlStdOperatorTable.SUBSTRING, place, args);
            case "POW" -> of(2, SqlStdOperatorTable.POWER, place, args, written);
            case "CEILING" -> of(1, SqlStdOperatorTable.CEIL, place, args, written);
            case "VARIANCE", "VAR_SAMPLE" -> of(1, SqlStdOperatorTable.VAR_SAMP, place, args, written);
            case "IFNULL", "NVL" -> of(2, SqlStdOperatorTable.COALESCE, place, args, written);
            case "CONCAT" -> concatenated(place, args, written);
            case "IF", "IIF" -> args.size() == 3 ? branch(place, args) : written;
            case "LEFT" ->
                args.size() == 2
                        ? call(SqlStdOperatorTable.SUBSTRING, place, list(args.get(0), number("1"), args.get(1)))
                        : written;
            case "COUNT_IF", "COUNTIF" ->
                args.size() == 1
                        ? call(
                                SqlStdOperatorTable.COUNT,
                                place,
                                list(branch(place, list(args.get(0), number("1"), SqlLiteral.createNull(NOWHERE)))))
                        : written;
            case "MEDIAN" -> args.size() == 1 ? percentile(place, number("0.5"), args.get(0)) : written;
            case "QUANTILE_CONT", "QUANTILE" ->
                args.size() == 2 ? percentile(place, args.get(1), args.get(0)) : written;
            case "DATE_TRUNC" -> truncated(place, args).orElse(written);
            case "DATE_PART" -> part(place, args).orElse(written);
            default -> written;
        };
    }

    /** A time of day is unknown here, so a moment at midnight is a date. */
    private static SqlNode cast(SqlParserPos place, List<@Nullable SqlNode> args, SqlNode otherwise) {
        boolean moment = args.size() == 2
                && args.get(1) instanceof SqlDataTypeSpec type
                && type.getTypeName().getSimple().toUpperCase(Locale.ROOT).startsWith("TIMESTAMP");
        if (moment && args.get(0) instanceof SqlCharStringLiteral literal) {
            Matcher day = DAY.matcher(String.valueOf(literal.toValue()));
            if (day.matches()) {
                SqlDataTypeSpec date =
                        new SqlDataTypeSpec(new SqlBasicTypeNameSpec(SqlTypeName.DATE, NOWHERE), NOWHERE);
                return call(
                        SqlStdOperatorTable.CAST,
                        place,
                        list(SqlLiteral.createCharString(day.group(1), NOWHERE), date));
            }
        }
        return args.size() == 2 ? call(SqlStdOperatorTable.CAST, place, args) : otherwise;
    }

    /** A table made by a query: an aggregate without a name in it has its function's, as in PostgreSQL. */
    private static SqlNode named(List<@Nullable SqlNode> args, SqlNode otherwise) {
        if (args.size() != 2 || !(args.get(0) instanceof SqlSelect select)) {
            return otherwise;
        }
        Set<String> names = new HashSet<>();
        List<@Nullable SqlNode> items = new ArrayList<>();
        for (SqlNode item : select.getSelectList()) {
            boolean unnamed = item instanceof SqlBasicCall call
                    && call.getOperator() instanceof SqlFunction
                    && names.add(call.getOperator().getName().toLowerCase(Locale.ROOT));
            items.add(
                    unnamed && item instanceof SqlBasicCall call
                            ? call(
                                    SqlStdOperatorTable.AS,
                                    item.getParserPosition(),
                                    list(
                                            item,
                                            new SqlIdentifier(
                                                    call.getOperator().getName().toLowerCase(Locale.ROOT), NOWHERE)))
                            : item);
        }
        select.setSelectList(new SqlNodeList(items, select.getSelectList().getParserPosition()));
        return otherwise;
    }

    private static SqlNode of(
            int arity, SqlOperator operator, SqlParserPos place, List<@Nullable SqlNode> args, SqlNode otherwise) {
        return args.size() == arity ? call(operator, place, args) : otherwise;
    }

    private static SqlNode like(
            SqlOperator operator, SqlParserPos place, List<@Nullable SqlNode> args, SqlNode otherwise) {
        return args.size() == 2
                ? call(
                        operator,
                        place,
                        list(
                                call(SqlStdOperatorTable.LOWER, place, list(args.get(0))),
                                call(SqlStdOperatorTable.LOWER, place, list(args.get(1)))))
                : otherwise;
    }

    private static SqlNode concatenated(SqlParserPos place, List<@Nullable SqlNode> args, SqlNode otherwise) {
        if (args.size() < 2) {
            return otherwise;
        }
        SqlNode text = call(SqlStdOperatorTable.CONCAT, place, args.subList(0, 2));
        for (SqlNode arg : args.subList(2, args.size())) {
            text = call(SqlStdOperatorTable.CONCAT, place, list(text, arg));
        }
        return text;
    }

    private static SqlNode branch(SqlParserPos place, List<@Nullable SqlNode> args) {
        return new SqlCase(
                place,
                null,
                new SqlNodeList(list(args.get(0)), NOWHERE),
                new SqlNodeList(list(args.get(1)), NOWHERE),
                args.get(2));
    }

    private static SqlNode percentile(SqlParserPos place, @Nullable SqlNode fraction, @Nullable SqlNode value) {
        SqlNode plain = call(SqlStdOperatorTable.PERCENTILE_CONT, place, list(fraction));
        return call(SqlStdOperatorTable.WITHIN_GROUP, place, list(plain, new SqlNodeList(list(value), NOWHERE)));
    }

    private static Optional<SqlNode> truncated(SqlParserPos place, List<@Nullable SqlNode> written) {
        List<@Nullable SqlNode> args = written;
        if (written.size() == 2 && written.get(1) instanceof SqlIntervalQualifier word) {
            // The parser takes the second argument for a unit, as BigQuery has it; a column may be called "day".
            boolean column = written.get(0) instanceof SqlLiteral;
            String name = word.timeFrameName == null ? word.timeUnitRange.name() : word.timeFrameName;
            args = column
                    ? list(written.get(0), new SqlIdentifier(name, word.getParserPosition()))
                    : list(SqlLiteral.createCharString(name, NOWHERE), written.get(0));
        }
        return truncatedTo(place, args);
    }

    private static Optional<SqlNode> truncatedTo(SqlParserPos place, List<@Nullable SqlNode> args) {
        return unit(args)
                .map(unit -> call(
                        SqlStdOperatorTable.FLOOR,
                        place,
                        list(args.get(1), new SqlIntervalQualifier(unit, null, NOWHERE))));
    }

    private static Optional<SqlNode> part(SqlParserPos place, List<@Nullable SqlNode> args) {
        return unit(args)
                .map(unit -> call(
                        SqlStdOperatorTable.EXTRACT,
                        place,
                        list(new SqlIntervalQualifier(unit, null, NOWHERE), args.get(1))));
    }

    private static Optional<TimeUnit> unit(List<@Nullable SqlNode> args) {
        if (args.size() != 2 || !(args.get(0) instanceof SqlLiteral literal)) {
            return Optional.empty();
        }
        return switch (String.valueOf(literal.toValue()).toUpperCase(Locale.ROOT)) {
            case "YEAR" -> Optional.of(TimeUnit.YEAR);
            case "QUARTER" -> Optional.of(TimeUnit.QUARTER);
            case "MONTH" -> Optional.of(TimeUnit.MONTH);
            default -> Optional.empty();
        };
    }

    private static SqlNode number(String digits) {
        return SqlNumericLiteral.createExactNumeric(digits, NOWHERE);
    }

    private static SqlNode call(SqlOperator operator, SqlParserPos place, List<@Nullable SqlNode> args) {
        return operator.createCall(place, args);
    }

    private static List<@Nullable SqlNode> list(@Nullable SqlNode... nodes) {
        List<@Nullable SqlNode> list = new ArrayList<>();
        for (SqlNode node : nodes) {
            list.add(node);
        }
        return list;
    }
}
