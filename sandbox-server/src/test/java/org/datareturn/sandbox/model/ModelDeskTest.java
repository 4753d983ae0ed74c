package org.datareturn.sandbox.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.datareturn.policy.Caller;
import org.datareturn.policy.ReasonCode;
import org.datareturn.sandbox.control.ControlDatabase.Engine;
import org.datareturn.sandbox.control.ControlFixture;
import org.datareturn.sandbox.model.jdbc.JdbcModelStore;
import org.datareturn.verifier.model.AssessedModel;
import org.datareturn.verifier.model.ModelDeclaration;
import org.datareturn.verifier.model.ModelStanding;
import org.datareturn.verifier.reason.VerifierReason;
import org.datareturn.verifier.tokens.SubjectTokens;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Engine.class)
class ModelDeskTest {
    private static final ModelDeclaration FIRST = TinyModel.declared(1, "Tests");

    @TempDir
    Path folder;

    private final ControlFixture node;
    private final ModelDesk desk;
    private final ModelStore store;
    private final Caller provider;
    private final Caller reviewer;
    private String policy = "policy-1";

    ModelDeskTest(Engine engine) {
        this.node = new ControlFixture(engine);
        this.store = new JdbcModelStore(node.dataSource());
        this.desk = new ModelDesk(store, node.register(), () -> policy, node.clock());
        this.provider = node.caller("public-security-provider");
        this.reviewer = node.caller("province-content-reviewer");
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void letsAModelBeUsedOnlyOnceASecondPersonApprovedIt() throws IOException {
        assertThat(reason(desk.standing(FIRST.fingerprint(), policy))).isEqualTo(VerifierReason.MODEL_NOT_APPROVED);
        assertThat(done(desk.register(provider, FIRST)).status()).isEqualTo(ModelStatus.REGISTERED);
        assertThat(reason(desk.standing(FIRST.fingerprint(), policy))).isEqualTo(VerifierReason.MODEL_NOT_APPROVED);
        RegisteredModel approved = done(approve(reviewer, FIRST, "妥当"));
        assertThat(approved.status()).isEqualTo(ModelStatus.APPROVED);
        assertThat(desk.standing(FIRST.fingerprint(), policy)).isInstanceOf(ModelStanding.Approved.class);
        ModelDesk otherServer =
                new ModelDesk(new JdbcModelStore(node.dataSource()), node.register(), () -> policy, node.clock());
        assertThat(otherServer.standing(FIRST.fingerprint(), policy)).isInstanceOf(ModelStanding.Approved.class);
        assertThat(store.find("pay-band", 1)).contains(approved);
        assertThat(desk.history("pay-band", 1)).singleElement().satisfies(change -> {
            assertThat(change.by().operator()).isEqualTo("province-content-reviewer");
            assertThat(change.reason()).isEqualTo("妥当");
        });
    }

    @Test
    void letsNobodyReviewWithoutTheRoleTheAuthorityAndAReasonOrTheirOwn() throws IOException {
        assertThat(reason(desk.register(reviewer, FIRST))).isEqualTo(ModelReason.MODEL_ROLE_NEEDED);
        assertThat(reason(approve(reviewer, FIRST, "妥当"))).isEqualTo(ModelReason.MODEL_NOT_REGISTERED);
        done(desk.register(provider, FIRST));
        assertThat(reason(approve(provider, FIRST, "妥当"))).isEqualTo(ModelReason.MODEL_ROLE_NEEDED);
        assertThat(reason(approve(
                        node.caller("public-security-provider", Caller.Role.CONTENT_REVIEWER, Caller.Role.PROVIDER),
                        FIRST,
                        "妥当")))
                .isIn(ModelReason.MODEL_REVIEW_OF_OWN, ModelReason.MODEL_REVIEW_NOT_AUTHORITY);
        Caller both = node.caller("province-content-reviewer", Caller.Role.CONTENT_REVIEWER, Caller.Role.PROVIDER);
        ModelDeclaration own = TinyModel.declared(2, "Tests");
        done(desk.register(both, own));
        assertThat(reason(approve(both, own, "妥当"))).isEqualTo(ModelReason.MODEL_REVIEW_OF_OWN);
        assertThat(reason(approve(node.caller("county-applicant", Caller.Role.CONTENT_REVIEWER), FIRST, "妥当")))
                .isEqualTo(ModelReason.MODEL_REVIEW_NOT_AUTHORITY);
        assertThat(reason(approve(reviewer, FIRST, " "))).isEqualTo(ModelReason.MODEL_VERDICT_NEEDS_REASON);
        assertThat(reason(desk.standing(FIRST.fingerprint(), policy))).isEqualTo(VerifierReason.MODEL_NOT_APPROVED);
        assertThat(desk.history("pay-band", 1)).isEmpty();
    }

    @Test
    void suspendsAModelWhoseDeclarationChangedUntilItIsReviewedAnew() throws IOException {
        done(desk.register(provider, FIRST));
        done(approve(reviewer, FIRST, "妥当"));
        ModelDeclaration changed = TinyModel.declared(1, "Somebody");
        assertThat(reason(desk.register(provider, changed))).isEqualTo(ModelReason.MODEL_VERSION_TAKEN);
        assertThat(reason(approve(reviewer, changed, "妥当"))).isEqualTo(ModelReason.MODEL_NOT_THE_ASSESSED);
        assertThat(reason(desk.standing(changed.fingerprint(), policy))).isEqualTo(ModelReason.MODEL_CHANGED);
        assertThat(reason(desk.standing(FIRST.fingerprint(), policy))).isEqualTo(VerifierReason.MODEL_NOT_APPROVED);
        assertThat(desk.history("pay-band", 1).getLast().by().operator()).isEqualTo(ModelChange.NODE);
        done(approve(reviewer, FIRST, "复核"));
        assertThat(desk.standing(FIRST.fingerprint(), policy)).isInstanceOf(ModelStanding.Approved.class);
    }

    @Test
    void suspendsAModelWhenThePolicyIsAnother() throws IOException {
        done(desk.register(provider, FIRST));
        done(approve(reviewer, FIRST, "妥当"));
        policy = "policy-2";
        assertThat(reason(desk.standing(FIRST.fingerprint(), policy))).isEqualTo(ModelReason.MODEL_CHANGED);
        assertThat(store.find("pay-band", 1).orElseThrow().status()).isEqualTo(ModelStatus.SUSPENDED);
        done(approve(reviewer, FIRST, "在新策略下复核"));
        assertThat(desk.standing(FIRST.fingerprint(), policy)).isInstanceOf(ModelStanding.Approved.class);
    }

    @Test
    void suspendsTheOldVersionWhenTheNewOneIsApprovedAndKeepsARefusalForGood() throws IOException {
        ModelDeclaration second = TinyModel.declared(2, "Tests");
        ModelDeclaration third = TinyModel.declared(3, "Tests");
        done(desk.register(provider, FIRST));
        done(desk.register(provider, second));
        done(desk.register(provider, third));
        done(approve(reviewer, FIRST, "妥当"));
        done(approve(reviewer, second, "更好"));
        assertThat(store.versions("pay-band"))
                .extracting(RegisteredModel::status)
                .containsExactly(ModelStatus.SUSPENDED, ModelStatus.APPROVED, ModelStatus.REGISTERED);
        assertThat(done(desk.refuse(reviewer, "pay-band", 3, "对女性不公")).status()).isEqualTo(ModelStatus.REFUSED);
        assertThat(reason(approve(reviewer, third, "算了"))).isEqualTo(ModelReason.MODEL_STEP_IMPOSSIBLE);
        assertThat(done(desk.suspend(node.caller("security-officer"), "pay-band", 2, "投诉"))
                        .status())
                .isEqualTo(ModelStatus.SUSPENDED);
        assertThat(reason(desk.suspend(provider, "pay-band", 2, "投诉"))).isEqualTo(ModelReason.MODEL_ROLE_NEEDED);
    }

    private ModelOutcome approve(Caller caller, ModelDeclaration declaration, String reason) throws IOException {
        try (AssessedModel assessed = TinyModel.assessed(declaration, folder, SubjectTokens.ephemeral())) {
            return desk.approve(caller, assessed, reason);
        }
    }

    private static RegisteredModel done(ModelOutcome outcome) {
        if (outcome instanceof ModelOutcome.Done done) {
            return done.model();
        }
        throw new AssertionError(outcome.toString());
    }

    private static ReasonCode reason(ModelOutcome outcome) {
        if (outcome instanceof ModelOutcome.Refused refused) {
            return refused.refusal().reason();
        }
        throw new AssertionError(outcome.toString());
    }

    private static ReasonCode reason(ModelStanding standing) {
        if (standing instanceof ModelStanding.NotApproved not) {
            return not.refusal().reason();
        }
        throw new AssertionError("approved");
    }
}
