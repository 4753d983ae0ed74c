package org.datareturn.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.datareturn.guard.AnswerMemory.History;
import org.datareturn.guard.AnswerMemory.Replaced;
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
    /** Sets of a space that are remembered because something else was told in their place. */
    private static final int MOST_REPLACED = 20_000;

    private final History history;
    private final AnswerMemory memory;
    private final Population population;
    private final int minGroupSize;
    private final ReleaseFloor.Dominance rule;
    private final List<Told> told = new ArrayList<>();
    private final List<Replaced> replaced = new ArrayList<>();

    /**
     * A place of a sum in a space.
     *
     * @param sum what may be told: nearly always the sum over a set
     * @param addition what telling it adds; nothing when it is computable already
     */
    record Place(Space space, Combination sum, Optional<LinearSpan.Addition> addition) {
        /** All elements that add to it. */
        RoaringBitmap added() {
            return sum.added();
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
     * Where a sum can be told.
     *
     * @return empty when nowhere near
     * @throws QueryRefused when there is no room to decide it
     */
    Optional<Place> place(Space space, Combination asked) throws QueryRefused {
        Lightness lightness = new SpaceLightness(space, population, memory, minGroupSize, rule);
        LinearSpan span = history.span(space);
        List<RoaringBitmap> sets =
                asked.parts().stream().map(Combination.Part::set).toList();
        if (!span.prepare(sets, lightness)) {
            throw new QueryRefused(Refusal.of(GuardReason.AUDIT_EXHAUSTED));
        }
        Optional<RoaringBitmap> set = asked.set();
        Optional<Replaced> before = set.flatMap(s -> near(space, s, lightness));
        if (before.isPresent()) {
            return before.get().sum().map(sum -> new Place(space, sum, Optional.empty()));
        }
        Optional<Place> place = positioned(space, asked, lightness);
        if (set.isPresent() && !place.map(Place::sum).equals(Optional.of(asked))) {
            if (history.replaced(space).size() == MOST_REPLACED) {
                throw new QueryRefused(Refusal.of(GuardReason.AUDIT_EXHAUSTED));
            }
            Replaced other = new Replaced(space.name(), set.get(), place.map(Place::sum));
            history.note(other);
            replaced.add(other);
        }
        return place;
    }

    /**
     * The nearest set asked for before, in whose place something else was told, from which this one differs by too few; none when
     * a told set is nearer. Otherwise of two sets that differ by one person one could be near enough to what is computable and the
     * other not.
     */
    private Optional<Replaced> near(Space space, RoaringBitmap set, Lightness lightness) {
        Optional<Replaced> nearest = Optional.empty();
        int least = Integer.MAX_VALUE;
        for (Replaced earlier : history.replaced(space)) {
            int apart = RoaringBitmap.xorCardinality(earlier.asked(), set);
            if (apart < least && few(earlier.asked(), set, apart, lightness)) {
                nearest = Optional.of(earlier);
                least = apart;
            }
        }
        int bound = least;
        boolean nearer = nearest.isPresent()
                && history.told(space).stream()
                        .flatMap(told -> told.sum().set().stream())
                        .anyMatch(told -> RoaringBitmap.xorCardinality(told, set) < bound);
        return nearer ? Optional.empty() : nearest;
    }

    private boolean few(RoaringBitmap one, RoaringBitmap other, int apart, Lightness lightness) {
        return lightness.oneElementPerSubject()
                ? apart < minGroupSize
                : lightness.subjects(RoaringBitmap.xor(one, other)) < minGroupSize;
    }

    private Optional<Place> positioned(Space space, Combination asked, Lightness lightness) {
        return switch (history.span(space).position(asked, lightness)) {
            case Position.Free(LinearSpan.Addition addition) ->
                Optional.of(new Place(space, asked, Optional.of(addition)));
            case Position.Computable(Combination sum) -> Optional.of(new Place(space, sum, Optional.empty()));
            case Position.Entangled entangled -> Optional.empty();
        };
    }

    /** Where a count of rows can be told, of which few persons may own most; otherwise like {@link #place}. */
    Optional<Place> placeOwned(Space.Rows space, Combination asked) throws QueryRefused {
        Combination near = population.onePerSubject(space.table())
                ? asked
                : comparable(space, asked, Long.MAX_VALUE, rows -> population.dominated(space.table(), rows, rule));
        return place(space, near);
    }

    /** Where a sum of a measure can be told, to which few persons may add most; otherwise like {@link #place}. */
    Optional<Place> placeSummed(Space.Amounts space, Combination asked) throws QueryRefused {
        // What few can dominate has few contributors; those of earlier editions may have added more than any does now.
        long most = population.neverRefreshed(space.table(), versions(space))
                ? population.mostContributors(space.table(), space.measure(), rule)
                : Long.MAX_VALUE;
        Lightness lightness = new SpaceLightness(space, population, memory, minGroupSize, rule);
        return place(space, comparable(space, asked, most, lightness::dominated));
    }

    /** What is asked itself, or a told set from which few large contributors make the whole difference of at most so many elements. */
    private Combination comparable(Space space, Combination asked, long most, Predicate<RoaringBitmap> dominated) {
        Optional<RoaringBitmap> set = asked.set();
        if (set.isEmpty() || !history.span(space).touches(set.get())) {
            return asked;
        }
        for (Told told : history.told(space)) {
            RoaringBitmap earlier = told.sum().set().orElseGet(RoaringBitmap::new);
            long common = RoaringBitmap.andCardinality(earlier, set.get());
            long apart = earlier.getLongCardinality() + set.get().getLongCardinality() - 2 * common;
            if (common > 0 && apart > 0 && apart <= most && dominated.test(RoaringBitmap.xor(earlier, set.get()))) {
                return told.sum();
            }
        }
        return asked;
    }

    /** Notes that a placed sum is told. To be called before another one of its space is placed. */
    void tell(Place place) {
        if (place.addition().isPresent()) {
            history.span(place.space()).add(place.addition().get());
            Told sum = new Told(place.space().name(), place.sum());
            history.note(sum);
            told.add(sum);
        }
    }

    /** The sets this answer was asked for and told something else. */
    List<Replaced> replaced() {
        return List.copyOf(replaced);
    }

    /** What this answer tells that was not computable before. */
    List<Told> told() {
        return List.copyOf(told);
    }
}
