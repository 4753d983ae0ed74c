package org.datareturn.verifier.probing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import org.datareturn.verifier.normalise.SyntheticNumbers;
import org.datareturn.verifier.reason.VerifierReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** People who do their work, and sometimes mistype: nobody is suspended and nobody closed for it. */
class OrdinaryTrafficTest {
    private static final int CHECKS = 50_000;
    private static final int TYPING_ERRORS_PERCENT = 3;

    /** How often a wrong number has a check character that fits, in percent: what checks before sending lets through. */
    @ParameterizedTest
    @CsvSource({
        "1, 5000, 5, 1",
        "2, 5000, 5, 1",
        "3, 20000, 30, 60",
        "4, 1000, 1, 1",
        "5, 1000, 3, 3600",
        "6, 500, 10, 1",
        "7, 2000, 2, 30"
    })
    void sees50000ChecksWithTypingErrorsWithoutAFalseAlarm(long seed, int people, int operators, int secondsApart) {
        Town town = new Town(seed, people);
        int asked = 0;
        while (asked < CHECKS) {
            Town.Person person = town.anybody();
            String operator = "op-" + town.random.nextInt(operators);
            asked++;
            if (town.random.nextInt(100) < TYPING_ERRORS_PERCENT) {
                // Mistyped; corrected at the second or third try.
                for (int tries = 1 + town.random.nextInt(2); tries > 0; tries--, asked++) {
                    Town.Person typed = mistyped(town, person);
                    assertThat(town.ask(operator, typed.number(), typed.name()))
                            .isIn(Town.Told.NO, Town.Told.MATCH, Town.Told.REFUSED);
                    town.clock.move(Duration.ofSeconds(secondsApart));
                }
            }
            assertThat(town.ask(operator, person.number(), person.name())).isEqualTo(Town.Told.MATCH);
            town.clock.move(Duration.ofSeconds(secondsApart));
        }
        assertThat(town.events).isEmpty();
        assertThat(town.refusals(VerifierReason.SUBJECT_CLOSED)).isZero();
        assertThat(town.refusals(VerifierReason.OPERATOR_THROTTLED)).isZero();
    }

    @Test
    void letsAVillageBeProcessedFamilyByFamilyWithTwinsAndOneSurname() {
        Town town = new Town(11, 0);
        for (int family = 0; family < 800; family++) {
            String born = town.date(LocalDate.of(1950, 1, 1).plusDays(town.random.nextInt(20_000)));
            int twins = 2 + town.random.nextInt(3);
            for (int i = 0; i < twins; i++) {
                town.settle(
                        SyntheticNumbers.idNumber("370983", born, "%03d".formatted(1 + town.random.nextInt(999))),
                        "孔" + town.name().substring(1));
            }
        }
        for (int round = 0; round < 3; round++) {
            for (Town.Person person : town.persons) {
                if (town.random.nextInt(100) < TYPING_ERRORS_PERCENT) {
                    Town.Person typed = mistyped(town, person);
                    town.ask("clerk", typed.number(), typed.name());
                }
                assertThat(town.ask("clerk", person.number(), person.name())).isEqualTo(Town.Told.MATCH);
                town.clock.move(Duration.ofSeconds(2));
            }
        }
        assertThat(town.events).isEmpty();
    }

    /** One digit changed, two transposed, a wrong character in the name, or — rarely — a wrong number that checks. */
    private static Town.Person mistyped(Town town, Town.Person person) {
        String number = person.number();
        int at = town.random.nextInt(16);
        return switch (town.random.nextInt(10)) {
            case 0, 1, 2 ->
                new Town.Person(
                        number.substring(0, at) + town.random.nextInt(10) + number.substring(at + 1), person.name());
            case 3, 4 ->
                new Town.Person(
                        number.substring(0, at) + number.charAt(at + 1) + number.charAt(at) + number.substring(at + 2),
                        person.name());
            case 5 -> {
                String body = number.substring(0, 14) + "%03d".formatted(town.random.nextInt(1000));
                yield new Town.Person(
                        SyntheticNumbers.idNumber(body.substring(0, 6), body.substring(6, 14), body.substring(14)),
                        person.name());
            }
            default ->
                new Town.Person(number, person.name().charAt(0) + town.name().substring(1));
        };
    }
}
