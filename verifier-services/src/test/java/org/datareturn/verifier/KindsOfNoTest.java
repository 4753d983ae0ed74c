package org.datareturn.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import org.datareturn.policy.Ask;
import org.datareturn.policy.AuthorisedCall;
import org.datareturn.policy.Authoriser;
import org.datareturn.policy.Caller;
import org.datareturn.policy.Decision;
import org.datareturn.policy.GrantFacts;
import org.datareturn.policy.Obligations;
import org.datareturn.policy.PolicyInput;
import org.datareturn.policy.Purpose;
import org.datareturn.policy.TimeFacts;
import org.datareturn.verifier.normalise.SyntheticNumbers;
import org.datareturn.verifier.probing.Canaries;
import org.datareturn.verifier.probing.InProcessProbeMemory;
import org.datareturn.verifier.probing.ProbeGuard;
import org.datareturn.verifier.probing.ProbingLimits;
import org.datareturn.verifier.product.Products;
import org.datareturn.verifier.registry.TestRegistry;
import org.datareturn.verifier.registry.rocks.RocksRegistryStore;
import org.datareturn.verifier.tokens.SubjectTokens;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** An attacker with a clock, who knows both kinds of "no" and has timed 10,000 of them, cannot tell which one he gets. */
class KindsOfNoTest {
    private static final int PERSONS = 20_000;
    private static final int WARM_UP = 10_000;
    private static final int TIMINGS = 10_000;
    private static final double BOUND = 0.55;
    private static final int ROUNDS = 3;
    private static final Set<String> FIELDS = Set.of("id_number", "name");

    @TempDir
    Path folder;

    private record Person(String number, boolean there) {}

    @Test
    void cannotBeToldApartByTheirLatency(TestReporter reporter) throws IOException {
        SplittableRandom random = new SplittableRandom(7);
        SubjectTokens keys = SubjectTokens.ephemeral();
        List<Person> persons = persons(random);
        try (RocksRegistryStore store = TestRegistry.open(folder.resolve("population"), keys)) {
            TestRegistry.publish(
                    store,
                    folder,
                    persons.stream()
                            .filter(Person::there)
                            .map(person ->
                                    person.number() + ",张" + person.number().charAt(16) + "伟")
                            .toArray(String[]::new));
            Verifier verifier =
                    new Verifier(Products.standard(), List.of(store), keys, guard(keys), TestRegistry.CLOCK);
            AuthorisedCall call = call();
            ask(verifier, call, persons, random, WARM_UP);
            double[] accuracies = new double[ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                long[][] timings = ask(verifier, call, persons, random, TIMINGS);
                accuracies[round] = bestThreshold(timings[0], timings[1]);
                reporter.publishEntry(
                        "round " + round,
                        "best threshold " + accuracies[round] + ", medians " + median(timings[0]) + " and "
                                + median(timings[1]) + " ns");
            }
            // The machine is shared; the middle of three rounds is what the code does.
            Arrays.sort(accuracies);
            assertThat(accuracies[ROUNDS / 2]).isLessThan(BOUND);
        }
    }

    @Test
    void wouldBeToldApartHadTheyDifferedByAFifth() {
        // The measure itself: had one kind taken a fifth longer, it would have been seen.
        SplittableRandom random = new SplittableRandom(3);
        long[] shorter = random.longs(5_000, 20_000, 30_000).toArray();
        long[] longer = random.longs(5_000, 24_000, 36_000).toArray();
        assertThat(bestThreshold(shorter, longer)).isGreaterThan(BOUND);
        assertThat(bestThreshold(shorter, random.longs(5_000, 20_000, 30_000).toArray()))
                .isLessThan(BOUND);
    }

    private static List<Person> persons(SplittableRandom random) {
        List<Person> persons = new ArrayList<>();
        List<String> numbers = java.util.stream.Stream.generate(
                        () -> SyntheticNumbers.idNumber(random, LocalDate.of(2008, 1, 1)))
                .distinct()
                .limit(2L * PERSONS)
                .toList();
        for (int i = 0; i < numbers.size(); i++) {
            persons.add(new Person(numbers.get(i), i % 2 == 0));
        }
        return persons;
    }

    /** Asks so often, each kind half the time and in no order; nanoseconds of absent persons, then of wrong names. */
    private static long[][] ask(
            Verifier verifier, AuthorisedCall call, List<Person> persons, SplittableRandom random, int times) {
        List<Long> absent = new ArrayList<>();
        List<Long> present = new ArrayList<>();
        while (absent.size() + present.size() < times) {
            Person person = persons.get(random.nextInt(persons.size()));
            String name = "李" + (char) (0x4E00 + random.nextInt(0x5000));
            VerificationRequest request =
                    new VerificationRequest("identity-check", Map.of("id_number", person.number(), "name", name));
            long began = System.nanoTime();
            VerificationOutcome outcome = verifier.verify(call, request);
            long took = System.nanoTime() - began;
            assertThat(outcome instanceof Checked checked && checked.answer() == Answer.NO)
                    .isTrue();
            (person.there() ? present : absent).add(took);
        }
        return new long[][] {
            absent.stream().mapToLong(Long::longValue).toArray(),
            present.stream().mapToLong(Long::longValue).toArray()
        };
    }

    /** The best share of right guesses by one threshold on the time, whichever side it takes; one half is guessing. */
    private static double bestThreshold(long[] one, long[] other) {
        Arrays.sort(one);
        Arrays.sort(other);
        double best = 0.5;
        int below = 0;
        for (int i = 0; i < one.length; i++) {
            while (below < other.length && other[below] <= one[i]) {
                below++;
            }
            double right = ((i + 1.0) / one.length + 1 - (double) below / other.length) / 2;
            best = Math.max(best, Math.max(right, 1 - right));
        }
        return best;
    }

    private static long median(long[] sorted) {
        return sorted[sorted.length / 2];
    }

    /** Limits so wide that a test may ask 40,000 wrong names. */
    private static ProbeGuard guard(SubjectTokens keys) {
        ProbingLimits standard = ProbingLimits.standard();
        ProbingLimits wide = new ProbingLimits(
                new ProbingLimits.Candidates(
                        1000,
                        1000,
                        1000,
                        1000,
                        1000,
                        1000,
                        standard.candidates().listed(),
                        standard.candidates().conditions(),
                        Duration.ofDays(1)),
                new ProbingLimits.UnderName(1_000_000, 1, Integer.MAX_VALUE),
                new ProbingLimits.Quotas(1_000_000, 1_000_000, 1_000),
                new ProbingLimits.Misses(1_000_000, 100, 1_000_000, 100, 64),
                standard.risk());
        return new ProbeGuard(wide, new InProcessProbeMemory(), keys, Canaries.none(), event -> {}, TestRegistry.CLOCK);
    }

    private static AuthorisedCall call() {
        PolicyInput input = new PolicyInput(
                new Caller("91350100M000100Y43", "op", Set.of(Caller.Role.OPERATOR), "370102", Caller.Proof.MTLS),
                Optional.of(new GrantFacts(
                        "grant-1",
                        GrantFacts.Status.ACTIVE,
                        "91350100M000100Y43",
                        "scenario",
                        Purpose.ADMINISTRATIVE_BASIS,
                        Instant.EPOCH,
                        Instant.MAX,
                        Set.of("identity-check"),
                        Set.of(),
                        FIELDS,
                        Set.of("370000"))),
                new Ask.Verify("identity-check", FIELDS, Purpose.ADMINISTRATIVE_BASIS, "370102"),
                TimeFacts.at(TestRegistry.CLOCK.instant().atZone(TestRegistry.CLOCK.getZone()), true));
        Obligations obligations = new Obligations(Obligations.AnswerForm.YES_NO, Set.of(), OptionalInt.empty(), false);
        return (AuthorisedCall) new Authoriser(asked -> new Decision.Allow(obligations, "test")).authorise(input);
    }
}
