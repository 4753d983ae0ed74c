package org.datareturn.guard;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.datareturn.guard.Audit.Place;
import org.datareturn.guard.audit.Combination;
import org.datareturn.guard.audit.MeasureVersions;
import org.datareturn.guard.declaration.ColumnDeclaration;
import org.datareturn.guard.declaration.ReleaseFloor;
import org.datareturn.guard.plan.Aggregate;
import org.datareturn.policy.Refusal;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * The deciding of one raw result, value by value: each is placed by the {@link Audit}, then needs enough persons and none
 * who make up most of it, then is rounded. One decision, one thread, under the history's lock.
 */
final class ReleaseDecision {
    private final RawResult raw;
    private final Population population;
    private final ReleaseFloor floor;
    private final Audit audit;
    private final String fact;
    private final int minGroupSize;

    ReleaseDecision(RawResult raw, Population population, ReleaseFloor floor, Audit audit) {
        this.raw = raw;
        this.population = population;
        this.floor = floor;
        this.audit = audit;
        this.fact = raw.query().query().fact();
        this.minGroupSize = raw.query().minGroupSize();
    }

    /**
     * The groups' keys and values that may be released, in the order of their keys; a value that may not beside others
     * that may is null. May be called once.
     *
     * @throws QueryRefused when nothing may be
     */
    List<List<@Nullable Object>> rows() throws QueryRefused {
        List<List<@Nullable Object>> values = new ArrayList<>();
        raw.groups().forEach(group -> values.add(List.of()));
        for (int g : smallestFirst()) {
            values.set(g, values(raw.groups().get(g)));
        }
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int g = 0; g < values.size(); g++) {
            RawResult.Group group = raw.groups().get(g);
            if (values.get(g).stream().anyMatch(java.util.Objects::nonNull)) {
                List<@Nullable Object> row = new ArrayList<>(group.key());
                row.addAll(values.get(g));
                rows.add(row);
            }
        }
        if (rows.isEmpty()) {
            throw new QueryRefused(Refusal.of(GuardReason.NOTHING_RELEASABLE)
                    .withHint("请用更粗的分组或更宽的条件。", "Group more coarsely or widen the condition."));
        }
        return rows;
    }

    /**
     * The order in which groups are decided. When the parts of a total leave few persons over, it is the last part that
     * is told with them; in the largest group they weigh least.
     */
    private int[] smallestFirst() {
        return IntStream.range(0, raw.groups().size())
                .boxed()
                .sorted(Comparator.comparingInt(g -> raw.groups().get(g).rows().getCardinality()))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private List<@Nullable Object> values(RawResult.Group group) throws QueryRefused {
        List<@Nullable Object> values = new ArrayList<>();
        for (int a = 0; a < group.values().size(); a++) {
            values.add(value(
                            group.values().get(a),
                            raw.query().query().aggregates().get(a))
                    .orElse(null));
        }
        return values;
    }

    private Optional<Object> value(RawResult.Value value, Aggregate aggregate) throws QueryRefused {
        return switch (value) {
            case RawResult.Value.Rows(RoaringBitmap rows) -> rowCount(rows).map(count -> count);
            case RawResult.Value.Subjects(RoaringBitmap rows) ->
                subjectCount(rows).map(count -> count);
            case RawResult.Value.Keys(int count) -> Optional.of((long) count);
            case RawResult.Value.Measured measured ->
                switch (aggregate) {
                    case Aggregate.Sum(ColumnDeclaration measure) ->
                        total(place(measured.rows(), false), measure).map(total -> total.rounded(floor.rounding()));
                    case Aggregate.Average(ColumnDeclaration measure) ->
                        // A mean tells with the sum how many rows it is over.
                        total(place(measured.rows(), true), measure)
                                .map(total -> total.mean(floor.rounding(), measure));
                    default -> Optional.empty();
                };
        };
    }

    /**
     * Rows of which something may be told, and the persons behind them where other tables tell of persons too.
     *
     * @param rows their place; a combination where what is computable near the rows asked for is no set
     */
    private record Rows(Place rows, Optional<Place> persons) {}

    /**
     * Where something can be told of rows.
     *
     * @param counted whether their number is told with it, so that no one may own most of them
     */
    private Optional<Rows> place(RoaringBitmap asked, boolean counted) throws QueryRefused {
        if (!ofPersonsElsewhere()) {
            return placed(Combination.of(asked), counted).map(rows -> new Rows(rows, Optional.empty()));
        }
        Combination behind = Combination.of(population.subjects(fact, asked));
        Optional<Place> persons = audit.place(new Space.Persons(), behind);
        if (persons.isEmpty()) {
            return Optional.empty();
        }
        // The rows of those persons who may be told of, whom other tables may have decided.
        Combination theirs = persons.get().sum().equals(behind)
                ? Combination.of(asked)
                : persons.get().sum().map(subjects -> population.rowsOf(fact, subjects));
        return placed(theirs, counted).filter(rows -> rows.sum().equals(theirs)).map(rows -> new Rows(rows, persons));
    }

    /** Whether a row is a person, whom another table may tell of as well. */
    private boolean ofPersonsElsewhere() {
        return population.personsInSeveralTables() && population.onePerSubject(fact);
    }

    private Optional<Place> placed(Combination asked, boolean counted) throws QueryRefused {
        Space.Rows space = new Space.Rows(fact);
        Optional<Place> rows = counted ? audit.placeOwned(space, asked) : audit.place(space, asked);
        return counted ? rows.filter(r -> !population.dominated(fact, r.added(), floor.dominance())) : rows;
    }

    private void tell(Rows rows) {
        audit.tell(rows.rows());
        rows.persons().ifPresent(audit::tell);
    }

    private Optional<Long> rowCount(RoaringBitmap asked) throws QueryRefused {
        Optional<Rows> placed =
                place(asked, true).filter(rows -> enough(rows.rows().added()));
        Optional<Long> count = placed.flatMap(rows -> count(rows.persons().orElse(rows.rows())));
        if (count.isPresent()) {
            placed.ifPresent(this::tell);
        }
        return count;
    }

    private Optional<Long> subjectCount(RoaringBitmap asked) throws QueryRefused {
        if (ofPersonsElsewhere()) {
            return rowCount(asked);
        }
        Optional<Place> placed =
                audit.place(new Space.Rows(fact), Combination.of(asked)).filter(rows -> enough(rows.added()));
        if (placed.isEmpty()) {
            return Optional.empty();
        }
        Place rows = placed.get();
        if (rows.sum().set().isEmpty()) {
            // Persons behind a combination of rows are a combination of persons only where nobody has two rows.
            return population.onePerSubject(fact) ? count(rows) : Optional.empty();
        }
        Optional<Place> persons =
                audit.place(new Space.Persons(), Combination.of(population.subjects(fact, rows.added())));
        Optional<Long> count = persons.flatMap(this::count);
        if (count.isPresent()) {
            tell(new Rows(rows, persons));
        }
        return count;
    }

    /** How many a placed count is, when enough. */
    private Optional<Long> count(Place place) {
        BigDecimal count = place.sum().count();
        return count.compareTo(BigDecimal.valueOf(minGroupSize)) < 0
                ? Optional.empty()
                : Optional.of(Rounding.toStep(count, floor.rounding()).longValueExact());
    }

    /** A sum that may be told, and the number of rows it is over; exact, so not to leave before it is rounded. */
    private record Total(BigDecimal sum, BigDecimal rows) {
        BigDecimal rounded(int step) {
            return Rounding.toStep(sum, step);
        }

        @Nullable BigDecimal mean(int step, ColumnDeclaration measure) {
            return Rounding.mean(sum, rows, step, Finish.averageScale(measure));
        }
    }

    private Optional<Total> total(Optional<Rows> placed, ColumnDeclaration measure) throws QueryRefused {
        if (placed.isEmpty()) {
            return Optional.empty();
        }
        Combination rows = placed.get().rows().sum();
        Space.Amounts space = new Space.Amounts(fact, measure);
        MeasureVersions versions = audit.versions(space);
        // Whoever adds 0 is a decoy, not a contributor: the sum is told of those who add something.
        Combination contributing =
                rows.map(set -> versions.elements(RoaringBitmap.andNot(set, population.missing(fact, measure))));
        Optional<Place> place = audit.placeSummed(space, contributing).filter(sum -> fit(space, sum, versions));
        if (place.isEmpty()) {
            return Optional.empty();
        }
        audit.tell(place.get());
        tell(placed.get());
        BigDecimal sum = place.get().sum().value(elements -> population.total(space, elements, versions));
        return Optional.of(new Total(sum, rows.count()));
    }

    private boolean fit(Space.Amounts space, Place sum, MeasureVersions versions) {
        return enough(versions.rows(sum.added()))
                && !population.dominated(space, sum.added(), versions, floor.dominance());
    }

    private boolean enough(RoaringBitmap rows) {
        return population.atLeast(minGroupSize, fact, rows);
    }
}
