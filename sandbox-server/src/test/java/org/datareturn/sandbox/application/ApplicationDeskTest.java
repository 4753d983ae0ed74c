package org.datareturn.sandbox.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.datareturn.sandbox.control.ControlFixture.done;
import static org.datareturn.sandbox.control.ControlFixture.draft;
import static org.datareturn.sandbox.control.ControlFixture.reasons;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.datareturn.policy.Caller;
import org.datareturn.policy.GrantFacts;
import org.datareturn.sandbox.application.jdbc.JdbcApplicationStore;
import org.datareturn.sandbox.catalogue.Resource;
import org.datareturn.sandbox.control.ControlDatabase.Engine;
import org.datareturn.sandbox.control.ControlFixture;
import org.datareturn.sandbox.grant.Grant;
import org.datareturn.sandbox.grant.GrantLookup;
import org.datareturn.sandbox.grant.jdbc.JdbcGrantStore;
import org.datareturn.sandbox.identity.DevelopmentIdentities;
import org.datareturn.sandbox.identity.Operator;
import org.datareturn.sandbox.identity.Organisation;
import org.datareturn.sandbox.identity.Principal;
import org.datareturn.sandbox.identity.Region;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Engine.class)
class ApplicationDeskTest {
    private static final Verdict APPROVE = new Verdict.Approve("");
    private static final Verdict REFUSE = new Verdict.Refuse("与职责不符", "《数据安全法》第三十八条");

    private final ControlFixture node;
    private final ApplicationDesk desk;

    ApplicationDeskTest(Engine engine) {
        this.node = new ControlFixture(engine);
        this.desk = node.desk();
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void keepsWhatWasFiledWordForWord() {
        Application filed = node.filed();
        assertThat(filed.status()).isEqualTo(ApplicationStatus.SUBMITTED);
        assertThat(filed.draft()).isEqualTo(draft().make().accepting(desk.commitmentText()));
        assertThat(filed.applicant()).isEqualTo(DevelopmentIdentities.COUNTY_CIVIL_AFFAIRS);
        assertThat(done(desk.get(node.caller("county-operator"), filed.id()))).isEqualTo(filed);
    }

    @Test
    void grantsTheQuotaThatWasAskedFor() {
        Application filed = done(desk.file(
                node.caller("county-applicant"),
                draft().callsPerDay(1200).privateItemsPerDay(300).make()));
        done(desk.reviewFormally(node.caller("city-formal-reviewer"), filed.id(), APPROVE));
        Application approved = done(desk.reviewContent(node.caller("province-content-reviewer"), filed.id(), APPROVE));
        GrantLookup found =
                new JdbcGrantStore(node.dataSource()).find(approved.grantId().orElseThrow());
        assertThat(ControlFixture.found(found).facts().quotas())
                .isEqualTo(new GrantFacts.Quotas(OptionalLong.of(1200), 300));
        assertThat(node.granted().facts().quotas()).isEqualTo(GrantFacts.Quotas.STANDARD);
    }

    @Test
    void walksFromFilingToTheGrant() {
        Application filed = node.filed();
        // 30 September: 8, 9, 10 (a Saturday that is worked), 12, 13 October.
        assertThat(filed.due()).contains(LocalDate.parse("2026-10-13"));

        Application formal = done(desk.reviewFormally(node.caller("city-formal-reviewer"), filed.id(), APPROVE));
        assertThat(formal.status()).isEqualTo(ApplicationStatus.FORMALLY_APPROVED);
        assertThat(formal.due()).contains(LocalDate.parse("2026-10-20"));

        Application approved = done(desk.reviewContent(node.caller("province-content-reviewer"), filed.id(), APPROVE));
        assertThat(approved.status()).isEqualTo(ApplicationStatus.APPROVED);
        assertThat(approved.due()).isEmpty();
        assertThat(approved.steps())
                .extracting(step -> step.by().operator())
                .containsExactly("city-formal-reviewer", "province-content-reviewer");
        assertThat(done(desk.get(node.caller("county-applicant"), filed.id()))).isEqualTo(approved);
        assertThat(node.grants().find(approved.grantId().orElseThrow()))
                .extracting(found -> ControlFixture.found(found).applicationId())
                .isEqualTo(filed.id());
    }

    @Test
    void neverGrantsBeforeTheApprovalNorAfterTheValidityAskedFor() {
        Application formal = node.formallyApproved();
        node.clock().advance(Duration.ofDays(30));
        Application late = done(desk.file(node.caller("county-applicant"), draft().make()));
        done(desk.reviewFormally(node.caller("city-formal-reviewer"), late.id(), APPROVE));
        Application approved = done(desk.reviewContent(node.caller("province-content-reviewer"), late.id(), APPROVE));
        assertThat(ControlFixture.found(node.grants().find(approved.grantId().orElseThrow()))
                        .facts()
                        .notBefore())
                .isEqualTo(node.clock().instant());

        node.clock().advance(Duration.ofDays(400));
        assertThat(reasons(desk.reviewContent(node.caller("province-content-reviewer"), formal.id(), APPROVE)))
                .containsExactly("REQUESTED_VALIDITY_PASSED");
        assertThat(done(desk.get(node.caller("county-applicant"), formal.id())).status())
                .isEqualTo(ApplicationStatus.FORMALLY_APPROVED);
    }

    @Test
    void refusesEveryStepFromEveryEnd() {
        Application refusedForm = node.filed();
        done(desk.reviewFormally(node.caller("city-formal-reviewer"), refusedForm.id(), REFUSE));
        Application refusedContent = node.formallyApproved();
        done(desk.reviewContent(node.caller("province-content-reviewer"), refusedContent.id(), REFUSE));
        Application withdrawn = node.filed();
        done(desk.withdraw(node.caller("county-applicant"), withdrawn.id(), "场景变更"));
        Application approved = node.formallyApproved();
        done(desk.reviewContent(node.caller("province-content-reviewer"), approved.id(), APPROVE));

        for (Application ended : List.of(refusedForm, refusedContent, withdrawn, approved)) {
            for (Verdict verdict : List.of(APPROVE, REFUSE)) {
                assertThat(reasons(desk.reviewFormally(node.caller("city-formal-reviewer"), ended.id(), verdict)))
                        .containsExactly("APPLICATION_STEP_IMPOSSIBLE");
                assertThat(reasons(desk.reviewContent(node.caller("province-content-reviewer"), ended.id(), verdict)))
                        .containsExactly("APPLICATION_STEP_IMPOSSIBLE");
            }
            assertThat(reasons(desk.withdraw(node.caller("county-applicant"), ended.id(), "")))
                    .containsExactly("APPLICATION_STEP_IMPOSSIBLE");
        }
    }

    @Test
    void refusesContentReviewBeforeFormalReview() {
        assertThat(reasons(desk.reviewContent(
                        node.caller("province-content-reviewer"), node.filed().id(), APPROVE)))
                .containsExactly("APPLICATION_STEP_IMPOSSIBLE");
    }

    @Test
    void refusesAReviewOfOnesOwnOrganisationsApplication() {
        Application filed = node.filed();
        for (String alias : List.of("county-applicant", "county-operator")) {
            assertThat(reasons(
                            desk.reviewFormally(node.caller(alias, Caller.Role.FORMAL_REVIEWER), filed.id(), APPROVE)))
                    .containsExactly("REVIEW_OF_OWN_APPLICATION");
            assertThat(reasons(
                            desk.reviewContent(node.caller(alias, Caller.Role.CONTENT_REVIEWER), filed.id(), APPROVE)))
                    .containsExactly("REVIEW_OF_OWN_APPLICATION");
        }
    }

    @Test
    void sendsAnAuthoritysOwnApplicationToTheOneAbove() {
        Operator applicant = new Operator(
                new Principal(DevelopmentIdentities.CITY_DATA_AUTHORITY.code(), "city-applicant"),
                "市局申请人",
                Set.of(Caller.Role.APPLICANT));
        node.register().register(applicant);
        Caller own = node.caller("city-formal-reviewer");
        Caller filer =
                new Caller(own.organisation(), "city-applicant", applicant.roles(), own.region(), Caller.Proof.BEARER);
        Application filed = done(desk.file(filer, draft().make()));
        assertThat(reasons(desk.reviewFormally(own, filed.id(), APPROVE))).containsExactly("REVIEW_OF_OWN_APPLICATION");
        done(desk.reviewFormally(
                node.caller("province-content-reviewer", Caller.Role.FORMAL_REVIEWER), filed.id(), APPROVE));
        assertThat(reasons(desk.reviewContent(
                        node.caller("province-content-reviewer", Caller.Role.CONTENT_REVIEWER), filed.id(), APPROVE)))
                .containsExactly("REVIEWER_REVIEWED_BEFORE");
        done(desk.reviewContent(node.caller("security-officer", Caller.Role.CONTENT_REVIEWER), filed.id(), APPROVE));
    }

    @Test
    void refusesAReviewByAnotherAuthority() {
        Application filed = node.filed();
        for (String alias : List.of("province-content-reviewer", "industry-content-reviewer", "foreign-agency")) {
            assertThat(reasons(
                            desk.reviewFormally(node.caller(alias, Caller.Role.FORMAL_REVIEWER), filed.id(), APPROVE)))
                    .containsExactly("REVIEW_BY_WRONG_AUTHORITY");
        }
        done(desk.reviewFormally(node.caller("city-formal-reviewer"), filed.id(), APPROVE));
        for (String alias : List.of("industry-content-reviewer", "public-security-provider", "foreign-agency")) {
            assertThat(reasons(
                            desk.reviewContent(node.caller(alias, Caller.Role.CONTENT_REVIEWER), filed.id(), APPROVE)))
                    .containsExactly("REVIEW_BY_WRONG_AUTHORITY");
        }
    }

    @Test
    void hasTheIndustryAuthorityReviewWhatIsNoBaseLibrary() {
        Application filed = done(desk.file(
                node.caller("county-applicant"),
                draft().provider(DevelopmentIdentities.PROVINCIAL_CIVIL_AFFAIRS.code())
                        .products("marriage-check")
                        .zones()
                        .fields("id_number", "spouse_id_number")
                        .make()));
        done(desk.reviewFormally(node.caller("city-formal-reviewer"), filed.id(), APPROVE));
        assertThat(reasons(desk.reviewContent(node.caller("province-content-reviewer"), filed.id(), APPROVE)))
                .containsExactly("REVIEW_BY_WRONG_AUTHORITY");
        done(desk.reviewContent(node.caller("industry-content-reviewer"), filed.id(), APPROVE));
    }

    @Test
    void refusesACountysOwnDataAuthorityToThoseOfTheCityOnceItHasOne() {
        Organisation county = new Organisation(
                "11370812MB1000029U", "兖州区大数据中心（演示）", Organisation.Kind.DATA_AUTHORITY, new Region("370812"));
        node.register().register(county);
        assertThat(reasons(desk.reviewFormally(
                        node.caller("city-formal-reviewer"), node.filed().id(), APPROVE)))
                .containsExactly("REVIEW_BY_WRONG_AUTHORITY");
    }

    @Test
    void refusesWithoutTheRole() {
        Application filed = node.filed();
        assertThat(reasons(desk.file(node.caller("county-operator"), draft().make())))
                .containsExactly("APPLICATION_ROLE_MISSING");
        assertThat(reasons(desk.reviewFormally(
                        node.caller("city-formal-reviewer", Caller.Role.CONTENT_REVIEWER), filed.id(), APPROVE)))
                .containsExactly("APPLICATION_ROLE_MISSING");
        assertThat(reasons(desk.reviewContent(
                        node.caller("province-content-reviewer", Caller.Role.FORMAL_REVIEWER), filed.id(), APPROVE)))
                .containsExactly("APPLICATION_ROLE_MISSING");
        assertThat(reasons(desk.withdraw(node.caller("county-operator"), filed.id(), "")))
                .containsExactly("APPLICATION_ROLE_MISSING");
    }

    @Test
    void refusalsStateReasonsAndContentRefusalsTheirLegalBasis() {
        Application formal = node.formallyApproved();
        Application filed = node.filed();
        assertThat(reasons(desk.reviewFormally(
                        node.caller("city-formal-reviewer"), filed.id(), new Verdict.Refuse(" ", ""))))
                .containsExactly("REFUSAL_NEEDS_REASONS");
        Caller reviewer = node.caller("province-content-reviewer");
        assertThat(reasons(desk.reviewContent(reviewer, formal.id(), new Verdict.Refuse("", "《数据安全法》"))))
                .containsExactly("REFUSAL_NEEDS_REASONS");
        assertThat(reasons(desk.reviewContent(reviewer, formal.id(), new Verdict.Refuse("与职责不符", ""))))
                .containsExactly("REFUSAL_NEEDS_LEGAL_BASIS");
        assertThat(done(desk.reviewContent(reviewer, formal.id(), REFUSE))
                        .steps()
                        .getLast())
                .extracting(StepTaken::reasons, StepTaken::legalBasis)
                .containsExactly("与职责不符", "《数据安全法》第三十八条");
    }

    @Test
    void refusesWhatTheCatalogueDoesNotHave() {
        Caller applicant = node.caller("county-applicant");
        assertThat(reasons(desk.file(
                        applicant,
                        draft().products("identity-check", "tax-check").make())))
                .containsExactly("RESOURCE_NOT_IN_CATALOGUE");
        // A resource of another provider belongs on another form (SD-3 App. A).
        assertThat(reasons(
                        desk.file(applicant, draft().products("marriage-check").make())))
                .contains("RESOURCE_OF_OTHER_PROVIDER");
        // A product asks for all of its fields each time; of a zone some columns may do.
        assertThat(reasons(desk.file(
                        applicant, draft().fields("id_number", "person.age").make())))
                .containsExactly("PRODUCT_FIELDS_MISSING");
        assertThat(reasons(desk.file(
                        applicant,
                        draft().fields("id_number", "name", "person.age", "person.income")
                                .make())))
                .containsExactly("FIELD_NOT_IN_CATALOGUE");
        assertThat(reasons(
                        desk.file(applicant, draft().fields("id_number", "name").make())))
                .containsExactly("RESOURCE_WITHOUT_FIELD");
        assertThat(reasons(
                        desk.file(applicant, draft().regions("370812", "110101").make())))
                .containsExactly("REGION_BEYOND_AUTHORITY");
    }

    @Test
    void grantsNothingThatHasLeftTheCatalogueSinceItWasFiled() {
        Application formal = node.formallyApproved();
        Resource closed = new Resource(
                "population",
                Resource.Kind.ZONE,
                "人口库",
                "Population",
                ControlFixture.POPULATION.provider(),
                Resource.Library.BASE,
                ControlFixture.POPULATION.contentAuthority(),
                Resource.Sharing.NOT_SHARED,
                "《个人信息保护法》",
                Resource.Grade.LEVEL_4,
                ControlFixture.POPULATION.fields());
        node.catalogue().register(closed);
        assertThat(reasons(desk.reviewContent(node.caller("province-content-reviewer"), formal.id(), APPROVE)))
                .containsExactly("RESOURCE_NOT_SHARED");
        assertThat(node.grants().ofOrganisation(formal.applicant().code())).isEmpty();
    }

    @Test
    void showsAnApplicationToThoseItConcernsOnly() {
        Application filed = node.filed();
        for (String alias : List.of(
                "county-analyst", "city-formal-reviewer", "province-content-reviewer", "auditor", "security-officer")) {
            assertThat(desk.list(node.caller(alias))).as(alias).containsExactly(filed);
        }
        for (String alias : List.of("foreign-agency", "industry-content-reviewer", "public-security-provider")) {
            assertThat(desk.list(node.caller(alias))).as(alias).isEmpty();
            assertThat(reasons(desk.get(node.caller(alias), filed.id()))).containsExactly("APPLICATION_NOT_FOUND");
        }
        assertThat(reasons(desk.withdraw(node.caller("foreign-agency"), filed.id(), "")))
                .containsExactly("APPLICATION_NOT_FOUND");
        for (String id : List.of("", "' OR '1'='1", "app-\0", "x".repeat(100_000))) {
            assertThat(reasons(desk.get(node.caller("auditor"), id))).containsExactly("APPLICATION_NOT_FOUND");
        }
    }

    @Test
    void showsWhatIsOverdueFromTheDayAfterTheTerm() {
        Application filed = node.filed();
        node.clock().advance(Duration.ofDays(13));
        assertThat(desk.overdue(node.caller("city-formal-reviewer"))).isEmpty();
        node.clock().advance(Duration.ofDays(1));
        assertThat(desk.overdue(node.caller("city-formal-reviewer"))).containsExactly(filed);
        assertThat(desk.overdue(node.caller("foreign-agency"))).isEmpty();
    }

    @Test
    void ofTwoReviewersAtOnceOneWinsAndOneGrantIsIssued() throws Exception {
        for (int round = 0; round < 5; round++) {
            Application formal = node.formallyApproved();
            CyclicBarrier start = new CyclicBarrier(2);
            Callable<ApplicationOutcome> approve = () -> {
                start.await();
                return desk.reviewContent(node.caller("province-content-reviewer"), formal.id(), APPROVE);
            };
            Callable<ApplicationOutcome> refuse = () -> {
                start.await();
                return desk.reviewContent(
                        node.caller("security-officer", Caller.Role.CONTENT_REVIEWER), formal.id(), REFUSE);
            };
            try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
                List<ApplicationOutcome> outcomes = threads.invokeAll(List.of(approve, refuse)).stream()
                        .map(Future::resultNow)
                        .toList();
                assertThat(outcomes)
                        .filteredOn(ApplicationOutcome.Done.class::isInstance)
                        .hasSize(1);
                assertThat(outcomes)
                        .filteredOn(ApplicationOutcome.Refused.class::isInstance)
                        .allSatisfy(lost -> assertThat(reasons(lost).getFirst())
                                .isIn("CHANGED_MEANWHILE", "APPLICATION_STEP_IMPOSSIBLE"));
            }
            Application after = done(desk.get(node.caller("auditor"), formal.id()));
            assertThat(after.steps()).hasSize(2);
            assertThat(after.grantId().isPresent()).isEqualTo(after.status() == ApplicationStatus.APPROVED);
        }
    }

    @Test
    void refusesAStaleVersionWithoutLeavingATrace() {
        Application formal = node.formallyApproved();
        ApplicationStore store = new JdbcApplicationStore(node.dataSource());
        done(desk.withdraw(node.caller("county-applicant"), formal.id(), "撤回"));
        List<StepTaken> steps = new ArrayList<>(formal.steps());
        steps.add(new StepTaken(
                ApplicationStep.APPROVE_CONTENT, formal.filedBy(), node.clock().instant(), "", ""));
        Application stale = new Application(
                formal.id(),
                formal.draft(),
                formal.applicant(),
                formal.filedBy(),
                formal.filedAt(),
                formal.commitmentVersion(),
                formal.contentAuthority(),
                ApplicationStatus.APPROVED,
                Optional.empty(),
                steps,
                Optional.of("grant-stale"),
                formal.version() + 1);
        Grant grant = Issuing.grantFor(
                        formal, formal.contentAuthority(), node.clock().instant())
                .orElseThrow();
        assertThat(store.advance(stale, Optional.of(grant))).isEqualTo(ApplicationStore.Applied.VERSION_DIFFERS);
        assertThat(node.grants().find(grant.id())).isEqualTo(new GrantLookup.None());
        assertThat(store.find(formal.id()).orElseThrow().steps()).hasSize(2);
    }
}
