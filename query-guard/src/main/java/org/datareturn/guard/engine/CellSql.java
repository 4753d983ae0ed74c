package org.datareturn.guard.engine;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.datareturn.guard.declaration.ColumnDeclaration;
import org.datareturn.guard.declaration.JoinDeclaration;
import org.datareturn.guard.plan.BaseColumn;
import org.datareturn.guard.plan.BaseColumn.Split;
import org.datareturn.guard.plan.CellQuery;
import org.datareturn.guard.plan.Derived;
import org.jspecify.annotations.Nullable;

/**
 * The SQL an engine runs for a {@link CellQuery}: one statement for the base cells, one for each measure.
 *
 * @param query the question
 * @param dialect how the engine writes
 */
public record CellSql(CellQuery query, EngineDialect dialect) {
    private static final String CODE = "INTEGER";

    /** A row for each base cell: its columns' raw values or codes, then the numbers of its rows. */
    public String baseCells() {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < query.base().size(); i++) {
            parts.add(split(query.base().get(i)) + " AS k" + i);
        }
        parts.add(dialect.listOf(column(query.fact(), EngineStore.ROW)) + " AS r");
        String grouping = query.base().isEmpty()
                ? ""
                : " GROUP BY "
                        + IntStream.rangeClosed(1, query.base().size())
                                .mapToObj(Integer::toString)
                                .collect(Collectors.joining(", "));
        return "SELECT " + String.join(", ", parts) + from("") + grouping;
    }

    /**
     * A row for each slot: its number, the subjects with a value, the sum, the sum of absolute contributions, and the
     * part of it that the largest subjects make up. A slot is a union of base cells.
     *
     * @param cells rows of slot number and base-cell values, or the word that stands for them in an explanation
     */
    public String measure(ColumnDeclaration measure, int largest, String cells) {
        String raw = column(query.fact(), Derived.squared(measure).orElse(measure.name()));
        String value = clamped(raw, measure);
        StringBuilder keys = new StringBuilder();
        StringBuilder names = new StringBuilder("slot");
        List<String> equal = new ArrayList<>();
        for (int i = 0; i < query.base().size(); i++) {
            keys.append(", ").append(split(query.base().get(i))).append(" AS k").append(i);
            names.append(", k").append(i);
            equal.add(dialect.same("fine.k" + i, "cell.k" + i));
        }
        String on = equal.isEmpty() ? "1 = 1" : String.join(" AND ", equal);
        return "WITH cell(" + names + ") AS (VALUES " + cells + "), fine AS (SELECT "
                + column(query.fact(), EngineStore.SUBJECT) + " AS s, " + value + " AS v" + keys
                + from(raw + " IS NOT NULL")
                + "), person AS (SELECT cell.slot AS slot, fine.s AS s, SUM(fine.v) AS v, SUM(ABS(fine.v)) AS a"
                + " FROM fine JOIN cell ON " + on + " GROUP BY cell.slot, fine.s), ranked AS (SELECT slot, v, a,"
                + " ROW_NUMBER() OVER (PARTITION BY slot ORDER BY a DESC) AS place FROM person)"
                + " SELECT slot, COUNT(*), SUM(v), SUM(a), SUM(CASE WHEN place <= " + largest
                + " THEN a ELSE 0 END) FROM ranked GROUP BY slot";
    }

    private String clamped(String raw, ColumnDeclaration measure) {
        boolean square = Derived.squared(measure).isPresent();
        ColumnDeclaration.Bounds bounds =
                square ? Derived.boundsOfRoot(measure) : measure.bounds().orElseThrow();
        String type = "DECIMAL(38," + measure.type().scale() + ")";
        String value = "LEAST(GREATEST(CAST(" + raw + " AS " + type + "), " + dialect.literal(bounds.least(), type)
                + "), " + dialect.literal(bounds.greatest(), type) + ")";
        return square ? "CAST(" + value + " * " + value + " AS " + type + ")" : value;
    }

    /** One row of the list of cells. */
    public String cell(int slot, List<@Nullable Object> raw) {
        StringBuilder text = new StringBuilder("(").append(slot);
        for (int i = 0; i < raw.size(); i++) {
            BaseColumn base = query.base().get(i);
            String type = base.split() instanceof Split.ByValue
                    ? dialect.type(base.column().type())
                    : CODE;
            text.append(", ").append(dialect.literal(raw.get(i), type));
        }
        return text.append(')').toString();
    }

    private String split(BaseColumn base) {
        String raw = column(base.table(), base.column().name());
        return switch (base.split()) {
            case Split.ByValue byValue -> raw;
            case Split.ByBand byBand -> {
                StringBuilder text = new StringBuilder("CASE WHEN " + raw + " IS NULL THEN NULL");
                List<BigDecimal> bins = base.column().bins();
                for (int i = 0; i < bins.size(); i++) {
                    text.append(" WHEN ").append(raw).append(" < ").append(literal(base, bins.get(i)));
                    text.append(" THEN ").append(i);
                }
                yield text.append(" ELSE ").append(bins.size()).append(" END").toString();
            }
            case Split.ByMention(List<Object> values) -> {
                StringBuilder text = new StringBuilder("CASE WHEN " + raw + " IS NULL THEN NULL");
                for (int i = 0; i < values.size(); i++) {
                    text.append(" WHEN ").append(raw).append(" = ").append(literal(base, values.get(i)));
                    text.append(" THEN ").append(i);
                }
                yield text.append(" ELSE -1 END").toString();
            }
        };
    }

    private String literal(BaseColumn base, Object value) {
        return dialect.literal(value, dialect.type(base.column().type()));
    }

    private String from(String condition) {
        List<String> conditions = new ArrayList<>();
        for (JoinDeclaration join : query.joins()) {
            conditions.add(column(join.leftTable(), join.leftColumn()) + " = "
                    + column(join.rightTable(), join.rightColumn()));
        }
        if (!condition.isEmpty()) {
            conditions.add(condition);
        }
        return " FROM " + query.tables().stream().map(dialect::name).collect(Collectors.joining(", "))
                + (conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions));
    }

    private String column(String table, String name) {
        return dialect.name(table) + "." + dialect.name(name);
    }
}
