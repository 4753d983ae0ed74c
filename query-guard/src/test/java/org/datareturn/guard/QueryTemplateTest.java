package org.datareturn.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigInteger;
import java.util.List;
import org.datareturn.guard.template.Assessment;
import org.datareturn.guard.template.Parameter;
import org.datareturn.guard.template.QueryTemplate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryTemplateTest {
    private static final String APPROVED_ONLY = TownCensus.YAML.replace("answers: ad-hoc", "answers: approved-only");

    private static final String BY_SCHOOL =
            "SELECT sex, COUNT(*) AS n, SUM(wage) AS wage FROM person WHERE school = :school AND age >= :from GROUP BY sex";

    private final ZoneFixture zone = ZoneFixture.open(APPROVED_ONLY, TownCensus.csv());
    private final ZoneFixture open = ZoneFixture.open(TownCensus.YAML, TownCensus.csv());

    @AfterEach
    void close() {
        zone.close();
        open.close();
    }

    private static Parameter school() throws QueryRefused {
        return Parameter.read(new Parameter.Written(
                "school", "VARCHAR", List.of(), List.of("primary", "middle", "high", "x' OR '1'='1")));
    }

    private static Parameter from() throws QueryRefused {
        return Parameter.read(new Parameter.Written("from", "INTEGER", List.of(), List.of("18", "30", "45")));
    }

    private static QueryTemplate bySchool() throws QueryRefused {
        return QueryTemplate.of(BY_SCHOOL, List.of(school(), from()));
    }

    @Test
    void answersABindingAsItWouldAnswerTheSqlWithTheValuesWrittenOut() throws QueryRefused {
        ZoneAnswer bound = zone.zone().answer(zone.call("a"), bySchool().bind(List.of("high", "30")));
        ZoneAnswer written = open.zone()
                .answer(open.call("a"), BY_SCHOOL.replace(":school", "'high'").replace(":from", "30"));
        assertThat(bound).isInstanceOf(Released.class);
        assertThat(((Released) bound).rows())
                .isEqualTo(((Released) written).rows())
                .hasSize(2);
        assertThat(((Released) bound).planDigest()).isEqualTo(((Released) written).planDigest());
    }

    @Test
    void anApprovedOnlyZoneRefusesAnySqlWhateverItAsks() {
        zone.guard("SELECT COUNT(*) FROM person").refuses(GuardReason.APPROVED_ONLY);
        zone.guard("SELECT 1").refuses(GuardReason.APPROVED_ONLY);
        open.guard("SELECT COUNT(*) AS n FROM person").released();
    }

    @Test
    void aValueIsALiteralAndNeverSql() throws QueryRefused {
        ZoneAnswer answer = zone.zone().answer(zone.call("a"), bySchool().bind(List.of("x' OR '1'='1", "18")));
        assertThat(answer)
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.refusal().reason()).isEqualTo(GuardReason.RARE_CONSTANT));
    }

    @ParameterizedTest
    @CsvSource({
        "TEMPLATE_ARGUMENTS_COUNT,high",
        "TEMPLATE_ARGUMENTS_COUNT,high|18|18",
        "TEMPLATE_ARGUMENT_OUT_OF_RANGE,college|18",
        "TEMPLATE_ARGUMENT_OUT_OF_RANGE,high|31",
        "TEMPLATE_ARGUMENT_TYPE,high|eighteen",
        "TEMPLATE_ARGUMENT_TYPE,high|18 OR TRUE",
        "TEMPLATE_ARGUMENT_TYPE,high|99999999999",
    })
    void refusesArgumentsOutsideWhatWasDeclared(GuardReason reason, String arguments) throws QueryRefused {
        QueryTemplate template = bySchool();
        assertRefused(reason, () -> template.bind(List.of(arguments.split("\\|"))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            n; INTEGER; 5|1;
            n; INTEGER; 1;
            n; INTEGER; 1|2|0;
            n; INTEGER; 1|2|-1;
            n; INTEGER; a|b;
            n; VARCHAR; a|z;
            n; BOOLEAN; false|true;
            n; DATE; 2024-01-01|2023-01-01;
            n; DATE; 2024-01-01|2024-02-01|0;
            n; NUMBER; 1|2;
            N; INTEGER; 1|2;
            n; INTEGER; ;
            n; INTEGER; 1|2; 1
            n; INTEGER; ; 1|1
            """)
    void refusesAParameterThatIsNotTypedAndLimited(String name, String type, String range, String values) {
        assertRefused(
                GuardReason.TEMPLATE_PARAMETER_MALFORMED,
                () -> Parameter.read(new Parameter.Written(name, type, parts(range), parts(values))));
    }

    @Test
    void everyDomainIsCountableAndReadsBackAsWritten() throws QueryRefused {
        for (Parameter.Written written : List.of(
                new Parameter.Written("a", "INTEGER", List.of("1", "10", "4"), List.of()),
                new Parameter.Written("b", "DECIMAL(5,2)", List.of("0.50", "2.00", "0.25"), List.of()),
                new Parameter.Written("c", "DATE", List.of("2024-01-01", "2024-01-31", "7"), List.of()),
                new Parameter.Written("d", "BOOLEAN", List.of(), List.of("true", "false")))) {
            Parameter parameter = Parameter.read(written);
            assertThat(parameter.written()).isEqualTo(written);
            int size = parameter.domain().size().intValueExact();
            assertThat(size).isEqualTo(List.of(3, 7, 5, 2).get("abcd".indexOf(parameter.name())));
            for (int i = 0; i < size; i++) {
                Object value = parameter.domain().at(BigInteger.valueOf(i));
                assertThat(parameter.argument(Parameter.text(value))).isEqualTo(value);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            SELECT COUNT(*) FROM person WHERE age >= :from
            SELECT COUNT(*) FROM person WHERE age >= :from AND school = :school AND sex = :sex
            SELECT COUNT(*) FROM person WHERE age >= ':from' AND school = :school
            SELECT COUNT(*) FROM person WHERE age >= ? AND school = :school AND age < :from
            SELECT COUNT(*) FROM person WHERE school = :school -- :from
            """)
    void refusesSqlWhosePlacesAreNotTheDeclaredParameters(String sql) {
        assertRefused(GuardReason.TEMPLATE_PARAMETERS_DIFFER, () -> QueryTemplate.of(sql, List.of(school(), from())));
    }

    @Test
    void aParameterMayStandTwiceAndBesideACast() throws QueryRefused {
        QueryTemplate template = QueryTemplate.of(
                "SELECT COUNT(*) AS n, 1::INTEGER AS one FROM person WHERE (school = :school OR school <> :school) AND age >= :from",
                List.of(school(), from()));
        assertThat(zone.zone().answer(zone.call("a"), template.bind(List.of("high", "18"))))
                .isInstanceOf(Released.class);
    }

    @Test
    void assessesEveryBindingOfAFewAndSaysSo() throws QueryRefused {
        Assessment assessment = zone.zone().assess(zone.call("a"), bySchool());
        assertThat(assessment.exhaustive()).isTrue();
        assertThat(assessment.tried()).isEqualTo(12);
        assertThat(assessment.depth()).isEqualTo(Assessment.Depth.REHEARSED);
        assertThat(assessment.findings()).containsExactly(new Assessment.Finding("RARE_CONSTANT", 3));
        assertThat(assessment.answered()).isEqualTo(9);
        assertThat(assessment.touched().orElseThrow().smallestGroup()).isIn(5L, 50L);
        assertThat(assessment.touched().orElseThrow().most()).isIn(50L, 500L);
    }

    @Test
    void assessingAnswersNobodyAndRemembersNothing() throws QueryRefused {
        open.zone().assess(open.call("a"), bySchool());
        Released first = open.guard("a", "SELECT COUNT(*) AS n FROM person").released();
        assertThat(first.number()).isEqualTo(1);
    }

    @Test
    void assessesAFewBindingsOfManyAndSaysThatItIsNotAll() throws QueryRefused {
        QueryTemplate many = QueryTemplate.of(
                "SELECT COUNT(*) AS n FROM person WHERE wage_band = :x OR sex = :sex"
                        .replace("wage_band = :x", "age >= 18 AND 1 < :x"),
                List.of(
                        Parameter.read(new Parameter.Written("x", "INTEGER", List.of("2", "100000"), List.of())),
                        Parameter.read(new Parameter.Written("sex", "VARCHAR", List.of(), List.of("F", "M")))));
        Assessment assessment = zone.zone().assess(zone.call("a"), many);
        assertThat(assessment.exhaustive()).isFalse();
        assertThat(assessment.bindings()).isEqualTo(BigInteger.valueOf(199_998));
        assertThat(assessment.tried()).isBetween(60, Rehearsal.MOST);
    }

    @Test
    void refusesATemplateThatBreaksARuleWhateverTheDataAre() throws QueryRefused {
        QueryTemplate rows = QueryTemplate.of("SELECT school FROM person WHERE school = :school", List.of(school()));
        assertRefused(GuardReason.ROWS_NOT_ALLOWED, () -> zone.zone().assess(zone.call("a"), rows));
        QueryTemplate person = QueryTemplate.of(
                "SELECT COUNT(*) FROM person WHERE id = :id",
                List.of(Parameter.read(new Parameter.Written("id", "INTEGER", List.of("1", "600"), List.of()))));
        assertRefused(GuardReason.SUBJECT_NOT_USABLE, () -> zone.zone().assess(zone.call("a"), person));
        QueryTemplate edge = QueryTemplate.of(
                "SELECT COUNT(*) FROM person WHERE age >= :age",
                List.of(Parameter.read(new Parameter.Written("age", "INTEGER", List.of("18", "40"), List.of()))));
        assertRefused(GuardReason.OFF_BAND_EDGE, () -> zone.zone().assess(zone.call("a"), edge));
    }

    @Test
    void readsNoDataOfAZoneWithAPrivacyBudget() throws QueryRefused {
        String dp = TownCensus.YAML.replace(
                "noise: none", "noise: dp\n  budget: { epsilon: 2.0, per_query: 0.5, refresh: P30D }");
        try (ZoneFixture budgeted = ZoneFixture.open(dp, TownCensus.csv())) {
            Assessment assessment = budgeted.zone().assess(budgeted.call("a"), bySchool());
            assertThat(assessment.depth()).isEqualTo(Assessment.Depth.PLANNED);
            assertThat(assessment.touched()).isEmpty();
            assertThat(assessment.cost().orElseThrow().runs()).isEqualTo(4);
            assertThat(budgeted.zone().budget(budgeted.call("a")).orElseThrow().left())
                    .isEqualByComparingTo("2.0");
        }
    }

    private static List<String> parts(String text) {
        return text == null || text.isBlank() ? List.of() : List.of(text.split("\\|"));
    }

    private static void assertRefused(GuardReason reason, org.assertj.core.api.ThrowableAssert.ThrowingCallable deed) {
        QueryRefused refused = catchThrowableOfType(QueryRefused.class, deed);
        assertThat(refused).as("must be refused: %s", reason).isNotNull();
        assertThat(refused.refusal().reason()).isEqualTo(reason);
    }
}
