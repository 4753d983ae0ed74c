package org.datareturn.guard.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.datareturn.guard.declaration.ReleaseFloor;
import org.junit.jupiter.api.Test;

class PrivacyBudgetTest {
    /** A clock that stands until it is moved. */
    private static final class StandingClock extends Clock {
        private Instant now = Instant.parse("2026-11-21T00:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private final StandingClock clock = new StandingClock();
    private final List<Spending> kept = new ArrayList<>();

    private PrivacyBudget budget(String organisation, Optional<BigDecimal> delta) {
        return new PrivacyBudget(
                new ReleaseFloor.Budget(
                        new BigDecimal("0.4"),
                        new BigDecimal("0.1"),
                        Period.ofDays(30),
                        new BigDecimal(organisation),
                        delta,
                        ReleaseFloor.Contribution.STANDARD),
                clock,
                List.copyOf(kept));
    }

    private boolean granted(PrivacyBudget budget, String organisation, String analyst) throws IOException {
        return budget.reserve(organisation, analyst, kept::add) instanceof Reservation.Granted;
    }

    @Test
    void givesNoMoreThanThereIsAndSaysWhenItIsFullAgain() throws IOException {
        PrivacyBudget budget = budget("0.4", Optional.empty());
        for (int i = 0; i < 4; i++) {
            assertThat(granted(budget, "o", "a")).isTrue();
        }
        assertThat(budget.left("o", "a")).isZero();
        assertThat(budget.reserve("o", "a", kept::add))
                .isEqualTo(new Reservation.Exhausted(Instant.parse("2026-12-21T00:00:00Z")));
        assertThat(kept).hasSize(4);
    }

    @Test
    void manyAccountsOfAnOrganisationAreNotManyBudgets() throws IOException {
        PrivacyBudget budget = budget("0.4", Optional.empty());
        for (String analyst : List.of("a", "b", "c", "d")) {
            assertThat(granted(budget, "o", analyst)).isTrue();
        }
        assertThat(granted(budget, "o", "e")).isFalse();
        assertThat(granted(budget, "another", "e")).isTrue();
    }

    @Test
    void anOrganisationMayBeGivenMoreThanOneAnalyst() throws IOException {
        PrivacyBudget budget = budget("0.6", Optional.empty());
        for (int i = 0; i < 4; i++) {
            assertThat(granted(budget, "o", "a")).isTrue();
        }
        assertThat(granted(budget, "o", "a")).isFalse();
        assertThat(granted(budget, "o", "b")).isTrue();
        assertThat(granted(budget, "o", "b")).isTrue();
        assertThat(granted(budget, "o", "b")).isFalse();
    }

    @Test
    void isFullAgainAfterItsPeriodAndNotBefore() throws IOException {
        PrivacyBudget budget = budget("0.4", Optional.empty());
        for (int i = 0; i < 4; i++) {
            granted(budget, "o", "a");
        }
        clock.now = Instant.parse("2026-12-20T23:59:59Z");
        assertThat(granted(budget, "o", "a")).isFalse();
        clock.now = Instant.parse("2026-12-21T00:00:00Z");
        assertThat(granted(budget, "o", "a")).isTrue();
        assertThat(budget.left("o", "a")).isEqualByComparingTo("0.3");
    }

    @Test
    void whatWasSpentBeforeARestartStaysSpent() throws IOException {
        PrivacyBudget before = budget("0.4", Optional.empty());
        granted(before, "o", "a");
        granted(before, "o", "a");
        assertThat(budget("0.4", Optional.empty()).left("o", "a")).isEqualByComparingTo("0.2");
    }

    @Test
    void grantsNothingThatCannotBeKept() {
        PrivacyBudget budget = budget("0.4", Optional.empty());
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> budget.reserve("o", "a", spending -> {
                    throw new IOException("full");
                }));
        assertThat(budget.left("o", "a")).isEqualByComparingTo("0.4");
    }

    @Test
    void ofManyThatRaceForTheLastPartOneGetsIt() throws InterruptedException, ExecutionException {
        PrivacyBudget budget = budget("0.4", Optional.empty());
        List<Callable<Reservation>> racers = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            racers.add(() -> budget.reserve("o", "a", spending -> {}));
        }
        int granted = 0;
        try (ExecutorService pool = Executors.newFixedThreadPool(8)) {
            for (Future<Reservation> one : pool.invokeAll(racers)) {
                granted += one.get() instanceof Reservation.Granted ? 1 : 0;
            }
        }
        assertThat(granted).isEqualTo(4);
    }

    /** Bun and Steinke 2016: ρ = ε²/2 each; 0.4 with δ = 1e-6 allows ρ = (√14.2155 - √13.8155)² = 0.00285. */
    @Test
    void concentratedAccountingAddsRhoAndStaysWithinEpsilonAndDelta() throws IOException {
        Accounting.Concentrated accounting = new Accounting.Concentrated(new BigDecimal("0.000001"));
        assertThat(accounting.cost(new BigDecimal("0.1"))).isEqualByComparingTo("0.005");
        assertThat(accounting.total(new BigDecimal("4")).doubleValue()).isCloseTo(0.25394, within(0.00001));
        assertThat(accounting.epsilon(accounting.total(new BigDecimal("4"))).doubleValue())
                .isCloseTo(4, within(1e-4));
        assertThat(granted(budget("0.4", Optional.of(new BigDecimal("0.000001"))), "o", "a"))
                .isFalse();
    }
}
