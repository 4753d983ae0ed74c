package org.datareturn.verifier.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.datareturn.verifier.normalise.SyntheticNumbers;
import org.datareturn.verifier.registry.TestRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProductTrialTest {
    private static final String NUMBER = "11010519491231002X";
    private static final String AT = "2026-11-21T09:00:00+08:00";

    @TempDir
    Path folder;

    private Path registry;
    private String out = "";
    private String err = "";

    @BeforeEach
    void write() throws IOException {
        registry = folder.resolve("registry.csv");
        Files.writeString(registry, "id_number,name\n" + NUMBER + ",买买提·阿不都\n440524188001010014,张三\n");
    }

    @Test
    void answersEachLineInOrderAndNothingElse() {
        assertThat(run(
                        "identity-check",
                        ask("1", AT, NUMBER, "买买提 • 阿不都"),
                        ask("\"two\"", AT, NUMBER, "张三"),
                        ask("3", AT, "110105194912310029", "张三"),
                        "",
                        "{\"id\":4,\"operator\":\"a\",\"at\":\"" + AT + "\",\"request\":{\"id_number\":\"" + NUMBER
                                + "\"}}"))
                .isZero();
        List<String> lines = out.lines().toList();
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0)).isEqualTo("{\"id\":1,\"outcome\":\"answered\",\"answer\":\"MATCH\"}");
        assertThat(lines.get(1)).isEqualTo("{\"id\":\"two\",\"outcome\":\"answered\",\"answer\":\"NO\"}");
        assertThat(lines.get(2)).contains("\"outcome\":\"refused\"", "\"reason\":\"ID_NUMBER_CHECK\"", "\"message\":");
        assertThat(lines.get(3)).contains("\"outcome\":\"refused\"", "\"reason\":\"FIELD_MISSING\"");
        assertThat(out).doesNotContain(NUMBER, "张三");
    }

    @Test
    void closesSuspendsAndForgetsOnReset() {
        String[] lines = new String[42];
        for (int i = 0; i < 40; i++) {
            String number = SyntheticNumbers.idNumber("370102", "19900307", "%03d".formatted(i + 1));
            lines[i] = ask("" + i, "2026-11-21T09:%02d:00+08:00".formatted(i), number, "张伟");
        }
        lines[40] = "{\"id\":\"again\",\"reset\":true}";
        lines[41] =
                ask("41", "2026-11-20T09:00:00+08:00", SyntheticNumbers.idNumber("370102", "19900307", "001"), "张伟");
        assertThat(run("identity-check", lines)).isZero();
        List<String> answers = out.lines().toList();
        assertThat(answers.subList(0, 5)).allMatch(line -> line.contains("\"answer\":\"NO\""));
        assertThat(answers.get(5)).contains("\"refused\"", "SUBJECT_CLOSED");
        assertThat(answers.get(39)).contains("\"suspended\"", "OPERATOR_SUSPENDED");
        assertThat(answers.get(40)).isEqualTo("{\"id\":\"again\",\"outcome\":\"reset\"}");
        assertThat(answers.get(41)).contains("\"answer\":\"NO\"");
    }

    @Test
    void readsOverAByteOrderMarkAndKeepsAnOperatorsNameOnItsLine() {
        String[] lines = new String[12];
        for (int i = 0; i < lines.length; i++) {
            String number = SyntheticNumbers.idNumber("370102", "19900307", "%03d".formatted(i + 1));
            lines[i] = (i == 0 ? "\uFEFF" : "") + "{\"id\":" + i + ",\"operator\":\"x\\nrisk event: FORGED\",\"at\":\""
                    + AT + "\",\"request\":{\"id_number\":\"" + number + "\",\"name\":\"张伟\"}}";
        }
        assertThat(run("identity-check", lines)).isZero();
        assertThat(out.lines()).hasSize(lines.length);
        assertThat(err.lines().filter(line -> line.startsWith("risk event: ")))
                .isNotEmpty()
                .allMatch(line -> line.endsWith("by \"x\\nrisk event: FORGED\""));
    }

    @Test
    void countsACanaryOnceAndSuspendsWhoAsksForTwo() throws IOException {
        Path canaries = folder.resolve("canaries.txt");
        String one = SyntheticNumbers.idNumber("370102", "19650101", "111");
        String other = SyntheticNumbers.idNumber("510104", "19700202", "222");
        Files.writeString(canaries, one + "\n" + other + "\n");
        int status = run(
                Optional.of(canaries),
                "identity-check",
                ask("1", AT, one, "王五"),
                ask("2", AT, one, "王五"),
                ask("3", AT, other, "赵六"),
                ask("4", AT, NUMBER, "买买提·阿不都"));
        assertThat(status).isZero();
        List<String> answers = out.lines().toList();
        assertThat(answers.subList(0, 3)).allMatch(line -> line.contains("\"answer\":\"NO\""));
        assertThat(answers.get(3)).contains("OPERATOR_SUSPENDED");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not json",
                "{\"id\":1}",
                "{\"id\":1,\"operator\":\"a\",\"at\":\"2026-11-21\",\"request\":{}}",
                "{\"id\":1,\"operator\":\"a\",\"at\":\"2026-11-21T00:00:00+08:00\",\"request\":{},\"more\":1}",
                "{\"id\":1,\"operator\":\"a\",\"at\":\"2026-11-20T00:00:00+08:00\",\"request\":{}}"
            })
    void endsWithTwoAtALineThatIsNone(String bad) {
        assertThat(run("identity-check", ask("0", AT, NUMBER, "张三"), bad)).isEqualTo(2);
        assertThat(out.lines()).hasSize(1);
        assertThat(err).contains("line 2");
    }

    @Test
    void endsWithTwoAtABadRegistryOrProduct() throws IOException {
        Files.writeString(registry, "id_number,name\n" + NUMBER + ",张三\n123,李四\n");
        assertThat(run("identity-check", ask("1", AT, NUMBER, "张三"))).isEqualTo(2);
        assertThat(err).contains("line 3", "ID_NUMBER_LENGTH").doesNotContain("李四");
        Files.writeString(registry, "number,name\n" + NUMBER + ",张三\n");
        assertThat(run("identity-check", ask("1", AT, NUMBER, "张三"))).isEqualTo(2);
        assertThat(err).contains("REGISTRY_HEADER");
        assertThat(run("no-such-product")).isEqualTo(2);
        assertThat(err).contains("no-such-product", "identity-check");
        Path declaration = folder.resolve("wrong.yaml");
        Files.writeString(declaration, "product: x\n");
        assertThat(run(declaration.toString())).isEqualTo(2);
        assertThat(err).contains("wrong.yaml: ", "fields");
    }

    @Test
    void leavesOutPersonsAboutWhomRowsDisagreeAndSaysSo() throws IOException {
        Files.writeString(registry, "id_number,name\n" + NUMBER + ",张三\n" + NUMBER + ",李四\n440524188001010014,王五\n");
        assertThat(run("identity-check", ask("1", AT, NUMBER, "张三"), ask("2", AT, "440524188001010014", "王五")))
                .isZero();
        assertThat(out.lines().toList().get(0)).contains("\"NO\"");
        assertThat(out.lines().toList().get(1)).contains("\"MATCH\"");
        assertThat(err).contains("ROW_CONTRADICTS", "line 2", "line 3");
    }

    @Test
    @Timeout(60)
    void answersStandardInputAtOnce() throws Exception {
        // The second question is only written once the first answer was read.
        try (PipedInputStream answers = new PipedInputStream();
                PrintStream printed = new PrintStream(new PipedOutputStream(answers), false, StandardCharsets.UTF_8);
                PipedInputStream in = new PipedInputStream();
                ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Future<Integer> status;
            try (PipedOutputStream questions = new PipedOutputStream(in)) {
                TrialOptions options = new TrialOptions("identity-check", registry, Optional.empty(), Optional.empty());
                status = threads.submit(() -> ProductTrial.run(
                        options,
                        TestRegistry.CLOCK,
                        in,
                        printed,
                        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8)));
                for (int i = 0; i < 3; i++) {
                    questions.write((ask("" + i, AT, NUMBER, "张三") + "\n").getBytes(StandardCharsets.UTF_8));
                    questions.flush();
                    StringBuilder line = new StringBuilder();
                    for (int c = answers.read(); c != '\n'; c = answers.read()) {
                        line.append((char) c);
                    }
                    assertThat(line.toString()).contains("\"id\":" + i);
                }
            }
            assertThat(status.get()).isZero();
        }
    }

    private static String ask(String id, String at, String number, String name) {
        return "{\"id\":" + id + ",\"operator\":\"a\",\"at\":\"" + at + "\",\"request\":{\"id_number\":\"" + number
                + "\",\"name\":\"" + name + "\"}}";
    }

    private int run(String product, String... lines) {
        return run(Optional.empty(), product, lines);
    }

    private int run(Optional<Path> canaries, String product, String... lines) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        ByteArrayOutputStream complained = new ByteArrayOutputStream();
        int status = ProductTrial.run(
                new TrialOptions(product, registry, canaries, Optional.empty()),
                TestRegistry.CLOCK,
                new ByteArrayInputStream(String.join("\n", lines).getBytes(StandardCharsets.UTF_8)),
                new PrintStream(printed, false, StandardCharsets.UTF_8),
                new PrintStream(complained, true, StandardCharsets.UTF_8));
        out = printed.toString(StandardCharsets.UTF_8);
        err = complained.toString(StandardCharsets.UTF_8);
        return status;
    }
}
