package org.datareturn.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Period;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import org.datareturn.guard.declaration.ReleaseFloor;
import org.datareturn.guard.plan.Values;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Mode dp, measured on neighbouring data: how much likelier one person's presence makes what comes out. The bounds leave
 * four standard errors, so a right mechanism fails once in some ten thousand runs.
 */
class DifferentialPrivacyTest {
    private static final int RUNS = 6_000;
    private static final double ERRORS = 4;
    private static final double EPSILON = 1;

    private static final String YAML = """
            zone: wages
            release:
              min_group_size: 5
              dominance: { largest: 2, percent: 85 }
              rounding: 5
              noise: dp
              budget: { epsilon: 2, per_query: 0.5, refresh: P30D }
            tables:
              person:
                columns:
                  id:   { type: INTEGER, use: subject }
                  sex:  { type: VARCHAR, use: [group, filter], values: [F, M] }
                  job:  { type: VARCHAR, use: [group, filter] }
                  wage: { type: INTEGER, use: measure, bounds: [0, 100] }
              visit:
                columns:
                  id:     { type: INTEGER, use: subject }
                  clinic: { type: VARCHAR, use: [group, filter], values: [north, south, west, east] }
                  cost:   { type: INTEGER, use: measure, bounds: [0, 10] }
            """;

    private static final ReleaseFloor.Budget TERMS = new ReleaseFloor.Budget(
            BigDecimal.TWO,
            BigDecimal.ONE,
            Period.ofDays(30),
            BigDecimal.TWO,
            Optional.empty(),
            new ReleaseFloor.Contribution(2, 2));

    private static Map<String, String> data(String person, String visits) {
        StringBuilder persons = new StringBuilder("id,sex,job,wage\n");
        StringBuilder visit = new StringBuilder("id,clinic,cost\n");
        for (int i = 0; i < 60; i++) {
            persons.append(i)
                    .append(i % 2 == 0 ? ",F," : ",M,")
                    .append(i < 50 ? "clerk," : "smith,")
                    .append(i % 90)
                    .append('\n');
            visit.append(i).append(i % 2 == 0 ? ",north,3\n" : ",south,4\n");
            visit.append(i).append(i % 3 == 0 ? ",north,3\n" : ",south,4\n");
        }
        return Map.of("person", persons + person, "visit", visit + visits);
    }

    private static double number(@Nullable Object value) {
        return Objects.requireNonNull(Values.number(value)).doubleValue();
    }

    private static double[] outcomes(
            RawFixture zone, String sql, double epsilon, ToDoubleFunction<List<List<@Nullable Object>>> seen) {
        List<RawResult> raws = zone.raws(sql);
        double[] outcomes = new double[RUNS];
        for (int i = 0; i < RUNS; i++) {
            outcomes[i] = seen.applyAsDouble(answered(zone, raws, epsilon));
        }
        Arrays.sort(outcomes);
        return outcomes;
    }

    /** The rows of one raw result; of several, which share the loss, all values of their first rows side by side. */
    private static List<List<@Nullable Object>> answered(RawFixture zone, List<RawResult> raws, double epsilon) {
        List<@Nullable Object> beside = new ArrayList<>();
        List<List<@Nullable Object>> rows = List.of();
        for (RawResult raw : raws) {
            rows = new DpDecision(raw, zone.population(), TERMS, BigDecimal.valueOf(epsilon / raws.size()))
                    .decide()
                    .rows();
            beside.addAll(rows.getFirst());
        }
        return raws.size() == 1 ? rows : List.of(beside);
    }

    private static double shareAtLeast(double[] sorted, double edge) {
        int below = 0;
        while (below < sorted.length && sorted[below] < edge) {
            below++;
        }
        return (sorted.length - below) / (double) sorted.length;
    }

    /** A lower bound, by four standard errors, of the loss that outcomes with and without a person show. */
    private static double shownLoss(double[] with, double[] without) {
        double most = 0;
        DoubleUnaryOperator error = p -> ERRORS * Math.sqrt(Math.max(p * (1 - p), 1.0 / RUNS) / RUNS);
        for (int q = 1; q < 40; q++) {
            double edge = without[RUNS * q / 40];
            double p = shareAtLeast(with, edge);
            double r = shareAtLeast(without, edge);
            double up = (p - error.applyAsDouble(p)) / (r + error.applyAsDouble(r));
            double down = (1 - r - error.applyAsDouble(1 - r)) / (1 - p + error.applyAsDouble(1 - p));
            most = Math.max(most, Math.log(Math.max(1, Math.max(up, down))));
        }
        return most;
    }

    private static double loss(String sql, double epsilon, ToDoubleFunction<List<List<@Nullable Object>>> seen) {
        String visits = "99,north,10\n99,north,10\n99,south,10\n99,west,10\n99,east,10\n";
        try (RawFixture without = new RawFixture(YAML, data("", ""));
                RawFixture with = new RawFixture(YAML, data("99,F,clerk,100\n", visits))) {
            return shownLoss(outcomes(with, sql, epsilon, seen), outcomes(without, sql, epsilon, seen));
        }
    }

    private static double cell(List<List<@Nullable Object>> rows, int row, int column) {
        return number(rows.get(row).get(column));
    }

    @Test
    void noAnswerShowsMoreLossThanItCosts() {
        assertThat(loss("SELECT COUNT(*) FROM person", EPSILON, rows -> cell(rows, 0, 0)))
                .isBetween(0.5, EPSILON);
        assertThat(loss("SELECT SUM(wage) FROM person", EPSILON, rows -> cell(rows, 0, 0)))
                .isBetween(0.5, EPSILON);
        String both = "SELECT COUNT(*), SUM(wage) FROM person";
        assertThat(loss(both, EPSILON, rows -> 100 * cell(rows, 0, 0) + cell(rows, 0, 1)))
                .isLessThanOrEqualTo(EPSILON);
        assertThat(loss("SELECT sex, COUNT(*) FROM person GROUP BY sex", EPSILON, rows -> cell(rows, 0, 1)))
                .isBetween(0.5, EPSILON);
        String parts = "SELECT COUNT(*) FILTER (WHERE job = 'clerk'), COUNT(*) FROM person";
        assertThat(loss(parts, EPSILON, rows -> cell(rows, 0, 0) + cell(rows, 0, 1)))
                .isLessThanOrEqualTo(EPSILON);
    }

    @Test
    void aPersonWithManyRowsInManyGroupsShowsNoMoreLoss() {
        String sql = "SELECT clinic, COUNT(*), SUM(cost) FROM visit GROUP BY clinic";
        assertThat(loss(
                        sql,
                        EPSILON,
                        rows -> cell(rows, 0, 1) + cell(rows, 1, 1) + cell(rows, 2, 1) + cell(rows, 3, 1)))
                .isLessThanOrEqualTo(EPSILON);
        assertThat(loss(sql, EPSILON, rows -> cell(rows, 0, 2) + cell(rows, 3, 2)))
                .isLessThanOrEqualTo(EPSILON);
    }

    @Test
    void theAuditItselfCatchesNoiseThatIsTooSmall() {
        assertThat(loss("SELECT COUNT(*) FROM person", 3 * EPSILON, rows -> cell(rows, 0, 0)))
                .isGreaterThan(EPSILON);
        assertThat(loss("SELECT SUM(wage) FROM person", 3 * EPSILON, rows -> cell(rows, 0, 0)))
                .isGreaterThan(EPSILON);
    }

    @Test
    void aKeyThatOnePersonHasIsNotShown() {
        try (RawFixture zone = new RawFixture(YAML, data("99,F,astronaut,100\n", ""))) {
            RawResult raw = zone.raw("SELECT job, COUNT(*) FROM person GROUP BY job");
            int clerks = 0;
            for (int i = 0; i < 2_000; i++) {
                List<List<@Nullable Object>> rows = new DpDecision(raw, zone.population(), TERMS, BigDecimal.ONE)
                        .decide()
                        .rows();
                assertThat(rows).noneMatch(row -> "astronaut".equals(row.getFirst()));
                clerks += rows.stream().anyMatch(row -> "clerk".equals(row.getFirst())) ? 1 : 0;
            }
            assertThat(clerks).isEqualTo(2_000);
        }
    }

    @Test
    void publicKeysAreAllShownWhetherOrNotAnybodyHasThem() {
        try (RawFixture zone = new RawFixture(YAML, data("", ""))) {
            RawResult raw = zone.raw("SELECT clinic, COUNT(*) FROM visit WHERE cost IS NULL GROUP BY clinic"
                    .replace(" WHERE cost IS NULL", ""));
            assertThat(new DpDecision(raw, zone.population(), TERMS, BigDecimal.ONE)
                            .decide()
                            .rows())
                    .extracting(List::getFirst)
                    .containsExactly("east", "north", "south", "west");
        }
    }

    @Test
    void intervalsCoverTheTruthAsOftenAsTheySay() {
        try (RawFixture zone = new RawFixture(YAML, data("", ""))) {
            RawResult raw = zone.raw("SELECT COUNT(*), SUM(wage), AVG(wage) FROM person");
            double wages = 0;
            for (int i = 0; i < 60; i++) {
                wages += i % 90;
            }
            double[] truth = {60, wages, wages / 60};
            int[] covered = new int[3];
            for (int i = 0; i < 2_000; i++) {
                NoisyDecision decision = new DpDecision(raw, zone.population(), TERMS, BigDecimal.ONE).decide();
                for (int v = 0; v < 3; v++) {
                    double off = Math.abs(number(decision.rows().getFirst().get(v)) - truth[v]);
                    covered[v] += off <= decision.margins().get(v).halfWidth().doubleValue() ? 1 : 0;
                }
            }
            assertThat(covered[0]).isGreaterThan(1_880);
            assertThat(covered[1]).isBetween(1_860, 1_940);
            assertThat(covered[2]).isGreaterThan(1_860);
        }
    }

    @Test
    void aRepeatedQuestionIsTheSameAnswerAndFreeUntilTheBudgetEnds() {
        try (ZoneFixture zone = ZoneFixture.open(YAML, data("", ""))) {
            Released first = zone.guard("SELECT COUNT(*) FROM person").released();
            Released again = zone.guard("select  count(*) as n from person").released();
            assertThat(again.rows()).isEqualTo(first.rows());
            assertThat(first.cost()).contains(new Released.Cost(new BigDecimal("0.5"), new BigDecimal("1.5")));
            assertThat(again.cost().orElseThrow().epsilon()).isZero();
            assertThat(again.cost().orElseThrow().left()).isEqualByComparingTo("1.5");
            zone.guard("SELECT id FROM person").refuses(GuardReason.ROWS_NOT_ALLOWED);
            zone.guard("SELECT sex, COUNT(*) FROM person GROUP BY sex").released();
            zone.guard("SELECT SUM(wage) FROM person").released();
            zone.guard("SELECT AVG(wage) FROM person").released();
            zone.guard("SELECT COUNT(*) FROM visit").refuses(GuardReason.BUDGET_EXHAUSTED);
            assertThat(zone.guard("SELECT COUNT(*) FROM person").rows()).isEqualTo(first.rows());
            zone.guard("another organisation", "SELECT COUNT(*) FROM visit").released();
        }
    }

    @Test
    void aConstantNobodyHasIsAnsweredLikeOneThatFewHave() {
        try (ZoneFixture zone = ZoneFixture.open(YAML, data("99,F,astronaut,100\n", ""))) {
            zone.guard("SELECT COUNT(*) FROM person WHERE job = 'astronaut'").released();
            zone.guard("SELECT COUNT(*) FROM person WHERE job = 'unicorn'").released();
        }
    }

    @Test
    void aPreviewTellsTheCostAndSpendsNothing() throws QueryRefused {
        try (ZoneFixture zone = ZoneFixture.open(YAML, data("", ""))) {
            for (int i = 0; i < 3; i++) {
                assertThat(zone.zone().preview(zone.call("o"), "SELECT COUNT(*) FROM person"))
                        .contains(new Released.Cost(new BigDecimal("0.5"), new BigDecimal("2")));
            }
        }
    }
}
