package org.datareturn.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every stored attack, as one organisation's session on a fresh zone. */
class AttackTest {
    private static final Path ATTACKS = Path.of("src/test/resources/attacks");

    @TestFactory
    List<DynamicTest> answersNothingAboutOnePerson() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        try (Stream<Path> files = Files.list(ATTACKS)) {
            for (Path file : files.sorted().toList()) {
                tests.add(DynamicTest.dynamicTest(file.getFileName().toString(), () -> run(file)));
            }
        }
        assertThat(tests).hasSizeGreaterThanOrEqualTo(11);
        return tests;
    }

    private static void run(Path file) throws IOException {
        try (ZoneFixture town = ZoneFixture.open(TownCensus.YAML, TownCensus.csv())) {
            String expected = "";
            List<ZoneFixture.Asked> asked = new ArrayList<>();
            for (String line : Files.readAllLines(file)) {
                if (line.startsWith("-- expect: ")) {
                    expected = line.substring("-- expect: ".length());
                } else if (!line.startsWith("--")) {
                    asked.add(town.guard(line));
                    check(asked, expected);
                }
            }
            assertThat(asked).isNotEmpty();
        }
    }

    private static void check(List<ZoneFixture.Asked> session, String expected) {
        ZoneFixture.Asked asked = session.getLast();
        if (expected.startsWith("absent ")) {
            String key = expected.substring("absent ".length());
            assertThat(asked.rows()).as(asked.sql()).isNotEmpty().noneMatch(row -> row.contains(key));
        } else if (expected.startsWith("same as ")) {
            assertThat(asked.rows())
                    .as(asked.sql())
                    .isEqualTo(earlier(session, expected).rows());
        } else if (expected.startsWith("sums of ")) {
            // What the parts leave over is what rounding leaves over, and no person.
            List<List<@Nullable Object>> parts = earlier(session, expected).rows();
            List<@Nullable Object> total = asked.rows().getFirst();
            for (int i = 0; i < total.size(); i++) {
                int place = i + 1;
                double summed = parts.stream()
                        .mapToDouble(row -> number(row.get(place)))
                        .sum();
                assertThat(number(total.get(i))).as(asked.sql()).isCloseTo(summed, within(2.5 * (parts.size() + 1)));
            }
        } else if (expected.startsWith("below ")) {
            // What rounding leaves over, and no person.
            String[] words = expected.split(" ", -1);
            assertThat(asked.rows())
                    .as(asked.sql())
                    .isNotEmpty()
                    .allMatch(
                            row -> Math.abs(number(row.get(Integer.parseInt(words[3])))) < Integer.parseInt(words[1]));
        } else if (expected.startsWith("equal ")) {
            String[] words = expected.split(" ", -1);
            assertThat(asked.rows())
                    .as(asked.sql())
                    .isNotEmpty()
                    .allMatch(row ->
                            Objects.equals(row.get(Integer.parseInt(words[1])), row.get(Integer.parseInt(words[2]))));
        } else {
            assertThat(asked.outcome()).as(asked.sql()).isEqualTo(expected);
        }
    }

    private static ZoneFixture.Asked earlier(List<ZoneFixture.Asked> session, String expected) {
        return session.get(Integer.parseInt(expected.substring(expected.lastIndexOf(' ') + 1)) - 1);
    }

    private static double number(@Nullable Object value) {
        return ((Number) Objects.requireNonNull(value)).doubleValue();
    }
}
