package org.datareturn.verifier.probing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.datareturn.policy.Refusal;
import org.datareturn.verifier.normalise.IdNumber;
import org.datareturn.verifier.normalise.Parsed;
import org.datareturn.verifier.normalise.PersonName;
import org.datareturn.verifier.normalise.SyntheticNumbers;
import org.datareturn.verifier.reason.VerifierReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Questions asked together are decided as if each had been asked alone, after those before it. */
class AskAllTest {
    private static final Asker CLERK = new Asker("91350100M000100Y43", "clerk", "grant-1");
    private static final Refusal MALFORMED = Refusal.of(VerifierReason.ID_NUMBER_CHECK, "id_number");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void decidesAsWhenAskedOneByOne(long seed) {
        Town town = new Town(seed, 300);
        List<Town.Person> asked = mixture(town);
        Set<Town.Person> settled = new HashSet<>(town.persons);
        List<String> alone = new ArrayList<>();
        for (Town.Person person : asked) {
            alone.add(told(aloneOf(town.guard, person, settled)));
        }
        Town other = new Town(seed, 0);
        List<String> together = new ArrayList<>();
        for (int from = 0; from < asked.size(); from += 250) {
            askAll(other.guard, asked.subList(from, Math.min(from + 250, asked.size())), settled)
                    .forEach(guarded -> together.add(told(guarded)));
        }
        assertThat(together).isEqualTo(alone);
        assertThat(other.events).hasSameSizeAs(town.events);
        assertThat(together).contains("true", "false", "SUBJECT_CLOSED", "ID_NUMBER_CHECK");
    }

    @Test
    void seesWhatWasOnlyRenewedBeforeTheEnd() {
        InProcessProbeMemory memory = new InProcessProbeMemory();
        Instant now = Instant.parse("2026-01-05T08:00:00Z");
        memory.alone(Set.of(), kept -> {
            kept.enter("cell", new ProbeEntry("earlier", "", now));
            TogetherUnit unit = new TogetherUnit(kept);
            unit.renew("cell", new ProbeEntry("now", "", now));
            assertThat(unit.entries(List.of("cell"), Instant.EPOCH).getOrDefault("cell", List.of()))
                    .extracting(ProbeEntry::item)
                    .containsExactly("earlier", "now");
            unit.forget("cell", "earlier");
            assertThat(unit.entries(List.of("cell"), Instant.EPOCH).getOrDefault("cell", List.of()))
                    .extracting(ProbeEntry::item)
                    .containsExactly("now");
            return true;
        });
    }

    @Test
    void endsWithTheQuestionThatIsTheLast() {
        Town town = new Town(5, 20);
        Set<Town.Person> settled = new HashSet<>(town.persons);
        List<Guarded<Boolean>> outcomes = town.guard.askAll(
                CLERK,
                "identity-check",
                town.persons.stream()
                        .map(person -> asked(town.guard, person, settled))
                        .toList(),
                match -> Bearing.NOTHING,
                new SeventhIs(),
                found -> Optional.empty());
        assertThat(outcomes).hasSize(7);
    }

    private static final class SeventhIs implements java.util.function.Predicate<Guarded<Boolean>> {
        private int seen;

        @Override
        public boolean test(Guarded<Boolean> outcome) {
            return ++seen == 7;
        }
    }

    @Test
    void tellsWhatIsLeftOfTheAskersOwnQuotasWhateverTheAnswer() {
        Town town = new Town(6, 20);
        ProbingLimits.Quotas quotas = ProbingLimits.standard().quotas();
        Asker clerk = new Asker("91350100M000100Y43", "clerk", "grant-1", OptionalLong.of(50), Optional.empty());
        Asker colleague =
                new Asker("91350100M000100Y43", "colleague", "grant-1", OptionalLong.of(50), Optional.empty());
        Asker stranger = new Asker("91110000000000000X", "clerk", "grant-2");
        assertThat(left(town, clerk, true)).isEqualTo(new QuotaLeft(49, quotas.operatorPerDay() - 1));
        assertThat(left(town, clerk, false)).isEqualTo(new QuotaLeft(48, quotas.operatorPerDay() - 2));
        assertThat(left(town, stranger, true))
                .isEqualTo(new QuotaLeft(quotas.grantPerDay() - 1, quotas.operatorPerDay() - 1));
        assertThat(left(town, colleague, true)).isEqualTo(new QuotaLeft(47, quotas.operatorPerDay() - 1));
        for (int i = 3; i < 50; i++) {
            left(town, clerk, true);
        }
        assertThat(told(ask(town, clerk, true))).isEqualTo("GRANT_QUOTA_USED_UP");
    }

    private static QuotaLeft left(Town town, Asker asker, boolean matches) {
        Guarded<Boolean> guarded = ask(town, asker, matches);
        assertThat(guarded).isInstanceOf(Guarded.Answered.class);
        return ((Guarded.Answered<Boolean>) guarded).left();
    }

    private static Guarded<Boolean> ask(Town town, Asker asker, boolean matches) {
        Town.Person person = town.persons.getFirst();
        return switch (asked(town.guard, person, matches ? Set.of(person) : Set.of())) {
            case Asked.WellFormed<Boolean> sound ->
                town.guard.ask(asker, sound.question().question(), sound.lookUp(), AskAllTest::bearing);
            case Asked.Malformed<Boolean> malformed -> throw new AssertionError("everybody has a number");
        };
    }

    /** Ordinary people, malformed numbers, and 60 candidates for one person among them. */
    private static List<Town.Person> mixture(Town town) {
        List<Town.Person> asked = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            Town.Person person = town.anybody();
            asked.add(
                    switch (i % 20) {
                        case 3 -> new Town.Person(person.number().substring(0, 17) + "?", person.name());
                        case 7, 11 ->
                            new Town.Person(SyntheticNumbers.idNumber("370102", "19900307", "%03d".formatted(i)), "张伟");
                        default -> person;
                    });
        }
        return asked;
    }

    private static Guarded<Boolean> aloneOf(ProbeGuard guard, Town.Person person, Set<Town.Person> settled) {
        return switch (asked(guard, person, settled)) {
            case Asked.WellFormed<Boolean> sound ->
                guard.ask(CLERK, sound.question().question(), sound.lookUp(), AskAllTest::bearing);
            case Asked.Malformed<Boolean> malformed ->
                guard.malformed(CLERK, "identity-check", malformed.request(), malformed.refusal());
        };
    }

    private static List<Guarded<Boolean>> askAll(ProbeGuard guard, List<Town.Person> people, Set<Town.Person> settled) {
        return guard.askAll(
                CLERK,
                "identity-check",
                people.stream().map(person -> asked(guard, person, settled)).toList(),
                AskAllTest::bearing,
                outcome -> false,
                outcomes -> Optional.empty());
    }

    private static Bearing bearing(boolean match) {
        return match ? Bearing.NOTHING : Bearing.MISS;
    }

    private static Asked<Boolean> asked(ProbeGuard guard, Town.Person person, Set<Town.Person> settled) {
        return IdNumber.parse(person.number(), Town.today()) instanceof Parsed.Accepted<IdNumber>(IdNumber id)
                        && PersonName.parse(person.name()) instanceof Parsed.Accepted<PersonName>(PersonName name)
                ? new Asked.WellFormed<>(guard.posed(CLERK, Town.question(id, name)), () -> settled.contains(person))
                : new Asked.Malformed<>(List.of(person.number(), person.name()), MALFORMED);
    }

    private static String told(Guarded<Boolean> guarded) {
        return switch (guarded) {
            case Guarded.Answered<Boolean> answered -> answered.answer().toString();
            case Guarded.Refused<Boolean>(Refusal refusal) -> refusal.reason().name();
            case Guarded.Suspended<Boolean>(Refusal refusal) -> refusal.reason().name();
        };
    }
}
