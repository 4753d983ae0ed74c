package org.datareturn.sandbox.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.datareturn.policy.Authoriser;
import org.datareturn.policy.Decision;
import org.datareturn.policy.GrantFacts;
import org.datareturn.policy.Obligations;
import org.datareturn.policy.Purpose;
import org.datareturn.policy.ReasonCode;
import org.datareturn.sandbox.calendar.WorkingCalendar;
import org.datareturn.sandbox.control.ControlDatabase.Engine;
import org.datareturn.sandbox.control.ControlFixture;
import org.datareturn.sandbox.grant.Grant;
import org.datareturn.sandbox.grant.GrantLookup;
import org.datareturn.sandbox.identity.Authenticator;
import org.datareturn.sandbox.identity.BearerTokens;
import org.datareturn.sandbox.identity.Credentials;
import org.datareturn.sandbox.identity.DevelopmentAuthority;
import org.datareturn.sandbox.identity.DevelopmentIdentities;
import org.datareturn.sandbox.identity.Principal;
import org.datareturn.sandbox.keys.KeyRing;
import org.datareturn.sandbox.ledger.Ledger;
import org.datareturn.sandbox.ledger.LedgerRecord;
import org.datareturn.sandbox.ledger.LedgerUnavailableException;
import org.datareturn.sandbox.ledger.NoteSigner;
import org.datareturn.sandbox.ledger.Recorded;
import org.datareturn.sandbox.model.jdbc.JdbcModelStore;
import org.datareturn.sandbox.road.CallPipeline;
import org.datareturn.sandbox.road.Outcome;
import org.datareturn.verifier.VerificationRequest;
import org.datareturn.verifier.model.AssessedModel;
import org.datareturn.verifier.model.BandScorer;
import org.datareturn.verifier.model.Scored;
import org.datareturn.verifier.probing.Canaries;
import org.datareturn.verifier.probing.InProcessProbeMemory;
import org.datareturn.verifier.probing.ProbeGuard;
import org.datareturn.verifier.probing.ProbingLimits;
import org.datareturn.verifier.reason.VerifierReason;
import org.datareturn.verifier.tokens.SubjectTokens;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models on the road, with a real ledger, real tokens, a real control database and ONNX Runtime; the policy is scripted. */
class ModelServiceTest {
    private static final String NAME = "datareturn.example/models";
    private static final String OURS = DevelopmentIdentities.COUNTY_CIVIL_AFFAIRS.code();

    @TempDir
    Path scratch;

    private final ControlFixture control = new ControlFixture(Engine.H2_MEMORY);
    private DevelopmentAuthority authority;
    private Ledger ledger;
    private AssessedModel model;
    private ModelService service;
    private String policy = "policy-1";

    @BeforeEach
    void open() throws Exception {
        KeyRing keys = KeyRing.open(scratch.resolve("keys"), scratch.resolve("data"));
        ledger = Ledger.open(
                scratch.resolve("data/ledger"), new NoteSigner(NAME, keys.ledgerSigningKey()), keys.journal());
        authority = DevelopmentAuthority.open(
                scratch.resolve("identities"),
                DevelopmentIdentities.all(),
                BearerTokens.Settings.of(NAME, NAME),
                TinyModel.CLOCK);
        SubjectTokens tokens = SubjectTokens.ephemeral();
        model = TinyModel.assessed(TinyModel.declared(1, "Tests"), scratch, tokens);
        ModelDesk desk = new ModelDesk(
                new JdbcModelStore(control.dataSource()), control.register(), () -> policy, TinyModel.CLOCK);
        ProbeGuard guard = new ProbeGuard(
                ProbingLimits.standard(),
                new InProcessProbeMemory(),
                tokens,
                Canaries.none(),
                event -> {},
                TinyModel.CLOCK);
        CallPipeline road = new CallPipeline(
                new Authenticator(authority.certificates(), authority.tokens(), control.register()),
                id -> new GrantLookup.Found(grant()),
                new Authoriser(input -> new Decision.Allow(
                        new Obligations(Obligations.AnswerForm.YES_NO, Set.of(), OptionalInt.empty(), false), policy)),
                ledger,
                keys.requestDigests(),
                WorkingCalendar.standard(),
                TinyModel.CLOCK);
        service = new ModelService(road, desk, new BandScorer(List.of(model), desk, tokens, guard, TinyModel.CLOCK));
    }

    @AfterEach
    void close() throws Exception {
        model.close();
        ledger.close();
        control.close();
    }

    @Test
    void answersABandOnlyOfAnApprovedModelAndRecordsEachStepFirst() throws Exception {
        assertThat(reason(ask("P60", "张三"))).isEqualTo(VerifierReason.MODEL_NOT_APPROVED);
        Recorded<Outcome<RegisteredModel>> registered =
                service.register(as("public-security-provider"), model.declaration());
        assertThat(record(registered).kind()).isEqualTo(LedgerRecord.Kind.MODEL_EVENT);
        assertThat(record(registered).outcome()).isEqualTo("MODEL_REGISTERED");
        assertThat(reason(ask("P60", "张三"))).isEqualTo(VerifierReason.MODEL_NOT_APPROVED);
        Recorded<Outcome<RegisteredModel>> own = service.approve(as("public-security-provider"), model, "妥当");
        assertThat(record(own).kind()).isEqualTo(LedgerRecord.Kind.REFUSAL);

        Recorded<Outcome<RegisteredModel>> approved = service.approve(as("province-content-reviewer"), model, "妥当");
        assertThat(record(approved).outcome()).isEqualTo("MODEL_APPROVED");
        assertThat(record(approved).source().orElseThrow())
                .contains(model.declaration().fingerprint().fileSha256());
        assertThat(List.of(answer(ask("P60", "张三")), answer(ask("P30", "张三")), answer(ask("P99", "张三"))))
                .containsExactly("HIGH", "LOW", "NO");
        Recorded<Outcome<Scored>> recorded = ask("P60", "张三");
        assertThat(record(recorded).edition()).contains("household/2026-11-01");
        assertThat(recorded.receipt().text()).doesNotContain("张三");
        assertThat(record(recorded).withRequestDigest("0".repeat(64)).toString())
                .doesNotContain("张三", "P60", "0.7");

        policy = "policy-2";
        assertThat(reason(ask("P60", "张三"))).isEqualTo(ModelReason.MODEL_CHANGED);
        assertThat(reason(ask("P60", "张三"))).isEqualTo(VerifierReason.MODEL_NOT_APPROVED);
    }

    private Recorded<Outcome<Scored>> ask(String number, String name) throws LedgerUnavailableException {
        return service.score(
                as("county-operator"),
                "grant-1",
                new VerificationRequest("pay-band", Map.of("licence_number", number, "name", name)),
                Optional.of(Purpose.ADMINISTRATIVE_BASIS),
                "370812");
    }

    private Credentials as(String alias) {
        Principal principal = DevelopmentIdentities.all().stream()
                .filter(identity -> identity.alias().equals(alias))
                .map(identity -> identity.operator().principal())
                .findFirst()
                .orElseThrow();
        return new Credentials(List.of(), Optional.of(authority.tokens().issue(principal)));
    }

    private LedgerRecord record(Recorded<?> recorded) throws LedgerUnavailableException {
        return ledger.reader().find(recorded.traceId()).getFirst().record();
    }

    private static String answer(Recorded<Outcome<Scored>> recorded) {
        return switch (recorded.answer()) {
            case Outcome.Answered<Scored>(Scored scored) -> scored.answer();
            case Outcome.Refused<Scored> refused -> throw new AssertionError(refused.toString());
        };
    }

    private static ReasonCode reason(Recorded<Outcome<Scored>> recorded) {
        return switch (recorded.answer()) {
            case Outcome.Answered<Scored> answered -> throw new AssertionError("answered");
            case Outcome.Refused<Scored> refused -> refused.refusal().reason();
        };
    }

    private static Grant grant() {
        GrantFacts facts = new GrantFacts(
                "grant-1",
                GrantFacts.Status.ACTIVE,
                OURS,
                "scenario",
                Purpose.ADMINISTRATIVE_BASIS,
                TinyModel.CLOCK.instant().minusSeconds(3600),
                TinyModel.CLOCK.instant().plusSeconds(3600),
                Set.of("pay-band"),
                Set.of(),
                Set.of("licence_number", "name", "household.age"),
                Set.of("370800"));
        return new Grant(facts, "application-1", "11370000MB30000142", TinyModel.CLOCK.instant());
    }
}
