package org.datareturn.sandbox.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.datareturn.policy.Purpose;
import org.datareturn.policy.Refusal;
import org.datareturn.sandbox.application.ApplicationDraft.Acceptance;
import org.datareturn.sandbox.control.ControlFixture;
import org.datareturn.sandbox.control.DraftMaker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CompletenessTest {
    private static final Instant NOW = Instant.parse("2026-09-30T02:00:00Z");
    private static final String LONG = "长".repeat(4001);

    @Test
    void findsNothingInACompleteDraft() {
        assertThat(check(ControlFixture.draft())).isEmpty();
        assertThat(check(ControlFixture.draft().purpose(Purpose.OTHER, "抚恤金发放")))
                .isEmpty();
        assertThat(check(ControlFixture.draft()
                        .commitment(
                                Acceptance.ACCEPTED, CommitmentText.current().digest(), "李安全")))
                .isEmpty();
    }

    static Stream<Arguments> missing() {
        return Stream.of(
                row("provider_organisation", draft -> draft.provider("")),
                row("products", draft -> draft.products().zones()),
                row("fields", DraftMaker::fields),
                row("regions", DraftMaker::regions),
                row("contact_name", draft -> draft.contact(" ", "0537-3412345", "wang@example.gov.cn")),
                row("contact_phone", draft -> draft.contact("王", "", "wang@example.gov.cn")),
                row("contact_email", draft -> draft.contact("王", "0537-3412345", "\t")),
                row("system_name", draft -> draft.systemName("")),
                row("scenario", draft -> draft.scenario("　")),
                row("legal_basis", draft -> draft.legalBasis("")),
                row("purpose", DraftMaker::noPurpose),
                row("purpose_text", draft -> draft.purpose(Purpose.OTHER, " ")),
                row("valid_from", DraftMaker::noStart),
                row("valid_until", DraftMaker::noEnd),
                row("security_officer", draft -> draft.commitment(Acceptance.ACCEPTED, "", "")),
                row("commitment_accepted", draft -> draft.commitment(Acceptance.NOT_ACCEPTED, "", "李安全")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("missing")
    void namesEachFieldThatIsMissing(String field, UnaryOperator<DraftMaker> change) {
        List<Refusal> refusals = check(change.apply(ControlFixture.draft()));
        assertThat(refusals).hasSize(1);
        assertThat(refusals.getFirst()).isEqualTo(Refusal.of(ApplicationReason.APPLICATION_FIELD_MISSING, field));
        assertThat(refusals.getFirst().messageZh()).contains(field);
        assertThat(refusals.getFirst().messageEn()).contains(field);
    }

    static Stream<Arguments> malformed() {
        return Stream.of(
                row("provider_organisation", draft -> draft.provider("11370000MB3000030X")),
                row("products", draft -> draft.products("identity-check", "identity-check")),
                row("calls_per_day", draft -> draft.callsPerDay(-1)),
                row("private_items_per_day", draft -> draft.privateItemsPerDay(-1)),
                row("private_items_per_day", draft -> draft.privateItemsPerDay(10_001)),
                row("calls_per_day", draft -> draft.callsPerDay(5_000_001)),
                row("zones", draft -> draft.zones("")),
                row("fields", draft -> draft.fields("a\0b")),
                row("regions", draft -> draft.regions("3708")),
                row("regions", draft -> draft.regions("370012")),
                row("contact_phone", draft -> draft.contact("王", "电话", "wang@example.gov.cn")),
                row("contact_email", draft -> draft.contact("王", "0537-3412345", "wang")),
                row("contact_name", draft -> draft.contact("王\0", "0537-3412345", "wang@example.gov.cn")),
                row("system_name", draft -> draft.systemName("名".repeat(201))),
                row("scenario", draft -> draft.scenario(LONG)),
                row("scenario", draft -> draft.scenario("half a pair \ud83d")),
                row("legal_basis", draft -> draft.legalBasis(LONG)),
                row("purpose_text", draft -> draft.purpose(Purpose.WORK_REFERENCE, LONG)),
                row("additional_agreement", draft -> draft.additionalAgreement(LONG)),
                row("technical_request", draft -> draft.technicalRequest(LONG)),
                row("valid_until", draft -> draft.valid("2026-10-02T00:00:00Z", "2026-10-02T00:00:00Z")),
                row("valid_until", draft -> draft.valid("2025-10-02T00:00:00Z", "2026-09-30T02:00:00Z")),
                row("valid_until", draft -> draft.valid("2026-10-02T00:00:00Z", "2036-10-02T00:00:00Z")),
                row("security_officer", draft -> draft.commitment(Acceptance.ACCEPTED, "", "李\u0007")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformed")
    void namesEachFieldThatCannotBeRight(String field, UnaryOperator<DraftMaker> change) {
        List<Refusal> refusals = check(change.apply(ControlFixture.draft()));
        assertThat(refusals).hasSize(1);
        assertThat(refusals.getFirst().reason()).isEqualTo(ApplicationReason.APPLICATION_FIELD_MALFORMED);
        assertThat(refusals.getFirst().arguments()).startsWith(field);
        assertThat(refusals.getFirst().messageEn()).contains(field).doesNotContain("{");
    }

    @Test
    void refusesACommitmentToAnotherText() {
        List<Refusal> refusals = check(ControlFixture.draft().commitment(Acceptance.ACCEPTED, "00".repeat(32), "李安全"));
        assertThat(refusals).extracting(Refusal::reason).containsExactly(ApplicationReason.COMMITMENT_TEXT_DIFFERS);
    }

    @Test
    void namesEverythingAtOnce() {
        assertThat(check(ControlFixture.draft()
                        .provider("")
                        .fields()
                        .systemName("")
                        .noPurpose()))
                .extracting(refusal -> refusal.arguments().getFirst())
                .containsExactly("provider_organisation", "fields", "system_name", "purpose");
    }

    @Test
    void commitsToTheEightClausesOfAppendixB() {
        CommitmentText text = CommitmentText.current();
        assertThat(text.text().lines().filter(line -> line.matches("[1-8]\\..*")))
                .hasSize(8);
        assertThat(text.digest()).hasSize(64).isEqualTo(CommitmentText.current().digest());
    }

    private static Arguments row(String field, UnaryOperator<DraftMaker> change) {
        return arguments(field, change);
    }

    private static List<Refusal> check(DraftMaker draft) {
        return Completeness.check(draft.make(), NOW, ApplicationRules.standard(), CommitmentText.current());
    }
}
