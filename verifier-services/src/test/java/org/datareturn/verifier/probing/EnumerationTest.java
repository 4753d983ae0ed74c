package org.datareturn.verifier.probing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.datareturn.policy.ReasonCode;
import org.datareturn.policy.Refusal;
import org.datareturn.verifier.normalise.SyntheticNumbers;
import org.datareturn.verifier.reason.VerifierReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Attackers who complete what they know of one person by trying: how often they succeed, over many seeds. */
class EnumerationTest {
    private static final int CANDIDATES = 500;
    private static final int RUNS = 40;
    /** What the requirement allows. */
    private static final double BOUND = 0.05;
    /** Of 500 candidates, so many may be answered truthfully. */
    private static final int MOST_ANSWERED = 25;

    private static final String AREA = "370102";
    private static final LocalDate BORN = LocalDate.of(1990, 3, 7);

    /** What the attacker does not know; the number of candidates it leaves is 500. */
    enum Unknown {
        SEQUENCE {
            @Override
            List<Town.Person> candidates(SplittableRandom random) {
                return numbers(i -> SyntheticNumbers.idNumber(AREA, "19900307", "%03d".formatted(2 * i)));
            }
        },
        BIRTH_DATE {
            @Override
            List<Town.Person> candidates(SplittableRandom random) {
                return numbers(i -> SyntheticNumbers.idNumber(
                        AREA, BORN.plusDays(i).toString().replace("-", ""), "217"));
            }
        },
        AREA_DIGITS {
            @Override
            List<Town.Person> candidates(SplittableRandom random) {
                return numbers(i -> SyntheticNumbers.idNumber("37%04d".formatted(100 + i), "19900307", "217"));
            }
        },
        THREE_SMUDGED_DIGITS {
            @Override
            List<Town.Person> candidates(SplittableRandom random) {
                return numbers(i -> SyntheticNumbers.idNumber(
                        "37010" + i % 10, "199003" + "%02d".formatted(11 + i / 10 % 10), "2%d7".formatted(i / 100)));
            }
        },
        AREA_DATE_AND_SEQUENCE_IN_A_GRID {
            @Override
            List<Town.Person> candidates(SplittableRandom random) {
                // Eight of each, all combined: each number shares one part or none with most others.
                return numbers(i -> SyntheticNumbers.idNumber(
                        "%02d%02d%02d".formatted(11 + 3 * (i % 8), 1 + i % 8, 1 + 7 * (i % 8)),
                        "%d%02d%02d".formatted(1951 + 6 * (i / 8 % 8), 1 + i / 8 % 8, 3 + 3 * (i / 8 % 8)),
                        "%03d".formatted(17 + 111 * (i / 64))));
            }
        },
        EVERYTHING_BUT_THE_NAME {
            @Override
            List<Town.Person> candidates(SplittableRandom random) {
                return numbers(i -> SyntheticNumbers.idNumber(random, LocalDate.of(2008, 1, 1)));
            }
        },
        NAME {
            @Override
            List<Town.Person> candidates(SplittableRandom random) {
                String number = SyntheticNumbers.idNumber(AREA, "19900307", "217");
                List<Town.Person> named = new ArrayList<>();
                for (int i = 0; i < CANDIDATES; i++) {
                    named.add(new Town.Person(number, "王" + (char) (0x4E00 + 3 * i) + (char) (0x5B50 + i)));
                }
                return named;
            }
        };

        abstract List<Town.Person> candidates(SplittableRandom random);

        static List<Town.Person> numbers(java.util.function.IntFunction<String> number) {
            List<Town.Person> tried = new ArrayList<>();
            for (int i = 0; i < CANDIDATES; i++) {
                tried.add(new Town.Person(number.apply(i), "张伟"));
            }
            return tried;
        }
    }

    /** How the attacker goes about it. */
    enum Manner {
        AT_ONCE,
        ONE_A_DAY,
        ONE_A_WEEK,
        AN_OPERATOR_FOR_EACH,
        TWENTY_OPERATORS,
        AMONG_ORDINARY_TRAFFIC
    }

    @ParameterizedTest
    @EnumSource(Unknown.class)
    void findsThePersonInLessThanFivePercentOfAllRuns(Unknown unknown) {
        for (Manner manner : Manner.values()) {
            int found = 0;
            int mostAnswered = 0;
            for (int run = 0; run < RUNS; run++) {
                Attack attack = new Attack(run, unknown, manner, true);
                found += attack.found ? 1 : 0;
                mostAnswered = Math.max(mostAnswered, attack.answered);
            }
            assertThat(mostAnswered).as(unknown + " " + manner).isLessThanOrEqualTo(MOST_ANSWERED);
            // A share of 4 % or less over the runs; by the exact count of answers it is answered/500.
            assertThat((double) mostAnswered / CANDIDATES).isLessThanOrEqualTo(BOUND);
            assertThat(found).as(unknown + " " + manner).isLessThanOrEqualTo(RUNS / 10);
        }
    }

    @ParameterizedTest
    @EnumSource(Unknown.class)
    void goesTheSameWayWhetherThePersonIsThereOrNot(Unknown unknown) {
        for (int run = 0; run < 20; run++) {
            Attack present = new Attack(run, unknown, Manner.AT_ONCE, true);
            Attack absent = new Attack(run, unknown, Manner.AT_ONCE, false);
            if (!present.found) {
                assertThat(present.told).isEqualTo(absent.told);
            }
        }
    }

    @Test
    void refusesTheRightCandidateLikeAnyOtherOnceThePersonIsClosed() {
        Town town = new Town(1, 0);
        List<Town.Person> candidates = Unknown.SEQUENCE.candidates(town.random);
        Town.Person target = candidates.getLast();
        town.settle(target.number(), target.name());
        candidates.subList(0, 10).forEach(c -> town.ask("attacker", c.number(), c.name()));
        int lookUps = town.lookUps.get();
        assertThat(town.ask("somebody else", target.number(), target.name())).isEqualTo(Town.Told.REFUSED);
        assertThat(town.ask("a third", candidates.get(0).number(), "张伟")).isEqualTo(Town.Told.REFUSED);
        assertThat(town.lookUps.get()).as("closed persons are not looked up").isEqualTo(lookUps);
        assertThat(town.events.stream().map(RiskEvent::kind)).contains(RiskEvent.Kind.SUBJECT_CLOSED);
    }

    @Test
    void suspendsTheOperatorWhoGoesOn() {
        Attack attack = new Attack(3, Unknown.SEQUENCE, Manner.AT_ONCE, false);
        assertThat(attack.told.getLast()).isEqualTo(Town.Told.SUSPENDED);
        assertThat(attack.town.events.stream().map(RiskEvent::kind))
                .containsSubsequence(
                        RiskEvent.Kind.SUBJECT_CLOSED,
                        RiskEvent.Kind.OPERATOR_THROTTLED,
                        RiskEvent.Kind.OPERATOR_SUSPENDED);
        assertThat(attack.town.ask(
                        "attacker",
                        attack.town.settle(Town.class.getName(), "x").number(),
                        "x"))
                .isEqualTo(Town.Told.SUSPENDED);
        assertThat(barred(attack.town, "attacker")).contains(VerifierReason.OPERATOR_SUSPENDED);
        assertThat(barred(attack.town, "innocent")).isEmpty();
    }

    private static Optional<ReasonCode> barred(Town town, String operator) {
        return town.guard
                .barred(new Asker("91350100M000100Y43", operator, "grant-1"))
                .map(Refusal::reason);
    }

    @Test
    void suspendsTheGrantWhoseOperatorsEnumerateTogether() {
        Attack attack = new Attack(3, Unknown.SEQUENCE, Manner.TWENTY_OPERATORS, false);
        assertThat(attack.town.events.stream().map(RiskEvent::kind)).contains(RiskEvent.Kind.GRANT_SUSPENDED);
        assertThat(attack.town.ask("innocent", attack.target.number(), attack.target.name()))
                .isEqualTo(Town.Told.SUSPENDED);
        assertThat(barred(attack.town, "innocent")).contains(VerifierReason.GRANT_SUSPENDED_FOR_PROBING);
    }

    @Test
    void suspendsAnOperatorWhoStopsShortOfClosingEachOfManyPersons() {
        Town town = new Town(4, 200);
        int told = 0;
        for (Town.Person person : town.persons) {
            for (int i = 1; i <= 4; i++) {
                String body = person.number().substring(0, 14) + "%03d".formatted(i);
                String guess =
                        SyntheticNumbers.idNumber(body.substring(0, 6), body.substring(6, 14), body.substring(14));
                told += town.ask("attacker", guess, person.name()) == Town.Told.NO ? 1 : 0;
                town.ask("attacker", person.number(), person.name());
                town.ask("attacker", town.anybody().number(), "王文");
                // Slowly enough for a throttled operator.
                town.clock.move(Duration.ofMinutes(10));
            }
        }
        assertThat(told).isLessThanOrEqualTo(45);
        assertThat(town.events.stream().map(RiskEvent::kind)).contains(RiskEvent.Kind.OPERATOR_SUSPENDED);
    }

    @Test
    void answersNoMoreToManyAtOnceThanToManyInTurn() throws Exception {
        Town town = new Town(9, 0);
        List<Town.Person> candidates = Unknown.SEQUENCE.candidates(town.random);
        try (ExecutorService threads = Executors.newFixedThreadPool(32)) {
            List<Callable<Town.Told>> asks = candidates.stream()
                    .<Callable<Town.Told>>map(c -> () -> town.ask("op-" + c.number(), c.number(), c.name()))
                    .toList();
            int answered = 0;
            for (Future<Town.Told> told : threads.invokeAll(asks)) {
                answered += told.get() == Town.Told.NO ? 1 : 0;
            }
            assertThat(answered).isEqualTo(ProbingLimits.standard().candidates().near());
        }
    }

    @Test
    void countsTheSameCandidateOnceHoweverItIsWritten() {
        Town town = new Town(5, 0);
        String number = SyntheticNumbers.idNumber(AREA, "19900307", "217");
        for (int i = 0; i < 30; i++) {
            assertThat(town.ask("op", i % 2 == 0 ? number : " " + number.toLowerCase(java.util.Locale.ROOT), "张 伟"))
                    .isEqualTo(Town.Told.NO);
        }
        assertThat(town.events).isEmpty();
    }

    @Test
    void holdsOneNameAgainstManyPersonsOfAVillageApart() {
        // Fifty people of one name in one county, all asked rightly and once wrongly.
        Town town = new Town(6, 0);
        Consumer<Town.Person> asked = person -> {
            assertThat(town.ask("op", person.number(), person.name())).isEqualTo(Town.Told.MATCH);
            // Typing errors differ: one wrong name for fifty numbers would be a search for its bearer.
            String typed = person.name() + (char) (0x6587 + town.persons.size());
            assertThat(town.ask("op", person.number(), typed)).isEqualTo(Town.Told.NO);
        };
        for (int i = 0; i < 50; i++) {
            String born = town.date(BORN.plusDays(town.random.nextInt(20_000)).minusYears(45));
            asked.accept(town.settle(SyntheticNumbers.idNumber(AREA, born, "%03d".formatted(i + 1)), "张伟"));
        }
        assertThat(town.refusals(VerifierReason.SUBJECT_CLOSED)).isZero();
        assertThat(town.events.stream().map(RiskEvent::kind)).doesNotContain(RiskEvent.Kind.OPERATOR_SUSPENDED);
    }

    /** One run. */
    private static final class Attack {
        final Town town;
        final Town.Person target;
        final List<Town.Told> told = new ArrayList<>();
        boolean found;
        int answered;

        Attack(long seed, Unknown unknown, Manner manner, boolean present) {
            town = new Town(seed, manner == Manner.AMONG_ORDINARY_TRAFFIC ? 300 : 0);
            List<Town.Person> candidates = unknown.candidates(town.random);
            target = candidates.get(town.random.nextInt(candidates.size()));
            if (present) {
                town.settle(target.number(), target.name());
            }
            List<Town.Person> order = new ArrayList<>(candidates);
            shuffle(order, town.random);
            for (int i = 0; i < order.size() && !found; i++) {
                step(manner, order.get(i), i);
            }
        }

        private void step(Manner manner, Town.Person candidate, int i) {
            String operator = switch (manner) {
                case AT_ONCE, ONE_A_DAY, ONE_A_WEEK -> "attacker";
                case AN_OPERATOR_FOR_EACH -> "op-" + i;
                case TWENTY_OPERATORS -> "op-" + i % 20;
                case AMONG_ORDINARY_TRAFFIC -> "op-" + i % 3;
            };
            Town.Told answer = town.ask(operator, candidate.number(), candidate.name());
            told.add(answer);
            answered += answer == Town.Told.NO || answer == Town.Told.MATCH ? 1 : 0;
            found = answer == Town.Told.MATCH;
            switch (manner) {
                case AT_ONCE, AN_OPERATOR_FOR_EACH, TWENTY_OPERATORS -> town.clock.move(Duration.ofSeconds(1));
                case ONE_A_DAY -> town.clock.move(Duration.ofDays(1));
                case ONE_A_WEEK -> town.clock.move(Duration.ofDays(7));
                case AMONG_ORDINARY_TRAFFIC -> {
                    for (int j = 0; j < 3; j++) {
                        Town.Person person = town.anybody();
                        town.ask("op-" + j, person.number(), person.name());
                        town.clock.move(Duration.ofMinutes(1));
                    }
                }
            }
        }

        private static void shuffle(List<Town.Person> order, SplittableRandom random) {
            for (int i = order.size() - 1; i > 0; i--) {
                Collections.swap(order, i, random.nextInt(i + 1));
            }
        }
    }
}
