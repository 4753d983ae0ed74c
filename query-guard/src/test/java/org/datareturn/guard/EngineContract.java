package org.datareturn.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * What every engine is held to: the answers of the embedded one, released or refused, to the last digit and to the same
 * words. The questions are those of the other tests: what analysts ask, what attackers ask, and values engines treat
 * differently.
 */
abstract class EngineContract {
    private static final Path ROOT = Files.exists(Path.of("query-guard")) ? Path.of(".") : Path.of("..");
    private static final Path SHARED = ROOT.resolve("../shared/data/adult.csv");
    private static final Path QUESTIONS = ROOT.resolve("query-guard/src/test/resources");

    /** The engine's name in declarations. */
    abstract String engine();

    /** Where it runs. */
    abstract Engines engines();

    private TwinZones twins(String yaml, Map<String, String> csv) {
        return TwinZones.open(yaml, csv, engine(), engines());
    }

    private static Map<String, String> census() throws IOException {
        boolean present = Files.exists(SHARED);
        assertThat(present || !"true".equals(System.getenv("CI")))
                .as("../shared/data/adult.csv must be there in CI")
                .isTrue();
        Assumptions.assumeTrue(present, "../shared/data/adult.csv is absent: engines are not compared on it");
        return Map.of("person", Files.readString(SHARED));
    }

    private static List<String> questions(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> !line.startsWith("--") && !line.isBlank())
                .map(line -> line.strip().replaceFirst(";$", ""))
                .toList();
    }

    private static List<String> attacks() throws IOException {
        List<String> attacks = new ArrayList<>();
        try (Stream<Path> files = Files.list(QUESTIONS.resolve("attacks"))) {
            for (Path file : files.sorted().toList()) {
                attacks.addAll(questions(file));
            }
        }
        return attacks;
    }

    @Test
    void answersTheExampleZoneAlikeInOneSession() throws IOException {
        String yaml = Files.readString(ROOT.resolve("docs/examples/income-census.yaml"));
        String session = Files.readString(ROOT.resolve("docs/examples/income-census.sql"))
                .replaceAll("(?m)^--.*\n", "");
        try (TwinZones twins = twins(yaml, census())) {
            for (String sql : session.split(";", -1)) {
                if (!sql.isBlank()) {
                    twins.ask("organisation", sql);
                }
            }
            twins.agreed(4, 5);
        }
    }

    @Test
    void answersOrdinaryQuestionsOnACensusAlike() throws IOException {
        try (TwinZones twins = twins(OrdinaryQueriesTest.YAML, census())) {
            for (String sql : questions(QUESTIONS.resolve("ordinary/census.sql"))) {
                twins.ask("organisation of " + sql, sql);
            }
            twins.agreed(60, 0);
        }
    }

    @Test
    void answersAlikeWithRepeatableNoise() throws IOException {
        String yaml = OrdinaryQueriesTest.YAML.replace("noise: none", "noise: sticky");
        try (TwinZones twins = twins(yaml, census())) {
            List<String> all = questions(QUESTIONS.resolve("ordinary/census.sql"));
            for (int i = 0; i < all.size(); i += 2) {
                twins.ask("organisation", all.get(i));
            }
            twins.agreed(25, 0);
        }
    }

    @Test
    void answersOfTwoTablesAlike() throws IOException {
        try (TwinZones twins = twins(HealthRecords.YAML, HealthRecords.csv())) {
            for (String sql : questions(QUESTIONS.resolve("ordinary/visits.sql"))) {
                twins.ask("organisation of " + sql, sql);
            }
            twins.agreed(40, 0);
        }
    }

    @Test
    void answersOfTwoTablesAlikeWithRepeatableNoise() throws IOException {
        try (TwinZones twins = twins(HealthRecords.YAML.replace("noise: none", "noise: sticky"), HealthRecords.csv())) {
            List<String> all = questions(QUESTIONS.resolve("ordinary/visits.sql"));
            for (int i = 0; i < all.size(); i += 2) {
                twins.ask("organisation", all.get(i));
            }
            twins.agreed(20, 0);
        }
    }

    @Test
    void answersPrivatelyWithTheSameColumnsAndRefusals() throws IOException {
        String yaml = TownCensus.YAML.replace(
                "noise: none", "noise: dp\n  budget: { epsilon: 100.0, per_query: 1.0, refresh: P30D }");
        try (TwinZones twins = twins(yaml, TownCensus.csv())) {
            for (String sql : attacks()) {
                twins.askNoisy("organisation", sql);
            }
            twins.agreed(5, 20);
        }
    }

    @Test
    void refusesAttacksAlike() throws IOException {
        for (String noise : List.of("none", "sticky")) {
            try (TwinZones twins = twins(TownCensus.YAML.replace("noise: none", "noise: " + noise), TownCensus.csv())) {
                for (String sql : attacks()) {
                    twins.ask("organisation", sql);
                }
                twins.agreed(5, 30);
            }
        }
    }

    @Test
    void answersOfStrangeValuesAlike() {
        for (String noise : List.of("none", "sticky")) {
            try (TwinZones twins =
                    twins(StrangeValues.YAML.replace("noise: none", "noise: " + noise), StrangeValues.csv())) {
                for (String sql : StrangeValues.QUERIES) {
                    twins.ask("organisation of " + sql, sql);
                }
                twins.agreed(25, 1);
            }
        }
    }

    @Test
    void refusesTooManyCellsAlike() {
        StringBuilder rows = new StringBuilder("id,code\n");
        for (int i = 0; i < 50_003; i++) {
            rows.append(i).append(",c").append(i).append('\n');
        }
        String yaml = """
                zone: codes
                release: { min_group_size: 10, dominance: { largest: 2, percent: 85 }, rounding: 5, noise: none }
                tables:
                  person:
                    columns:
                      id:   { type: INTEGER, use: subject }
                      code: { type: VARCHAR, use: [group, filter] }
                """;
        try (TwinZones twins = twins(yaml, Map.of("person", rows.toString()))) {
            twins.ask("organisation", "SELECT code, COUNT(*) FROM person GROUP BY code")
                    .agreed(0, 1);
            twins.other()
                    .guard("SELECT code, COUNT(*) FROM person GROUP BY code")
                    .refuses(GuardReason.TOO_MANY_CELLS);
        }
    }

    @Test
    void answersANewEditionAlike() throws Exception {
        try (TwinZones twins = twins(TownCensus.YAML, TownCensus.csv())) {
            twins.ask("organisation", "SELECT school, COUNT(*), SUM(wage) FROM person GROUP BY school");
            Map<String, String> next = new java.util.HashMap<>(TownCensus.csv());
            StringBuilder more = new StringBuilder();
            for (int i = 0; i < 40; i++) {
                more.append("%d,high,F,40,Cathay,smith,%d,0,x%n".formatted(9_000 + i, 1_000 + i));
            }
            next.put("person", TownCensus.persons(more.toString()));
            assertThat(twins.other().zone().refresh(ZoneFixture.sources(next))).isInstanceOf(Refresh.Refreshed.class);
            assertThat(twins.embedded().zone().refresh(ZoneFixture.sources(next)))
                    .isInstanceOf(Refresh.Refreshed.class);
            twins.ask("organisation", "SELECT school, COUNT(*), SUM(wage) FROM person GROUP BY school")
                    .ask("another", "SELECT school, sex, COUNT(*), AVG(wage) FROM person GROUP BY school, sex")
                    .agreed(3, 0);
        }
    }
}
