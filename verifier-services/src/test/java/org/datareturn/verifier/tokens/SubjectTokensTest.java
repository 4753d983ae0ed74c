package org.datareturn.verifier.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.datareturn.verifier.normalise.IdNumber;
import org.datareturn.verifier.normalise.NormalValue;
import org.datareturn.verifier.normalise.Normalisation;
import org.datareturn.verifier.normalise.Parsed;
import org.datareturn.verifier.normalise.PersonName;
import org.junit.jupiter.api.Test;

class SubjectTokensTest {
    private static final NormalValue PERSON = value(IdNumber.parse("11010519491231002X", Clock.systemUTC()));
    private static final NormalValue OTHER = value(IdNumber.parse("440524188001010014", Clock.systemUTC()));
    private static final NormalValue NAME = value(PersonName.parse("张三"));
    private static final NormalValue OTHER_NAME = value(PersonName.parse("李四"));

    @Test
    void givesTheSameTokenForTheSameInputAndAnotherForAnyOther() {
        RecordTokens tokens = TestKeys.fresh().primary();
        assertThat(tokens.key("r", PERSON)).isEqualTo(tokens.key("r", PERSON));
        assertThat(tokens.key("r", PERSON)).isNotEqualTo(tokens.key("r", OTHER));
        assertThat(tokens.key("r", PERSON)).isNotEqualTo(tokens.key("s", PERSON));
        assertThat(tokens.match("r", PERSON, List.of(NAME))).isEqualTo(tokens.match("r", PERSON, List.of(NAME)));
        assertThat(tokens.match("r", PERSON, List.of(NAME))).isNotEqualTo(tokens.match("r", OTHER, List.of(NAME)));
        assertThat(tokens.match("r", PERSON, List.of(NAME)))
                .isNotEqualTo(tokens.match("r", PERSON, List.of(OTHER_NAME)));
    }

    @Test
    void givesUnrelatedTokensUnderAnotherKey() {
        assertThat(TestKeys.fresh().primary().key("r", PERSON))
                .isNotEqualTo(TestKeys.fresh().primary().key("r", PERSON));
    }

    @Test
    void givesTheLedgerATokenThatFindsNoRecord() {
        SubjectTokens tokens = TestKeys.fresh();
        assertThat(tokens.subject(PERSON).hex())
                .hasSize(32)
                .isEqualTo(tokens.subject(PERSON).hex())
                .isNotEqualTo(tokens.primary().key("population", PERSON).toString());
    }

    @Test
    void keepsEveryPartOfAnInputApart() {
        // Moving a boundary between two parts must give another token.
        RecordTokens tokens = TestKeys.fresh().primary();
        Set<String> made = new HashSet<>();
        made.add(tokens.match("ab", PERSON, List.of(NAME, OTHER_NAME)).toString());
        made.add(tokens.match("ab", PERSON, List.of(OTHER_NAME, NAME)).toString());
        made.add(tokens.match("ab", PERSON, List.of(value(PersonName.parse("张三李四"))))
                .toString());
        made.add(tokens.match("a", PERSON, List.of(NAME, OTHER_NAME)).toString());
        made.add(HexFormat.of().formatHex(tokens.seal(List.of("ab", "c"))));
        made.add(HexFormat.of().formatHex(tokens.seal(List.of("a", "bc"))));
        made.add(HexFormat.of().formatHex(tokens.seal(List.of("abc"))));
        assertThat(made).hasSize(7);
    }

    @Test
    void readsOldEditionsUnderTheirOwnKeyAfterRotation() {
        KeysetHandle before = TestKeys.handle();
        SubjectTokens old = TestKeys.of(before);
        SubjectTokens rotated = TestKeys.of(TestKeys.rotated(before));
        assertThat(rotated.primaryKeyId()).isNotEqualTo(old.primaryKeyId());
        assertThat(rotated.under(old.primaryKeyId()))
                .hasValueSatisfying(tokens -> assertThat(tokens.key("r", PERSON))
                        .isEqualTo(old.primary().key("r", PERSON)));
        assertThat(old.under(rotated.primaryKeyId())).isEmpty();
    }

    @Test
    void refusesKeysThatAreNoPseudoRandomFunction() throws GeneralSecurityException {
        AeadConfig.register();
        KeysetHandle aead = KeysetHandle.newBuilder()
                .addEntry(KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                        .withRandomId()
                        .makePrimary())
                .build();
        assertThatThrownBy(() -> new SubjectTokens(aead)).isInstanceOf(GeneralSecurityException.class);
    }

    @Test
    void knowsNormalisationsApart() {
        assertThat(Normalisation.named("id-number")).contains(Normalisation.ID_NUMBER);
        assertThat(Normalisation.named("ID_NUMBER")).isEmpty();
    }

    private static NormalValue value(Parsed<? extends NormalValue> parsed) {
        return switch (parsed) {
            case Parsed.Accepted<? extends NormalValue> accepted -> accepted.value();
            case Parsed.Rejected<? extends NormalValue> rejected -> throw new AssertionError(rejected.reason());
        };
    }
}
