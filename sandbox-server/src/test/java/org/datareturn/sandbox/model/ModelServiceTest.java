package org.datareturn.sandbox.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.LocalDate;
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
import org.datareturn.sandbox.catalogue.Resource;
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
import org.datareturn.sandbox.model.jdbc.JdbcModelFiles;
import org.datareturn.sandbox.model.jdbc.JdbcModelStore;
import org.datareturn.sandbox.road.CallPipeline;
import org.datareturn.sandbox.road.Outcome;
import org.datareturn.verifier.VerificationRequest;
import org.datareturn.verifier.model.BandScorer;
import org.datareturn.verifier.model.ModelAssessor;
import org.datareturn.verifier.model.ModelFingerprint;
import org.datareturn.verifier.model.Scored;
import org.datareturn.verifier.probing.Canaries;
import org.datareturn.verifier.probing.InProcessProbeMemory;
import org.datareturn.verifier.probing.ProbeGuard;
import org.datareturn.verifier.probing.ProbingLimits;
import org.datareturn.verifier.probing.RequestStamp;
import org.datareturn.verifier.product.Products;
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

    private static final FeatureOrigin ORIGIN = new FeatureOrigin(
            DevelopmentIdentities.PROVINCIAL_PUBLIC_SECURITY.code(),
            Resource.Library.BASE,
            DevelopmentIdentities.PROVINCIAL_DATA_AUTHORITY.code(),
            LocalDate.of(2026, 11, 1));

    @TempDir
    Path scratch;

    private final ControlFixture control = new ControlFixture(Engine.H2_MEMORY);
    private DevelopmentAuthority authority;
    private Ledger ledger;
    private ModelShelf shelf;
    private SealedFeatures features;
    private ModelFiles files;
    private ModelService service;
    private String policy = "policy-1";
    private int asked;

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
        features = new SealedFeatures(scratch.resolve("data/features"), keys.zoneFiles());
        features.seal("household", ORIGIN, TinyModel.features());
        files = new JdbcModelFiles(control.dataSource());
        ModelStore store = new JdbcModelStore(control.dataSource());
        ModelVault vault = new ModelVault(keys.records(), files);
        shelf = new ModelShelf(store, vault, features, new ModelAssessor(tokens, TinyModel.CLOCK));
        ModelDesk desk = new ModelDesk(store, control.register(), () -> policy, TinyModel.CLOCK);
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
        service = new ModelService(
                road,
                new ModelBench(new ModelBench.Parts(
                        desk, store, vault, features, shelf, control.catalogue(), Products.standard())),
                new BandScorer(shelf, desk, tokens, guard, TinyModel.CLOCK));
    }

    @AfterEach
    void close() throws Exception {
        shelf.close();
        ledger.close();
        control.close();
    }

    @Test
    void answersABandOnlyOfAnApprovedModelAndRecordsEachStepFirst() throws Exception {
        assertThat(reason(ask("P60", "张三"))).isEqualTo(VerifierReason.MODEL_UNKNOWN);
        Recorded<Outcome<ModelView>> registered = register(TinyModel.text(1, "Tests"), TinyModel.file());
        assertThat(record(registered).kind()).isEqualTo(LedgerRecord.Kind.MODEL_EVENT);
        assertThat(record(registered).outcome()).isEqualTo("MODEL_REGISTERED");
        assertThat(view(registered).assessment().orElseThrow().bands())
                .containsExactly(new ModelAssessment.BandSize("LOW", 25), new ModelAssessment.BandSize("HIGH", 30));
        assertThat(reason(ask("P60", "张三"))).isEqualTo(VerifierReason.MODEL_NOT_APPROVED);
        assertThat(control.catalogue().find(Resource.Kind.PRODUCT, "pay-band")).isEmpty();
        assertThat(reason(approve("public-security-provider", 1))).isEqualTo(ModelReason.MODEL_ROLE_NEEDED);
        assertThat(reason(approve("industry-content-reviewer", 1))).isEqualTo(ModelReason.MODEL_REVIEW_NOT_COMPETENT);

        Recorded<Outcome<ModelView>> approved = approve("province-content-reviewer", 1);
        assertThat(record(approved).outcome()).isEqualTo("MODEL_APPROVED");
        assertThat(record(approved).source().orElseThrow())
                .contains(view(approved).model().fingerprint().fileSha256());
        assertThat(control.catalogue()
                        .find(Resource.Kind.PRODUCT, "pay-band")
                        .orElseThrow()
                        .resource()
                        .fieldNames())
                .containsExactlyInAnyOrder("licence_number", "name", "household.age");
        assertThat(List.of(answer(ask("P60", "张三")), answer(ask("P30", "张三")), answer(ask("P99", "张三"))))
                .containsExactly("HIGH", "LOW", "NO");
        Recorded<Outcome<Scored>> recorded = ask("P60", "张三");
        assertThat(record(recorded).edition()).contains("household/2026-11-01");
        assertThat(record(recorded).source().orElseThrow())
                .contains("pay-band/1")
                .contains(view(approved).model().fingerprint().fileSha256());
        assertThat(recorded.receipt().text()).doesNotContain("张三");
        assertThat(record(recorded).withRequestDigest("0".repeat(64)).toString())
                .doesNotContain("张三", "P60", "0.7");

        policy = "policy-2";
        assertThat(reason(ask("P60", "张三"))).isEqualTo(ModelReason.MODEL_CHANGED);
        assertThat(reason(ask("P60", "张三"))).isEqualTo(VerifierReason.MODEL_NOT_APPROVED);
    }

    @Test
    void registersOnlyWhatPassesFromWhoProvidesTheTable() throws Exception {
        String text = TinyModel.text(1, "Tests");
        byte[] other = TinyModel.file();
        other[other.length - 1] ^= 1;
        assertThat(reason(register(text, other))).isEqualTo(VerifierReason.MODEL_DIGEST);
        assertThat(reason(register(text.replace("bounds: [0, 120]", "bounds: [0, 70]"), TinyModel.file())))
                .isEqualTo(VerifierReason.FEATURE_OUT_OF_BOUNDS);
        assertThat(reason(register(text.replace("upper: 0.5", "upper: 0.06"), TinyModel.file())))
                .isEqualTo(VerifierReason.MODEL_BAND_TOO_SMALL);
        assertThat(reason(register(text.replace("features: household", "features: nowhere"), TinyModel.file())))
                .isEqualTo(ModelReason.MODEL_TABLE_UNKNOWN);
        assertThat(reason(register(text.replace("model: pay-band", "model: identity-check"), TinyModel.file())))
                .isEqualTo(ModelReason.MODEL_NAME_TAKEN);
        assertThat(reason(register("model: [", TinyModel.file()))).isEqualTo(ModelReason.MODEL_DECLARATION);
        assertThat(reason(register(text, new byte[ModelVault.MOST_BYTES]))).isEqualTo(ModelReason.MODEL_TOO_LARGE);
        assertThat(reason(service.register(as("county-operator"), text, TinyModel.file())))
                .isEqualTo(ModelReason.MODEL_ROLE_NEEDED);
        features.seal(
                "household",
                new FeatureOrigin(
                        DevelopmentIdentities.PROVINCIAL_CIVIL_AFFAIRS.code(),
                        Resource.Library.BASE,
                        DevelopmentIdentities.PROVINCIAL_DATA_AUTHORITY.code(),
                        ORIGIN.acquiredOn()),
                TinyModel.features());
        assertThat(reason(register(text, TinyModel.file()))).isEqualTo(ModelReason.MODEL_TABLE_NOT_YOURS);
        assertThat(answered(service.list(as("auditor")))).isEmpty();
    }

    @Test
    void showsAModelToItsOwnAndItsReviewersAndOnceApprovedToAll() throws Exception {
        register(TinyModel.text(1, "Tests"), TinyModel.file());
        assertThat(reason(service.get(as("county-operator"), "pay-band", 1)))
                .isEqualTo(ModelReason.MODEL_NOT_REGISTERED);
        assertThat(answered(service.list(as("county-operator")))).isEmpty();
        for (String reader : List.of("public-security-provider", "province-content-reviewer", "auditor")) {
            assertThat(view(service.get(as(reader), "pay-band", 1)).declaration())
                    .as(reader)
                    .contains(TinyModel.text(1, "Tests"));
            assertThat(answered(service.list(as(reader)))).as(reader).hasSize(1);
        }
        approve("province-content-reviewer", 1);
        assertThat(view(service.get(as("county-operator"), "pay-band", 1)).history())
                .hasSize(1);
        assertThat(reason(service.assess(as("county-operator"), "pay-band", 1)))
                .isEqualTo(ModelReason.MODEL_ROLE_NEEDED);
        assertThat(view(service.assess(as("province-content-reviewer"), "pay-band", 1))
                        .assessment())
                .isPresent();
    }

    @Test
    void asksTheVersionApprovedLastAndNoneThatWasStopped() throws Exception {
        register(TinyModel.text(1, "Tests"), TinyModel.file());
        register(TinyModel.text(2, "Tests"), TinyModel.file());
        approve("province-content-reviewer", 1);
        assertThat(version(ask("P60", "张三"))).isEqualTo(1);
        approve("province-content-reviewer", 2);
        assertThat(version(ask("P60", "张三"))).isEqualTo(2);
        view(service.suspend(as("security-officer"), "pay-band", 2, "投诉"));
        assertThat(reason(ask("P60", "张三"))).isEqualTo(VerifierReason.MODEL_NOT_APPROVED);
        approve("province-content-reviewer", 2);
        assertThat(version(ask("P60", "张三"))).isEqualTo(2);
    }

    @Test
    void asksNothingOfAModelThatWasTamperedWithWhereItIsKept() throws Exception {
        Recorded<Outcome<ModelView>> registered = register(TinyModel.text(1, "Tests"), TinyModel.file());
        approve("province-content-reviewer", 1);
        ModelFingerprint which = view(registered).model().fingerprint();
        byte[] sealed =
                files.find(which.declarationSha256(), which.fileSha256()).orElseThrow();
        sealed[sealed.length / 2] ^= 1;
        try (Connection connection = control.dataSource().getConnection();
                PreparedStatement tamper = connection.prepareStatement("UPDATE model_files SET sealed = ?")) {
            tamper.setBytes(1, sealed);
            assertThat(tamper.executeUpdate()).isEqualTo(1);
        }
        // As after a restart: nothing is held in memory any more.
        shelf.close();
        assertThat(reason(ask("P60", "张三"))).isEqualTo(ModelReason.MODEL_CHANGED);
    }

    private Recorded<Outcome<ModelView>> register(String text, byte[] file) throws LedgerUnavailableException {
        return service.register(as("public-security-provider"), text, file);
    }

    private Recorded<Outcome<ModelView>> approve(String reviewer, int version) throws LedgerUnavailableException {
        return service.approve(as(reviewer), "pay-band", version, "妥当");
    }

    private Recorded<Outcome<Scored>> ask(String number, String name) throws LedgerUnavailableException {
        return service.score(
                as("county-operator"),
                "grant-1",
                new VerificationRequest(
                        "pay-band",
                        Map.of("licence_number", number, "name", name),
                        Optional.of(new RequestStamp("nonce-000000000-" + asked++, TinyModel.CLOCK.instant()))),
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
        return answered(recorded).answer();
    }

    private static int version(Recorded<Outcome<Scored>> recorded) {
        return answered(recorded).model().version();
    }

    private static ModelView view(Recorded<Outcome<ModelView>> recorded) {
        return answered(recorded);
    }

    private static <T> T answered(Recorded<Outcome<T>> recorded) {
        return switch (recorded.answer()) {
            case Outcome.Answered<T>(T answer) -> answer;
            case Outcome.Refused<T> refused -> throw new AssertionError(refused.toString());
        };
    }

    private static <T> ReasonCode reason(Recorded<Outcome<T>> recorded) {
        return switch (recorded.answer()) {
            case Outcome.Answered<T> answered -> throw new AssertionError("answered");
            case Outcome.Refused<T> refused -> refused.refusal().reason();
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
