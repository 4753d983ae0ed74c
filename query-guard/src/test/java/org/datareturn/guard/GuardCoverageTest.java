package org.datareturn.guard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.datareturn.guard.declaration.DeclarationException;
import org.datareturn.guard.declaration.DeclarationReader;
import org.datareturn.guard.declaration.ZoneDeclaration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/guard-coverage.md} says of every statement of the pg_diffix suite what becomes of it here. To write it
 * anew: {@code mvn -pl query-guard -am test -Dtest=GuardCoverageTest -Dcoverage.write=true
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class GuardCoverageTest {
    private static final Path CASES = Path.of("../../shared/corpora/pg_diffix/cases.jsonl");
    private static final Path DOCUMENT = Path.of("../docs/guard-coverage.md");
    private static final Path INTRODUCTION = Path.of("src/test/resources/corpus/introduction.md");
    private static final Path SCHEMA = Path.of("src/test/resources/corpus/pg_diffix.yaml");
    private static final Set<String> QUERIES = Set.of("SELECT", "WITH", "EXPLAIN", "PREPARE", "(SELECT");

    /** A statement of the suite and what became of it. */
    private record Case(String file, String sql, boolean answeredThere, boolean query, String outcome, String why) {
        boolean answered() {
            return outcome.equals("released");
        }
    }

    @Test
    void theDocumentSaysWhatBecomesOfEveryStatement() throws IOException, DeclarationException {
        boolean present = Files.exists(CASES);
        assertThat(present || !"true".equals(System.getenv("CI"))).isTrue();
        Assumptions.assumeTrue(present, "../shared/corpora/pg_diffix is absent: its statements are not tried");
        String found = document(cases());
        if (Boolean.getBoolean("coverage.write")) {
            Files.writeString(DOCUMENT, found);
        }
        assertThat(Files.readString(DOCUMENT)).isEqualTo(found);
    }

    private static List<Case> cases() throws IOException, DeclarationException {
        String yaml = Files.readString(SCHEMA);
        ZoneDeclaration declaration = DeclarationReader.read(yaml);
        ObjectMapper json = new ObjectMapper();
        List<Case> cases = new ArrayList<>();
        try (ZoneFixture zone = ZoneFixture.open(yaml, CorpusData.csv(declaration))) {
            Map<String, Case> seen = new LinkedHashMap<>();
            for (String line : Files.readAllLines(CASES)) {
                JsonNode node = json.readTree(line);
                String sql = node.get("sql").asText().strip();
                String file = node.get("file").asText().replace(".out", "");
                boolean there = node.get("result").asText().equals("ok");
                Case known = seen.get(sql);
                Case tried = known == null
                        ? tried(zone, file, sql, there)
                        : new Case(file, sql, there, known.query(), known.outcome(), known.why());
                seen.putIfAbsent(sql, tried);
                cases.add(tried);
            }
        }
        return cases;
    }

    /** Each statement is asked by an organisation that has asked nothing before. */
    private static Case tried(ZoneFixture zone, String file, String sql, boolean there) {
        ZoneFixture.Asked asked = zone.guard("organisation of " + sql, sql);
        String why = switch (asked.answer()) {
            case Released released -> "";
            case Refused refused -> refused.refusal().messageEn();
        };
        boolean query = QUERIES.contains(sql.split("\\s+", 2)[0].toUpperCase(Locale.ROOT));
        return new Case(file, sql, there, query, asked.outcome(), why);
    }

    private static String document(List<Case> cases) throws IOException {
        List<Case> queries = cases.stream()
                .filter(c -> c.query() && !c.file().equals("_setup"))
                .toList();
        StringBuilder text = new StringBuilder(Files.readString(INTRODUCTION));
        text.append("\n## In numbers\n\n")
                .append("| | of ")
                .append(cases.size())
                .append(" statements | of ")
                .append(queries.size())
                .append(" queries among them |\n|---|---|---|\n");
        row(text, "answered here", count(cases, true, null), count(queries, true, null));
        row(text, "answered there", count(cases, null, true), count(queries, null, true));
        row(text, "answered here, refused there", count(cases, true, false), count(queries, true, false));
        row(text, "refused here, answered there", count(cases, false, true), count(queries, false, true));
        text.append("\n## Why queries are refused here\n\n| code | queries |\n|---|---|\n");
        Map<String, Integer> codes = new TreeMap<>();
        queries.stream().filter(c -> !c.answered()).forEach(c -> codes.merge(c.outcome(), 1, Integer::sum));
        codes.forEach((code, number) ->
                text.append("| `").append(code).append("` | ").append(number).append(" |\n"));
        String file = "";
        for (Case each : new LinkedHashMap<>(distinct(queries)).values()) {
            if (!each.file().equals(file)) {
                file = each.file();
                text.append("\n## ").append(file).append("\n\n| statement | there | here |\n|---|---|---|\n");
            }
            text.append("| ")
                    .append(cell(each.sql()))
                    .append(" | ")
                    .append(each.answeredThere() ? "answered" : "refused")
                    .append(" | ")
                    .append(each.answered() ? "answered" : "`" + each.outcome() + "`: " + words(each.why()))
                    .append(" |\n");
        }
        text.append("\n## Everything else in the suite\n\n")
                .append("Statements that prepare or configure, and pieces of scripts. None is answered.\n\n")
                .append("| kind of statement | statements | code |\n|---|---|---|\n");
        Map<String, Integer> others = new TreeMap<>();
        cases.stream()
                .filter(c -> !queries.contains(c))
                .forEach(c -> others.merge(first(c.sql()) + "` | `" + c.outcome(), 1, Integer::sum));
        others.forEach((kind, number) -> {
            String[] parts = kind.split("` \\| `", 2);
            text.append("| `")
                    .append(parts[0])
                    .append("` | ")
                    .append(number)
                    .append(" | `")
                    .append(parts[1])
                    .append("` |\n");
        });
        return text.toString();
    }

    private static Map<String, Case> distinct(List<Case> cases) {
        Map<String, Case> distinct = new LinkedHashMap<>();
        cases.forEach(c -> distinct.putIfAbsent(c.file() + " " + c.sql(), c));
        return distinct;
    }

    private static void row(StringBuilder text, String name, long all, long queries) {
        text.append("| ")
                .append(name)
                .append(" | ")
                .append(all)
                .append(" | ")
                .append(queries)
                .append(" |\n");
    }

    private static long count(
            List<Case> cases,
            @org.jspecify.annotations.Nullable Boolean here,
            @org.jspecify.annotations.Nullable Boolean there) {
        return cases.stream()
                .filter(c -> (here == null || c.answered() == here) && (there == null || c.answeredThere() == there))
                .count();
    }

    private static String first(String sql) {
        return sql.split("[\\s(;]+", 2)[0].toUpperCase(Locale.ROOT);
    }

    private static String cell(String sql) {
        return "`` " + sql.replaceAll("\\s+", " ").replace("|", "\\|") + " ``";
    }

    private static String words(String text) {
        return text.replace("|", "\\|");
    }
}
