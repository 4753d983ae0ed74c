package org.datareturn.guard;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;

/**
 * From text to answer. In the ordinary test run the stored inputs are tried again; to look for new ones for ten minutes:
 *
 * <pre>JAZZER_FUZZ=1 mvn -pl query-guard -am test -Dtest=GuardFuzzTest -Dsurefire.failIfNoSpecifiedTests=false</pre>
 *
 * <p>An input that begins with a control character is a choice of queries ({@link FuzzQuery}) all of which a plain engine
 * understands: what the guard tells must be what the plain engine says. Any other input is taken for the text itself:
 * whatever it is, there is an answer or a refusal in time, never a fault, and no message tells anything of the data.
 *
 * <p>Last of all classes, because the fuzzer's agent makes every class loaded after it several times slower.
 */
@Order(Integer.MAX_VALUE)
class GuardFuzzTest {
    private static final long MOST_CPU_NANOS = 20_000_000_000L;
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();
    private static final int FRESH_ZONE_AFTER = 2_000;
    private static final int FIRST_TEXT = 0x20;

    private static FuzzZone zone;

    @BeforeAll
    static void open() throws SQLException {
        zone = new FuzzZone();
    }

    @AfterAll
    static void close() throws SQLException {
        zone.close();
    }

    @FuzzTest(maxDuration = "10m")
    void answersTheSameOrRefuses(byte[] input) throws SQLException {
        if (zone.asked() >= FRESH_ZONE_AFTER) {
            zone.close();
            zone = new FuzzZone();
        }
        boolean choices = input.length > 0 && input[0] >= 0 && input[0] < FIRST_TEXT;
        String sql = choices
                ? new FuzzQuery(Arrays.copyOfRange(input, 1, input.length)).sql()
                : new String(input, StandardCharsets.UTF_8);
        long started = CLOCK.getCurrentThreadCpuTime();
        ZoneAnswer answer = zone.ask(sql);
        // Not by the clock on the wall: the machine may do other things.
        assertThat(CLOCK.getCurrentThreadCpuTime() - started)
                .as("time of " + sql)
                .isLessThan(MOST_CPU_NANOS);
        switch (answer) {
            case Refused refused -> refusedWell(sql, refused, choices);
            case Released released -> {
                if (choices) {
                    tellsTheTruth(sql, released);
                }
            }
        }
    }

    private static void refusedWell(String sql, Refused refused, boolean choices) {
        assertThat(refused.refusal().reason().name()).as(sql).isNotEqualTo("GUARD_FAILED");
        if (!sql.contains(FuzzZone.SECRET)) {
            assertThat(refused.refusal().messageEn() + refused.refusal().messageZh())
                    .as(sql)
                    .doesNotContain(FuzzZone.SECRET);
        }
        if (choices) {
            // A grammar all of which is allowed: only that there is nothing to release is a reason.
            assertThat(refused.refusal().reason().name())
                    .as(sql)
                    .isIn("NOTHING_RELEASABLE", "SQL_TOO_COMPLEX", "TOO_MANY_CELLS");
        }
    }

    /**
     * Every number told is the true one; a number or a group may be withheld. A subtotal and the group of a missing key
     * look alike, so any true row of the same key will do.
     */
    private static void tellsTheTruth(String sql, Released released) throws SQLException {
        Map<String, List<List<@Nullable Object>>> truth = new HashMap<>();
        zone.truth(sql)
                .forEach(row -> truth.computeIfAbsent(texts(row), k -> new ArrayList<>())
                        .add(row));
        for (List<@Nullable Object> row : released.rows()) {
            assertThat(truth.getOrDefault(texts(row), List.of()))
                    .as("row " + row + " of " + sql)
                    .anyMatch(exact -> alike(row, exact));
        }
    }

    private static boolean alike(List<@Nullable Object> told, List<@Nullable Object> exact) {
        for (int i = 0; i < told.size(); i++) {
            if (told.get(i) instanceof Number number
                    && !(exact.get(i) instanceof Number truth
                            && Math.abs(number.doubleValue() - truth.doubleValue())
                                    <= Math.max(3, Math.abs(truth.doubleValue()) / 50))) {
                return false;
            }
        }
        return true;
    }

    /** What of a row is no number: its key, and a missing value where the key may have one. */
    private static String texts(List<@Nullable Object> row) {
        StringBuilder text = new StringBuilder();
        for (Object value : row) {
            text.append(value instanceof String ? value : "").append('/');
        }
        return text.toString();
    }
}
