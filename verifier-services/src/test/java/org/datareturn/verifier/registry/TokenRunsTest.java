package org.datareturn.verifier.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.datareturn.verifier.tokens.MatchToken;
import org.datareturn.verifier.tokens.RecordKey;
import org.datareturn.verifier.tokens.RecordValue;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenRunsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 99, 100, 101, 300, 1234})
    void givesBackEverythingInOrderHoweverManyRunsItTook(int count) throws IOException {
        SplittableRandom random = new SplittableRandom(count);
        TokenRuns runs = new TokenRuns(folder, 100);
        List<TokenRuns.Entry> added = new ArrayList<>();
        for (int line = 0; line < count; line++) {
            byte[] key = new byte[RecordKey.LENGTH];
            // Few distinct keys, high and low first bytes: equal keys in different runs, and unsigned order.
            key[0] = (byte) random.nextInt(256);
            byte[] match = new byte[MatchToken.LENGTH];
            random.nextBytes(match);
            TokenRuns.Entry entry =
                    new TokenRuns.Entry(new RecordKey(key), RecordValue.of(new MatchToken(match)), 0, line);
            added.add(entry);
            runs.add(entry);
            if (runs.isFull()) {
                runs.spill();
            }
        }
        List<TokenRuns.Entry> given = new ArrayList<>();
        runs.drain(given::add);
        assertThat(given).containsExactlyElementsOf(added.stream().sorted().toList());
    }
}
