package org.datareturn.guard;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.datareturn.guard.declaration.ColumnDeclaration;
import org.datareturn.guard.plan.Aggregate;
import org.jspecify.annotations.Nullable;

/**
 * The noisy measurements of one group, and the values computed from them: from here on everything is post-processing and
 * costs nothing. For one thread.
 */
final class DpCell {
    private static final int AVERAGE_DIGITS = 4;

    /** A noisy number and the half-width of its 95 % interval. */
    record Estimate(BigDecimal value, double margin) {}

    /**
     * A noisy pair: what the amounts of a measure exceed the least bound by, and what they stay below the greatest by.
     * One row changes the two by the range altogether, so the pair costs no more than either.
     */
    record Pair(BigInteger above, BigInteger below, BigInteger range, double marginOfOne, double marginOfBoth) {}

    private @Nullable Estimate rows;
    private @Nullable Estimate subjects;
    private final Map<String, Pair> pairs = new HashMap<>();
    private final Map<Aggregate, Estimate> keys = new HashMap<>();

    void rows(Estimate estimate) {
        rows = estimate;
    }

    void subjects(Estimate estimate) {
        subjects = estimate;
    }

    void pair(ColumnDeclaration measure, Pair pair) {
        pairs.put(measure.name(), pair);
    }

    void keys(Aggregate counted, Estimate estimate) {
        keys.put(counted, estimate);
    }

    /** The rows that a measure's pair counts. */
    BigDecimal rowsOf(ColumnDeclaration measure) {
        return pair(measure).map(pair -> present(pair).value()).orElse(BigDecimal.ZERO);
    }

    /** The number of subjects behind the group, where it was measured. */
    Optional<BigDecimal> subjectsBehind(boolean single) {
        return Optional.ofNullable(single ? rows : subjects).map(Estimate::value);
    }

    /** The released value of an aggregate with its margin; empty when nothing can be said. */
    Optional<Estimate> value(Aggregate aggregate, boolean single) {
        return switch (aggregate) {
            case Aggregate.CountRows counted -> count(rows);
            case Aggregate.CountSubjects counted -> count(single ? rows : subjects);
            case Aggregate.CountKeys counted -> count(keys.get(counted));
            case Aggregate.CountMeasure(ColumnDeclaration measure) ->
                pairs.containsKey(measure.name())
                        ? pair(measure).map(DpCell::present).flatMap(DpCell::count)
                        : count(rows);
            case Aggregate.Sum(ColumnDeclaration measure) -> pair(measure).map(pair -> sum(measure, pair));
            case Aggregate.Average(ColumnDeclaration measure) -> pair(measure).flatMap(pair -> average(measure, pair));
        };
    }

    private Optional<Pair> pair(ColumnDeclaration measure) {
        return Optional.ofNullable(pairs.get(measure.name()));
    }

    /** The rows a pair was measured over. */
    static Estimate present(Pair pair) {
        BigDecimal range = new BigDecimal(pair.range());
        return new Estimate(
                new BigDecimal(pair.above().add(pair.below())).divide(range, MathContext.DECIMAL128),
                pair.marginOfBoth() / range.doubleValue());
    }

    private static Optional<Estimate> count(@Nullable Estimate measured) {
        return Optional.ofNullable(measured)
                .map(m -> new Estimate(
                        m.value().setScale(0, RoundingMode.HALF_EVEN).max(BigDecimal.ZERO), Math.ceil(m.margin())));
    }

    private static Estimate sum(ColumnDeclaration measure, Pair pair) {
        BigInteger least = least(measure);
        BigInteger greatest = greatest(measure);
        BigDecimal sum = new BigDecimal(greatest.multiply(pair.above()).add(least.multiply(pair.below())))
                .divide(new BigDecimal(pair.range()), 0, RoundingMode.HALF_EVEN);
        if (least.signum() >= 0) {
            sum = sum.max(BigDecimal.ZERO);
        }
        double range = pair.range().doubleValue();
        double margin = least.signum() == 0
                ? pair.marginOfOne()
                : pair.marginOfBoth()
                        * Math.max(least.abs().doubleValue(), greatest.abs().doubleValue())
                        / range;
        return scaled(measure, sum, margin, 0);
    }

    private static Optional<Estimate> average(ColumnDeclaration measure, Pair pair) {
        BigInteger both = pair.above().add(pair.below());
        if (both.signum() <= 0) {
            return Optional.empty();
        }
        BigDecimal least = new BigDecimal(least(measure));
        BigDecimal average = least.add(new BigDecimal(pair.above().multiply(pair.range()))
                        .divide(new BigDecimal(both), AVERAGE_DIGITS, RoundingMode.HALF_EVEN))
                .max(least)
                .min(new BigDecimal(greatest(measure)));
        double range = pair.range().doubleValue();
        double margin = Math.min(range, pair.marginOfOne() * range / both.doubleValue());
        return Optional.of(scaled(measure, average, margin, AVERAGE_DIGITS));
    }

    private static Estimate scaled(ColumnDeclaration measure, BigDecimal units, double margin, int digits) {
        int scale = measure.type().scale();
        return new Estimate(
                units.movePointLeft(scale).setScale(scale + digits, RoundingMode.HALF_EVEN),
                margin / Math.pow(10, scale));
    }

    /** A measure's least bound in units of its last decimal place. */
    static BigInteger least(ColumnDeclaration measure) {
        return units(measure, measure.bounds().orElseThrow().least());
    }

    /** A measure's greatest bound in units of its last decimal place. */
    static BigInteger greatest(ColumnDeclaration measure) {
        return units(measure, measure.bounds().orElseThrow().greatest());
    }

    private static BigInteger units(ColumnDeclaration measure, BigDecimal bound) {
        return bound.movePointRight(measure.type().scale())
                .setScale(0, RoundingMode.HALF_UP)
                .toBigInteger();
    }
}
