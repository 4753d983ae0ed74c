package org.datareturn.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.Locale;
import org.datareturn.guard.sql.SqlReader;
import org.datareturn.policy.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GuardRulesDocTest {
    private static String doc() throws IOException {
        return Files.readString(Path.of("../docs/guard-rules.md"));
    }

    @ParameterizedTest
    @EnumSource
    void explainsEveryCode(GuardReason reason) throws IOException {
        assertThat(doc()).contains("`" + reason.name() + "`");
    }

    @Test
    void explainsEveryRule() throws IOException {
        String doc = doc();
        assertThat(SqlReader.rules())
                .hasSizeGreaterThanOrEqualTo(3)
                .allSatisfy(rule -> assertThat(doc)
                        .contains(
                                "`" + rule.getKey() + "`", "`" + rule.getValue().name() + "`"));
    }

    @ParameterizedTest
    @EnumSource
    void hasAMessageInBothLanguages(GuardReason reason) {
        Refusal refusal = Refusal.of(reason, "word");
        assertThat(refusal.messageEn()).isNotBlank().doesNotContain("{");
        assertThat(refusal.messageZh()).isNotBlank().doesNotContain("{");
        assertThat(new MessageFormat(reason.en(), Locale.ROOT).getFormats().length)
                .isEqualTo(new MessageFormat(reason.zh(), Locale.ROOT).getFormats().length);
    }
}
