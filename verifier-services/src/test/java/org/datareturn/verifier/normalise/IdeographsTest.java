package org.datareturn.verifier.normalise;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import org.junit.jupiter.api.Test;

/** Names of unified ideographs are taken as they are; that is right only as long as normalising would not change them. */
class IdeographsTest {
    @Test
    void areLettersThatNormalisingNeitherChangesNorDrops() {
        for (char c = 0x4E00; c <= 0x9FFF; c++) {
            String text = Character.toString(c);
            assertThat(Normalizer.normalize(text, Normalizer.Form.NFKC)).isEqualTo(text);
            assertThat(Invisible.is(c)).isFalse();
            assertThat(Character.getType(c)).isEqualTo(Character.OTHER_LETTER);
        }
    }

    @Test
    void nextToOthersAreStillHeldToEveryRule() {
        assertThat(plain("王 小明")).isEqualTo("王小明");
        assertThat(plain("阿依古丽•买买提")).isEqualTo("阿依古丽·买买提");
        assertThat(PersonName.parse("王".repeat(65))).isInstanceOf(Parsed.Rejected.class);
    }

    private static String plain(String text) {
        return PersonName.parse(text) instanceof Parsed.Accepted<PersonName>(PersonName name) ? name.plain() : "?";
    }
}
