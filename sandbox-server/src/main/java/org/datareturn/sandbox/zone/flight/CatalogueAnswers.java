package org.datareturn.sandbox.zone.flight;

import com.google.protobuf.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.arrow.flight.sql.FlightSqlProducer.Schemas;
import org.apache.arrow.flight.sql.impl.FlightSql;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.datareturn.sandbox.zone.flight.CatalogueReply.Catalogue;
import org.datareturn.sandbox.zone.flight.CatalogueReply.GrantedTable;
import org.jspecify.annotations.Nullable;

/**
 * Answers to the catalogue commands, made of nothing but the grant's catalogue. A session is in one zone and its SQL
 * names tables alone, so tables are in no catalog and in the schema without a name: the stock JDBC driver tells tools to
 * qualify names by whatever stands there, and the guard knows no qualified names. No keys are shown: which column is the
 * protected subject is not told by key metadata.
 */
final class CatalogueAnswers {
    private static final String SCHEMA = "";
    private static final String TABLE = "TABLE";

    private final String zone;
    private final Catalogue catalogue;

    CatalogueAnswers(String zone, Catalogue catalogue) {
        this.zone = zone;
        this.catalogue = catalogue;
    }

    /** The answer to one catalogue command. */
    Answer answer(Message command) {
        return switch (command) {
            case FlightSql.CommandGetCatalogs all -> rows(Schemas.GET_CATALOGS_SCHEMA, List.of());
            case FlightSql.CommandGetDbSchemas some -> rows(Schemas.GET_SCHEMAS_SCHEMA, schemas(some));
            case FlightSql.CommandGetTables some -> tables(some);
            case FlightSql.CommandGetTableTypes all -> rows(Schemas.GET_TABLE_TYPES_SCHEMA, List.of(row(TABLE)));
            case FlightSql.CommandGetPrimaryKeys none -> rows(Schemas.GET_PRIMARY_KEYS_SCHEMA, List.of());
            case FlightSql.CommandGetExportedKeys none -> rows(Schemas.GET_EXPORTED_KEYS_SCHEMA, List.of());
            case FlightSql.CommandGetImportedKeys none -> rows(Schemas.GET_IMPORTED_KEYS_SCHEMA, List.of());
            case FlightSql.CommandGetCrossReference none -> rows(Schemas.GET_CROSS_REFERENCE_SCHEMA, List.of());
            case FlightSql.CommandGetSqlInfo some -> new Answer.Facts(ServerFacts.stated(some.getInfoList()));
            case FlightSql.CommandGetXdbcTypeInfo some -> rows(Schemas.GET_TYPE_INFO_SCHEMA, types(some));
            default -> throw FlightCommand.notServed(command.getClass().getSimpleName());
        };
    }

    private List<List<@Nullable Object>> schemas(FlightSql.CommandGetDbSchemas command) {
        boolean wanted = isHere(command.hasCatalog(), command.getCatalog())
                && (!command.hasDbSchemaFilterPattern()
                        || new LikePattern(command.getDbSchemaFilterPattern()).matches(SCHEMA));
        return wanted ? List.of(row(null, SCHEMA)) : List.of();
    }

    private Answer tables(FlightSql.CommandGetTables command) {
        boolean wanted = isHere(command.hasCatalog(), command.getCatalog())
                && (!command.hasDbSchemaFilterPattern()
                        || new LikePattern(command.getDbSchemaFilterPattern()).matches(SCHEMA))
                && (command.getTableTypesCount() == 0
                        || Set.copyOf(command.getTableTypesList()).contains(TABLE));
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (GrantedTable table : catalogue.tables()) {
            if (wanted
                    && (!command.hasTableNameFilterPattern()
                            || new LikePattern(command.getTableNameFilterPattern()).matches(table.name()))) {
                rows.add(
                        command.getIncludeSchema()
                                ? row(null, SCHEMA, table.name(), TABLE, columns(table))
                                : row(null, SCHEMA, table.name(), TABLE));
            }
        }
        return rows(command.getIncludeSchema() ? Schemas.GET_TABLES_SCHEMA : Schemas.GET_TABLES_SCHEMA_NO_SCHEMA, rows);
    }

    /** No catalog, the one without a name, or, for those who take it for one, the zone. */
    private boolean isHere(boolean hasCatalog, String catalog) {
        return !hasCatalog || catalog.isEmpty() || catalog.equals(zone);
    }

    private byte[] columns(GrantedTable table) {
        List<Field> fields = table.columns().stream()
                .map(column -> ArrowTables.describedField(table.name(), column))
                .toList();
        return serialised(new Schema(fields));
    }

    /** A schema as the IPC message Flight SQL embeds. */
    static byte[] serialised(Schema schema) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (WriteChannel channel = new WriteChannel(Channels.newChannel(bytes))) {
            MessageSerializer.serialize(channel, schema);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    private static List<List<@Nullable Object>> types(FlightSql.CommandGetXdbcTypeInfo command) {
        return Arrays.stream(ListedType.values())
                .filter(type -> !command.hasDataType() || command.getDataType() == type.xdbc)
                .map(ListedType::row)
                .toList();
    }

    private enum ListedType {
        VARCHAR(FlightSql.XdbcDataType.XDBC_VARCHAR_VALUE, null, null, "'"),
        BIGINT(FlightSql.XdbcDataType.XDBC_BIGINT_VALUE, 19, 10, null),
        INTEGER(FlightSql.XdbcDataType.XDBC_INTEGER_VALUE, 10, 10, null),
        DECIMAL(FlightSql.XdbcDataType.XDBC_DECIMAL_VALUE, SqlType.Decimal.MAX_PRECISION, 10, null),
        DOUBLE(FlightSql.XdbcDataType.XDBC_DOUBLE_VALUE, 53, 2, null),
        BOOLEAN(FlightSql.XdbcDataType.XDBC_BIT_VALUE, 1, null, null),
        DATE(FlightSql.XdbcDataType.XDBC_DATE_VALUE, 10, null, "'");

        private final int xdbc;
        private final @Nullable Integer size;
        private final @Nullable Integer radix;
        private final @Nullable String quote;

        ListedType(int xdbc, @Nullable Integer size, @Nullable Integer radix, @Nullable String quote) {
            this.xdbc = xdbc;
            this.size = size;
            this.radix = radix;
            this.quote = quote;
        }

        private List<@Nullable Object> row() {
            boolean date = this == DATE;
            Integer maxScale = this == DECIMAL ? size : radix == null ? null : Integer.valueOf(0);
            return CatalogueAnswers.row(
                    name(),
                    xdbc,
                    size,
                    date ? "DATE '" : quote,
                    quote,
                    null,
                    FlightSql.Nullable.NULLABILITY_NULLABLE_VALUE,
                    this == VARCHAR,
                    FlightSql.Searchable.SEARCHABLE_FULL_VALUE,
                    radix == null ? null : Boolean.FALSE,
                    false,
                    false,
                    name(),
                    maxScale == null ? null : Integer.valueOf(0),
                    maxScale,
                    date ? FlightSql.XdbcDataType.XDBC_DATETIME_VALUE : xdbc,
                    date ? Integer.valueOf(1) : null,
                    radix,
                    null);
        }
    }

    private static Answer rows(Schema schema, List<List<@Nullable Object>> rows) {
        return new Answer.Rows(schema, rows.size(), "", (root, from, to) -> write(rows, root, from, to));
    }

    private static List<@Nullable Object> row(@Nullable Object... cells) {
        return Arrays.asList(cells);
    }

    private static void write(List<List<@Nullable Object>> rows, VectorSchemaRoot root, int from, int to) {
        for (int row = from; row < to; row++) {
            List<@Nullable Object> cells = rows.get(row);
            for (int column = 0; column < cells.size(); column++) {
                write(root.getVector(column), row - from, cells.get(column));
            }
        }
    }

    private static void write(FieldVector vector, int at, @Nullable Object cell) {
        switch (cell) {
            case null -> vector.setNull(at);
            case String text -> ((VarCharVector) vector).setSafe(at, text.getBytes(StandardCharsets.UTF_8));
            case byte[] bytes -> ((VarBinaryVector) vector).setSafe(at, bytes);
            case Integer number -> ((IntVector) vector).setSafe(at, number);
            case Boolean truth -> ((BitVector) vector).setSafe(at, truth ? 1 : 0);
            default -> throw new IllegalStateException("catalogue cells are text, bytes, integers and truth values");
        }
    }
}
