package org.datareturn.verifier.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.datareturn.verifier.registry.TestRegistry;

/** Questions gathered one after the other and then put to a trial; what came of each, in a word. For one thread. */
final class TrialTalk {
    private final Path folder;
    private final String product;
    private final List<String> rows = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private OffsetDateTime at = OffsetDateTime.parse("2026-11-21T09:00:00+08:00");
    private String events = "";

    /**
     * A talk.
     *
     * @param product a standard product's name, or a declaration's file
     * @param header columns of the registry
     */
    TrialTalk(Path folder, String product, String header) {
        this.folder = folder;
        this.product = product;
        rows.add(header);
    }

    /** Writes a declaration that asks, matches and holds conditions as told; each field as {@code name: role normalisation}. */
    static Path declaration(Path folder, String name, String more, String... fields) throws IOException {
        StringBuilder text = new StringBuilder(
                "product: " + name + "\ntitle: { zh: 试, en: trial }\nregistry: " + name + "\nfields:\n");
        List<String> names = new ArrayList<>();
        for (String field : fields) {
            List<String> words = List.of(field.split("[: ]+", -1));
            names.add(words.get(0));
            text.append("  %s: { role: %s, normalisation: %s }\n".formatted(words.get(0), words.get(1), words.get(2)));
        }
        text.append(more).append("answers: [yes-no]\ngrant_fields: [").append(String.join(", ", names));
        text.append("]\nsource: { provider: { zh: 某, en: x } }\n");
        return Files.writeString(folder.resolve(name + ".yaml"), text.toString());
    }

    void row(String... values) {
        rows.add(String.join(",", values));
    }

    void wait(Duration time) {
        at = at.plus(time);
    }

    /** Asks, a second after what was before; fields and values in turn. */
    void ask(String operator, String... request) {
        wait(Duration.ofSeconds(1));
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < request.length; i += 2) {
            fields.add("\"" + request[i] + "\":\"" + request[i + 1] + "\"");
        }
        lines.add("{\"id\":1,\"operator\":\"" + operator + "\",\"at\":\"" + at + "\",\"request\":{"
                + String.join(",", fields) + "}}");
    }

    /**
     * What a trial said.
     *
     * @param answers its lines
     * @param events its error stream
     */
    record Said(List<String> answers, String events) {}

    /** Puts lines to a trial of a product on a registry's text, which must come to its end. */
    static Said put(Path folder, String product, String registry, List<String> lines) throws IOException {
        Path csv = Files.writeString(folder.resolve("registry.csv"), registry);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = ProductTrial.run(
                new TrialOptions(product, csv, Optional.empty(), Optional.empty()),
                TestRegistry.CLOCK,
                new ByteArrayInputStream(String.join("\n", lines).getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        String events = err.toString(StandardCharsets.UTF_8);
        assertThat(status).as(events).isZero();
        return new Said(out.toString(StandardCharsets.UTF_8).lines().toList(), events);
    }

    /** What came of each question: an answer or the reason of a refusal. */
    List<String> told() throws IOException {
        Said said = put(folder, product, String.join("\n", rows) + "\n", lines);
        events = said.events();
        return said.answers().stream()
                .map(line -> line.replaceAll(".*\"(?:answer|reason)\":\"(\\w+)\".*", "$1"))
                .toList();
    }

    /** How often each came. */
    static Map<String, Long> counted(List<String> told) {
        Map<String, Long> counts = new TreeMap<>();
        told.forEach(word -> counts.merge(word, 1L, Long::sum));
        return counts;
    }

    /** What the trial said on its error stream. */
    String events() {
        return events;
    }
}
