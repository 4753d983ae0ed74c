package org.datareturn.guard;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.datareturn.guard.declaration.ColumnDeclaration;
import org.datareturn.guard.declaration.ReleaseFloor;
import org.datareturn.guard.engine.BaseCell;
import org.datareturn.guard.noise.Noise;
import org.datareturn.guard.noise.RandomStream;
import org.datareturn.guard.plan.Aggregate;
import org.datareturn.guard.plan.CellQuery;
import org.datareturn.guard.plan.Evaluator;
import org.datareturn.guard.plan.Values;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * Answers a raw result with differential privacy for one subject's being in the data or not. Groups are disjoint and a
 * subject's part in them is bounded ({@link Contributions}), so every group gets noise of the whole loss; a statistic is
 * measured once ({@link DpPlan}) and all values follow from it ({@link DpCell}). A group whose key is not public is shown
 * only when its noisy number of subjects exceeds a threshold that one subject alone passes with probability
 * {@value #KEY_DELTA} (Korolova et al. 2009; Desfontaines et al. 2022); groups whose keys are public are all shown,
 * those without anybody too. {@code docs/release-modes.md} has the formulae. One decision, one thread.
 */
final class DpDecision {
    /** The probability that the key of a subject who is alone in a group is shown. */
    static final double KEY_DELTA = 1e-6;

    private static final double OUTSIDE_ONE_SIDE = 0.025;

    private final RawResult raw;
    private final CellQuery query;
    private final Population population;
    private final ReleaseFloor.Contribution most;
    private final int minGroupSize;
    private final PublicDomain domain;
    private final Optional<Set<List<@Nullable Object>>> publicKeys;
    private final boolean single;
    private final DpPlan plan;
    private final DpMechanism mechanism;
    private final Map<BigInteger, Noise> noises = new HashMap<>();
    private final RandomStream random = RandomStream.fresh();

    /**
     * Prepares a decision.
     *
     * @param epsilon the loss this raw result may cause
     */
    DpDecision(RawResult raw, Population population, ReleaseFloor.Budget budget, BigDecimal epsilon) {
        this.raw = raw;
        this.query = raw.query().query();
        this.population = population;
        this.most = budget.contribution();
        this.minGroupSize = raw.query().minGroupSize();
        this.domain = new PublicDomain(query, population);
        this.publicKeys = query.keys().isEmpty() ? Optional.of(Set.of(List.of())) : domain.keys();
        this.single = population.onePerSubject(query.fact());
        this.plan = DpPlan.of(query, population, publicKeys.isEmpty());
        this.mechanism = new DpMechanism(epsilon, plan.shares(), budget.delta().isPresent());
    }

    /** What may be released. */
    NoisyDecision decide() {
        Map<List<@Nullable Object>, List<BaseCell>> groups = new TreeMap<>(Values.ROW_ORDER);
        publicKeys.ifPresent(keys -> keys.forEach(key -> groups.put(key, new ArrayList<>())));
        for (BaseCell cell : raw.cells()) {
            if (query.where().map(w -> Evaluator.holds(w, cell.values())).orElse(true)) {
                groups.computeIfAbsent(domain.key(cell.values()), k -> new ArrayList<>())
                        .add(cell);
            }
        }
        List<RoaringBitmap> rows =
                groups.values().stream().map(DpDecision::union).toList();
        Contributions bounded = Contributions.bound(rows, query.fact(), population, most);
        List<List<@Nullable Object>> released = new ArrayList<>();
        List<Released.Margin> margins = new ArrayList<>();
        int g = 0;
        for (Map.Entry<List<@Nullable Object>, List<BaseCell>> group : groups.entrySet()) {
            RoaringBitmap kept = bounded.kept().get(g++);
            DpCell cell = measure(group.getValue(), kept, bounded);
            if (shown(cell, bounded)) {
                List<@Nullable Object> row = new ArrayList<>(group.getKey());
                for (Aggregate aggregate : query.aggregates()) {
                    Optional<DpCell.Estimate> value = cell.value(aggregate, single);
                    row.add(value.map(v -> written(aggregate, v.value())).orElse(null));
                    value.ifPresent(v -> margins.add(
                            new Released.Margin(group.getKey(), Released.Margin.label(aggregate), halfWidth(v))));
                }
                released.add(row);
            }
        }
        return new NoisyDecision(released, 0, margins);
    }

    private static BigDecimal halfWidth(DpCell.Estimate value) {
        return new BigDecimal(value.margin())
                .round(new MathContext(3, RoundingMode.CEILING))
                .stripTrailingZeros();
    }

    private static Object written(Aggregate aggregate, BigDecimal value) {
        return switch (aggregate) {
            case Aggregate.Sum sum -> value;
            case Aggregate.Average average -> value;
            default -> value.longValueExact();
        };
    }

    /** Noise of a sensitivity; made once for all groups. */
    private Noise noise(BigInteger sensitivity) {
        return noises.computeIfAbsent(sensitivity, mechanism::noise);
    }

    /** Noise of a count that one subject changes by 1 in so many groups. */
    private Noise grouped(BigInteger groups) {
        return noises.computeIfAbsent(groups.negate(), negated -> mechanism.noiseOfSquare(groups, groups));
    }

    private DpCell measure(List<BaseCell> cells, RoaringBitmap kept, Contributions bounded) {
        DpCell cell = new DpCell();
        BigInteger rowsOfOne = BigInteger.valueOf(bounded.rows());
        if (plan.countsRows()) {
            cell.rows(noisy(kept.getLongCardinality(), noise(rowsOfOne)));
        }
        if (plan.subjects()) {
            Noise noise = grouped(BigInteger.valueOf(bounded.groups()));
            cell.subjects(noisy(population.subjectCount(query.fact(), kept), noise));
        }
        for (ColumnDeclaration measure : plan.measures()) {
            cell.pair(measure, pair(measure, kept, rowsOfOne));
        }
        if (plan.rowsFromPairs() && plan.rows()) {
            cell.rows(fromPairs(rowsOfOne, cell));
        }
        for (Aggregate.CountKeys counted : plan.keyCounts()) {
            cell.keys(counted, noisy(keys(cells, kept, counted), noise(rowsOfOne)));
        }
        return cell;
    }

    private DpCell.Estimate noisy(long exact, Noise noise) {
        return new DpCell.Estimate(
                new BigDecimal(BigInteger.valueOf(exact).add(noise.draw(random))),
                DpMechanism.bound(noise, 1, OUTSIDE_ONE_SIDE));
    }

    private DpCell.Pair pair(ColumnDeclaration measure, RoaringBitmap kept, BigInteger rowsOfOne) {
        BigInteger least = DpCell.least(measure);
        BigInteger greatest = DpCell.greatest(measure);
        BigInteger range = greatest.subtract(least).max(BigInteger.ONE);
        RoaringBitmap present = RoaringBitmap.andNot(kept, population.missing(query.fact(), measure));
        BigInteger count = BigInteger.valueOf(present.getLongCardinality());
        BigInteger total = Contributions.total(population.amounts(query.fact(), measure), present);
        Noise noise = noise(range.multiply(rowsOfOne));
        return new DpCell.Pair(
                total.subtract(least.multiply(count)).add(noise.draw(random)),
                greatest.multiply(count).subtract(total).add(noise.draw(random)),
                range,
                DpMechanism.bound(noise, 1, OUTSIDE_ONE_SIDE),
                DpMechanism.bound(noise, 2, OUTSIDE_ONE_SIDE));
    }

    /** All rows, as the mean of what the pairs of complete measures say. */
    private DpCell.Estimate fromPairs(BigInteger rowsOfOne, DpCell cell) {
        List<ColumnDeclaration> complete = complete();
        BigDecimal sum = BigDecimal.ZERO;
        for (ColumnDeclaration measure : complete) {
            sum = sum.add(cell.rowsOf(measure));
        }
        Noise unit = noise(rowsOfOne);
        return new DpCell.Estimate(
                sum.divide(BigDecimal.valueOf(complete.size()), MathContext.DECIMAL128),
                DpMechanism.bound(unit, 2 * complete.size(), OUTSIDE_ONE_SIDE) / complete.size());
    }

    private List<ColumnDeclaration> complete() {
        return plan.measures().stream()
                .filter(measure -> DpPlan.complete(query, population, measure))
                .toList();
    }

    private boolean shown(DpCell cell, Contributions bounded) {
        if (publicKeys.isPresent()) {
            return true;
        }
        int draws;
        double parts;
        Noise noise;
        if (!single) {
            BigInteger groups = BigInteger.valueOf(bounded.groups());
            noise = grouped(groups);
            draws = 1;
            parts = 1;
        } else {
            noise = noise(BigInteger.valueOf(bounded.rows()));
            draws = plan.countsRows() ? 1 : 2 * complete().size();
            parts = plan.countsRows() ? 1 : complete().size();
        }
        double threshold = 1 + Math.ceil(DpMechanism.bound(noise, draws, KEY_DELTA / bounded.groups()) / parts);
        BigDecimal least = BigDecimal.valueOf(Math.max(threshold, minGroupSize));
        return cell.subjectsBehind(single)
                .map(subjects -> subjects.compareTo(least) >= 0)
                .orElse(false);
    }

    private static RoaringBitmap union(List<BaseCell> cells) {
        return RoaringBitmap.or(cells.stream().map(BaseCell::rows).iterator());
    }

    private static long keys(List<BaseCell> cells, RoaringBitmap kept, Aggregate.CountKeys counted) {
        return cells.stream()
                .filter(cell -> RoaringBitmap.intersects(cell.rows(), kept))
                .map(cell -> Optional.ofNullable(Evaluator.evaluate(counted.key(), cell.values())))
                .flatMap(Optional::stream)
                .collect(Collectors.toCollection(() -> new TreeSet<@Nullable Object>(Values.ORDER)))
                .size();
    }
}
