package org.datareturn.guard;

import java.nio.ByteBuffer;
import java.nio.LongBuffer;
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
import org.datareturn.guard.engine.CellSql;
import org.datareturn.guard.engine.EngineException;
import org.datareturn.guard.engine.EngineStore;
import org.datareturn.guard.plan.Aggregate;
import org.datareturn.guard.plan.Band;
import org.datareturn.guard.plan.BaseColumn;
import org.datareturn.guard.plan.CellQuery;
import org.datareturn.guard.plan.Evaluator;
import org.datareturn.guard.plan.Expr;
import org.datareturn.guard.plan.Values;
import org.datareturn.policy.Refusal;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.BitSetUtil;
import org.roaringbitmap.RoaringBitmap;

/**
 * Runs guarded queries on a zone's engine; the only maker of {@link RawResult}. The engine divides rows into base cells
 * by the guard's own SQL; base cells behind which stand too few subjects are dropped before anything is merged, so that a
 * narrow condition silently selects nothing. What rows add to sums the guard knows itself ({@link Population}), because
 * the audit needs it row by row. Thread-safe.
 */
public final class ZoneEngine {
    private static final int MOST_CELLS = EngineStore.MOST_ROWS;

    /** What a row number in a list costs, in bits: four bytes, and as much again on its way. */
    private static final int NUMBER_BITS = 64;

    private final EngineStore store;
    private final Population population;

    ZoneEngine(EngineStore store, Population population) {
        this.store = store;
        this.population = population;
    }

    /**
     * A base cell.
     *
     * @param classes what the query tells apart of each column
     * @param values the values it stands for, one of them as its example
     */
    private record BaseCell(List<@Nullable Object> classes, List<@Nullable Object> values, RoaringBitmap rows) {}

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
        private final String sql;

        Run(GuardedQuery guarded) {
            this.guarded = guarded;
            this.query = guarded.query();
            this.sql = new CellSql(query, store.dialect()).baseCells(bits());
        }

        /** The length of a set of rows by bits, when all sets together are smaller than the numbers would be; else 0. */
        private int bits() {
            RoaringBitmap rows = population.present(query.fact());
            if (rows.isEmpty() || rows.last() < 0) {
                return 0;
            }
            int bits = Math.ceilDiv(rows.last() + 1, Long.SIZE) * Long.SIZE;
            long cells = 1;
            for (BaseColumn base : query.base()) {
                long split = switch (base.split()) {
                    case BaseColumn.Split.ByValue byValue -> population.distinct(base.table(), base.column());
                    case BaseColumn.Split.ByBand byBand -> base.column().bins().size() + 2;
                    case BaseColumn.Split.ByMention(List<Object> named) -> named.size() + 2;
                };
                cells = Math.min(cells * split, Integer.MAX_VALUE);
            }
            return cells * bits <= (long) rows.getCardinality() * NUMBER_BITS ? bits : 0;
        }

        RawResult result() throws EngineException, QueryRefused {
            List<BaseCell> fine = baseCells();
            Map<List<@Nullable Object>, List<BaseCell>> byKey = new TreeMap<>(Values.ROW_ORDER);
            for (BaseCell cell : tested(fine)) {
                List<@Nullable Object> key = new ArrayList<>();
                query.keys().forEach(k -> key.add(Evaluator.evaluate(k, cell.values())));
                byKey.computeIfAbsent(key, k -> new ArrayList<>()).add(cell);
            }
            List<RawResult.Group> groups = new ArrayList<>();
            RoaringBitmap leftOut = new RoaringBitmap();
            int small = 0;
            for (Map.Entry<List<@Nullable Object>, List<BaseCell>> group : byKey.entrySet()) {
                List<BaseCell> cells = group.getValue();
                boolean[] selected = new boolean[cells.size()];
                List<BaseCell> large = new ArrayList<>();
                RoaringBitmap dropped = new RoaringBitmap();
                for (int i = 0; i < selected.length; i++) {
                    BaseCell cell = cells.get(i);
                    boolean meets = query.where()
                            .map(w -> Evaluator.holds(w, cell.values()))
                            .orElse(true);
                    selected[i] = meets && subjects(cell.rows()) >= guarded.minGroupSize();
                    if (selected[i]) {
                        large.add(cell);
                    } else if (meets && publishable(cell)) {
                        dropped.or(cell.rows());
                    }
                }
                if (!large.isEmpty()) {
                    groups.add(group(group.getKey(), large, neutral(cells, selected)));
                } else if (!dropped.isEmpty()) {
                    leftOut.or(dropped);
                    small++;
                }
            }
            List<RawResult.Cell> divided = fine.stream()
                    .map(cell -> new RawResult.Cell(cell.values(), cell.rows()))
                    .toList();
            return new RawResult(guarded, groups, divided, leftOut, small, sql);
        }

        private int subjects(RoaringBitmap rows) {
            return population.subjectCount(query.fact(), rows);
        }

        /** The rows of a group, conditions taken out where they leave out too few; a key's column is the question itself. */
        private RoaringBitmap neutral(List<BaseCell> cells, boolean[] selected) {
            Set<Integer> columns = new TreeSet<>();
            for (int i = 0; i < query.base().size(); i++) {
                columns.add(i);
            }
            query.keys().forEach(key -> Expr.inputs(key, columns::remove));
            List<NeutralConditions.Cell> all = cells.stream()
                    .map(cell -> new NeutralConditions.Cell(cell.classes(), cell.rows()))
                    .toList();
            return new NeutralConditions(all, selected, this::subjects, guarded.minGroupSize()).rows(columns);
        }

        private List<BaseCell> baseCells() throws EngineException, QueryRefused {
            List<BaseCell> cells = new ArrayList<>();
            store.query(sql, row -> {
                // A total over no rows has no list.
                Object numbered = row.getLast();
                if (cells.size() <= MOST_CELLS && numbered != null) {
                    List<@Nullable Object> raw =
                            Collections.unmodifiableList(new ArrayList<>(row.subList(0, row.size() - 1)));
                    List<@Nullable Object> values = decode(raw);
                    cells.add(new BaseCell(values, values, rows(numbered)));
                }
            });
            if (cells.size() > MOST_CELLS) {
                throw new QueryRefused(Refusal.of(GuardReason.TOO_MANY_CELLS)
                        .withHint("请减少分组列或条件列。", "Group by, or put conditions on, fewer columns."));
            }
            requireAll(cells);
            return cells;
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

        private static RoaringBitmap rows(Object raw) {
            return switch (raw) {
                case int[] numbers -> RoaringBitmap.bitmapOfUnordered(numbers);
                case byte[] set -> {
                    // The engine's first bit is the highest of a byte, the bitmap's the lowest of a word.
                    LongBuffer words = ByteBuffer.wrap(set).asLongBuffer();
                    long[] reversed = new long[words.remaining()];
                    for (int i = 0; i < reversed.length; i++) {
                        reversed[i] = Long.reverse(words.get(i));
                    }
                    yield BitSetUtil.bitmapOf(reversed);
                }
                default -> throw new IllegalStateException("the engine gives rows as numbers or as a set");
            };
        }

        /** Cells that all tests find equal are one. */
        private List<BaseCell> tested(List<BaseCell> cells) {
            if (query.base().stream().allMatch(base -> base.tests().isEmpty())) {
                return cells;
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
                    .map(same -> new BaseCell(
                            same.getKey(),
                            same.getValue().getFirst().values(),
                            union(same.getValue(), Optional.empty())))
                    .toList();
        }

        private List<@Nullable Object> decode(List<@Nullable Object> raw) {
            List<@Nullable Object> values = new ArrayList<>();
            for (int i = 0; i < raw.size(); i++) {
                BaseColumn base = query.base().get(i);
                Object value = raw.get(i);
                values.add(
                        switch (base.split()) {
                            case BaseColumn.Split.ByValue byValue -> value;
                            case BaseColumn.Split.ByBand byBand ->
                                value instanceof Long code
                                        ? new Band(
                                                code.intValue(), base.column().bandLabel(code.intValue()))
                                        : null;
                            case BaseColumn.Split.ByMention(List<Object> named) ->
                                value instanceof Long code
                                        ? (code < 0 ? BaseColumn.Unnamed.OTHER : named.get(code.intValue()))
                                        : null;
                        });
            }
            return Collections.unmodifiableList(values);
        }

        /** Whether every value of a cell may be named on its own, so that a condition on it tells nothing rare. */
        private boolean publishable(BaseCell cell) {
            for (int i = 0; i < cell.values().size(); i++) {
                BaseColumn base = query.base().get(i);
                Object value = cell.values().get(i);
                if (value != null
                        && base.split() instanceof BaseColumn.Split.ByValue
                        && !base.column().publicDomain()
                        && (base.tests().isPresent()
                                || !population.publishable(
                                        base.table(), base.column(), value, guarded.minGroupSize()))) {
                    return false;
                }
            }
            return true;
        }

        private RawResult.Group group(List<@Nullable Object> key, List<BaseCell> cells, RoaringBitmap rows) {
            List<RawResult.Value> values = new ArrayList<>();
            for (Aggregate aggregate : query.aggregates()) {
                values.add(
                        switch (aggregate) {
                            case Aggregate.CountRows(Optional<Expr> condition) ->
                                new RawResult.Value.Rows(condition.isEmpty() ? rows : union(cells, condition));
                            case Aggregate.CountSubjects(Optional<Expr> condition) ->
                                new RawResult.Value.Subjects(condition.isEmpty() ? rows : union(cells, condition));
                            case Aggregate.CountKeys(Expr counted, Optional<Expr> condition) ->
                                new RawResult.Value.Keys(keys(cells, counted, condition));
                            case Aggregate.Share(Expr condition, Expr among) ->
                                new RawResult.Value.Part(
                                        union(cells, Optional.of(condition)), union(cells, Optional.of(among)));
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

        private static RoaringBitmap union(List<BaseCell> cells, Optional<Expr> condition) {
            RoaringBitmap rows = new RoaringBitmap();
            for (BaseCell cell : cells) {
                if (condition.map(c -> Evaluator.holds(c, cell.values())).orElse(true)) {
                    rows.or(cell.rows());
                }
            }
            return rows;
        }

        private static int keys(List<BaseCell> cells, Expr counted, Optional<Expr> condition) {
            Set<@Nullable Object> distinct = new TreeSet<>(Values.ORDER);
            for (BaseCell cell : cells) {
                Object value = Evaluator.evaluate(counted, cell.values());
                if (value != null
                        && condition.map(c -> Evaluator.holds(c, cell.values())).orElse(true)) {
                    distinct.add(value);
                }
            }
            return distinct.size();
        }
    }
}
