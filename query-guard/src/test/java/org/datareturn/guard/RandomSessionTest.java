package org.datareturn.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.datareturn.guard.audit.Rationals;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random sessions on small random tables, checked by brute force: from all released sums together, no sum over fewer
 * than three persons can be solved. The test knows the data and works out for itself which rows each released cell
 * stands for; a released sum must be the rounded sum of those rows, or the test does not understand what was released.
 */
class RandomSessionTest {
    private static final int PERSONS = 26;

    private static final String YAML = """
            zone: random
            release: { min_group_size: 3, dominance: { largest: 1, percent: 99 }, rounding: 1, noise: none }
            tables:
              t:
                columns:
                  id: { type: INTEGER, use: subject }
                  a:  { type: VARCHAR, use: [group, filter] }
                  b:  { type: VARCHAR, use: [group, filter] }
                  c:  { type: VARCHAR, use: [group, filter] }
                  m:  { type: BIGINT, use: measure, bounds: [0, 1000000000000000] }
            """;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void neverLetsFewerThanThreePersonsBeSolved(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        StringBuilder csv = new StringBuilder("id,a,b,c,m\n");
        for (int i = 0; i < PERSONS; i++) {
            // Powers of two tell from a sum exactly whose values were added.
            csv.append(i)
                    .append(",a")
                    .append(random.nextInt(3))
                    .append(",b")
                    .append(random.nextInt(3))
                    .append(",c")
                    .append(random.nextInt(2))
                    .append(',')
                    .append(1L << i)
                    .append('\n');
        }
        Rationals solvable = new Rationals();
        int released = 0;
        try (ZoneFixture zone = ZoneFixture.open(YAML, Map.of("t", csv.toString()))) {
            for (int q = 0; q < 25; q++) {
                ZoneFixture.Asked asked = zone.guard(query(random));
                if (asked.answer() instanceof Released answer) {
                    for (List<@Nullable Object> row : answer.rows()) {
                        if (row.getLast() instanceof java.math.BigDecimal sum) {
                            solvable.add(members(sum.toBigIntegerExact()));
                            released++;
                        }
                    }
                }
            }
        }
        assertThat(released).as("the session must not be empty").isGreaterThan(3);
        for (int i = 0; i < PERSONS; i++) {
            for (int j = i; j < PERSONS; j++) {
                for (int sign : i == j ? new int[] {1} : new int[] {1, -1}) {
                    BigInteger[] few = zeros();
                    few[i] = BigInteger.ONE;
                    few[j] = BigInteger.valueOf(sign);
                    assertThat(solvable.contains(few))
                            .as("persons %d and %d", i, j)
                            .isFalse();
                }
            }
        }
    }

    private static BigInteger[] members(BigInteger sum) {
        BigInteger[] vector = zeros();
        for (int i = 0; i < PERSONS; i++) {
            vector[i] = sum.testBit(i) ? BigInteger.ONE : BigInteger.ZERO;
        }
        return vector;
    }

    private static BigInteger[] zeros() {
        BigInteger[] vector = new BigInteger[PERSONS];
        java.util.Arrays.fill(vector, BigInteger.ZERO);
        return vector;
    }

    private static String query(SplittableRandom random) {
        List<String> columns = List.of("a", "b", "c");
        List<String> keys = new ArrayList<>();
        for (String column : columns) {
            if (random.nextInt(3) == 0) {
                keys.add(column);
            }
        }
        List<String> conditions = new ArrayList<>();
        for (int n = random.nextInt(3); n > 0; n--) {
            String column = columns.get(random.nextInt(3));
            String value = "'" + column + random.nextInt(column.equals("c") ? 2 : 3) + "'";
            String other = "'" + column + random.nextInt(column.equals("c") ? 2 : 3) + "'";
            conditions.add(
                    switch (random.nextInt(5)) {
                        case 0 -> column + " = " + value;
                        case 1 -> column + " <> " + value;
                        case 2 -> column + " IN (" + value + ", " + other + ")";
                        case 3 -> column + " NOT LIKE " + value;
                        default -> "NOT (" + column + " = " + value + " AND b <> 'b1')";
                    });
        }
        String listed = String.join(", ", keys);
        return "SELECT " + (keys.isEmpty() ? "" : listed + ", ") + "SUM(m) FROM t"
                + (conditions.isEmpty()
                        ? ""
                        : " WHERE " + String.join(random.nextBoolean() ? " AND " : " OR ", conditions))
                + (keys.isEmpty() ? "" : " GROUP BY " + listed);
    }
}
