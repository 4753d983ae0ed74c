package org.datareturn.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.datareturn.guard.declaration.DeclarationException;
import org.datareturn.guard.declaration.DeclarationReader;
import org.datareturn.guard.load.LoadException;
import org.junit.jupiter.api.Test;

/** What noisy modes remember across restarts: spendings, answers with their margins, and the noise itself. */
class NoisyJournalTest {
    private static final String DP = TownCensus.YAML.replace(
            "noise: none", "noise: dp\n  budget: { epsilon: 0.3, per_query: 0.1, refresh: P30D }");
    private static final String STICKY = TownCensus.YAML.replace("noise: none", "noise: sticky");
    private static final String COUNT = "SELECT sex, COUNT(*) FROM person GROUP BY sex";

    private final ListJournal journal = new ListJournal();
    private Instant now = Instant.parse("2026-11-21T00:00:00Z");

    private ZoneFixture open(String yaml, ZoneSecret secret) throws IOException {
        try {
            return ZoneFixture.of(DataZone.open(
                    DeclarationReader.read(yaml),
                    ZoneFixture.sources(Map.copyOf(TownCensus.csv())),
                    AnswerMemory.journalled(journal),
                    EngineLimits.standard(),
                    secret,
                    Clock.fixed(now, ZoneOffset.UTC)));
        } catch (DeclarationException | LoadException bad) {
            throw new AssertionError(bad);
        }
    }

    @Test
    void aRestartNeitherRefillsABudgetNorDrawsAnAnswerAnew() throws IOException {
        Released first;
        try (ZoneFixture town = open(DP, ZoneSecret.fresh())) {
            first = town.guard(COUNT).released();
            town.guard("SELECT SUM(wage) FROM person").released();
            town.guard("SELECT AVG(wage) FROM person").released();
        }
        try (ZoneFixture town = open(DP, ZoneSecret.fresh())) {
            town.guard("SELECT COUNT(*) FROM person").refuses(GuardReason.BUDGET_EXHAUSTED);
            Released again = town.guard(COUNT).released();
            assertThat(again.rows()).isEqualTo(first.rows());
            assertThat(again.margins()).isEqualTo(first.margins()).hasSize(2);
            assertThat(again.cost().orElseThrow().left()).isEqualByComparingTo(BigDecimal.ZERO);
        }
        now = Instant.parse("2026-12-21T00:00:00Z");
        try (ZoneFixture town = open(DP, ZoneSecret.fresh())) {
            town.guard("SELECT COUNT(*) FROM person").released();
        }
    }

    @Test
    void aSpendingThatCannotBeWrittenIsNotAnswered() throws IOException {
        try (ZoneFixture town = open(DP, ZoneSecret.fresh())) {
            journal.full(true);
            town.guard(COUNT).refuses(GuardReason.MEMORY_UNAVAILABLE);
            journal.full(false);
            assertThat(town.guard(COUNT).released().cost().orElseThrow().left()).isEqualByComparingTo("0.2");
        }
    }

    @Test
    void theSameSecretGivesTheSameNoiseAfterARestart() throws IOException {
        byte[] key = new byte[ZoneSecret.BYTES];
        key[0] = 7;
        List<?> first;
        try (ZoneFixture town = open(STICKY, ZoneSecret.of(key))) {
            first = town.guard("one", COUNT).rows();
        }
        try (ZoneFixture town = open(STICKY, ZoneSecret.of(key))) {
            assertThat(town.guard("two", COUNT).rows()).isEqualTo(first);
        }
    }

    @Test
    void anAnswerMadeUnderOtherRulesIsNotGivenAgain() throws IOException {
        List<?> exact;
        try (ZoneFixture town = open(TownCensus.YAML, ZoneSecret.fresh())) {
            exact = town.guard(COUNT).rows();
        }
        try (ZoneFixture town = open(DP, ZoneSecret.fresh())) {
            Released paid = town.guard(COUNT).released();
            assertThat(paid.cost().orElseThrow().left()).isEqualByComparingTo("0.2");
            assertThat(paid.margins()).isNotEmpty();
        }
        try (ZoneFixture town = open(TownCensus.YAML, ZoneSecret.fresh())) {
            assertThat(town.guard(COUNT).rows()).isEqualTo(exact);
        }
    }
}
