package org.datareturn.guard;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
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
    private final RoaringBitmap suppressed;
    private int groupsSuppressed;

    ReleaseDecision(RawResult raw, Population population, ReleaseFloor floor, Audit audit) {
        this.raw = raw;
        this.population = population;
        this.floor = floor;
        this.audit = audit;
        this.fact = raw.query().query().fact();
        this.minGroupSize = raw.query().minGroupSize();
        this.suppressed = raw.leftOut().clone();
        this.groupsSuppressed = raw.groupsLeftOut();
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
            } else {
                suppressed.or(group.rows());
                groupsSuppressed++;
            }
        }
        if (rows.isEmpty()) {
            throw new QueryRefused(Refusal.of(GuardReason.NOTHING_RELEASABLE)
                    .withHint("请用更粗的分组或更宽的条件。", "Group more coarsely or widen the condition."));
        }
        return rows;
    }

    /** At most so many groups were left out; 0 also when few subjects stand behind them. */
    int suppressedGroups() {
        return population.subjectCount(fact, suppressed) >= minGroupSize
                ? Math.ceilDiv(groupsSuppressed, floor.rounding()) * floor.rounding()
                : 0;
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
            case RawResult.Value.Part(RoaringBitmap rows, RoaringBitmap among) -> {
                Optional<Long> part = rowCount(rows);
                Optional<Long> whole = rowCount(among);
                yield part.isPresent() && whole.isPresent()
                        ? Optional.ofNullable(
                                Rounding.ratio(BigDecimal.valueOf(part.get()), whole.get(), Finish.SHARE_SCALE))
                        : Optional.empty();
            }
            case RawResult.Value.Measured measured ->
                switch (aggregate) {
                    case Aggregate.Sum(ColumnDeclaration measure) ->
                        total(measured, measure).map(total -> total.rounded(floor.rounding()));
                    case Aggregate.Average(ColumnDeclaration measure) ->
                        total(measured, measure).map(total -> total.mean(floor.rounding(), measure));
                    default -> Optional.empty();
                };
        };
    }

    private Optional<Long> rowCount(RoaringBitmap rows) throws QueryRefused {
        Optional<Audit.Place> place = countable(rows);
        if (place.isEmpty()) {
            return Optional.empty();
        }
        RoaringBitmap counted = place.get().set();
        if (population.personsInSeveralTables() && population.onePerSubject(fact)) {
            // A row is a person, whom another table may count as well.
            return persons(place.get());
        }
        audit.tell(place.get(), BigDecimal.valueOf(counted.getCardinality()));
        return Optional.of(rounded(counted.getCardinality()));
    }

    private Optional<Long> subjectCount(RoaringBitmap rows) throws QueryRefused {
        Space.Rows space = new Space.Rows(fact);
        Optional<Audit.Place> place = audit.place(space, rows).filter(p -> enough(p.set()));
        return place.isEmpty() ? Optional.empty() : persons(place.get());
    }

    /** Tells how many persons stand behind placed rows. */
    private Optional<Long> persons(Audit.Place rows) throws QueryRefused {
        Optional<Audit.Place> place = audit.place(new Space.Persons(), population.subjects(fact, rows.set()))
                .filter(p -> p.set().getCardinality() >= minGroupSize);
        if (place.isEmpty()) {
            return Optional.empty();
        }
        audit.tell(rows, BigDecimal.valueOf(rows.set().getCardinality()));
        audit.tell(place.get(), BigDecimal.valueOf(place.get().set().getCardinality()));
        return Optional.of(rounded(place.get().set().getCardinality()));
    }

    /** Where rows can be counted: enough persons, and nobody who owns nearly all of the rows. */
    private Optional<Audit.Place> countable(RoaringBitmap rows) throws QueryRefused {
        return audit.placeOwned(new Space.Rows(fact), rows)
                .filter(place -> enough(place.set()) && !population.dominated(fact, place.set(), floor.dominance()));
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

    private Optional<Total> total(RawResult.Value.Measured measured, ColumnDeclaration measure) throws QueryRefused {
        Optional<Audit.Place> rows = audit.place(new Space.Rows(fact), measured.rows());
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        Space.Amounts space = new Space.Amounts(fact, measure);
        // Whoever adds 0 is a decoy, not a contributor: the sum is told of those who add something.
        RoaringBitmap contributing = audit.versions(space).elements(rows.get().set());
        Optional<Audit.Place> amounts = audit.placeSummed(space, contributing);
        if (amounts.isEmpty()) {
            return Optional.empty();
        }
        RoaringBitmap elements = amounts.get().set();
        RoaringBitmap contributors = audit.versions(space).rows(elements);
        if (!enough(contributors) || population.dominated(fact, measure, contributors, floor.dominance())) {
            return Optional.empty();
        }
        Optional<BigDecimal> sum = sum(space, elements, contributors);
        if (sum.isPresent()) {
            audit.tell(rows.get(), BigDecimal.valueOf(rows.get().set().getCardinality()));
            audit.tell(amounts.get(), sum.get());
        }
        return sum.map(s -> new Total(s, rows.get().set().getCardinality()));
    }

    /** The sum over elements; of an earlier edition's only what was told of them then. */
    private Optional<BigDecimal> sum(Space.Amounts space, RoaringBitmap elements, RoaringBitmap contributors) {
        boolean current = audit.versions(space).current(elements)
                && population.present(fact).contains(contributors);
        return current
                ? Optional.of(population.total(fact, space.measure(), contributors))
                : audit.toldBefore(space, elements);
    }

    private boolean enough(RoaringBitmap rows) {
        return population.subjectCount(fact, rows) >= minGroupSize;
    }

    private long rounded(int count) {
        return Rounding.toStep(BigDecimal.valueOf(count), floor.rounding()).longValueExact();
    }
}
