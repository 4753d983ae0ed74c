package org.datareturn.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.MessageFormat;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The catalogue of reasons. */
class PolicyReasonTest {
    private static final Pattern PLACE = Pattern.compile("\\{(\\d+)");
    private static final Pattern HAN = Pattern.compile("\\p{IsHan}");

    @ParameterizedTest
    @EnumSource(PolicyReason.class)
    void speaksBothLanguagesWithTheSameArguments(PolicyReason reason) {
        assertThat(reason.zh()).matches(zh -> HAN.matcher(zh).find());
        assertThat(reason.en()).isNotBlank().doesNotMatch(HAN.pattern());
        assertThat(places(reason.zh())).isEqualTo(places(reason.en()));
    }

    @ParameterizedTest
    @EnumSource(PolicyReason.class)
    void isReadAsItIsWritten(PolicyReason reason) {
        // A single quote that is not doubled would vanish here, and take a placeholder with it.
        assertThat(MessageFormat.format(reason.zh(), new Object[0]))
                .isEqualTo(reason.zh().replace("''", "'"));
        assertThat(MessageFormat.format(reason.en(), new Object[0]))
                .isEqualTo(reason.en().replace("''", "'"));
        assertThat(Refusal.of(reason).messageEn()).isNotBlank();
    }

    @Test
    void codesAreUniqueAndUpperSnakeCase() {
        assertThat(Arrays.stream(PolicyReason.values()).map(ReasonCode::name))
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[A-Z]+(_[A-Z]+)+"));
    }

    @Test
    void aGrantOfAnotherIsToldLikeOneThatDoesNotExist() {
        PolicyReason others = PolicyReason.GRANT_OF_ANOTHER_ORGANISATION;
        assertThat(others.told()).isEqualTo(PolicyReason.GRANT_UNKNOWN);
        assertThat(others.kind()).isEqualTo(PolicyReason.GRANT_UNKNOWN.kind());
        assertThat(others.zh()).isEqualTo(PolicyReason.GRANT_UNKNOWN.zh());
        assertThat(others.en()).isEqualTo(PolicyReason.GRANT_UNKNOWN.en());
    }

    private static Set<String> places(String template) {
        Set<String> places = new TreeSet<>();
        Matcher matcher = PLACE.matcher(template);
        while (matcher.find()) {
            places.add(matcher.group(1));
        }
        return places;
    }
}
