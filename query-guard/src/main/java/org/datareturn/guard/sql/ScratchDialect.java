package org.datareturn.guard.sql;

import java.util.List;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDialect;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.dialect.DuckDBSqlDialect;
import org.datareturn.guard.GuardReason;
import org.datareturn.guard.QueryRefused;
import org.datareturn.policy.Refusal;

/**
 * How the scratch engine writes SQL. Casts and functions that can fail give null instead, so that an error never is an
 * answer.
 */
final class ScratchDialect extends DuckDBSqlDialect {
    private static final int EXACT_DIGITS = 10;
    private static final List<String> PARTIAL = List.of("SQRT", "LN", "LOG10", "EXP", "POWER");

    ScratchDialect() {
        super(DEFAULT_CONTEXT);
    }

    @Override
    public boolean supportsCharSet() {
        return false;
    }

    @Override
    public boolean supportsNestedAggregations() {
        return false;
    }

    @Override
    public boolean supportsAggregateFunctionFilter() {
        return true;
    }

    @Override
    public boolean supportsGroupByLiteral() {
        return false;
    }

    @Override
    public SqlNode getCastSpec(RelDataType type) {
        boolean fine = type.getSqlTypeName() == org.apache.calcite.sql.type.SqlTypeName.DECIMAL
                && type.getScale() > EXACT_DIGITS;
        if (fine) {
            // A quotient of so many digits after the point leaves none before it.
            return new org.apache.calcite.sql.SqlDataTypeSpec(
                    new SqlBasicTypeNameSpec(
                            org.apache.calcite.sql.type.SqlTypeName.DOUBLE,
                            org.apache.calcite.sql.parser.SqlParserPos.ZERO),
                    org.apache.calcite.sql.parser.SqlParserPos.ZERO);
        }
        return super.getCastSpec(type);
    }

    @Override
    public void unparseCall(SqlWriter writer, SqlCall call, int leftPrec, int rightPrec) {
        if (call.getKind() == SqlKind.CAST || call.getKind() == SqlKind.SAFE_CAST) {
            SqlWriter.Frame frame = writer.startFunCall("TRY_CAST");
            call.operand(0).unparse(writer, 0, 0);
            writer.sep("AS");
            call.operand(1).unparse(writer, 0, 0);
            writer.endFunCall(frame);
        } else if (call.getKind() == SqlKind.FLOOR && call.operandCount() == 2) {
            String unit = call.operand(1) instanceof SqlIntervalQualifier qualifier
                    ? qualifier.timeUnitRange.name()
                    : TimeUnitRange.YEAR.name();
            writer.print("CAST(date_trunc('" + unit.toLowerCase(java.util.Locale.ROOT) + "', ");
            call.operand(0).unparse(writer, 0, 0);
            writer.print(") AS DATE)");
        } else if (PARTIAL.contains(call.getOperator().getName())) {
            SqlWriter.Frame frame = writer.startFunCall("TRY");
            super.unparseCall(writer, call, 0, 0);
            writer.endFunCall(frame);
        } else {
            super.unparseCall(writer, call, leftPrec, rightPrec);
        }
    }

    /** The scratch engine's name of a type. */
    static String type(RelDataType type) throws QueryRefused {
        return switch (type.getSqlTypeName()) {
            case CHAR, VARCHAR -> "VARCHAR";
            case TINYINT, SMALLINT, INTEGER -> "INTEGER";
            case BIGINT -> "BIGINT";
            case DECIMAL -> "DECIMAL(" + type.getPrecision() + "," + type.getScale() + ")";
            case FLOAT, REAL, DOUBLE -> "DOUBLE";
            case DATE -> "DATE";
            case BOOLEAN -> "BOOLEAN";
            default -> throw new QueryRefused(Refusal.of(GuardReason.TYPE_MISMATCH));
        };
    }

    static SqlDialect standard() {
        return new ScratchDialect();
    }
}
