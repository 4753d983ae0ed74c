package org.datareturn.guard.engine.trino;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.datareturn.guard.declaration.ColumnDeclaration;
import org.datareturn.guard.declaration.ColumnType;
import org.datareturn.guard.engine.EngineException;
import org.datareturn.guard.engine.EngineServers;
import org.datareturn.guard.engine.EngineStore;
import org.datareturn.guard.engine.NumberedTable;
import org.datareturn.guard.engine.StoreLoader;
import org.jspecify.annotations.Nullable;

/**
 * Inserts editions into a Trino catalogue, each into a {@linkplain TrinoSchema schema of its own}: rows go as one JSON text a
 * statement, which the server reads far faster than as many literals.
 */
public final class TrinoLoader implements StoreLoader {
    /** Below the million characters a statement may have unless a server says otherwise ({@code query.max-length}). */
    private static final int CHUNK = 500_000;

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private final EngineServers.Trino server;
    private final Duration timeout;

    /**
     * A loader into a catalogue.
     *
     * @param timeout how long one query may run, in whole seconds
     */
    public TrinoLoader(EngineServers.Trino server, Duration timeout) {
        this.server = server;
        this.timeout = timeout;
    }

    @Override
    public EngineStore load(String zone, List<NumberedTable> tables) throws EngineException {
        TrinoClient client = new TrinoClient(server);
        boolean loaded = false;
        try {
            TrinoSchema schema = TrinoSchema.create(client, zone);
            try {
                for (NumberedTable table : tables) {
                    load(schema, table);
                }
                loaded = true;
                return new TrinoStore(client, schema, timeout);
            } finally {
                if (!loaded) {
                    schema.drop();
                }
            }
        } finally {
            if (!loaded) {
                client.close();
            }
        }
    }

    private static void load(TrinoSchema schema, NumberedTable numbered) throws EngineException {
        String table = TrinoStore.DIALECT.name(numbered.table().table().name());
        List<String> columns = new ArrayList<>();
        List<String> sent = new ArrayList<>();
        List<String> stored = new ArrayList<>();
        for (ColumnDeclaration column : numbered.table().columns()) {
            String type = TrinoStore.DIALECT.type(column.type());
            boolean date = column.type().kind() == ColumnType.Kind.DATE;
            String place = "c" + sent.size();
            columns.add(TrinoStore.DIALECT.name(column.name()) + " " + type);
            sent.add(place + " " + (date ? "BIGINT" : type));
            stored.add(date ? TrinoDialect.date(place) : place);
        }
        for (String number : List.of(EngineStore.ROW, EngineStore.SUBJECT)) {
            String place = "c" + sent.size();
            columns.add(TrinoStore.DIALECT.name(number) + " INTEGER");
            sent.add(place + " INTEGER");
            stored.add(place);
        }
        schema.createTable(table, String.join(", ", columns));
        String before =
                "INSERT INTO " + table + " SELECT " + String.join(", ", stored) + " FROM UNNEST(CAST(json_parse('";
        String after = "') AS ARRAY(ROW(" + String.join(", ", sent) + ")))) AS given("
                + String.join(
                        ", ",
                        IntStream.range(0, sent.size()).mapToObj(i -> "c" + i).toList())
                + ")";
        StringBuilder rows = new StringBuilder("[");
        for (int i = 0; i < numbered.table().rows().size(); i++) {
            rows.append(rows.length() > 1 ? "," : "").append(row(numbered, i));
            if (rows.length() >= CHUNK) {
                schema.execute(before + rows + "]" + after);
                rows.setLength(1);
            }
        }
        if (rows.length() > 1) {
            schema.execute(before + rows + "]" + after);
        }
    }

    private static String row(NumberedTable table, int place) {
        ArrayNode row = JSON.createArrayNode();
        List<@Nullable Object> values = table.table().rows().get(place);
        for (Object value : values) {
            switch (value) {
                case null -> row.addNull();
                case Long whole -> row.add(whole);
                case BigDecimal decimal -> row.add(decimal.toPlainString());
                case Boolean flag -> row.add(flag);
                case LocalDate date -> row.add(date.toEpochDay());
                case String text -> row.add(text);
                default -> throw new IllegalArgumentException("no such type of value in a table");
            }
        }
        row.add(table.rows().get(place)).add(table.subjects().get(place));
        try {
            return JSON.writeValueAsString(row).replace("'", "''");
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
