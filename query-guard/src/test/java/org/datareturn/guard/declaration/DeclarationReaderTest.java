package org.datareturn.guard.declaration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeclarationReaderTest {
    private static final String GOOD = """
            zone: town
            title: 小镇
            engine: embedded
            answers: ad-hoc
            release:
              min_group_size: 10
              dominance: { largest: 2, percent: 85 }
              rounding: 5
              noise: none
            tables:
              person:
                columns:
                  id:   { type: BIGINT, use: subject }
                  sex:  { type: VARCHAR, use: [group, filter], values: [F, M] }
                  age:  { type: INTEGER, use: [group, filter], bins: [18, 30] }
                  wage: { type: "DECIMAL(10,2)", use: measure, bounds: [0, 99.5] }
                  note: { type: VARCHAR, use: hidden }
              visit:
                columns:
                  id:    { type: BIGINT, use: subject }
                  place: { type: INTEGER, use: join }
              place:
                columns:
                  place: { type: INTEGER, use: join }
                  name:  { type: VARCHAR, use: public }
            joins:
              - person.id = visit.id
              - visit.place = place.place
            """;

    @Test
    void readsAWholeDeclaration() throws DeclarationException {
        ZoneDeclaration zone = DeclarationReader.read(GOOD);

        assertThat(zone.release().minGroupSize()).isEqualTo(10);
        assertThat(zone.release().dominance()).isEqualTo(new ReleaseFloor.Dominance(2, 85));
        assertThat(zone.joins()).hasSize(2);
        ColumnDeclaration wage =
                zone.table("PERSON").orElseThrow().column("Wage").orElseThrow();
        assertThat(wage.type().sqlName()).isEqualTo("DECIMAL(10,2)");
        assertThat(wage.bounds().orElseThrow().greatest()).isEqualByComparingTo(new BigDecimal("99.5"));
        assertThat(zone.table("person").orElseThrow().subject().orElseThrow().name())
                .isEqualTo("id");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            rounding: 5 | colour: red | colour
            use: measure, | use: weighing, | weighing
            type: BIGINT | type: FLOAT | FLOAT
            use: subject | use: [subject, group] | subject
            noise: none | noise: dp | budget
            noise: none | noise: loud | loud
            rounding: 5 | rounding: 5, answer_grid: 500 ms | PT0.5S
            rounding: 5 | rounding: 5, answer_grid: PT0S | PT1M
            rounding: 5 | rounding: 5, answer_grid: PT61S | PT1M
            min_group_size: 10 | min_group_size: 2 | 2
            percent: 85 | percent: 100 | 100
            bins: [18, 30] | bins: [30, 18] | ascending
            bins: [18, 30] | bins: [18, 18] | ascending
            , bounds: [0, 99.5] | | bounds
            bounds: [0, 99.5] | bounds: [5, 1] | ascending
            bounds: [0, 99.5] | bounds: [0, x] | DECIMAL(10,2)
            person.id = visit.id | person.id = visit.nothing | visit.nothing
            person.id = visit.id | person.age = visit.place | person.age
            person.id = visit.id | person.id < visit.id | table.column
            zone: town | zone: Town Hall | Town Hall
            zone: town | town: 1 | zone
            sex:  { type: VARCHAR | id2: { type: BIGINT, use: subject }, sex: { type: VARCHAR | several
            use: public | use: group | subject
            values: [F, M] | values: [F, F] | VARCHAR
            engine: embedded | engine: oracle | oracle
            title: 小镇 | zone: again | zone
            """)
    void refuses(String good, String bad, String word) {
        String text = bad == null
                ? GOOD.replace(good, "")
                : GOOD.replace(
                        good, bad.replace(", sex:", "\n      sex:").replace(", answer_grid:", "\n  answer_grid:"));
        assertThat(text).isNotEqualTo(GOOD);
        assertThatExceptionOfType(DeclarationException.class)
                .isThrownBy(() -> DeclarationReader.read(text))
                .withMessageContaining(word);
    }

    @ParameterizedTest
    @CsvSource({"visit, two, one or several", "place, one, subject"})
    void refusesRowsThatNobodyHas(String table, String rows, String word) {
        String head = "  " + table + ":\n";
        assertThatExceptionOfType(DeclarationException.class)
                .isThrownBy(() -> DeclarationReader.read(GOOD.replace(head, head + "    rows: " + rows + "\n")))
                .withMessageContaining(word);
    }

    @Test
    void namesPathAndLineOfEveryProblem() {
        String text = GOOD.replace("rounding: 5", "rounding: none")
                .replace("type: BIGINT, use: subject }\n      sex", "type: NUMBER, use: subject }\n      sex");
        DeclarationException wrong =
                catchThrowableOfType(DeclarationException.class, () -> DeclarationReader.read(text));
        assertThat(wrong.problems())
                .anySatisfy(p -> {
                    assertThat(p.path()).isEqualTo("release.rounding");
                    assertThat(p.line()).isEqualTo(8);
                })
                .anySatisfy(p -> {
                    assertThat(p.path()).isEqualTo("tables.person.columns.id.type");
                    assertThat(p.en()).contains("NUMBER", "BIGINT");
                    assertThat(p.zh()).contains("NUMBER");
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"zone: [census", "- a\n- b", "zone", "&a zone: *a", "zone: a\n---\nzone: b", "{"})
    void refusesWhatIsNoDeclaration(String text) {
        assertThatExceptionOfType(DeclarationException.class).isThrownBy(() -> DeclarationReader.read(text));
    }

    @Test
    void throwsNothingButItsOwnExceptionWhateverTheText() {
        SplittableRandom random = new SplittableRandom(7);
        int refused = 0;
        for (int i = 0; i < 3_000; i++) {
            StringBuilder text = new StringBuilder(GOOD);
            for (int change = random.nextInt(1, 6); change > 0; change--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.deleteCharAt(at);
                    case 1 -> text.insert(at, "[]{}:,-&*!|>'\"#%@`\n\t0".charAt(random.nextInt(21)));
                    default -> text.setCharAt(at, (char) random.nextInt(32, 0x3000));
                }
            }
            try {
                DeclarationReader.read(text.toString());
            } catch (DeclarationException wrong) {
                refused++;
                assertThat(wrong.problems()).isNotEmpty();
            }
        }
        assertThat(refused).isGreaterThan(1_000);
    }
}
