package org.datareturn.guard;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.datareturn.guard.declaration.ColumnDeclaration;
import org.datareturn.guard.plan.Aggregate;
import org.datareturn.guard.plan.Band;
import org.datareturn.guard.plan.BaseColumn;
import org.datareturn.guard.plan.CellQuery;
import org.datareturn.guard.plan.Expr;
import org.datareturn.guard.plan.Leaf;
import org.datareturn.guard.plan.Question;
import org.datareturn.guard.plan.Values;
import org.jspecify.annotations.Nullable;

/** Writes released rows into the scratch engine's statement, as the tables the rest of a question is computed from. */
final class LeafSql {
    private final Question question;
    private final List<List<List<@Nullable Object>>> cells;

    private LeafSql(Question question, List<List<List<@Nullable Object>>> cells) {
        this.question = question;
        this.cells = cells;
    }

    /** The statement that computes a question from the released rows of its cell queries. */
    static String statement(Question question, List<List<List<@Nullable Object>>> cells) {
        return new LeafSql(question, cells).text();
    }

    /** The statement without the rows. */
    static String explained(Question question) {
        return new LeafSql(question, Collections.nCopies(question.cells().size(), List.of())).text();
    }

    private String text() {
        List<String> tables = new ArrayList<>();
        for (int i = 0; i < question.leaves().size(); i++) {
            Leaf leaf = question.leaves().get(i);
            List<String> names = new ArrayList<>();
            for (int c = 0; c < leaf.keys().size() + leaf.values(); c++) {
                names.add("c" + c);
            }
            tables.add('"' + Question.leaf(i) + "\"(" + String.join(", ", names) + ") AS ("
                    + leaf.branches().stream().map(b -> branch(leaf, b)).collect(Collectors.joining(" UNION ALL "))
                    + ")");
        }
        return "WITH " + String.join(", ", tables) + " " + question.sql();
    }

    private String branch(Leaf leaf, Leaf.Branch branch) {
        List<String> types = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<String> selected = new ArrayList<>();
        List<Leaf.Key> grouped = new ArrayList<>();
        for (int k = 0; k < leaf.keys().size(); k++) {
            Optional<Integer> place = branch.grouped().get(k);
            String type = type(leaf.keys().get(k));
            selected.add(place.map(p -> "k" + p).orElse("CAST(NULL AS " + type + ")"));
            if (place.isPresent()) {
                grouped.add(leaf.keys().get(k));
                names.add("k" + place.get());
                types.add(type);
            }
        }
        for (int s = 0; s < branch.sources().size(); s++) {
            names.add(Leaf.source(s));
            types.add(type(branch.sources().get(s)));
        }
        branch.expressions().forEach(expression -> selected.add(expression.sql()));
        List<String> casts = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            casts.add("CAST(" + names.get(i) + " AS " + types.get(i) + ") AS " + names.get(i));
        }
        List<String> lines = lines(branch, grouped.size());
        String nothing = "(" + String.join(", ", Collections.nCopies(Math.max(1, names.size()), "NULL")) + ")";
        String rows = "(VALUES " + (lines.isEmpty() ? nothing : String.join(", ", lines)) + ") AS given("
                + String.join(", ", names) + ")" + (lines.isEmpty() ? " WHERE 1 = 0" : "");
        return "SELECT " + String.join(", ", selected) + " FROM (SELECT " + String.join(", ", casts) + " FROM " + rows
                + ")";
    }

    /** The released rows of a branch, joined by their keys. */
    private List<String> lines(Leaf.Branch branch, int keys) {
        Map<List<@Nullable Object>, List<@Nullable Object>> groups = new TreeMap<>(Values.ROW_ORDER);
        for (int s = 0; s < branch.sources().size(); s++) {
            Map<List<@Nullable Object>, @Nullable Object> values =
                    switch (branch.sources().get(s)) {
                        case Leaf.Source.Value value -> values(value, keys);
                        case Leaf.Source.Quantile quantile -> Quantiles.of(question, cells, quantile, keys);
                    };
            for (Map.Entry<List<@Nullable Object>, @Nullable Object> value : values.entrySet()) {
                groups.computeIfAbsent(
                                value.getKey(),
                                k -> new ArrayList<>(
                                        Collections.nCopies(branch.sources().size(), null)))
                        .set(s, value.getValue());
            }
        }
        List<String> lines = new ArrayList<>();
        groups.forEach((key, values) -> {
            List<String> line = new ArrayList<>();
            key.forEach(value -> line.add(literal(value)));
            values.forEach(value -> line.add(literal(value)));
            lines.add("(" + String.join(", ", line) + ")");
        });
        return lines;
    }

    private Map<List<@Nullable Object>, @Nullable Object> values(Leaf.Source.Value source, int keys) {
        Map<List<@Nullable Object>, @Nullable Object> values = new TreeMap<>(Values.ROW_ORDER);
        for (List<@Nullable Object> row : cells.get(source.cell())) {
            values.put(row.subList(0, keys), row.get(keys + source.aggregate()));
        }
        return values;
    }

    private static String type(Leaf.Key key) {
        return key.labels().isEmpty()
                ? key.sqlType()
                : "ENUM(" + key.labels().stream().map(LeafSql::literal).collect(Collectors.joining(", ")) + ")";
    }

    private String type(Leaf.Source source) {
        return switch (source) {
            case Leaf.Source.Quantile quantile -> binType(question.cells().get(quantile.cell()));
            case Leaf.Source.Value value -> {
                CellQuery cell = question.cells().get(value.cell());
                yield switch (cell.aggregates().get(value.aggregate())) {
                    case Aggregate.CountRows rows -> "BIGINT";
                    case Aggregate.CountSubjects subjects -> "BIGINT";
                    case Aggregate.CountMeasure measured -> "BIGINT";
                    case Aggregate.CountKeys counted -> "BIGINT";
                    case Aggregate.Sum(ColumnDeclaration measure) ->
                        "DECIMAL(38," + measure.type().scale() + ")";
                    case Aggregate.Average(ColumnDeclaration measure) ->
                        "DECIMAL(38," + Finish.averageScale(measure) + ")";
                };
            }
        };
    }

    /** The type of a quantile: a point in a band, or one of the values that were counted. */
    private static String binType(CellQuery cell) {
        return cell.keys().getLast() instanceof Expr.Input(int index)
                        && !(cell.base().get(index).split() instanceof BaseColumn.Split.ByBand)
                ? cell.base().get(index).column().type().sqlName()
                : "DOUBLE";
    }

    private static String literal(@Nullable Object value) {
        return switch (value) {
            case null -> "NULL";
            case String text -> "'" + text.replace("'", "''") + "'";
            case Band band -> literal(band.label());
            case BigDecimal number -> number.toPlainString();
            case LocalDate date -> "DATE '" + date + "'";
            default -> value.toString();
        };
    }
}
