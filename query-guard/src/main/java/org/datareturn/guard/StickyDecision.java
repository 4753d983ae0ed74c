package org.datareturn.guard;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.datareturn.guard.StickyRegions.Selection;
import org.datareturn.guard.declaration.ColumnDeclaration;
import org.datareturn.guard.declaration.ReleaseFloor;
import org.datareturn.guard.engine.BaseCell;
import org.datareturn.guard.plan.Aggregate;
import org.datareturn.guard.plan.CellQuery;
import org.datareturn.guard.plan.Evaluator;
import org.datareturn.guard.plan.Values;
import org.datareturn.policy.Refusal;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * Answers a raw result with repeatable noise, in the manner of Diffix (Francis et al. 2017, 2022) with what was learned
 * from the attack on it (Gadotti et al. 2019): the noise depends on the cells that are asked for and never on who is in
 * them, so that two equal answers do not tell that two sets are equal; conditions that leave out few or nobody are taken
 * out of the question. {@code docs/release-modes.md} has the details. One decision, one thread.
 */
final class StickyDecision {
    /** The standard deviation of a cell's count noise, as a part of the zone's rounding: 2 for a rounding of 5. */
    static final BigDecimal NOISE_PER_ROUNDING = new BigDecimal("0.4");

    private static final int AVERAGE_DIGITS = 4;

    private final RawResult raw;
    private final CellQuery query;
    private final Population population;
    private final ReleaseFloor floor;
    private final StickyNoise noise;
    private final StickyRegions regions;
    private final int minGroupSize;
    private final BigDecimal deviation;
    private final boolean single;

    StickyDecision(RawResult raw, Population population, ReleaseFloor floor, StickyNoise noise) {
        this.raw = raw;
        this.query = raw.query().query();
        this.population = population;
        this.floor = floor;
        this.noise = noise;
        this.minGroupSize = raw.query().minGroupSize();
        this.regions = new StickyRegions(query, raw.cells(), population, noise, minGroupSize);
        this.deviation = NOISE_PER_ROUNDING.multiply(BigDecimal.valueOf(floor.rounding()));
        this.single = population.onePerSubject(query.fact());
    }

    /**
     * What may be released.
     *
     * @throws QueryRefused when nothing may be
     */
    NoisyDecision decide() throws QueryRefused {
        Map<List<@Nullable Object>, List<BaseCell>> groups = new TreeMap<>(Values.ROW_ORDER);
        for (BaseCell cell : raw.cells()) {
            List<@Nullable Object> key = new ArrayList<>();
            query.keys().forEach(expr -> key.add(Evaluator.evaluate(expr, cell.values())));
            if (query.where().map(w -> Evaluator.holds(w, cell.values())).orElse(true)) {
                groups.computeIfAbsent(key, k -> new ArrayList<>()).add(cell);
            }
        }
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Map.Entry<List<@Nullable Object>, List<BaseCell>> entry : groups.entrySet()) {
            List<@Nullable Object> row = new ArrayList<>(entry.getKey());
            boolean anything = false;
            Optional<Selection> selection = regions.select(entry.getValue());
            if (selection.isPresent()) {
                for (Aggregate aggregate : query.aggregates()) {
                    Object value = value(entry.getValue(), selection.get(), aggregate);
                    anything |= value != null;
                    row.add(value);
                }
            }
            if (anything) {
                rows.add(row);
            }
        }
        if (rows.isEmpty()) {
            throw new QueryRefused(Refusal.of(GuardReason.NOTHING_RELEASABLE)
                    .withHint("请用更粗的分组或更宽的条件。", "Group more coarsely or widen the condition."));
        }
        return new NoisyDecision(rows, PossibleGroups.notShown(raw.query(), population, rows.size()), List.of());
    }

    private @Nullable Object value(List<BaseCell> group, Selection selection, Aggregate aggregate) {
        return switch (aggregate) {
            case Aggregate.CountRows count -> rows(selection);
            case Aggregate.CountSubjects count -> subjects(selection);
            case Aggregate.CountKeys counted -> keys(group, counted);
            case Aggregate.CountMeasure(ColumnDeclaration measure) ->
                present(selection, measure).orElse(null);
            case Aggregate.Sum(ColumnDeclaration measure) ->
                sum(selection, measure).orElse(null);
            case Aggregate.Average(ColumnDeclaration measure) ->
                average(selection, measure).orElse(null);
        };
    }

    private long subjects(Selection selection) {
        long exact = population.subjectCount(query.fact(), selection.rows());
        return counted(BigDecimal.valueOf(exact), selection, "subjects");
    }

    /** Rows are subjects where no subject has two; elsewhere they are a sum over subjects like any other. */
    private long rows(Selection selection) {
        return single ? subjects(selection) : rows(selection.rows(), selection, "rows");
    }

    private long rows(RoaringBitmap rows, Selection selection, String what) {
        if (single) {
            return counted(BigDecimal.valueOf(rows.getCardinality()), selection, what);
        }
        long[] ones = new long[rows.isEmpty() ? 0 : rows.last() + 1];
        Arrays.fill(ones, 1);
        Flattened flat = flattened(ones, rows, selection, what);
        return Math.max(
                0, flat.noisy(noise.of(selection.cells(), what), deviation).longValue());
    }

    private long counted(BigDecimal exact, Selection selection, String what) {
        long noisy = exact.add(deviation.multiply(noise.of(selection.cells(), what)))
                .setScale(0, RoundingMode.HALF_EVEN)
                .longValue();
        // Everybody knows that at least so many stand behind what is shown.
        return Math.max(minGroupSize, noisy);
    }

    private Flattened flattened(long[] amounts, RoaringBitmap rows, Selection selection, String what) {
        String place = selection.cells().toString();
        int largest = floor.dominance().largest() + noise.blur(2, "largest", what, place);
        int next = 2 + noise.blur(3, "next", what, place);
        return Flattened.of(amounts, rows, query.fact(), population, largest, next);
    }

    private RoaringBitmap rowsWith(Selection selection, ColumnDeclaration measure) {
        RoaringBitmap missing = RoaringBitmap.and(selection.rows(), population.missing(query.fact(), measure));
        return regions.few("missing " + measure.name(), missing)
                ? selection.rows()
                : RoaringBitmap.andNot(selection.rows(), missing);
    }

    /** The rows that have a value of a measure; all rows when few or none lack it. */
    private Optional<Long> present(Selection selection, ColumnDeclaration measure) {
        RoaringBitmap present = rowsWith(selection, measure);
        if (present.equals(selection.rows())) {
            return Optional.of(rows(selection));
        }
        return regions.few("present " + measure.name(), present)
                ? Optional.empty()
                : Optional.of(rows(present, selection, "present " + measure.name()));
    }

    private Optional<BigDecimal> sum(Selection selection, ColumnDeclaration measure) {
        // Whoever adds 0 is a decoy, not a contributor.
        RoaringBitmap moving = RoaringBitmap.andNot(selection.rows(), population.idle(query.fact(), measure));
        if (regions.few("moving " + measure.name(), moving)) {
            return Optional.empty();
        }
        String what = "sum " + measure.name();
        long[] amounts = population.amounts(query.fact(), measure);
        Flattened flat = flattened(amounts, moving, selection, what);
        return Optional.of(flat.noisy(noise.of(selection.cells(), what), deviation)
                .movePointLeft(measure.type().scale())
                .setScale(measure.type().scale(), RoundingMode.HALF_EVEN));
    }

    /** The released sum by the released count: what either tells, and no draw of its own to average with. */
    private Optional<BigDecimal> average(Selection selection, ColumnDeclaration measure) {
        Optional<BigDecimal> sum = sum(selection, measure);
        long count = present(selection, measure).orElse(0L);
        if (sum.isEmpty() || count == 0) {
            return Optional.empty();
        }
        ColumnDeclaration.Bounds bounds = measure.bounds().orElseThrow();
        return Optional.of(sum.get()
                .divide(BigDecimal.valueOf(count), measure.type().scale() + AVERAGE_DIGITS, RoundingMode.HALF_EVEN)
                .max(bounds.least())
                .min(bounds.greatest()));
    }

    /** Keys that enough subjects hold in this group: each is decided as if it were a group of its own. */
    private @Nullable Long keys(List<BaseCell> group, Aggregate.CountKeys counted) {
        TreeMap<@Nullable Object, RoaringBitmap> holders = new TreeMap<>(Values.ORDER);
        for (BaseCell cell : group) {
            holders.computeIfAbsent(Evaluator.evaluate(counted.key(), cell.values()), k -> new RoaringBitmap())
                    .or(cell.rows());
        }
        TreeSet<@Nullable Object> shown = new TreeSet<>(Values.ORDER);
        holders.forEach((key, rows) -> {
            if (key != null && !regions.few("key", rows)) {
                shown.add(key);
            }
        });
        return (long) shown.size();
    }
}
