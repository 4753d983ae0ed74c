package org.datareturn.guard.plan;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.datareturn.guard.declaration.ColumnDeclaration;
import org.datareturn.guard.declaration.ColumnType;
import org.datareturn.guard.declaration.Use;

/** Columns made of a declared measure: its square, for variances, and its bins, for quantiles. */
public final class Derived {
    private static final String SQUARE = "~2";
    private static final int MOST_SINGLE = 128;
    private static final int BINS = 50;

    /** Squares are kept as long integers. */
    private static final BigDecimal MOST_SQUARED = BigDecimal.valueOf(3_000_000_000L);

    private Derived() {}

    /**
     * The square of a measure, as a measure: of the value clamped to its bounds. Empty when the bounds are too wide for
     * exact integers.
     */
    public static Optional<ColumnDeclaration> square(ColumnDeclaration measure) {
        ColumnDeclaration.Bounds bounds = measure.bounds().orElseThrow();
        BigDecimal widest = bounds.least().abs().max(bounds.greatest().abs());
        if (widest.movePointRight(measure.type().scale()).compareTo(MOST_SQUARED) > 0) {
            return Optional.empty();
        }
        boolean around = bounds.least().signum() <= 0 && bounds.greatest().signum() >= 0;
        BigDecimal nearest = bounds.least().abs().min(bounds.greatest().abs());
        return Optional.of(new ColumnDeclaration(
                measure.name() + SQUARE,
                new ColumnType(ColumnType.Kind.DECIMAL, 38, 2 * measure.type().scale()),
                Set.of(Use.MEASURE),
                List.of(),
                List.of(),
                Optional.of(new ColumnDeclaration.Bounds(around ? BigDecimal.ZERO : nearest.pow(2), widest.pow(2)))));
    }

    /**
     * A measure in bins over its declared bounds, by the declaration alone: a bin for each whole number when there are
     * few, else bins of equal width. 0 has a bin of its own, because so many have nothing.
     */
    public static ColumnDeclaration binned(ColumnDeclaration measure) {
        BigDecimal least = measure.bounds().orElseThrow().least();
        BigDecimal greatest = measure.bounds().orElseThrow().greatest();
        boolean whole = measure.type().kind() != ColumnType.Kind.DECIMAL;
        BigDecimal unit = BigDecimal.ONE.movePointLeft(measure.type().scale());
        BigDecimal span = greatest.subtract(least);
        BigDecimal width = span.divide(
                BigDecimal.valueOf(BINS), measure.type().scale(), whole ? RoundingMode.CEILING : RoundingMode.UP);
        if (whole && span.compareTo(BigDecimal.valueOf(MOST_SINGLE)) <= 0) {
            width = BigDecimal.ONE;
        }
        width = width.max(unit);
        TreeSet<BigDecimal> edges = new TreeSet<>();
        for (BigDecimal edge = least.add(width); edge.compareTo(greatest) <= 0; edge = edge.add(width)) {
            edges.add(edge);
        }
        for (BigDecimal edge : List.of(BigDecimal.ZERO.setScale(measure.type().scale()), unit)) {
            if (edge.compareTo(least) > 0 && edge.compareTo(greatest) <= 0) {
                edges.add(edge);
            }
        }
        if (edges.isEmpty()) {
            edges.add(greatest);
        }
        return new ColumnDeclaration(
                measure.name(), measure.type(), measure.uses(), List.of(), List.copyOf(edges), measure.bounds());
    }
}
