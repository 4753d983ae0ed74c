package org.datareturn.guard.engine;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.datareturn.guard.declaration.JoinDeclaration;
import org.datareturn.guard.plan.BaseColumn;
import org.datareturn.guard.plan.BaseColumn.Split;
import org.datareturn.guard.plan.CellQuery;

/**
 * The SQL an engine runs for a {@link CellQuery}: one statement, for the base cells.
 *
 * @param query the question
 * @param dialect how the engine writes
 */
public record CellSql(CellQuery query, EngineDialect dialect) {
    /**
     * A row for each base cell: its columns' raw values or codes, then the numbers of its rows.
     *
     * @param bits a multiple of 64 above every row's number, when cells are so few and large that a set of bits a cell is
     *     smaller than a list of numbers; else 0
     */
    public String baseCells(int bits) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < query.base().size(); i++) {
            parts.add(split(query.base().get(i)) + " AS k" + i);
        }
        String row = column(query.fact(), EngineStore.ROW);
        Optional<String> set = bits == 0 ? Optional.empty() : dialect.setOf(row, bits);
        parts.add(set.orElseGet(() -> dialect.listOf(row)) + " AS r");
        String grouping = query.base().isEmpty()
                ? ""
                : " GROUP BY "
                        + IntStream.rangeClosed(1, query.base().size())
                                .mapToObj(Integer::toString)
                                .collect(Collectors.joining(", "));
        return "SELECT " + String.join(", ", parts) + from() + grouping;
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

    private String from() {
        List<String> conditions = new ArrayList<>();
        for (JoinDeclaration join : query.joins()) {
            conditions.add(column(join.leftTable(), join.leftColumn()) + " = "
                    + column(join.rightTable(), join.rightColumn()));
        }
        return " FROM " + query.tables().stream().map(dialect::name).collect(Collectors.joining(", "))
                + (conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions));
    }

    private String column(String table, String name) {
        return dialect.name(table) + "." + dialect.name(name);
    }
}
