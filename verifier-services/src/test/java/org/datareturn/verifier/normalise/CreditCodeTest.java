package org.datareturn.verifier.normalise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.datareturn.verifier.reason.VerifierReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The example of GB 32100-2015, 91350100M000100Y43, worked by hand: 9·1 + 1·3 + 3·9 + 5·27 + 1·26 + 21·20 + 1·8 + 30·30 +
 * 4·28 = 1640 ≡ 28 (mod 31), and 31 − 28 = 3.
 */
class CreditCodeTest {
    @ParameterizedTest
    @ValueSource(strings = {"91350100M000100Y43", "91350100m000100y43", " ９１３５０１００Ｍ０００１００Ｙ４３ ", "91350100M 000100Y43"})
    void acceptsTheExampleOfTheStandardHoweverItWasTyped(String typed) {
        assertThat(CreditCode.parse(typed))
                .isInstanceOfSatisfying(
                        Parsed.Accepted.class,
                        accepted -> assertThat(((CreditCode) accepted.value()).plain())
                                .isEqualTo("91350100M000100Y43"));
    }

    @ParameterizedTest
    @CsvSource({
        "91350100M000100Y44, CREDIT_CODE_CHECK",
        "91350100M000100Y4, CREDIT_CODE_LENGTH",
        "91350100M000100Y433, CREDIT_CODE_LENGTH",
        "91350100I000100Y43, CREDIT_CODE_CHARACTER",
        "91350100O000100Y43, CREDIT_CODE_CHARACTER",
        "91350100Z000100Y43, CREDIT_CODE_CHARACTER",
        "91350100S000100Y43, CREDIT_CODE_CHARACTER",
        "91350100V000100Y43, CREDIT_CODE_CHARACTER",
        "91A50100M000100Y43, CREDIT_CODE_CHARACTER",
        "'', CREDIT_CODE_LENGTH"
    })
    void refusesWithTheKindOfMistake(String code, VerifierReason reason) {
        assertThat(CreditCode.parse(code)).isEqualTo(new Parsed.Rejected<>(reason));
    }

    @Test
    void noticesEverySingleWrongCharacter() {
        SplittableRandom random = new SplittableRandom(32100);
        String letters = "0123456789ABCDEFGHJKLMNPQRTUWXY";
        for (int n = 0; n < 500; n++) {
            String code = SyntheticNumbers.creditCode(random);
            assertThat(CreditCode.parse(code)).isInstanceOf(Parsed.Accepted.class);
            int place = 8 + random.nextInt(9);
            char other = letters.charAt((letters.indexOf(code.charAt(place)) + 1 + random.nextInt(30)) % 31);
            assertThat(CreditCode.parse(code.substring(0, place) + other + code.substring(place + 1)))
                    .isEqualTo(new Parsed.Rejected<>(VerifierReason.CREDIT_CODE_CHECK));
        }
    }
}
