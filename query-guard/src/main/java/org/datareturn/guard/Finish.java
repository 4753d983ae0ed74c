package org.datareturn.guard;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.datareturn.guard.declaration.ColumnDeclaration;
import org.datareturn.guard.declaration.ReleaseFloor;
import org.datareturn.guard.engine.EngineException;
import org.datareturn.guard.engine.Scratch;
import org.datareturn.guard.plan.Aggregate;
import org.datareturn.guard.plan.Leaf;
import org.datareturn.guard.plan.Question;
import org.datareturn.guard.plan.Values;
import org.jspecify.annotations.Nullable;

/**
 * Computes the rest of a question over released rows, where it can no longer hurt.
 *
 * @param question the question
 * @param floor the zone's rounding
 */
record Finish(Question question, ReleaseFloor floor) {

    private static final int DERIVED_SCALE = 6;

    /** A computed table. */
    record Table(List<Released.Column> columns, List<List<@Nullable Object>> rows) {}

    /** What a column of a leaf holds. */
    private record Place(String sqlType, Released.ColumnKind kind, BigDecimal tolerance) {
        static final Place DERIVED = new Place("", Released.ColumnKind.DERIVED, BigDecimal.ZERO);
    }

    static int averageScale(ColumnDeclaration measure) {
        return measure.type().scale() + 4;
    }

    /**
     * The answer.
     *
     * @param cells the released rows of each of the question's queries
     * @throws EngineException when it cannot be computed
     */
    Table table(Scratch scratch, List<List<List<@Nullable Object>>> cells) throws EngineException {
        Scratch.Table result = scratch.run(LeafSql.statement(question, cells));
        List<Released.Column> columns = new ArrayList<>();
        for (Question.Column column : question.columns()) {
            Place place = column.origin().map(this::place).orElse(Place.DERIVED);
            String type = place.sqlType().isEmpty() ? derivedType(result.types().get(column.place())) : place.sqlType();
            columns.add(new Released.Column(column.name(), type, place.kind(), place.tolerance()));
        }
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (List<@Nullable Object> row : result.rows()) {
            List<@Nullable Object> written = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                written.add(written(row.get(question.columns().get(i).place()), columns.get(i)));
            }
            rows.add(written);
        }
        return new Table(columns, rows);
    }

    /** What is computed, as it is shown: without the released rows. */
    String explained() {
        return LeafSql.explained(question);
    }

    private Place place(Question.Origin origin) {
        Leaf leaf = question.leaves().get(origin.leaf());
        int keys = leaf.keys().size();
        if (origin.column() < keys) {
            Leaf.Key key = leaf.keys().get(origin.column());
            return new Place(
                    key.labels().isEmpty() ? key.sqlType() : "VARCHAR", Released.ColumnKind.KEY, BigDecimal.ZERO);
        }
        Optional<Place> only = Optional.empty();
        for (Leaf.Branch branch : leaf.branches()) {
            Place place = branch.expressions()
                    .get(origin.column() - keys)
                    .source()
                    .map(source -> branch.sources().get(source))
                    .map(this::place)
                    .orElse(Place.DERIVED);
            if (only.isPresent() && !only.get().equals(place)) {
                return Place.DERIVED;
            }
            only = Optional.of(place);
        }
        return only.orElse(Place.DERIVED);
    }

    private Place place(Leaf.Source source) {
        return switch (source) {
            case Leaf.Source.Quantile quantile -> Place.DERIVED;
            case Leaf.Source.Value value ->
                place(question.cells().get(value.cell()).aggregates().get(value.aggregate()));
        };
    }

    private Place place(Aggregate aggregate) {
        BigDecimal half = BigDecimal.valueOf(floor.rounding()).divide(BigDecimal.TWO);
        return switch (aggregate) {
            case Aggregate.CountRows rows -> new Place("BIGINT", Released.ColumnKind.COUNT, half);
            case Aggregate.CountSubjects subjects -> new Place("BIGINT", Released.ColumnKind.COUNT, half);
            case Aggregate.CountMeasure count -> new Place("BIGINT", Released.ColumnKind.COUNT, half);
            case Aggregate.CountKeys keys -> new Place("BIGINT", Released.ColumnKind.COUNT, BigDecimal.ZERO);
            case Aggregate.Sum sum ->
                new Place("DECIMAL(38," + sum.measure().type().scale() + ")", Released.ColumnKind.SUM, half);
            case Aggregate.Average average ->
                new Place(
                        "DECIMAL(38," + averageScale(average.measure()) + ")",
                        Released.ColumnKind.AVERAGE,
                        BigDecimal.ZERO);
        };
    }

    private static String derivedType(String type) {
        return type.equals("DOUBLE") ? "DECIMAL(38," + DERIVED_SCALE + ")" : type;
    }

    private static @Nullable Object written(@Nullable Object value, Released.Column column) {
        BigDecimal number = Values.number(value);
        if (number == null) {
            return column.sqlType().equals("VARCHAR") && value != null ? value.toString() : value;
        }
        if (column.sqlType().equals("BIGINT") || column.sqlType().equals("INTEGER")) {
            BigDecimal whole = number.setScale(0, RoundingMode.HALF_UP);
            return whole.unscaledValue().bitLength() < Long.SIZE ? whole.longValueExact() : null;
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
