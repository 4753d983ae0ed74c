package org.datareturn.verifier.normalise;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.SplittableRandom;
import org.datareturn.verifier.reason.VerifierReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The two examples of GB 11643-1999 itself, worked by hand: for 11010519491231002X the weighted sum is
 * 7+9+5+20+2+9+24+27+7+18+30+5+4 = 167 ≡ 2 (mod 11), whose check character is X.
 */
class IdNumberTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-20T16:30:00Z"), ZoneId.of("Asia/Shanghai"));

    @ParameterizedTest
    @ValueSource(strings = {"11010519491231002X", "440524188001010014"})
    void acceptsTheExamplesOfTheStandard(String number) {
        assertThat(accepted(number)).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "11010519491231002x",
                "１１０１０５１９４９１２３１００２Ｘ",
                "１１０１０５１９４９１２３１００２ｘ",
                " 110105 19491231 002X\t",
                "\uFEFF11010519491231002X\u200B",
                "\u300011010519491231002X"
            })
    void readsTheSameNumberHoweverItWasTyped(String typed) {
        assertThat(accepted(typed)).isEqualTo("11010519491231002X");
    }

    @Test
    void liftsTheOldFifteenDigitsToEighteen() {
        assertThat(accepted("110105491231002")).isEqualTo("11010519491231002X");
    }

    @Test
    void placesCentenariansOfTheOldKindInTheNineteenthCentury() {
        // Sequence digits 996–999 of GB 11643-1989.
        assertThat(accepted("110105801231998")).startsWith("11010518801231998");
    }

    @ParameterizedTest
    @CsvSource({
        "110105194912310021, ID_NUMBER_CHECK",
        "11010519491231003X, ID_NUMBER_CHECK",
        "11010591491231002X, ID_NUMBER_CHECK",
        "1101051949123100X2, ID_NUMBER_CHARACTER",
        "11010519491231002Y, ID_NUMBER_CHARACTER",
        "A1010519491231002X, ID_NUMBER_CHARACTER",
        "1101051949123100, ID_NUMBER_LENGTH",
        "11010519491231002, ID_NUMBER_LENGTH",
        "11010519491231002XX, ID_NUMBER_LENGTH",
        "'', ID_NUMBER_LENGTH",
        "11010549123100X, ID_NUMBER_CHARACTER",
        "110105490231002, ID_NUMBER_BIRTH_DATE",
        "990105491231002, ID_NUMBER_AREA"
    })
    void refusesWithTheKindOfMistake(String number, VerifierReason reason) {
        assertThat(rejected(number)).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "19490230, ID_NUMBER_BIRTH_DATE",
        "19001301, ID_NUMBER_BIRTH_DATE",
        "19000229, ID_NUMBER_BIRTH_DATE",
        "17991231, ID_NUMBER_BIRTH_DATE",
        "00000000, ID_NUMBER_BIRTH_DATE",
        "20261122, ID_NUMBER_BIRTH_IN_FUTURE",
        "99991231, ID_NUMBER_BIRTH_IN_FUTURE"
    })
    void refusesDatesOfBirthThatCannotBe(String date, VerifierReason reason) {
        assertThat(rejected(SyntheticNumbers.idNumber("370102", date, "001"))).isEqualTo(reason);
    }

    @Test
    void readsTodayInTheClocksOwnZone() {
        // 16:30 UTC on the 20th is the 21st in Shanghai.
        assertThat(accepted(SyntheticNumbers.idNumber("370102", "20261121", "001")))
                .isNotEmpty();
        assertThat(IdNumber.parse(
                        SyntheticNumbers.idNumber("370102", "20261121", "001"), CLOCK.withZone(ZoneId.of("UTC"))))
                .isInstanceOf(Parsed.Rejected.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "10", "16", "20", "38", "51", "66", "70", "72", "80", "84", "90", "99"})
    void refusesAreasOutsideGbt2260(String province) {
        String number = SyntheticNumbers.idNumber(province + "0102", "19800101", "001");
        if (province.equals("51")) {
            assertThat(accepted(number)).isEqualTo(number);
        } else {
            assertThat(rejected(number)).isEqualTo(VerifierReason.ID_NUMBER_AREA);
        }
    }

    @Test
    void noticesEverySingleWrongDigitAndEverySwapOfNeighbours() {
        // What ISO 7064 MOD 11-2 promises, against numbers whose check character was found by its recursive form.
        SplittableRandom random = new SplittableRandom(11643);
        for (int n = 0; n < 500; n++) {
            String number = SyntheticNumbers.idNumber(random, LocalDate.of(2020, 1, 1));
            assertThat(accepted(number)).isEqualTo(number);
            int place = random.nextInt(17);
            char other = (char) ('0' + (number.charAt(place) - '0' + 1 + random.nextInt(9)) % 10);
            assertThat(rejected(number.substring(0, place) + other + number.substring(place + 1)))
                    .isEqualTo(VerifierReason.ID_NUMBER_CHECK);
            int swap = random.nextInt(16);
            if (number.charAt(swap) != number.charAt(swap + 1)) {
                assertThat(rejected(number.substring(0, swap)
                                + number.charAt(swap + 1)
                                + number.charAt(swap)
                                + number.substring(swap + 2)))
                        .isEqualTo(VerifierReason.ID_NUMBER_CHECK);
            }
        }
    }

    @Test
    void doesNotWorkOnEndlessInput() {
        assertThat(rejected("1".repeat(1_000_000))).isEqualTo(VerifierReason.ID_NUMBER_LENGTH);
    }

    @Test
    void neverPrintsItself() {
        assertThat(IdNumber.parse("11010519491231002X", CLOCK).toString()).doesNotContain("1949");
    }

    private static String accepted(String text) {
        return switch (IdNumber.parse(text, CLOCK)) {
            case Parsed.Accepted<IdNumber> good -> good.value().plain();
            case Parsed.Rejected<IdNumber> bad -> throw new AssertionError("rejected: " + bad.reason());
        };
    }

    private static VerifierReason rejected(String text) {
        return switch (IdNumber.parse(text, CLOCK)) {
            case Parsed.Accepted<IdNumber> good ->
                throw new AssertionError("accepted: " + good.value().plain());
            case Parsed.Rejected<IdNumber> bad -> bad.reason();
        };
    }
}
