package org.datareturn.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.datareturn.policy.Ask;
import org.datareturn.policy.Authorisation;
import org.datareturn.policy.AuthorisedCall;
import org.datareturn.policy.Authoriser;
import org.datareturn.policy.Caller;
import org.datareturn.policy.Decision;
import org.datareturn.policy.GrantFacts;
import org.datareturn.policy.Obligations;
import org.datareturn.policy.Obligations.AnswerForm;
import org.datareturn.policy.PolicyInput;
import org.datareturn.policy.Purpose;
import org.datareturn.policy.ReasonCode;
import org.datareturn.policy.TimeFacts;
import org.datareturn.verifier.probing.Canaries;
import org.datareturn.verifier.probing.InProcessProbeMemory;
import org.datareturn.verifier.probing.ProbeGuard;
import org.datareturn.verifier.probing.ProbeMemory;
import org.datareturn.verifier.probing.ProbingLimits;
import org.datareturn.verifier.product.ProductDeclaration;
import org.datareturn.verifier.product.ProductDeclarationException;
import org.datareturn.verifier.product.Products;
import org.datareturn.verifier.reason.VerifierReason;
import org.datareturn.verifier.registry.TestRegistry;
import org.datareturn.verifier.tokens.SubjectTokens;
import org.datareturn.verifier.tokens.TestKeys;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerifierTest {
    private static final String NUMBER = "11010519491231002X";
    private static final String STRANGER = "440524188001010014";
    private static final Set<String> FIELDS = Set.of("id_number", "name");

    @TempDir
    Path folder;

    private final SubjectTokens keys = TestKeys.fresh();
    private final ProbeMemory memory = new InProcessProbeMemory();
    private CountingStore store;

    @BeforeEach
    void open() throws IOException {
        store = new CountingStore(TestRegistry.open(folder.resolve("population"), keys));
        TestRegistry.publish(store, folder, NUMBER + ",买买提·阿不都", "110105491231018,王五");
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    @ParameterizedTest
    @CsvSource({
        "11010519491231002X, 买买提·阿不都, YES_NO, MATCH",
        "11010519491231002X, 张三, YES_NO, NO",
        "440524188001010014, 张三, YES_NO, NO",
        "11010519491231002X, 买买提·阿不都, REASONED, MATCH",
        "11010519491231002X, 张三, REASONED, MISMATCH",
        "440524188001010014, 张三, REASONED, NO_RECORD",
        "１１０１０５１９４９１２３１００２ｘ, 买买提 • 阿不都, YES_NO, MATCH",
        "110105491231002, 买买提.阿不都, REASONED, MATCH",
        "11010519491231002X, 買買提·阿不都, REASONED, MISMATCH"
    })
    void answersNoMoreThanThePolicyAllows(String number, String name, AnswerForm form, Answer answer) {
        assertThat(checked(verifier(), form, number, name).answer()).isEqualTo(answer);
    }

    @ParameterizedTest
    @CsvSource({"11010519491231002X, 张三", "440524188001010014, 张三"})
    void givesOneNoWhenTheProductDeclaresNoReasonsWhateverThePolicyAllows(String number, String name)
            throws ProductDeclarationException {
        Verifier strict = new Verifier(yesNoOnly(), List.of(store), keys, guard(), TestRegistry.CLOCK);
        assertThat(checked(strict, AnswerForm.REASONED, number, name).answer()).isEqualTo(Answer.NO);
    }

    @Test
    void namesTheSourceAndItsAcquisitionDate() {
        Checked checked = checked(verifier(), AnswerForm.YES_NO, NUMBER, "张三");
        assertThat(checked.attribution().acquiredOn()).isEqualTo(LocalDate.of(2026, 11, 1));
        assertThat(checked.attribution().source()).isEqualTo("extract 2026-11");
        assertThat(checked.attribution().edition()).isEqualTo("population/1");
        assertThat(checked.attribution().provider().zh()).contains("公安");
        assertThat(checked.product().name()).isEqualTo("identity-check");
    }

    @Test
    void tellsTheLedgerTheSameSubjectTokenHoweverThePersonWasSpelled() {
        Checked one = checked(verifier(), AnswerForm.YES_NO, NUMBER, "张三");
        Checked other = checked(verifier(), AnswerForm.YES_NO, "110105491231002", "李四");
        assertThat(one.subject()).isEqualTo(other.subject());
        assertThat(one.subject())
                .isNotEqualTo(
                        checked(verifier(), AnswerForm.YES_NO, STRANGER, "张三").subject());
        assertThat(one.toString() + one.subject()).doesNotContain(NUMBER, "张三", "NO");
    }

    @Test
    void doesTheSameReadsForEveryKindOfAnswer() {
        for (String[] asked : new String[][] {{NUMBER, "买买提·阿不都"}, {NUMBER, "张三"}, {STRANGER, "张三"}}) {
            store.reset();
            checked(verifier(), AnswerForm.YES_NO, asked[0], asked[1]);
            assertThat(store.leases()).isEqualTo(1);
            assertThat(store.reads()).isEqualTo(1);
            assertThat(store.open()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "110105194912310021, 张三, ID_NUMBER_CHECK",
        "11010519491231002, 张三, ID_NUMBER_LENGTH",
        "11010519491231002X, ' ', PERSON_NAME_EMPTY",
        "11010519491231002X, 张%, PERSON_NAME_CHARACTER",
        "440524188001010015, '', ID_NUMBER_CHECK"
    })
    void refusesMalformedValuesBeforeAnyLookup(String number, String name, VerifierReason reason) {
        store.reset();
        assertRefused(verify(AnswerForm.REASONED, fields(number, name)), reason, ReasonCode.Kind.INVALID);
        assertThat(store.leases()).isZero();
    }

    @Test
    void refusesMissingAndExtraFieldsAndUnknownProducts() {
        assertRefused(
                verify(AnswerForm.YES_NO, Map.of("id_number", NUMBER)),
                VerifierReason.FIELD_MISSING,
                ReasonCode.Kind.INVALID);
        assertRefused(
                verify(AnswerForm.YES_NO, Map.of("id_number", NUMBER, "name", "张三", "phone", "1")),
                VerifierReason.FIELD_UNEXPECTED,
                ReasonCode.Kind.INVALID);
        assertRefused(
                verifier()
                        .verify(call(ask("marriage", FIELDS), grant()), new VerificationRequest("marriage", Map.of())),
                VerifierReason.PRODUCT_UNKNOWN,
                ReasonCode.Kind.NOT_FOUND);
        assertThat(store.reads()).isZero();
    }

    @Test
    void repeatsNothingFromTheCallerThatCouldBePersonalData() {
        VerificationOutcome outcome =
                verify(AnswerForm.YES_NO, Map.of("id_number", NUMBER, "name", "张三", "王五 " + STRANGER, "x"));
        assertThat(outcome.toString()).doesNotContain(STRANGER, "王五", "张三", NUMBER);
        assertThat(new VerificationRequest("identity-check", fields(NUMBER, "张三")).toString())
                .doesNotContain(NUMBER, "张三");
    }

    @Test
    void refusesACallThatWasAuthorisedForSomethingElse() {
        VerificationRequest request = new VerificationRequest("identity-check", fields(NUMBER, "张三"));
        for (Ask other : List.of(
                ask("marriage", FIELDS),
                ask("identity-check", Set.of("id_number")),
                ask("identity-check", Set.of("id_number", "name", "phone")),
                new Ask.Query("zone", Purpose.WORK_REFERENCE, "370100"))) {
            assertRefused(
                    verifier().verify(call(other, grant()), request),
                    VerifierReason.CALL_NOT_FOR_REQUEST,
                    ReasonCode.Kind.DENIED);
        }
    }

    @Test
    void refusesAGrantThatDoesNotCoverProductAndFields() {
        VerificationRequest request = new VerificationRequest("identity-check", fields(NUMBER, "张三"));
        Ask ask = ask("identity-check", FIELDS);
        assertRefused(
                verifier().verify(call(ask, Optional.empty()), request),
                VerifierReason.GRANT_LACKS_PRODUCT,
                ReasonCode.Kind.DENIED);
        assertRefused(
                verifier().verify(call(ask, Optional.of(grant(Set.of("other"), FIELDS))), request),
                VerifierReason.GRANT_LACKS_PRODUCT,
                ReasonCode.Kind.DENIED);
        assertRefused(
                verifier().verify(call(ask, Optional.of(grant(Set.of("identity-check"), Set.of("name")))), request),
                VerifierReason.GRANT_LACKS_FIELD,
                ReasonCode.Kind.DENIED);
        assertThat(store.reads()).isZero();
    }

    @Test
    void failsClosedWithoutARegistryOrWithAnUnreadableOne() throws IOException {
        VerificationRequest request = new VerificationRequest("identity-check", fields(NUMBER, "买买提·阿不都"));
        AuthorisedCall call = call(ask("identity-check", FIELDS), grant());
        assertRefused(
                new Verifier(Products.standard(), List.of(), keys, guard(), TestRegistry.CLOCK).verify(call, request),
                VerifierReason.REGISTRY_NOT_LOADED,
                ReasonCode.Kind.UNAVAILABLE);
        store.failReads();
        assertRefused(
                verifier().verify(call, request), VerifierReason.REGISTRY_UNREADABLE, ReasonCode.Kind.UNAVAILABLE);
        assertThat(store.open()).isZero();
        store.close();
        assertRefused(
                verifier().verify(call, request), VerifierReason.REGISTRY_NOT_LOADED, ReasonCode.Kind.UNAVAILABLE);
    }

    @Test
    void refusesStoresOfAnotherShapeAtStart() throws ProductDeclarationException {
        Products other = Products.of(List.of(ProductDeclaration.parse("""
                product: other
                title: { zh: 甲, en: a }
                registry: population
                fields: { id_number: { role: subject, normalisation: id-number }, code: { role: match, normalisation: credit-code } }
                answers: [yes-no]
                grant_fields: [id_number, code]
                source: { provider: { zh: 甲, en: a } }
                """, "test")));
        assertThatThrownBy(() -> new Verifier(other, List.of(store), keys, guard(), TestRegistry.CLOCK))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        new Verifier(Products.standard(), List.of(store, store), keys, guard(), TestRegistry.CLOCK))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private ProbeGuard guard() {
        return new ProbeGuard(ProbingLimits.standard(), memory, keys, Canaries.none(), event -> {}, TestRegistry.CLOCK);
    }

    private Verifier verifier() {
        return new Verifier(Products.standard(), List.of(store), keys, guard(), TestRegistry.CLOCK);
    }

    private VerificationOutcome verify(AnswerForm form, Map<String, String> fields) {
        return verifier()
                .verify(
                        call(ask("identity-check", fields.keySet()), grant(), form),
                        new VerificationRequest("identity-check", fields));
    }

    private static Checked checked(Verifier verifier, AnswerForm form, String number, String name) {
        VerificationOutcome outcome = verifier.verify(
                call(ask("identity-check", FIELDS), grant(), form),
                new VerificationRequest("identity-check", fields(number, name)));
        return switch (outcome) {
            case Checked checked -> checked;
            case VerificationOutcome.Refused refused ->
                throw new AssertionError(refused.refusal().messageEn());
            case VerificationOutcome.Suspended suspended ->
                throw new AssertionError(suspended.refusal().messageEn());
        };
    }

    private static void assertRefused(VerificationOutcome outcome, VerifierReason reason, ReasonCode.Kind kind) {
        switch (outcome) {
            case Checked checked -> throw new AssertionError("was answered: " + checked);
            case VerificationOutcome.Suspended suspended -> throw new AssertionError("was suspended");
            case VerificationOutcome.Refused refused -> {
                assertThat(refused.refusal().reason()).isEqualTo(reason);
                assertThat(reason.kind()).isEqualTo(kind);
                assertThat(refused.refusal().messageZh()).isNotBlank().doesNotContain("{0}");
                assertThat(refused.refusal().messageEn()).isNotBlank().doesNotContain("{0}");
            }
        }
    }

    private static Products yesNoOnly() throws ProductDeclarationException {
        return Products.of(List.of(ProductDeclaration.parse("""
                product: identity-check
                title: { zh: 身份信息核验, en: Identity check }
                registry: population
                fields: { id_number: { role: subject, normalisation: id-number }, name: { role: match, normalisation: person-name } }
                answers: [yes-no]
                grant_fields: [id_number, name]
                source: { provider: { zh: 公安, en: Police } }
                """, "test")));
    }

    private static Map<String, String> fields(String number, String name) {
        return Map.of("id_number", number, "name", name);
    }

    private static Ask ask(String product, Set<String> fields) {
        return new Ask.Verify(product, fields, Purpose.ADMINISTRATIVE_BASIS, "370102");
    }

    private static Optional<GrantFacts> grant() {
        return Optional.of(grant(Set.of("identity-check"), FIELDS));
    }

    private static GrantFacts grant(Set<String> products, Set<String> fields) {
        return new GrantFacts(
                "grant-1",
                GrantFacts.Status.ACTIVE,
                "91350100M000100Y43",
                "marriage registration",
                Purpose.ADMINISTRATIVE_BASIS,
                Instant.parse("2026-01-01T00:00:00Z"),
                Instant.parse("2027-01-01T00:00:00Z"),
                products,
                Set.of(),
                fields,
                Set.of("370000"));
    }

    private static AuthorisedCall call(Ask ask, Optional<GrantFacts> grant) {
        return call(ask, grant, AnswerForm.YES_NO);
    }

    private static AuthorisedCall call(Ask ask, Optional<GrantFacts> grant, AnswerForm form) {
        Caller caller =
                new Caller("91350100M000100Y43", "op", Set.of(Caller.Role.OPERATOR), "370102", Caller.Proof.MTLS);
        PolicyInput input = new PolicyInput(
                caller,
                grant,
                ask,
                TimeFacts.at(TestRegistry.CLOCK.instant().atZone(TestRegistry.CLOCK.getZone()), true));
        Obligations obligations = new Obligations(form, Set.of(), OptionalInt.empty(), false);
        return switch (new Authoriser(asked -> new Decision.Allow(obligations, "test")).authorise(input)) {
            case AuthorisedCall allowed -> allowed;
            case Authorisation.Denied denied -> throw new AssertionError(denied);
        };
    }
}
