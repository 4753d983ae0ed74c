package org.datareturn.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.datareturn.guard.declaration.DeclarationException;
import org.datareturn.guard.declaration.DeclarationReader;
import org.datareturn.guard.load.LoadException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Forty persons and a file of their pay, in which one of them, or nobody, has a second line. */
class RowsPerSubjectTest {
    private static final String YAML = """
            zone: office
            release: { min_group_size: 5, dominance: { largest: 2, percent: 85 }, rounding: 5, noise: none }
            tables:
              person:
                columns:
                  id:   { type: INTEGER, use: subject }
                  wage: { type: INTEGER, use: measure, bounds: [0, 1000] }
              pay: # how many rows
                columns:
                  id:   { type: INTEGER, use: subject }
                  kind: { type: VARCHAR, use: [group, filter] }
            joins:
              - person.id = pay.id
            """;

    private static Map<String, String> data(String secondLine) {
        StringBuilder persons = new StringBuilder("id,wage\n");
        StringBuilder pay = new StringBuilder("id,kind\n");
        for (int id = 1; id <= 40; id++) {
            persons.append(id).append(',').append(100 + id).append('\n');
            pay.append(id).append(",salary\n");
        }
        return Map.of("person", persons.toString(), "pay", pay + secondLine);
    }

    private static ZoneFixture office(String rows, String secondLine) {
        return ZoneFixture.open(yaml(rows), data(secondLine));
    }

    private static String yaml(String rows) {
        return rows.isEmpty() ? YAML : YAML.replace("# how many rows", "\n    rows: " + rows);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT SUM(p.wage) FROM person p JOIN pay r ON p.id = r.id",
                "SELECT SUM(p.wage) FROM person p WHERE EXISTS (SELECT 1 FROM pay r WHERE r.id = p.id)",
                "SELECT r.kind, AVG(p.wage) FROM person p JOIN pay r ON p.id = r.id GROUP BY r.kind"
            })
    void whereSeveralAreDeclaredAJoinIsRefusedWhetherOrNotSomebodyHasASecond(String sql) {
        try (ZoneFixture one = office("several", "");
                ZoneFixture two = office("several", "7,bonus\n")) {
            assertThat(one.guard(sql).outcome())
                    .isNotEqualTo("released")
                    .isEqualTo(two.guard(sql).outcome());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT SUM(p.wage), COUNT(*) FROM person p JOIN pay r ON p.id = r.id",
                "SELECT SUM(p.wage) FROM person p WHERE EXISTS (SELECT 1 FROM pay r WHERE r.id = p.id)",
                "SELECT COUNT(*) FROM person p JOIN pay r ON p.id = r.id WHERE r.kind = 'salary'",
                "SELECT r.kind, AVG(p.wage) FROM person p JOIN pay r ON p.id = r.id GROUP BY r.kind"
            })
    void whereNothingIsDeclaredSecondRowsOfAFewChangeNoAnswer(String sql) {
        try (ZoneFixture one = office("", "");
                ZoneFixture two = office("", "7,salary\n");
                ZoneFixture four = office("", "7,bonus\n8,salary\n9,salary\n9,bonus\n");
                ZoneFixture many = office("", "7,salary\n8,salary\n9,salary\n10,salary\n11,salary\n")) {
            assertThat(two.guard(sql).rows()).isEqualTo(one.guard(sql).rows());
            assertThat(four.guard(sql).rows()).hasSameSizeAs(one.guard(sql).rows());
            // The control: as many further rows as make a group are a table of several rows.
            assertThat(many.guard(sql).outcome().equals("released")).isEqualTo(!sql.contains("p.wage"));
        }
    }

    @Test
    void whereOneIsDeclaredAJoinIsAnsweredAndASecondIsNotLoaded() throws DeclarationException {
        try (ZoneFixture office = office("one", "")) {
            assertThat(office.guard("SELECT SUM(p.wage) FROM person p JOIN pay r ON p.id = r.id")
                            .rows())
                    .hasSize(1);
            assertThatExceptionOfType(LoadException.class)
                    .isThrownBy(() -> office.zone().refresh(ZoneFixture.sources(data("7,bonus\n"))))
                    .withMessageContaining("pay.csv: line 42")
                    .withMessageNotContaining("7,");
            assertThat(office.guard("SELECT COUNT(*) FROM pay").rows()).hasSize(1);
        }
        var declaration = DeclarationReader.read(yaml("one"));
        assertThatExceptionOfType(LoadException.class)
                .isThrownBy(() -> DataZone.open(
                        declaration,
                        ZoneFixture.sources(data("7,bonus\n")),
                        AnswerMemory.inProcess(),
                        EngineLimits.standard()));
    }
}
