package org.datareturn.guard;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.datareturn.guard.declaration.ColumnDeclaration;
import org.datareturn.guard.engine.BaseCell;
import org.datareturn.guard.engine.EngineException;
import org.datareturn.guard.engine.EngineStore;
import org.datareturn.guard.engine.RowIndex;
import org.datareturn.guard.plan.Aggregate;
import org.datareturn.guard.plan.BaseColumn;
import org.datareturn.guard.plan.CellQuery;
import org.datareturn.guard.plan.Evaluator;
import org.datareturn.guard.plan.Expr;
import org.datareturn.guard.plan.Values;
import org.datareturn.policy.Refusal;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * Runs guarded queries on a zone's engine; the only maker of {@link RawResult}. The engine divides rows into base cells
 * by the guard's own SQL; base cells behind which stand too few subjects are dropped before anything is merged, so that a
 * narrow condition silently selects nothing. What rows add to sums the guard knows itself ({@link Population}), because
 * the audit needs it row by row. Thread-safe.
 */
public final class ZoneEngine {
    private final RowIndex index;
    private final Population population;

    ZoneEngine(RowIndex index, Population population) {
        this.index = index;
        this.population = population;
    }

    /**
     * Base cells that a query does not tell apart.
     *
     * @param classes what the query tells apart of each column
     * @param values the values it stands for, one of them as its example
     */
    private record QueryCell(List<@Nullable Object> classes, List<@Nullable Object> values, RoaringBitmap rows) {
        NeutralConditions.Region region() {
            return NeutralConditions.Region.of(classes, rows);
        }
    }

    /**
     * Runs a query.
     *
     * @throws QueryRefused when the engine fails, or the grouping is too fine for it
     */
    RawResult run(GuardedQuery guarded) throws QueryRefused {
        try {
            return new Run(guarded).result();
        } catch (EngineException failed) {
            throw new QueryRefused(Refusal.of(GuardReason.ENGINE_UNAVAILABLE));
        }
    }

    /** One run of one query. */
    private final class Run {
        private final GuardedQuery guarded;
        private final CellQuery query;

        Run(GuardedQuery guarded) {
            this.guarded = guarded;
            this.query = guarded.query();
        }

        /** At most how many cells there are, column by column. */
        private RowIndex.Size size() {
            RoaringBitmap rows = population.present(query.fact());
            List<Integer> splits = query.base().stream().map(this::split).toList();
            return new RowIndex.Size(rows.getCardinality(), rows.isEmpty() ? -1 : rows.last(), splits);
        }

        private int split(BaseColumn base) {
            return switch (base.split()) {
                case BaseColumn.Split.ByValue byValue -> population.distinct(base.table(), base.column());
                case BaseColumn.Split.ByBand byBand -> base.column().bins().size() + 2;
                case BaseColumn.Split.ByMention(List<Object> named) -> named.size() + 2;
            };
        }

        RawResult result() throws EngineException, QueryRefused {
            RowIndex.Divided divided = divided();
            Map<List<@Nullable Object>, List<QueryCell>> byKey = new TreeMap<>(Values.ROW_ORDER);
            for (QueryCell cell : told(divided.cells())) {
                List<@Nullable Object> key = new ArrayList<>();
                query.keys().forEach(k -> key.add(Evaluator.evaluate(k, cell.values())));
                byKey.computeIfAbsent(key, k -> new ArrayList<>()).add(cell);
            }
            NeutralConditions neutral = new NeutralConditions(
                    byKey.values().stream()
                            .flatMap(List::stream)
                            .map(QueryCell::region)
                            .toList(),
                    (rows, atMost) -> population.subjectCount(query.fact(), rows, atMost),
                    guarded.minGroupSize(),
                    this::few);
            List<RawResult.Group> groups = new ArrayList<>();
            byKey.forEach((key, cells) -> {
                List<QueryCell> meeting = cells.stream()
                        .filter(cell -> query.where()
                                .map(w -> Evaluator.holds(w, cell.values()))
                                .orElse(true))
                        .toList();
                RoaringBitmap rows = selected(meeting, neutral);
                if (!rows.isEmpty()) {
                    groups.add(group(key, meeting, rows));
                }
            });
            return new RawResult(guarded, groups, divided.cells(), divided.sql());
        }

        /**
         * The rows selected by the cells of a group that meet the condition, conditions taken out where they leave out too
         * few, and what is too small then left out; a key's column is the question itself.
         */
        private RoaringBitmap selected(List<QueryCell> meeting, NeutralConditions neutral) {
            RoaringBitmap rows = new RoaringBitmap();
            neutral.without(meeting.stream().map(QueryCell::region).toList(), conditions()).stream()
                    .map(NeutralConditions.Region::rows)
                    .filter(region -> !few(region))
                    .forEach(rows::or);
            return rows;
        }

        private Set<Integer> conditions() {
            Set<Integer> columns = new TreeSet<>();
            for (int i = 0; i < query.base().size(); i++) {
                columns.add(i);
            }
            query.keys().forEach(key -> Expr.inputs(key, columns::remove));
            return columns;
        }

        private boolean few(RoaringBitmap rows) {
            return !population.atLeast(guarded.minGroupSize(), query.fact(), rows);
        }

        private RowIndex.Divided divided() throws EngineException, QueryRefused {
            RowIndex.Divided divided = index.divide(query, size());
            if (divided.cells().size() > EngineStore.MOST_ROWS) {
                throw new QueryRefused(Refusal.of(GuardReason.TOO_MANY_CELLS)
                        .withHint("请减少分组列或条件列。", "Group by, or put conditions on, fewer columns."));
            }
            requireAll(divided.cells());
            boolean doubled = query.tables().stream().skip(1).anyMatch(population::secondRows);
            return doubled ? new RowIndex.Divided(disjoint(divided.cells()), divided.sql()) : divided;
        }

        /** Each row in the first of its cells: whoever has a second row in a joined table stands in the join once. */
        private static List<BaseCell> disjoint(List<BaseCell> cells) {
            RoaringBitmap seen = new RoaringBitmap();
            List<BaseCell> first = new ArrayList<>();
            for (BaseCell cell : cells) {
                RoaringBitmap rows = RoaringBitmap.andNot(cell.rows(), seen);
                seen.or(rows);
                if (!rows.isEmpty()) {
                    first.add(new BaseCell(cell.values(), rows));
                }
            }
            return first;
        }

        /** Base cells of one table are all of its rows: an engine that lost some must not answer as if they had never been. */
        private void requireAll(List<BaseCell> cells) throws EngineException {
            long rows = 0;
            for (BaseCell cell : cells) {
                rows += cell.rows().getLongCardinality();
            }
            if (query.joins().isEmpty()
                    && rows != population.present(query.fact()).getLongCardinality()) {
                throw new EngineException("the engine does not hold the rows it was loaded with");
            }
        }

        /** Cells as the query tells them apart: those that all tests of a column find equal are one. */
        private List<QueryCell> told(List<BaseCell> cells) {
            if (query.base().stream().allMatch(base -> base.tests().isEmpty())) {
                return cells.stream()
                        .map(cell -> new QueryCell(cell.values(), cell.values(), cell.rows()))
                        .toList();
            }
            Map<List<@Nullable Object>, List<BaseCell>> alike = new TreeMap<>(Values.ROW_ORDER);
            for (BaseCell cell : cells) {
                List<@Nullable Object> found = new ArrayList<>();
                for (int i = 0; i < cell.values().size(); i++) {
                    Object value = cell.values().get(i);
                    Optional<List<Expr>> tests = query.base().get(i).tests();
                    found.add(
                            tests.isEmpty()
                                    ? value
                                    : tests.get().stream()
                                            .map(test -> String.valueOf(
                                                    Evaluator.evaluate(test, Collections.singletonList(value))))
                                            .collect(Collectors.joining("/")));
                }
                alike.computeIfAbsent(found, f -> new ArrayList<>()).add(cell);
            }
            return alike.entrySet().stream()
                    .map(same -> new QueryCell(
                            same.getKey(),
                            same.getValue().getFirst().values(),
                            RoaringBitmap.or(
                                    same.getValue().stream().map(BaseCell::rows).iterator())))
                    .toList();
        }

        private RawResult.Group group(List<@Nullable Object> key, List<QueryCell> cells, RoaringBitmap rows) {
            List<RawResult.Value> values = new ArrayList<>();
            for (Aggregate aggregate : query.aggregates()) {
                values.add(
                        switch (aggregate) {
                            case Aggregate.CountRows count -> new RawResult.Value.Rows(rows);
                            case Aggregate.CountSubjects count -> new RawResult.Value.Subjects(rows);
                            case Aggregate.CountKeys(Expr counted) -> new RawResult.Value.Keys(keys(cells, counted));
                            case Aggregate.CountMeasure(ColumnDeclaration measure) ->
                                new RawResult.Value.Rows(present(rows, measure));
                            case Aggregate.Sum(ColumnDeclaration measure) ->
                                new RawResult.Value.Measured(present(rows, measure));
                            case Aggregate.Average(ColumnDeclaration measure) ->
                                new RawResult.Value.Measured(present(rows, measure));
                        });
            }
            return new RawResult.Group(Collections.unmodifiableList(key), rows, values);
        }

        private RoaringBitmap present(RoaringBitmap rows, ColumnDeclaration measure) {
            return RoaringBitmap.andNot(rows, population.missing(query.fact(), measure));
        }

        /** Values that enough persons hold in one cell. */
        private int keys(List<QueryCell> cells, Expr counted) {
            Set<@Nullable Object> distinct = new TreeSet<>(Values.ORDER);
            for (QueryCell cell : cells) {
                if (few(cell.rows())) {
                    continue;
                }
                Object value = Evaluator.evaluate(counted, cell.values());
                if (value != null) {
                    distinct.add(value);
                }
            }
            return distinct.size();
        }
    }
}
