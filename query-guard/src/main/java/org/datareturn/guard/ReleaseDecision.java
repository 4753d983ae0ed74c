package org.datareturn.guard;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.datareturn.guard.AnswerMemory.History;
import org.datareturn.guard.AnswerMemory.Told;
import org.datareturn.guard.declaration.ColumnDeclaration;
import org.datareturn.guard.declaration.ReleaseFloor;
import org.datareturn.guard.plan.Aggregate;
import org.datareturn.policy.Refusal;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/** The deciding of one raw result, value by value. One decision, one thread, under the history's lock. */
final class ReleaseDecision {
    private final RawResult raw;
    private final Population population;
    private final ReleaseFloor floor;
    private final String fact;
    private final int minGroupSize;
    private final List<List<Candidate>> candidates = new ArrayList<>();
    private final RoaringBitmap suppressed;
    private int groupsSuppressed;

    /** A value that passed the rules of its own cell, or null, with what telling it would tell. */
    private record Candidate(@Nullable Object value, List<Told> told, Optional<ColumnDeclaration> measure) {
        static final Candidate WITHHELD = new Candidate(null, List.of());

        Candidate(@Nullable Object value, List<Told> told) {
            this(value, told, Optional.empty());
        }
    }

    ReleaseDecision(RawResult raw, Population population, ReleaseFloor floor) {
        this.raw = raw;
        this.population = population;
        this.floor = floor;
        this.fact = raw.query().query().fact();
        this.minGroupSize = raw.query().minGroupSize();
        this.suppressed = raw.leftOut().clone();
        this.groupsSuppressed = raw.groupsLeftOut();
        for (RawResult.Group group : raw.groups()) {
            List<Candidate> values = new ArrayList<>();
            for (int a = 0; a < group.values().size(); a++) {
                values.add(candidate(
                        group.values().get(a), raw.query().query().aggregates().get(a)));
            }
            candidates.add(values);
        }
    }

    /**
     * The groups' keys and values that may be released, in the order of their keys; a value that may not beside others
     * that may is null.
     *
     * @param audit gets what is released
     * @throws QueryRefused when nothing may be
     */
    List<List<@Nullable Object>> rows(Audit audit, History history) throws QueryRefused {
        boolean[][] passed =
                audited(audit, new SkewedDifferences(history, population, fact, minGroupSize, floor.dominance()));
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int g = 0; g < candidates.size(); g++) {
            List<@Nullable Object> row = new ArrayList<>(raw.groups().get(g).key());
            boolean anything = false;
            for (int a = 0; a < candidates.get(g).size(); a++) {
                Object value = passed[g][a] ? candidates.get(g).get(a).value() : null;
                anything |= value != null;
                row.add(value);
            }
            if (anything) {
                rows.add(row);
            } else {
                suppressed.or(raw.groups().get(g).rows());
                groupsSuppressed++;
            }
        }
        if (rows.isEmpty()) {
            throw nothing(audit, history);
        }
        return rows;
    }

    /** Everything that would be told if nothing were withheld. */
    List<Told> wanted() {
        return candidates.stream()
                .flatMap(List::stream)
                .flatMap(candidate -> candidate.told().stream())
                .toList();
    }

    /** At most so many groups were left out; 0 also when few subjects stand behind them. */
    int suppressedGroups() {
        return enough(suppressed) ? Math.ceilDiv(groupsSuppressed, floor.rounding()) * floor.rounding() : 0;
    }

    /** Which values pass the audit: the largest groups are tried first, so the smallest ones are left out. */
    private boolean[][] audited(Audit audit, SkewedDifferences differences) {
        boolean[][] passed = new boolean[candidates.size()][];
        List<Integer> order = new ArrayList<>();
        for (int g = 0; g < candidates.size(); g++) {
            order.add(g);
        }
        order.sort(Comparator.<Integer>comparingInt(
                        g -> -raw.groups().get(g).rows().getCardinality())
                .thenComparingInt(g -> g));
        for (int g : order) {
            passed[g] = new boolean[candidates.get(g).size()];
            for (int a = 0; a < passed[g].length; a++) {
                passed[g][a] = admit(candidates.get(g).get(a), audit, differences);
            }
        }
        return passed;
    }

    private static boolean admit(Candidate candidate, Audit audit, SkewedDifferences differences) {
        Optional<ColumnDeclaration> measure = candidate.measure();
        if (measure.isEmpty()) {
            return audit.admit(candidate.told());
        }
        Told summed = candidate.told().getFirst();
        if (differences.opens(summed, measure.get())) {
            audit.reject(candidate.told());
            return false;
        }
        boolean admitted = audit.admit(candidate.told());
        if (admitted) {
            differences.add(summed);
        }
        return admitted;
    }

    private QueryRefused nothing(Audit audit, History history) {
        if (raw.query().query().keys().isEmpty() && !audit.overlapping().isEmpty()) {
            String number = Integer.toString(history.latest(audit.overlapping()));
            return new QueryRefused(Refusal.of(GuardReason.OVERLAPS_EARLIER_ANSWER, number)
                    .withHint("请换一个相差更多人的条件。", "Ask with a condition that more persons make the difference for."));
        }
        return new QueryRefused(Refusal.of(GuardReason.NOTHING_RELEASABLE)
                .withHint("请用更粗的分组或更宽的条件。", "Group more coarsely or widen the condition."));
    }

    private Candidate candidate(RawResult.Value value, Aggregate aggregate) {
        return switch (value) {
            case RawResult.Value.Rows(RoaringBitmap rows) ->
                enough(rows) && !ownedByFew(rows)
                        ? new Candidate(rounded(rows), List.of(counted(rows)))
                        : Candidate.WITHHELD;
            case RawResult.Value.Subjects(RoaringBitmap rows) -> {
                RoaringBitmap subjects = population.subjects(fact, rows);
                yield subjects.getCardinality() >= minGroupSize
                        ? new Candidate(rounded(subjects), List.of(new Told("subjects", "", subjects)))
                        : Candidate.WITHHELD;
            }
            case RawResult.Value.Keys(int count) -> new Candidate((long) count, List.of());
            case RawResult.Value.Part(RoaringBitmap rows, RoaringBitmap among) ->
                enough(rows) && enough(among)
                        ? new Candidate(
                                Rounding.ratio(BigDecimal.valueOf(rounded(rows)), rounded(among), Finish.SHARE_SCALE),
                                List.of(counted(rows), counted(among)))
                        : Candidate.WITHHELD;
            case RawResult.Value.Measured measured ->
                switch (aggregate) {
                    case Aggregate.Sum(ColumnDeclaration measure) -> measured(measured, measure, false);
                    case Aggregate.Average(ColumnDeclaration measure) -> measured(measured, measure, true);
                    default -> Candidate.WITHHELD;
                };
        };
    }

    private Candidate measured(RawResult.Value.Measured measured, ColumnDeclaration measure, boolean mean) {
        // Whoever adds 0 is a decoy, not a contributor: the sum is told of those who add something.
        RoaringBitmap moving = measured.moving();
        if (!enough(moving) || dominated(measured.sums())) {
            return Candidate.WITHHELD;
        }
        Told summed = new Told("sum " + fact + "." + measure.name(), fact, moving);
        BigDecimal sum = Rounding.toStep(measured.sums().sum(), floor.rounding());
        return mean
                ? new Candidate(
                        Rounding.ratio(sum, rounded(measured.rows()), Finish.averageScale(measure)),
                        List.of(summed, counted(measured.rows())),
                        Optional.of(measure))
                : new Candidate(sum, List.of(summed), Optional.of(measure));
    }

    /** A count of rows is a sum over persons: one who owns nearly all of them must not be read off it. */
    private boolean ownedByFew(RoaringBitmap rows) {
        return !population.onePerSubject(fact) && population.dominated(fact, rows, floor.dominance());
    }

    private boolean enough(RoaringBitmap rows) {
        return population.subjects(fact, rows).getCardinality() >= minGroupSize;
    }

    private long rounded(RoaringBitmap counted) {
        return Rounding.toStep(BigDecimal.valueOf(counted.getCardinality()), floor.rounding())
                .longValueExact();
    }

    /** Rows are told as subjects where no subject has two: the same fact must not look like two. */
    private Told counted(RoaringBitmap rows) {
        return population.onePerSubject(fact)
                ? new Told("subjects", "", population.subjects(fact, rows))
                : new Told("rows " + fact, fact, rows);
    }

    private boolean dominated(RawResult.Sums sums) {
        BigDecimal share = sums.largest().multiply(BigDecimal.valueOf(100));
        BigDecimal limit =
                sums.absolute().multiply(BigDecimal.valueOf(floor.dominance().percent()));
        return sums.absolute().signum() > 0 && share.compareTo(limit) >= 0;
    }
}
