package org.datareturn.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
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
            int asked = 0;
            for (String line : Files.readAllLines(file)) {
                if (line.startsWith("-- expect: ")) {
                    expected = line.substring("-- expect: ".length());
                } else if (!line.startsWith("--")) {
                    check(town.guard(line), expected);
                    asked++;
                }
            }
            assertThat(asked).isPositive();
        }
    }

    private static void check(ZoneFixture.Asked asked, String expected) {
        if (expected.startsWith("absent ")) {
            String key = expected.substring("absent ".length());
            assertThat(asked.rows()).as(asked.sql()).isNotEmpty().noneMatch(row -> row.contains(key));
        } else {
            assertThat(asked.outcome()).as(asked.sql()).isEqualTo(expected);
        }
    }
}
