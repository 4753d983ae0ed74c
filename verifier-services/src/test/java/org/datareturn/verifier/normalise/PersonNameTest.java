package org.datareturn.verifier.normalise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.datareturn.verifier.reason.VerifierReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PersonNameTest {
    private static final String UYGHUR = "买买提·阿不都";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "买买提•阿不都",
                "买买提・阿不都",
                "买买提･阿不都",
                "买买提‧阿不都",
                "买买提∙阿不都",
                "买买提⋅阿不都",
                "买买提\u0387阿不都",
                "买买提ㆍ阿不都",
                "买买提●阿不都",
                "买买提.阿不都",
                "买买提．阿不都",
                "买买提 · 阿不都",
                "买买提\u00A0·\u3000阿不都",
                "\u200B买买提·阿\u200D不都\uFEFF",
                "买\uFE00买提·阿不都\uDB40\uDD00"
            })
    void takesEverySpellingOfOneNameForTheSame(String typed) {
        assertThat(plain(typed)).isEqualTo(UYGHUR);
    }

    @ParameterizedTest
    @CsvSource({
        "Ａｌｉｃｅ, Alice",
        "张 三, 张三",
        "\u3000张三\u3000, 张三",
        "\uF9D1, 六", // a compatibility ideograph
        "⼭川, 山川", // a Kangxi radical
        "e\u0301lise, \u00E9lise"
    })
    void foldsCompatibilityFormsAndSpaces(String typed, String normal) {
        assertThat(plain(typed)).isEqualTo(plain(normal));
    }

    @ParameterizedTest
    @CsvSource({"张三, 張三", "刘, 劉", "云, 雲", "后, 後", "张三, 张叁", "买买提·阿不都, 买买提阿不都", "Alice, alice", "é, e", "士, 土", "戸, 户"})
    void keepsDifferentNamesApart(String one, String other) {
        assertThat(plain(one)).isNotEqualTo(plain(other));
    }

    @ParameterizedTest
    @CsvSource({
        "'', PERSON_NAME_EMPTY",
        "' \u3000\u200B', PERSON_NAME_EMPTY",
        "·, PERSON_NAME_CHARACTER",
        "张?, PERSON_NAME_CHARACTER",
        "张*, PERSON_NAME_CHARACTER",
        "张%, PERSON_NAME_CHARACTER",
        "'张,三', PERSON_NAME_CHARACTER",
        "张\u0000三, PERSON_NAME_CHARACTER",
        "张\uD800三, PERSON_NAME_CHARACTER",
        "<张三>, PERSON_NAME_CHARACTER"
    })
    void refusesWithTheKindOfMistake(String typed, VerifierReason reason) {
        assertThat(PersonName.parse(typed)).isEqualTo(new Parsed.Rejected<>(reason));
    }

    @Test
    void refusesWhatIsLongerThanAnyName() {
        assertThat(PersonName.parse("张".repeat(64))).isInstanceOf(Parsed.Accepted.class);
        assertThat(PersonName.parse("张".repeat(65)))
                .isEqualTo(new Parsed.Rejected<>(VerifierReason.PERSON_NAME_LENGTH));
        assertThat(PersonName.parse("\uFDFA".repeat(1_000_000)))
                .isEqualTo(new Parsed.Rejected<>(VerifierReason.PERSON_NAME_LENGTH));
    }

    @Test
    void keepsRareCharactersOfEveryPlane() {
        for (String rare : new String[] {"\uD840\uDC00", "𬎆", "\uE863", "〇", "々", "\uD88C\uDFB0"}) {
            assertThat(plain("张" + rare)).isEqualTo("张" + rare);
        }
    }

    @Test
    void isIdempotentOnWhateverIsTyped() {
        SplittableRandom random = new SplittableRandom(20261121);
        int accepted = 0;
        for (int n = 0; n < 20_000; n++) {
            StringBuilder typed = new StringBuilder();
            for (int length = 1 + random.nextInt(8); length > 0; length--) {
                typed.appendCodePoint(
                        switch (random.nextInt(6)) {
                            case 0 -> random.nextInt(0x110000);
                            case 1 -> 0x300 + random.nextInt(0x70);
                            case 2 -> random.nextInt(0x500);
                            case 3 -> 0x2000 + random.nextInt(0x1000);
                            case 4 -> 0xF900 + random.nextInt(0x700);
                            default -> 0x4E00 + random.nextInt(0x5200);
                        });
            }
            if (PersonName.parse(typed.toString()) instanceof Parsed.Accepted<PersonName> first) {
                accepted++;
                assertThat(plain(first.value().plain())).isEqualTo(first.value().plain());
            }
        }
        assertThat(accepted).isGreaterThan(2_000);
    }

    @Test
    void neverPrintsItself() {
        assertThat(PersonName.parse("张三").toString()).doesNotContain("张");
    }

    private static String plain(String typed) {
        return switch (PersonName.parse(typed)) {
            case Parsed.Accepted<PersonName> good -> good.value().plain();
            case Parsed.Rejected<PersonName> bad -> throw new AssertionError(typed + " rejected: " + bad.reason());
        };
    }
}
