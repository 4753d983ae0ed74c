package org.datareturn.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each question with a condition that concerns one person at most beside the same question without it,
 * over small random populations: the answers are the same numbers, for sets of columns on which the threshold falls
 * differently each time. So no average over such pairs tells whether the person is there.
 */
class NeutralConditionsTest {
    private static final String YAML = """
            zone: ward
            release: { min_group_size: 10, dominance: { largest: 2, percent: 85 }, rounding: 5, noise: NOISE }
            tables:
              person:
                columns:
                  id:    { type: INTEGER, use: subject }
                  dept:  { type: VARCHAR, use: [group, filter] }
                  blood: { type: VARCHAR, use: [group, filter] }
                  hand:  { type: VARCHAR, use: [group, filter] }
                  ill:   { type: VARCHAR, use: [group, filter] }
                  sex:   { type: VARCHAR, use: [group, filter] }
                  shift: { type: VARCHAR, use: [group, filter] }
                  town:  { type: VARCHAR, use: [group, filter] }
                  wage:  { type: INTEGER, use: measure, bounds: [0, 10000] }
            """;

    /** What is known of the one person, who is in department X. */
    private static final List<String> KNOWN =
            List.of("blood = 'a'", "hand = 'r'", "sex = 'F'", "shift = 'day'", "town = 't1'");

    private static final int WORLDS = 3;

    /** In department X nobody has the rare illness, unless this one person has. */
    private static Map<String, String> ward(long seed, boolean rare) {
        SplittableRandom random = new SplittableRandom(seed);
        StringBuilder csv = new StringBuilder("id,dept,blood,hand,ill,sex,shift,town,wage\n");
        int others = 400 + random.nextInt(200);
        int inside = 34 + random.nextInt(24);
        csv.append("0,X,a,r,").append(rare ? "rare" : "none").append(",F,day,t1,7000\n");
        for (int id = 1; id < others; id++) {
            boolean here = id < inside;
            csv.append(id)
                    .append(here ? ",X," : "," + "ABCD".charAt(random.nextInt(4)) + ",")
                    .append("abo".charAt(random.nextInt(3)))
                    .append(random.nextInt(3) == 0 ? ",l," : ",r,")
                    .append(!here && random.nextInt(10) == 0 ? "rare" : random.nextInt(4) == 0 ? "flu" : "none")
                    .append(random.nextBoolean() ? ",F," : ",M,")
                    .append(random.nextBoolean() ? "day," : "night,")
                    .append('t')
                    .append(1 + random.nextInt(3))
                    .append(',')
                    .append(2_000 + random.nextInt(7_000))
                    .append('\n');
        }
        return Map.of("person", csv.toString());
    }

    /** Every set of up to three of what is known, as a condition. */
    private static List<String> conditions() {
        List<String> conditions = new ArrayList<>();
        for (int set = 0; set < 1 << KNOWN.size(); set++) {
            if (Integer.bitCount(set) <= 3) {
                StringBuilder condition = new StringBuilder("dept = 'X'");
                for (int i = 0; i < KNOWN.size(); i++) {
                    condition.append((set >> i & 1) == 1 ? " AND " + KNOWN.get(i) : "");
                }
                conditions.add(condition.toString());
            }
        }
        return conditions;
    }

    /** The rows of an answer by their first column; none when it was refused. */
    private static Map<Object, List<@Nullable Object>> rows(ZoneFixture zone, String sql) {
        Map<Object, List<@Nullable Object>> rows = new TreeMap<>(Comparator.comparing(String::valueOf));
        if (zone.guard(sql).answer() instanceof Released released) {
            released.rows().forEach(row -> rows.put(String.valueOf(row.getFirst()), row));
        }
        return rows;
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "sticky"})
    void aConditionOnOnePersonChangesNothingBesideAnyOtherColumns(String noise) {
        int answered = 0;
        for (int seed = 0; seed < WORLDS; seed++) {
            for (boolean rare : List.of(true, false)) {
                try (ZoneFixture zone = ZoneFixture.open(YAML.replace("NOISE", noise), ward(seed, rare))) {
                    for (String condition : conditions()) {
                        String all = "SELECT 1 AS k, COUNT(*), SUM(wage) FROM person WHERE " + condition;
                        Map<Object, List<@Nullable Object>> asked = rows(zone, all);
                        assertThat(rows(zone, all + " AND ill <> 'rare'"))
                                .as("%s, world %d, %s", condition, seed, rare)
                                .isEqualTo(asked);
                        answered += asked.size();
                    }
                }
            }
        }
        assertThat(answered).as("pairs that were answered").isGreaterThan(50);
    }

    /** In {@code none} the columns of a key are the question, and the audit tells the same in place of what differs by few. */
    @Test
    void norInsideAKeyWithRepeatableNoise() {
        int answered = 0;
        for (int seed = 0; seed < WORLDS; seed++) {
            for (boolean rare : List.of(true, false)) {
                try (ZoneFixture zone = ZoneFixture.open(YAML.replace("NOISE", "sticky"), ward(seed, rare))) {
                    for (String condition : conditions()) {
                        Map<Object, List<@Nullable Object>> asked = rows(
                                zone,
                                "SELECT CASE WHEN " + condition + " THEN 'in' ELSE 'out' END AS k, COUNT(*) FROM person"
                                        + " GROUP BY 1");
                        assertThat(rows(
                                        zone,
                                        "SELECT CASE WHEN " + condition + " AND ill = 'rare' THEN 'rare' WHEN "
                                                + condition
                                                + " THEN 'in' ELSE 'out' END AS k, COUNT(*) FROM person GROUP BY 1"))
                                .as("%s, world %d, %s", condition, seed, rare)
                                .isEqualTo(asked);
                        answered += asked.size();
                    }
                }
            }
        }
        assertThat(answered).as("groups that were answered").isGreaterThan(150);
    }

    /** The other way round: one person who is let in beside all those of other departments. */
    @ParameterizedTest
    @ValueSource(strings = {"none", "sticky"})
    void anAlternativeThatLetsOnePersonInAddsNothing(String noise) {
        for (int seed = 0; seed < WORLDS; seed++) {
            for (boolean rare : List.of(true, false)) {
                try (ZoneFixture zone = ZoneFixture.open(YAML.replace("NOISE", noise), ward(seed, rare))) {
                    String others = "SELECT 1 AS k, COUNT(*), SUM(wage) FROM person WHERE dept <> 'X'";
                    assertThat(rows(zone, others + " OR ill = 'rare'"))
                            .as("world %d, %s", seed, rare)
                            .hasSize(1)
                            .isEqualTo(rows(zone, others));
                }
            }
        }
    }
}
