package org.datareturn.sandbox.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifiersTest {
    @Test
    void acceptsACreditCodeThatIsPublicKnowledge() {
        // The example of GB 32100-2015's own annex.
        assertThat(CreditCode.isValid("91350100M000100Y43")).isTrue();
    }

    @Test
    void refusesEveryOtherCheckCharacterAndEveryChangedDigit() {
        String code = DevelopmentIdentities.COUNTY_CIVIL_AFFAIRS.code();
        for (char other : "0123456789ABCDEFGHJKLMNPQRTUWXY".toCharArray()) {
            for (int place = 0; place < code.length(); place++) {
                if (code.charAt(place) != other) {
                    assertThat(CreditCode.isValid(code.substring(0, place) + other + code.substring(place + 1)))
                            .isFalse();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "1", "91350100M000100Y4", "91350100M000100Y430", "91350100m000100y43", "9135010OM000100Y43"})
    void refusesWhatIsNoCreditCode(String text) {
        assertThat(CreditCode.isValid(text)).isFalse();
        assertThatThrownBy(() -> new CreditCode(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void givesItsWholeCastValidCodes() {
        assertThat(DevelopmentIdentities.all())
                .allSatisfy(identity -> assertThat(
                                CreditCode.isValid(identity.organisation().code()))
                        .isTrue());
    }

    @Test
    void knowsWhatLiesWithinWhat() {
        Region province = new Region("370000");
        Region city = new Region("370800");
        Region county = new Region("370812");
        assertThat(county.upwards()).containsExactly(county, city, province);
        assertThat(province.covers(county)).isTrue();
        assertThat(city.covers(county)).isTrue();
        assertThat(county.covers(county)).isTrue();
        assertThat(county.covers(city)).isFalse();
        assertThat(new Region("370700").covers(county)).isFalse();
        assertThat(new Region("110000").covers(county)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "37", "37081", "3708120", "370012", "070000", "37O812", "３７０８１２"})
    void refusesWhatIsNoDivision(String text) {
        assertThat(Region.isValid(text)).isFalse();
        assertThatThrownBy(() -> new Region(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
