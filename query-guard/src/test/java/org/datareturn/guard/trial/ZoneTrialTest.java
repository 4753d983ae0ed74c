package org.datareturn.guard.trial;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZoneTrialTest {
    private static final String YAML = """
            zone: tiny
            release: { min_group_size: 3, dominance: { largest: 1, percent: 90 }, rounding: 5, noise: none }
            tables:
              person:
                columns:
                  id:   { type: INTEGER, use: subject }
                  town: { type: VARCHAR, use: [group, filter] }
                  wage: { type: INTEGER, use: measure, bounds: [0, 100] }
            """;

    @TempDir
    private Path folder = Path.of("");

    private Path yaml = Path.of("");
    private Path people = Path.of("");

    private record Ran(int status, List<JsonNode> out, String err) {}

    @BeforeEach
    void write() throws IOException {
        yaml = Files.writeString(folder.resolve("zone.yaml"), YAML);
        people = Files.writeString(folder.resolve("people.csv"), csv(40));
    }

    private static String csv(int persons) {
        StringBuilder csv = new StringBuilder("id,town,wage\n");
        for (int i = 0; i < persons; i++) {
            csv.append(i)
                    .append(i % 2 == 0 ? ",济南," : ",青岛,")
                    .append(i % 7 * 10)
                    .append('\n');
        }
        return csv.toString();
    }

    private Ran run(TrialOptions.Questions questions, String input) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = ZoneTrial.run(
                new TrialOptions(yaml, Map.of("person", people), questions, true),
                Clock.systemUTC(),
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        List<JsonNode> lines = new ArrayList<>();
        for (String line : out.toString(StandardCharsets.UTF_8).lines().toList()) {
            lines.add(TrialLine.JSON.readTree(line));
        }
        return new Ran(status, lines, err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void answersABatchInOrderAndExitsZero() throws IOException {
        Path batch = Files.writeString(folder.resolve("q.jsonl"), """
                {"id":"甲","sql":"SELECT town AS 城市, COUNT(*) AS 人数 FROM person GROUP BY town"}
                {"id":2,"sql":"SELECT * FROM person"}
                """);
        Ran ran = run(new TrialOptions.Questions.Batch(batch), "");
        assertThat(ran.status()).isEqualTo(ZoneTrial.DONE);
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out().get(0).toString())
                .startsWith("{\"id\":\"甲\",\"outcome\":\"released\",\"columns\":[\"城市\",\"人数\"],"
                        + "\"rows\":[[\"济南\",20],[\"青岛\",20]],\"suppressed_groups\":0,\"rewritten_sql\":\"SELECT");
        assertThat(ran.out().get(1).path("id").asInt()).isEqualTo(2);
        assertThat(ran.out().get(1).path("reason").asText()).isEqualTo("ROWS_NOT_ALLOWED");
        assertThat(ran.out().get(1).path("message").asText()).contains("never rows", "不返回个人记录");
    }

    @Test
    void keepsOrganisationsApartAndStartsOverOnReset() throws IOException {
        Path fewer = Files.writeString(folder.resolve("fewer.csv"), csv(30));
        Ran ran = run(new TrialOptions.Questions.Live(), """
                {"id":1,"organisation":"o","sql":"SELECT COUNT(*) FROM person"}
                {"id":2,"refresh":{"person":"%s"}}
                {"id":3,"sql":"SELECT COUNT(*) FROM person"}
                {"id":4,"reset":true,"tables":{"person":"%s"}}
                {"id":5,"organisation":"o","sql":"SELECT COUNT(*) FROM person"}
                {"id":6,"reset":true}
                """.formatted(fewer, people));
        assertThat(ran.status()).isEqualTo(ZoneTrial.DONE);
        assertThat(ran.out())
                .extracting(line -> line.path("outcome").asText())
                .containsExactly("released", "refreshed", "released", "reset", "released", "reset");
        assertThat(ran.out().get(2).path("rows").path(0).path(0).asInt()).isEqualTo(30);
        assertThat(ran.out().get(4).path("rows").path(0).path(0).asInt()).isEqualTo(40);
    }

    @Test
    void holdsBackASmallChange() throws IOException {
        Path changed = Files.writeString(folder.resolve("changed.csv"), csv(41));
        Ran ran =
                run(new TrialOptions.Questions.Live(), "{\"id\":1,\"refresh\":{\"person\":\"%s\"}}".formatted(changed));
        assertThat(ran.out().getFirst().path("outcome").asText()).isEqualTo("held_back");
    }

    @Test
    void namesABadBatchLine() throws IOException {
        Ran ran = run(
                new TrialOptions.Questions.Live(),
                "{\"id\":1,\"sql\":\"SELECT COUNT(*) FROM person\"}\n\n{\"id\":2,\"sqk\":\"x\"}\n");
        assertThat(ran.status()).isEqualTo(ZoneTrial.BAD_INPUT);
        assertThat(ran.out()).hasSize(1);
        assertThat(ran.err()).contains("line 3").contains("第 3 行").hasLineCount(1);
    }

    @Test
    void namesWhatIsWrongWithDeclarationsAndFiles() throws IOException {
        TrialOptions.Questions question = new TrialOptions.Questions.One("SELECT COUNT(*) FROM person");
        Files.writeString(yaml, YAML.replace("use: subject", "use: hero"));
        assertThat(run(question, "")).satisfies(ran -> {
            assertThat(ran.status()).isEqualTo(ZoneTrial.BAD_INPUT);
            assertThat(ran.out()).isEmpty();
            assertThat(ran.err()).contains("hero", "tables.person.columns.id.use", "line 6");
        });
        Files.writeString(yaml, YAML);
        people = folder.resolve("missing.csv");
        assertThat(run(question, "").err()).contains("missing.csv");
        people = Files.writeString(folder.resolve("bad.csv"), csv(5) + "x,济南,1\n");
        assertThat(run(question, "").err()).contains("line 7", "第 7 行", "id");
    }
}
