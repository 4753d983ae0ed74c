package org.datareturn.sandbox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;

/** What {@code --help} says, of every command. */
class HelpTextTest {
    @Test
    void everySentenceEndsBeforeAnotherFollows() {
        List<String> open = new ArrayList<>();
        int looked = look(SandboxCommand.commandLine(), open);
        assertThat(open).isEmpty();
        assertThat(looked).isGreaterThan(20);
    }

    /** Commands speak in sentences; options too, where they say more than one thing. */
    private static int look(CommandLine line, List<String> open) {
        String[] sentences = line.getCommandSpec().usageMessage().description();
        ended(sentences, open);
        for (ArgSpec argument : line.getCommandSpec().args()) {
            if (argument.description().length > 1) {
                ended(argument.description(), open);
            }
        }
        int looked = sentences.length;
        for (CommandLine sub : line.getSubcommands().values()) {
            looked += look(sub, open);
        }
        return looked;
    }

    private static void ended(String[] sentences, List<String> open) {
        for (String sentence : sentences) {
            if (!sentence.endsWith(".") && !sentence.endsWith("。")) {
                open.add(sentence);
            }
        }
    }
}
