package org.datareturn.guard;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.datareturn.guard.AnswerMemory.History;
import org.datareturn.guard.AnswerMemory.Told;
import org.datareturn.guard.audit.Combination;
import org.datareturn.guard.audit.Lightness;
import org.datareturn.guard.audit.LinearSpan;
import org.datareturn.guard.audit.MeasureVersions;
import org.datareturn.guard.audit.Position;
import org.datareturn.guard.declaration.ReleaseFloor;
import org.datareturn.policy.Refusal;
import org.roaringbitmap.RoaringBitmap;

/**
 * The audit of one answer against everything its organisation was told, and against itself.
 *
 * <p>A sum over a set that differs by too few persons from what can already be computed is not told; the nearest
 * computable sum is told in its place, which tells nothing new. The same happens when it differs by nobody at all, so
 * whether somebody, or nobody, makes the difference between two questions cannot be seen: neither from a value nor from
 * a refusal. (A refusal would be an answer of its own: Kenthapadi, Mishra and Nissim, "Simulatable auditing", PODS 2005.)
 *
 * <p>Used under the history's lock, and only once: what it admits is noted in the history at once, because an answer
 * that cannot be remembered ends the history.
 */
final class Audit {
    private final History history;
    private final AnswerMemory memory;
    private final Population population;
    private final int minGroupSize;
    private final ReleaseFloor.Dominance rule;
    private final List<Told> told = new ArrayList<>();

    /**
     * A place of a sum in a space.
     *
     * @param set the set whose sum may be told
     * @param addition what telling it adds; nothing when it is computable already
     */
    record Place(Space space, RoaringBitmap set, Optional<LinearSpan.Addition> addition) {}

    /** Where a sum can be told. */
    sealed interface Placing {
        /** Over a set. */
        record At(Place place) implements Placing {}

        /** As a combination of sums that is computable already, so that telling it tells nothing. */
        record Beside(Combination combination) implements Placing {}

        /** Nowhere near. */
        record Nowhere() implements Placing {}

        /** The place, when it is a set's. */
        default Optional<Place> at() {
            return this instanceof At(Place place) ? Optional.of(place) : Optional.empty();
        }
    }

    Audit(History history, AnswerMemory memory, Population population, int minGroupSize, ReleaseFloor.Dominance rule) {
        this.history = history;
        this.memory = memory;
        this.population = population;
        this.minGroupSize = minGroupSize;
        this.rule = rule;
    }

    /** What a measure's elements stand for. */
    MeasureVersions versions(Space.Amounts space) {
        return memory.versions(space.measureName());
    }

    /**
     * Where the sum over a set can be told.
     *
     * @throws QueryRefused when there is no room to decide it
     */
    Placing place(Space space, RoaringBitmap set) throws QueryRefused {
        Lightness lightness = new SpaceLightness(space, population, memory, minGroupSize, rule);
        LinearSpan span = history.span(space);
        if (!span.prepare(List.of(set), lightness)) {
            throw new QueryRefused(Refusal.of(GuardReason.AUDIT_EXHAUSTED));
        }
        return switch (span.position(set, lightness)) {
            case Position.Free(LinearSpan.Addition addition) ->
                new Placing.At(new Place(space, set, Optional.of(addition)));
            case Position.Computable(RoaringBitmap computable) ->
                new Placing.At(new Place(space, computable, Optional.empty()));
            case Position.Beside(Combination combination) -> new Placing.Beside(combination);
            case Position.Entangled entangled -> new Placing.Nowhere();
        };
    }

    /** Where a count of rows can be told, of which few persons may own most; otherwise like {@link #place}. */
    Placing placeOwned(Space.Rows space, RoaringBitmap asked) throws QueryRefused {
        RoaringBitmap set = population.onePerSubject(space.table())
                ? asked
                : comparable(space, asked, Long.MAX_VALUE, rows -> population.dominated(space.table(), rows, rule));
        return place(space, set);
    }

    /** Where a sum of a measure can be told, to which few persons may add most; otherwise like {@link #place}. */
    Placing placeSummed(Space.Amounts space, RoaringBitmap asked) throws QueryRefused {
        // What few can dominate has few contributors; those of earlier editions may have added more than any does now.
        long most = population.neverRefreshed(space.table(), versions(space))
                ? population.mostContributors(space.table(), space.measure(), rule)
                : Long.MAX_VALUE;
        Lightness lightness = new SpaceLightness(space, population, memory, minGroupSize, rule);
        return place(space, comparable(space, asked, most, lightness::dominated));
    }

    /** The set itself, or a told one from which few large contributors make the whole difference of at most so many elements. */
    private RoaringBitmap comparable(Space space, RoaringBitmap asked, long most, Predicate<RoaringBitmap> dominated) {
        if (!history.span(space).touches(asked)) {
            return asked;
        }
        for (Told earlier : history.told(space)) {
            long common = RoaringBitmap.andCardinality(earlier.elements(), asked);
            long apart = earlier.elements().getLongCardinality() + asked.getLongCardinality() - 2 * common;
            if (common > 0 && apart > 0 && apart <= most) {
                if (dominated.test(RoaringBitmap.xor(earlier.elements(), asked))) {
                    return earlier.elements();
                }
            }
        }
        return asked;
    }

    /** Notes that the sum over a placed set is told. To be called before another set of its space is placed. */
    void tell(Place place, BigDecimal total) {
        if (place.addition().isPresent()) {
            history.span(place.space()).add(place.addition().get());
            Told sum = new Told(place.space().name(), place.set(), total);
            history.note(sum);
            told.add(sum);
        }
    }

    /** The sum told earlier over exactly this set. */
    Optional<BigDecimal> toldBefore(Space space, RoaringBitmap set) {
        return history.told(space).stream()
                .filter(earlier -> earlier.elements().equals(set))
                .findFirst()
                .map(Told::total);
    }

    /** What this answer tells that was not computable before. */
    List<Told> told() {
        return List.copyOf(told);
    }
}
