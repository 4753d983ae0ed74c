package org.datareturn.sandbox.zone.flight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LikePatternTest {
    @ParameterizedTest
    @CsvSource({
        "%, '', true", "'', '', true", "'', a, false", "person, person, true", "person, persons, false",
        "p%n, person, true", "p%n, pain, true", "p%x, person, false", "_erson, person, true", "_, '', false",
        "%人口%, 常住人口表, true", "a\\_b, a_b, true", "a\\_b, axb, false", "%%a, bca, true", "a%b%c, aXbXbXc, true"
    })
    void matchesAsSqlLike(String pattern, String text, boolean matches) {
        assertThat(new LikePattern(pattern).matches(text)).isEqualTo(matches);
    }

    @Test
    void staysFastOnPatternsMadeToBeSlow() {
        String pattern = "%a".repeat(5_000) + "b";
        assertThatCode(() -> assertThat(new LikePattern(pattern).matches("a".repeat(5_000)))
                        .isFalse())
                .doesNotThrowAnyException();
    }
}
