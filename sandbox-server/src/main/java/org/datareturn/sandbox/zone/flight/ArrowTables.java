package org.datareturn.sandbox.zone.flight;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.arrow.flight.sql.FlightSqlColumnMetadata;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** SQL types and rows as Arrow schemas and vectors. */
final class ArrowTables {
    private static final int DECIMAL_BITS = 128;
    private static final int BIGINT_BITS = 64;
    private static final int INTEGER_BITS = 32;

    private ArrowTables() {}

    /** The answer for a released table; trace id, receipt and notices are in its schema's metadata and its own. */
    static Answer answer(ZoneReply.Table table) {
        AnswerMetadata metadata = AnswerMetadata.of(table);
        Schema schema = new Schema(fields(table.columns()), metadata.schemaMetadata());
        return new Answer.Rows(
                schema, table.rows().size(), metadata.json(), (root, from, to) -> write(table, root, from, to));
    }

    /** Columns as Arrow fields without metadata. */
    static List<Field> fields(List<Column> columns) {
        return columns.stream().map(column -> field(column, Map.of())).toList();
    }

    /** A granted column as {@code CommandGetTables} describes it. */
    static Field describedField(String table, Column column) {
        FlightSqlColumnMetadata.Builder described = new FlightSqlColumnMetadata.Builder()
                .tableName(table)
                .typeName(typeName(column.type()))
                .isAutoIncrement(false)
                .isReadOnly(true);
        if (column.type() instanceof SqlType.Decimal decimal) {
            described.precision(decimal.precision()).scale(decimal.scale());
        }
        return field(column, described.build().getMetadataMap());
    }

    /** The type's name without parameters. */
    static String typeName(SqlType type) {
        return switch (type) {
            case SqlType.Plain plain -> plain.name();
            case SqlType.Decimal decimal -> "DECIMAL";
        };
    }

    private static Field field(Column column, Map<String, String> metadata) {
        return new Field(
                column.name(), new FieldType(column.nullable(), arrowType(column.type()), null, metadata), null);
    }

    private static ArrowType arrowType(SqlType type) {
        return switch (type) {
            case SqlType.Decimal decimal -> new ArrowType.Decimal(decimal.precision(), decimal.scale(), DECIMAL_BITS);
            case SqlType.Plain plain ->
                switch (plain) {
                    case VARCHAR -> ArrowType.Utf8.INSTANCE;
                    case BIGINT -> new ArrowType.Int(BIGINT_BITS, true);
                    case INTEGER -> new ArrowType.Int(INTEGER_BITS, true);
                    case DOUBLE -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
                    case BOOLEAN -> ArrowType.Bool.INSTANCE;
                    case DATE -> new ArrowType.Date(DateUnit.DAY);
                };
        };
    }

    private static void write(ZoneReply.Table table, VectorSchemaRoot root, int from, int to) {
        for (int column = 0; column < table.columns().size(); column++) {
            FieldVector vector = root.getVector(column);
            for (int row = from; row < to; row++) {
                write(vector, row - from, table.rows().get(row).get(column));
            }
        }
    }

    private static void write(FieldVector vector, int at, @Nullable Object cell) {
        switch (cell) {
            case null -> vector.setNull(at);
            case String text -> ((VarCharVector) vector).setSafe(at, text.getBytes(StandardCharsets.UTF_8));
            case Long number -> ((BigIntVector) vector).setSafe(at, number);
            case Integer number -> ((IntVector) vector).setSafe(at, number);
            case Double number -> ((Float8Vector) vector).setSafe(at, number);
            case Boolean truth -> ((BitVector) vector).setSafe(at, truth ? 1 : 0);
            case LocalDate date -> ((DateDayVector) vector).setSafe(at, Math.toIntExact(date.toEpochDay()));
            case BigDecimal number -> {
                DecimalVector decimals = (DecimalVector) vector;
                decimals.setSafe(at, number.setScale(decimals.getScale()));
            }
            default ->
                throw new IllegalStateException(
                        "a cell of class " + cell.getClass().getName() + " passed the table's own check");
        }
    }
}
