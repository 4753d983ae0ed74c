package org.datareturn.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerGridTest {
    private final AtomicLong now = new AtomicLong(7_000_000);

    private AnswerGrid grid(long millis) {
        // A park may return early.
        return new AnswerGrid(
                Duration.ofMillis(millis), now::get, nanos -> now.addAndGet(Math.max(1, nanos - nanos / 3)));
    }

    @ParameterizedTest
    @CsvSource({"0, 500", "1, 500", "499, 500", "500, 500", "501, 1000", "1700, 2000"})
    void answersLeaveAtMultiplesOfTheStep(long worked, long left) {
        AnswerGrid grid = grid(500);
        long came = grid.come();
        now.addAndGet(worked * 1_000_000);
        grid.leave(came);
        assertThat(now.get() - came).isEqualTo(left * 1_000_000);
    }

    @Test
    void withoutAStepAnswersLeaveAtOnce() {
        AnswerGrid grid = grid(0);
        long came = grid.come();
        now.addAndGet(3);
        grid.leave(came);
        assertThat(now.get() - came).isEqualTo(3);
    }

    @Test
    void anInterruptLetsNothingLeaveEarlier() {
        AnswerGrid grid = new AnswerGrid(Duration.ofMillis(50));
        Thread.currentThread().interrupt();
        long came = System.nanoTime();
        grid.leave(came);
        assertThat(System.nanoTime() - came).isGreaterThanOrEqualTo(50_000_000);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aZoneHoldsBackAnswersAndRefusals() {
        String yaml = TownCensus.YAML.replace("noise: none", "noise: none\n  answer_grid: PT0.3S");
        try (ZoneFixture town = ZoneFixture.open(yaml, TownCensus.csv())) {
            for (String sql : new String[] {"SELECT COUNT(*) FROM person", "SELECT id FROM person", "SELECT"}) {
                long came = System.nanoTime();
                town.guard(sql);
                assertThat(System.nanoTime() - came).as(sql).isGreaterThanOrEqualTo(300_000_000);
            }
        }
    }
}
