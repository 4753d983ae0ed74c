package org.datareturn.guard;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.datareturn.guard.Audit.Placing;
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

    private Optional<Long> rowCount(RoaringBitmap rows) throws QueryRefused {
        return switch (audit.placeOwned(new Space.Rows(fact), rows)) {
            case Placing.At(Audit.Place place) -> rowCount(place);
            case Placing.Beside(Combination combination) -> countBeside(combination, rows);
            case Placing.Nowhere nowhere -> Optional.empty();
        };
    }

    private Optional<Long> rowCount(Audit.Place place) throws QueryRefused {
        RoaringBitmap counted = place.set();
        if (!enough(counted) || population.dominated(fact, counted, floor.dominance())) {
            // Too few persons, or one who owns nearly all of the rows.
            return Optional.empty();
        }
        if (population.personsInSeveralTables() && population.onePerSubject(fact)) {
            // A row is a person, whom another table may count as well.
            return persons(place);
        }
        audit.tell(place, BigDecimal.valueOf(counted.getCardinality()));
        return Optional.of(rounded(counted.getCardinality()));
    }

    private Optional<Long> subjectCount(RoaringBitmap rows) throws QueryRefused {
        return switch (audit.place(new Space.Rows(fact), rows)) {
            case Placing.At(Audit.Place place) -> enough(place.set()) ? persons(place) : Optional.empty();
            case Placing.Beside(Combination combination) ->
                population.onePerSubject(fact) ? countBeside(combination, rows) : Optional.empty();
            case Placing.Nowhere nowhere -> Optional.empty();
        };
    }

    /**
     * A number of rows that follows from what was told. Where persons are counted over several tables, what follows for rows
     * of one of them need not follow for persons: then it is what follows for persons that is told.
     */
    private Optional<Long> countBeside(Combination combination, RoaringBitmap asked) throws QueryRefused {
        if (!population.personsInSeveralTables()) {
            return enough(combination.added()) ? count(combination) : Optional.empty();
        }
        if (!population.onePerSubject(fact)) {
            return Optional.empty();
        }
        return switch (audit.place(new Space.Persons(), population.subjects(fact, asked))) {
            case Placing.At(Audit.Place place)
            when place.addition().isEmpty() ->
                Optional.of((long) place.set().getCardinality())
                        .filter(count -> count >= minGroupSize)
                        .map(count -> rounded(count.intValue()));
            case Placing.Beside(Combination ofPersons) -> count(ofPersons);
            case Placing.At anew -> Optional.empty();
            case Placing.Nowhere nowhere -> Optional.empty();
        };
    }

    private Optional<Long> count(Combination combination) {
        BigDecimal count = combination.value(set -> BigDecimal.valueOf(set.getCardinality()));
        return count.compareTo(BigDecimal.valueOf(minGroupSize)) < 0
                ? Optional.empty()
                : Optional.of(Rounding.toStep(count, floor.rounding()).longValueExact());
    }

    /** Tells how many persons stand behind placed rows. */
    private Optional<Long> persons(Audit.Place rows) throws QueryRefused {
        Optional<Audit.Place> place = audit.place(new Space.Persons(), population.subjects(fact, rows.set()))
                .at()
                .filter(p -> p.set().getCardinality() >= minGroupSize);
        if (place.isEmpty()) {
            return Optional.empty();
        }
        audit.tell(rows, BigDecimal.valueOf(rows.set().getCardinality()));
        audit.tell(place.get(), BigDecimal.valueOf(place.get().set().getCardinality()));
        return Optional.of(rounded(place.get().set().getCardinality()));
    }

    /** A sum that may be told, and the number of rows it is over; exact, so not to leave before it is rounded. */
    private record Total(BigDecimal sum, int rows) {
        BigDecimal rounded(int step) {
            return Rounding.toStep(sum, step);
        }

        @Nullable BigDecimal mean(int step, ColumnDeclaration measure) {
            return Rounding.mean(sum, rows, step, Finish.averageScale(measure));
        }
    }

    /** The rows something may be summed over, and the persons behind them where other tables tell of persons too. */
    private record Rows(Audit.Place rows, Optional<Audit.Place> persons) {
        RoaringBitmap set() {
            return rows.set();
        }
    }

    /**
     * Where a sum over rows can be told of.
     *
     * @param counted whether their number is told with it, so that no one may own most of them
     */
    private Optional<Rows> place(RoaringBitmap asked, boolean counted) throws QueryRefused {
        if (!population.personsInSeveralTables() || !population.onePerSubject(fact)) {
            return placed(asked, counted).map(rows -> new Rows(rows, Optional.empty()));
        }
        Optional<Audit.Place> persons = audit.place(new Space.Persons(), population.subjects(fact, asked))
                .at();
        if (persons.isEmpty()) {
            return Optional.empty();
        }
        // The rows of those persons who may be told of, whom other tables may have decided.
        RoaringBitmap theirs = persons.get().set().equals(population.subjects(fact, asked))
                ? asked
                : population.rowsOf(fact, persons.get().set());
        return placed(theirs, counted).filter(rows -> rows.set().equals(theirs)).map(rows -> new Rows(rows, persons));
    }

    private Optional<Audit.Place> placed(RoaringBitmap asked, boolean counted) throws QueryRefused {
        Space.Rows space = new Space.Rows(fact);
        Optional<Audit.Place> rows = (counted ? audit.placeOwned(space, asked) : audit.place(space, asked)).at();
        return counted ? rows.filter(r -> !population.dominated(fact, r.set(), floor.dominance())) : rows;
    }

    private Optional<Total> total(Optional<Rows> rows, ColumnDeclaration measure) throws QueryRefused {
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        Space.Amounts space = new Space.Amounts(fact, measure);
        // Whoever adds 0 is a decoy, not a contributor: the sum is told of those who add something.
        RoaringBitmap contributing = audit.versions(space)
                .elements(RoaringBitmap.andNot(rows.get().set(), population.missing(fact, measure)));
        Optional<BigDecimal> sum = switch (audit.placeSummed(space, contributing)) {
            case Placing.At(Audit.Place amounts) -> sum(space, amounts);
            case Placing.Beside(Combination combination) -> sumBeside(space, combination);
            case Placing.Nowhere nowhere -> Optional.empty();
        };
        if (sum.isPresent()) {
            audit.tell(rows.get().rows(), BigDecimal.valueOf(rows.get().set().getCardinality()));
            rows.get()
                    .persons()
                    .ifPresent(persons ->
                            audit.tell(persons, BigDecimal.valueOf(persons.set().getCardinality())));
        }
        return sum.map(s -> new Total(s, rows.get().set().getCardinality()));
    }

    private Optional<BigDecimal> sum(Space.Amounts space, Audit.Place amounts) {
        RoaringBitmap elements = amounts.set();
        if (!fit(space, elements)) {
            return Optional.empty();
        }
        Optional<BigDecimal> sum = sum(space, elements);
        sum.ifPresent(total -> audit.tell(amounts, total));
        return sum;
    }

    /** A sum that follows from what was told, where all amounts in it are those of this edition. */
    private Optional<BigDecimal> sumBeside(Space.Amounts space, Combination combination) {
        MeasureVersions versions = audit.versions(space);
        boolean current = combination.parts().stream()
                .allMatch(part ->
                        versions.current(part.set()) && population.present(fact).contains(versions.rows(part.set())));
        return current && fit(space, combination.added())
                ? Optional.of(
                        combination.value(elements -> population.total(fact, space.measure(), versions.rows(elements))))
                : Optional.empty();
    }

    private boolean fit(Space.Amounts space, RoaringBitmap elements) {
        MeasureVersions versions = audit.versions(space);
        return enough(versions.rows(elements)) && !population.dominated(space, elements, versions, floor.dominance());
    }

    /** The sum over elements; of an earlier edition's only what was told of them then. */
    private Optional<BigDecimal> sum(Space.Amounts space, RoaringBitmap elements) {
        RoaringBitmap contributors = audit.versions(space).rows(elements);
        boolean current = audit.versions(space).current(elements)
                && population.present(fact).contains(contributors);
        return current
                ? Optional.of(population.total(fact, space.measure(), contributors))
                : audit.toldBefore(space, elements);
    }

    private boolean enough(RoaringBitmap rows) {
        return population.atLeast(minGroupSize, fact, rows);
    }

    private long rounded(int count) {
        return Rounding.toStep(BigDecimal.valueOf(count), floor.rounding()).longValueExact();
    }
}
