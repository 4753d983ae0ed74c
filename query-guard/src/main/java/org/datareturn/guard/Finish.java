package org.datareturn.guard;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.datareturn.guard.declaration.ColumnDeclaration;
import org.datareturn.guard.declaration.ReleaseFloor;
import org.datareturn.guard.plan.Aggregate;
import org.datareturn.guard.plan.Band;
import org.datareturn.guard.plan.CellQuery;
import org.datareturn.guard.plan.Evaluator;
import org.datareturn.guard.plan.Expr;
import org.datareturn.guard.plan.Stage;
import org.datareturn.guard.plan.Values;
import org.jspecify.annotations.Nullable;

/**
 * Computes the rest of a query over released rows, where it can no longer hurt: HAVING, ORDER BY, LIMIT, ratios.
 *
 * @param query the question
 * @param floor the zone's rounding
 */
record Finish(CellQuery query, ReleaseFloor floor) {
    static final int SHARE_SCALE = 6;

    private static final int DERIVED_SCALE = 6;

    /** What a place of a row holds. */
    private record Place(String sqlType, Released.ColumnKind kind, BigDecimal tolerance) {
        static final Place DERIVED = new Place("", Released.ColumnKind.DERIVED, BigDecimal.ZERO);
    }

    static int averageScale(ColumnDeclaration measure) {
        return measure.type().scale() + 4;
    }

    Released.Content content(
            int number, List<List<@Nullable Object>> groups, int suppressed, String plan, String edition, String sql) {
        List<List<@Nullable Object>> rows = groups;
        List<Place> places = places();
        for (Stage stage : query.stages()) {
            switch (stage) {
                case Stage.Project(List<Expr> values) -> {
                    List<List<@Nullable Object>> projected = new ArrayList<>();
                    for (List<@Nullable Object> row : rows) {
                        List<@Nullable Object> to = new ArrayList<>();
                        values.forEach(value -> to.add(Evaluator.evaluate(value, row)));
                        projected.add(to);
                    }
                    rows = projected;
                    List<Place> before = places;
                    places = values.stream()
                            .map(value -> value instanceof Expr.Input(int index) ? before.get(index) : Place.DERIVED)
                            .toList();
                }
                case Stage.Keep(Expr condition) ->
                    rows = rows.stream()
                            .filter(row -> Evaluator.holds(condition, row))
                            .toList();
                case Stage.Order order -> rows = ordered(rows, order);
            }
        }
        List<Released.Column> columns = new ArrayList<>();
        for (int i = 0; i < query.names().size(); i++) {
            Place place = places.get(i);
            int index = i;
            String type = place.sqlType().isEmpty()
                    ? derivedType(rows.stream().map(row -> row.get(index)).toList())
                    : place.sqlType();
            columns.add(new Released.Column(query.names().get(i), type, place.kind(), place.tolerance()));
        }
        List<List<@Nullable Object>> written = new ArrayList<>();
        for (List<@Nullable Object> row : rows) {
            List<@Nullable Object> to = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                to.add(written(row.get(i), columns.get(i)));
            }
            written.add(to);
        }
        return new Released.Content(number, columns, written, suppressed, plan, edition, sql);
    }

    private static List<List<@Nullable Object>> ordered(List<List<@Nullable Object>> rows, Stage.Order order) {
        Comparator<List<@Nullable Object>> comparator = (left, right) -> {
            for (Stage.By by : order.by()) {
                int compared = compare(left.get(by.index()), right.get(by.index()), by);
                if (compared != 0) {
                    return compared;
                }
            }
            return 0;
        };
        List<List<@Nullable Object>> sorted = rows.stream().sorted(comparator).toList();
        int from = Math.min(order.skip(), sorted.size());
        long to = Math.min((long) sorted.size(), (long) from + order.most().orElse(Integer.MAX_VALUE));
        return sorted.subList(from, Math.toIntExact(to));
    }

    private static int compare(@Nullable Object left, @Nullable Object right, Stage.By by) {
        if (left == null || right == null) {
            int nullsLast = Boolean.compare(left == null, right == null);
            return by.nullsFirst() ? -nullsLast : nullsLast;
        }
        int order = Values.ORDER.compare(left, right);
        return by.descending() ? -order : order;
    }

    private List<Place> places() {
        List<Place> places = new ArrayList<>();
        for (Expr key : query.keys()) {
            String type = "";
            if (key instanceof Expr.Input(int index)) {
                ColumnDeclaration column = query.base().get(index).column();
                type = column.banded() ? "VARCHAR" : column.type().sqlName();
            }
            places.add(new Place(type, Released.ColumnKind.KEY, BigDecimal.ZERO));
        }
        BigDecimal half = BigDecimal.valueOf(floor.rounding()).divide(BigDecimal.TWO);
        for (Aggregate aggregate : query.aggregates()) {
            places.add(
                    switch (aggregate) {
                        case Aggregate.CountRows rows -> new Place("BIGINT", Released.ColumnKind.COUNT, half);
                        case Aggregate.CountSubjects subjects -> new Place("BIGINT", Released.ColumnKind.COUNT, half);
                        case Aggregate.CountMeasure count -> new Place("BIGINT", Released.ColumnKind.COUNT, half);
                        case Aggregate.CountKeys keys ->
                            new Place("BIGINT", Released.ColumnKind.COUNT, BigDecimal.ZERO);
                        case Aggregate.Share share ->
                            new Place("DECIMAL(38," + SHARE_SCALE + ")", Released.ColumnKind.DERIVED, BigDecimal.ZERO);
                        case Aggregate.Sum sum ->
                            new Place(
                                    "DECIMAL(38," + sum.measure().type().scale() + ")", Released.ColumnKind.SUM, half);
                        case Aggregate.Average average ->
                            new Place(
                                    "DECIMAL(38," + averageScale(average.measure()) + ")",
                                    Released.ColumnKind.AVERAGE,
                                    BigDecimal.ZERO);
                    });
        }
        return places;
    }

    private static String derivedType(List<@Nullable Object> values) {
        for (Object value : values) {
            switch (value) {
                case null -> {}
                case Boolean flag -> {
                    return "BOOLEAN";
                }
                case LocalDate date -> {
                    return "DATE";
                }
                default -> {
                    return Values.number(value) == null ? "VARCHAR" : "DECIMAL(38," + DERIVED_SCALE + ")";
                }
            }
        }
        return "VARCHAR";
    }

    private static @Nullable Object written(@Nullable Object value, Released.Column column) {
        BigDecimal number = Values.number(value);
        if (value instanceof Band band) {
            return band.label();
        }
        if (number == null) {
            return column.sqlType().equals("VARCHAR") && value != null ? value.toString() : value;
        }
        if (column.sqlType().equals("BIGINT") || column.sqlType().equals("INTEGER")) {
            return number.longValue();
        }
        if (!column.sqlType().startsWith("DECIMAL(")) {
            return number.toString();
        }
        int scale = Integer.parseInt(column.sqlType()
                .substring(column.sqlType().indexOf(',') + 1, column.sqlType().length() - 1));
        boolean fits = number.precision() - number.scale() <= 38 - scale;
        return fits ? number.setScale(scale, RoundingMode.HALF_UP) : null;
    }
}
