package org.datareturn.guard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** 4,000 invented persons, three of four of whom went to clinics, up to nine times in two years. */
final class HealthRecords {
    static final String YAML = """
            zone: health
            release: { min_group_size: 10, dominance: { largest: 2, percent: 85 }, rounding: 5, noise: none }
            tables:
              person:
                columns:
                  id:    { type: INTEGER, use: subject }
                  sex:   { type: VARCHAR, use: [group, filter], values: [F, M] }
                  town:  { type: VARCHAR, use: [group, filter] }
                  born:  { type: DATE, use: [group, filter] }
                  wage:  { type: INTEGER, use: measure, bounds: [0, 20000] }
              visit:
                columns:
                  id:     { type: INTEGER, use: subject }
                  clinic: { type: VARCHAR, use: [group, filter] }
                  kind:   { type: VARCHAR, use: [group, filter] }
                  day:    { type: DATE, use: [group, filter] }
                  cost:   { type: INTEGER, use: measure, bounds: [0, 1000] }
            joins:
              - person.id = visit.id
            """;

    private static final int PERSONS = 4_000;
    private static final List<String> TOWNS = List.of("Ash", "Birch", "Cedar", "Elm", "Oak");
    private static final List<String> CLINICS = List.of("north", "south", "east", "west");
    private static final List<String> KINDS = List.of("in", "out", "out", "out");

    private HealthRecords() {}

    static Map<String, String> csv() {
        SplittableRandom random = new SplittableRandom(20261121);
        StringBuilder persons = new StringBuilder("id,sex,town,born,wage\n");
        StringBuilder visits = new StringBuilder("id,clinic,kind,day,cost\n");
        for (int id = 1; id <= PERSONS; id++) {
            boolean woman = random.nextInt(2) == 0;
            persons.append("%d,%s,%s,%d-%02d-%02d,%d%n"
                    .formatted(
                            id,
                            woman ? "F" : "M",
                            TOWNS.get(random.nextInt(TOWNS.size())),
                            random.nextInt(1950, 1960),
                            random.nextInt(1, 13),
                            random.nextInt(1, 29),
                            random.nextInt(2_000, 20_000)));
            int count = random.nextInt(4) == 0 ? 0 : random.nextInt(1, woman ? 10 : 7);
            for (int i = 0; i < count; i++) {
                visits.append("%d,%s,%s,%d-%02d-%02d,%d%n"
                        .formatted(
                                id,
                                CLINICS.get(Math.min(random.nextInt(6), CLINICS.size() - 1)),
                                KINDS.get(random.nextInt(KINDS.size())),
                                random.nextInt(2024, 2026),
                                random.nextInt(1, 13),
                                random.nextInt(1, 29),
                                random.nextInt(20, woman ? 800 : 600)));
            }
        }
        return Map.of("person", persons.toString(), "visit", visits.toString());
    }

    /** What makes the same tables in a plain engine. */
    static List<String> plainTables() throws IOException {
        Path folder = Files.createTempDirectory("health-records");
        Path person = Files.writeString(folder.resolve("person.csv"), csv().get("person"));
        Path visit = Files.writeString(folder.resolve("visit.csv"), csv().get("visit"));
        return List.of(
                "CREATE TABLE person AS FROM read_csv('" + person + "')",
                "CREATE TABLE visit AS FROM read_csv('" + visit + "')");
    }
}
