package org.datareturn.sandbox.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.datareturn.guard.AnswerMemory;
import org.datareturn.guard.DataZone;
import org.datareturn.guard.EngineLimits;
import org.datareturn.guard.declaration.DeclarationException;
import org.datareturn.guard.declaration.DeclarationReader;
import org.datareturn.guard.load.CsvSource;
import org.datareturn.guard.load.LoadException;
import org.datareturn.guard.template.Parameter;
import org.datareturn.policy.Ask;
import org.datareturn.policy.AuthorisedCall;
import org.datareturn.policy.Authoriser;
import org.datareturn.policy.Caller;
import org.datareturn.policy.Decision;
import org.datareturn.policy.Obligations;
import org.datareturn.policy.PolicyInput;
import org.datareturn.policy.Purpose;
import org.datareturn.policy.TimeFacts;
import org.datareturn.sandbox.control.ControlDatabase.Engine;
import org.datareturn.sandbox.control.ControlFixture;
import org.datareturn.sandbox.template.jdbc.JdbcTemplateStore;
import org.datareturn.sandbox.zone.ApprovedQueries;
import org.datareturn.sandbox.zone.ServedZone;
import org.datareturn.sandbox.zone.store.EditionManifest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Engine.class)
class TemplateDeskTest {
    private static final String YAML = """
            zone: population
            title: 人口
            answers: approved-only
            release: { min_group_size: 10, dominance: { largest: 2, percent: 85 }, rounding: 5, noise: none }
            tables:
              person:
                columns:
                  id:        { type: INTEGER, use: subject }
                  sex:       { type: VARCHAR, use: [group, filter], values: [F, M] }
                  education: { type: VARCHAR, use: [group, filter] }
            """;

    private static final Submission BY_EDUCATION = new Submission(
            "按学历统计人数",
            "SELECT sex, COUNT(*) AS n FROM person WHERE education = :education GROUP BY sex",
            List.of(new Parameter.Written("education", "VARCHAR", List.of(), List.of("low", "high", "none"))));

    private final ControlFixture node;
    private final TemplateDesk desk;
    private final TemplateStore store;
    private final DataZone zone;

    TemplateDeskTest(Engine engine) throws DeclarationException, LoadException {
        this.node = new ControlFixture(engine);
        this.store = new JdbcTemplateStore(node.dataSource());
        this.desk = new TemplateDesk(store, new TemplateBench(node.catalogue()), node.clock());
        this.zone = DataZone.open(
                DeclarationReader.read(YAML),
                Map.of("person", new Persons()),
                AnswerMemory.inProcess(),
                EngineLimits.standard());
    }

    @AfterEach
    void close() {
        zone.close();
        node.close();
    }

    /** 400 persons of two educations. */
    private record Persons() implements CsvSource {
        @Override
        public String name() {
            return "person.csv";
        }

        @Override
        public InputStream open() {
            StringBuilder text = new StringBuilder("id,sex,education\n");
            IntStream.range(0, 400)
                    .forEach(i ->
                            text.append(i).append(i % 2 == 0 ? ",F," : ",M,").append(i % 3 == 0 ? "high\n" : "low\n"));
            return new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    private ServedZone served(String schema) {
        return new ServedZone(
                zone,
                new EditionManifest(
                        "population", 1, "e1", "provider", LocalDate.EPOCH, Instant.EPOCH, schema, List.of()));
    }

    private AuthorisedCall call(String alias, String revision) {
        Obligations obligations = new Obligations(
                Obligations.AnswerForm.YES_NO,
                Set.of("person.id", "person.sex", "person.education"),
                OptionalInt.empty(),
                true);
        return (AuthorisedCall) new Authoriser(input -> new Decision.Allow(obligations, revision))
                .authorise(new PolicyInput(
                        node.caller(alias),
                        Optional.empty(),
                        new Ask.Query("population", Purpose.WORK_REFERENCE, "370812"),
                        new TimeFacts(0, LocalDate.EPOCH, 0, 4, true)));
    }

    private StoredTemplate submitted() {
        return done(desk.submit(call("county-analyst", "r1"), served("s1"), BY_EDUCATION))
                .template();
    }

    private TemplateOutcome decide(String alias, StoredTemplate template, TemplateVerdict verdict) {
        return desk.decide(node.caller(alias), template.id(), template.version(), verdict);
    }

    private StoredTemplate approved() {
        return done(decide("province-content-reviewer", submitted(), new TemplateVerdict.Approve("用途明确")))
                .template();
    }

    @Test
    void keepsWhatWasSubmittedAndWhatWasFound() {
        StoredTemplate template = submitted();
        StoredTemplate kept = store.find(template.id()).orElseThrow();
        assertThat(kept.status()).isEqualTo(TemplateStatus.ASSESSED);
        assertThat(kept.template().sql()).isEqualTo(BY_EDUCATION.sql());
        assertThat(kept.template().parameters().getFirst().written())
                .isEqualTo(BY_EDUCATION.parameters().getFirst());
        assertThat(kept.assessment()).isEqualTo(template.assessment());
        assertThat(kept.assessment().exhaustive()).isTrue();
        assertThat(kept.assessment().answered()).isEqualTo(2);
        assertThat(kept.assessment().findings())
                .extracting(finding -> finding.reason() + finding.bindings())
                .containsExactly("RARE_CONSTANT1");
        assertThat(kept.basis()).isEqualTo(template.basis());
        assertThat(kept.steps()).isEqualTo(template.steps());
        assertThat(store.all()).extracting(StoredTemplate::id).containsExactly(template.id());
    }

    @Test
    void runsOnlyWhatAPersonApproved() {
        StoredTemplate waiting = submitted();
        assertThat(lookup(waiting, "r1", "s1")).isEqualTo("TEMPLATE_NOT_APPROVED");
        decide("province-content-reviewer", waiting, new TemplateVerdict.Refuse("范围过宽"));
        assertThat(lookup(waiting, "r1", "s1")).isEqualTo("TEMPLATE_REFUSED");
        StoredTemplate approved = approved();
        assertThat(lookup(approved, "r1", "s1")).isEqualTo("approved");
        assertThat(reason(desk.approved(call("foreign-agency", "r1"), served("s1"), approved.id())))
                .isEqualTo("TEMPLATE_NOT_FOUND");
        decide("province-content-reviewer", approved, new TemplateVerdict.Refuse("情况有变"));
        assertThat(lookup(approved, "r1", "s1")).isEqualTo("TEMPLATE_REFUSED");
    }

    @Test
    void letsNobodyDecideButTheZonesReviewerOfAnotherOrganisation() {
        StoredTemplate template = submitted();
        TemplateVerdict yes = new TemplateVerdict.Approve("同意");
        for (String alias : List.of(
                "industry-content-reviewer", "city-formal-reviewer", "auditor", "security-officer", "foreign-agency")) {
            assertThat(refused(decide(alias, template, yes))).isEqualTo("TEMPLATE_REVIEW_NOT_ALLOWED");
        }
        Caller own = node.caller("county-analyst", Caller.Role.CONTENT_REVIEWER, Caller.Role.ANALYST);
        assertThat(refused(desk.decide(own, template.id(), 1, yes))).isEqualTo("TEMPLATE_REVIEW_OF_OWN");
        assertThat(refused(decide("province-content-reviewer", template, new TemplateVerdict.Approve(" "))))
                .isEqualTo("TEMPLATE_DECISION_NEEDS_REASONS");
        assertThat(refused(desk.decide(node.caller("province-content-reviewer"), template.id(), 2, yes)))
                .isEqualTo("CHANGED_MEANWHILE");
        assertThat(lookup(template, "r1", "s1")).isEqualTo("TEMPLATE_NOT_APPROVED");
    }

    @Test
    void aChangedDeclarationOrPolicySuspendsUntilAssessedAndApprovedAgain() {
        for (List<String> change : List.of(List.of("r2", "s1"), List.of("r1", "s2"))) {
            String revision = change.get(0);
            String schema = change.get(1);
            StoredTemplate template = approved();
            assertThat(lookup(template, revision, schema)).isEqualTo("TEMPLATE_SUSPENDED");
            // For everybody from then on, also under what it was approved under.
            assertThat(lookup(template, "r1", "s1")).isEqualTo("TEMPLATE_SUSPENDED");
            StoredTemplate suspended = store.find(template.id()).orElseThrow();
            assertThat(suspended.status()).isEqualTo(TemplateStatus.SUSPENDED);
            assertThat(suspended.steps().getLast().operator()).isEqualTo(TemplateStep.NODE);
            assertThat(refused(decide("province-content-reviewer", suspended, new TemplateVerdict.Approve("同意"))))
                    .isEqualTo("TEMPLATE_STEP_IMPOSSIBLE");
            StoredTemplate again = done(desk.assess(call("county-analyst", revision), served(schema), template.id()))
                    .template();
            assertThat(lookup(template, revision, schema)).isEqualTo("TEMPLATE_NOT_APPROVED");
            done(decide("province-content-reviewer", again, new TemplateVerdict.Approve("复核同意")));
            assertThat(lookup(template, revision, schema)).isEqualTo("approved");
            assertThat(store.find(template.id()).orElseThrow().steps())
                    .extracting(step -> step.kind().name())
                    .containsExactly("SUBMIT", "APPROVE", "SUSPEND", "ASSESS", "APPROVE");
        }
    }

    @Test
    void showsTheRehearsalToReviewersAndWatchersOnly() {
        StoredTemplate template = submitted();
        assertThat(sight("county-analyst", template)).isEqualTo("OWN");
        assertThat(sight("province-content-reviewer", template)).isEqualTo("REVIEW");
        assertThat(sight("auditor", template)).isEqualTo("REVIEW");
        assertThat(sight("industry-content-reviewer", template)).isEqualTo("TEMPLATE_NOT_FOUND");
        assertThat(sight("foreign-agency", template)).isEqualTo("TEMPLATE_NOT_FOUND");
        assertThat(desk.list(node.caller("foreign-agency"))).isEmpty();
        assertThat(desk.list(node.caller("county-analyst"))).hasSize(1);
    }

    @Test
    void takesNoTemplateThatBreaksARule() {
        Submission rows = new Submission("名单", "SELECT education FROM person", List.of());
        assertThat(refused(desk.submit(call("county-analyst", "r1"), served("s1"), rows)))
                .isEqualTo("ROWS_NOT_ALLOWED");
        Submission untitled = new Submission(" ", BY_EDUCATION.sql(), BY_EDUCATION.parameters());
        assertThat(refused(desk.submit(call("county-analyst", "r1"), served("s1"), untitled)))
                .isEqualTo("TEMPLATE_TITLE_MALFORMED");
        assertThat(store.all()).isEmpty();
        assertThat(store.find("' OR '1'='1")).isEmpty();
    }

    private String lookup(StoredTemplate template, String revision, String schema) {
        return reason(desk.approved(call("county-analyst", revision), served(schema), template.id()));
    }

    private static String reason(ApprovedQueries.Lookup lookup) {
        return switch (lookup) {
            case ApprovedQueries.Lookup.Approved approved -> "approved";
            case ApprovedQueries.Lookup.NotRun notRun ->
                notRun.refusal().reason().name();
        };
    }

    private String sight(String alias, StoredTemplate template) {
        return switch (desk.get(node.caller(alias), template.id())) {
            case TemplateOutcome.Done done -> done.view().sight().name();
            case TemplateOutcome.Refused refused -> refused.refusal().reason().name();
        };
    }

    private static TemplateView done(TemplateOutcome outcome) {
        return switch (outcome) {
            case TemplateOutcome.Done done -> done.view();
            case TemplateOutcome.Refused refused ->
                throw new AssertionError(refused.refusal().messageEn());
        };
    }

    private static String refused(TemplateOutcome outcome) {
        return switch (outcome) {
            case TemplateOutcome.Done done -> "done";
            case TemplateOutcome.Refused refused -> refused.refusal().reason().name();
        };
    }
}
