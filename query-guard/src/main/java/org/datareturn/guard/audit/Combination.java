package org.datareturn.guard.audit;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.roaringbitmap.RoaringBitmap;

/**
 * A combination of sums over disjoint sets, each taken a whole number of times, and all divided.
 *
 * @param parts the sets and how often each is taken; never 0 times
 * @param divisor positive
 */
public record Combination(List<Part> parts, int divisor) {
    /** Digits behind the point that are kept when dividing: more than any rounding asks for. */
    private static final int SCALE = 12;

    /**
     * One set.
     *
     * @param factor how often its sum is taken
     */
    public record Part(RoaringBitmap set, int factor) {}

    /** Copies the list. */
    public Combination {
        parts = List.copyOf(parts);
    }

    /** A set, taken once. */
    public static Combination of(RoaringBitmap set) {
        return new Combination(set.isEmpty() ? List.of() : List.of(new Part(set, 1)), 1);
    }

    /** The set this is, when it is one taken once. */
    public Optional<RoaringBitmap> set() {
        if (parts.isEmpty()) {
            return Optional.of(new RoaringBitmap());
        }
        return divisor == 1 && parts.size() == 1 && parts.getFirst().factor() == 1
                ? Optional.of(parts.getFirst().set())
                : Optional.empty();
    }

    /** The same combination of other sets, disjoint for disjoint ones; what becomes empty drops out. */
    public Combination map(UnaryOperator<RoaringBitmap> other) {
        List<Part> mapped = new ArrayList<>();
        for (Part part : parts) {
            RoaringBitmap set = other.apply(part.set());
            if (!set.isEmpty()) {
                mapped.add(new Part(set, part.factor()));
            }
        }
        return new Combination(mapped, divisor);
    }

    /** How many elements it counts. */
    public BigDecimal count() {
        return value(set -> BigDecimal.valueOf(set.getLongCardinality()));
    }

    /** The combination's value, by the sum over each set. */
    public BigDecimal value(Function<RoaringBitmap, BigDecimal> sum) {
        BigDecimal value = BigDecimal.ZERO;
        for (Part part : parts) {
            value = value.add(sum.apply(part.set()).multiply(BigDecimal.valueOf(part.factor())));
        }
        return divisor == 1 ? value : value.divide(BigDecimal.valueOf(divisor), SCALE, RoundingMode.HALF_EVEN);
    }

    /** All elements that are added, and not taken away. */
    public RoaringBitmap added() {
        Optional<RoaringBitmap> set = set();
        if (set.isPresent()) {
            return set.get();
        }
        RoaringBitmap added = new RoaringBitmap();
        parts.stream().filter(part -> part.factor() > 0).forEach(part -> added.or(part.set()));
        return added;
    }
}
