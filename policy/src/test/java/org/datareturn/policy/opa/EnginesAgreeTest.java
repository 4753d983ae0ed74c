package org.datareturn.policy.opa;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.datareturn.policy.Ask;
import org.datareturn.policy.Decision;
import org.datareturn.policy.GrantFacts;
import org.datareturn.policy.GrantFacts.Status;
import org.datareturn.policy.Obligations;
import org.datareturn.policy.Obligations.AnswerForm;
import org.datareturn.policy.PolicyDecisionPoint;
import org.datareturn.policy.PolicyInput;
import org.datareturn.policy.PolicyReason;
import org.datareturn.policy.Purpose;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The policy of this repository, asked of both real engines. */
class EnginesAgreeTest {
    private static OpaServer server;
    private static SidecarPolicyDecisionPoint sidecar;
    private static WasmPolicyDecisionPoint wasm;

    @BeforeAll
    static void startBoth() throws PolicyBundleException {
        server = OpaServer.over(OpaBinary.MODULE.resolve("rego"));
        sidecar = sidecar(server.address());
        wasm = new WasmPolicyDecisionPoint(
                PolicyBundle.carried(), new WasmPolicyDecisionPoint.Sizing(1, Duration.ofSeconds(5)));
    }

    @AfterAll
    static void stopBoth() {
        sidecar.close();
        server.close();
    }

    private static SidecarPolicyDecisionPoint sidecar(URI address) {
        return new SidecarPolicyDecisionPoint(
                new SidecarPolicyDecisionPoint.Settings(address, Duration.ofSeconds(20), 1 << 20));
    }

    private static Decision both(PolicyInput input) {
        Decision decision = wasm.decide(input);
        assertThat(sidecar.decide(input)).as("%s", input).isEqualTo(decision);
        return decision;
    }

    private static Decision allowed(Obligations obligations) {
        return new Decision.Allow(obligations, wasm.revision());
    }

    @Test
    void allowsVerificationWithTheLeastAnswer() {
        assertThat(both(Inputs.VERIFICATION))
                .isEqualTo(allowed(new Obligations(AnswerForm.YES_NO, Set.of(), OptionalInt.empty(), false)));
    }

    @Test
    void allowsQueryWithTheGrantsColumnsAndWatermark() {
        assertThat(both(Inputs.ZONE_QUERY))
                .isEqualTo(
                        allowed(new Obligations(AnswerForm.YES_NO, Inputs.GRANT.fields(), OptionalInt.empty(), true)));
    }

    @Test
    void tellsMoreWhereProductAndScenarioAreListed() {
        GrantFacts grant = Inputs.grant("marriage-registration", Purpose.BUSINESS_COORDINATION, Status.ACTIVE);
        assertThat(both(Inputs.under(grant)))
                .isEqualTo(allowed(new Obligations(AnswerForm.REASONED, Set.of(), OptionalInt.empty(), false)));
    }

    @Test
    void raisesTheGroupSizeWhereZoneAndPurposeAreListed() {
        GrantFacts grant = Inputs.grant("household-transfer", Purpose.OTHER, Status.ACTIVE);
        Ask ask = new Ask.Query("income-census", Purpose.OTHER, "370100");
        assertThat(both(new PolicyInput(Inputs.CALLER, Optional.of(grant), ask, Inputs.TIME)))
                .isEqualTo(allowed(new Obligations(AnswerForm.YES_NO, grant.fields(), OptionalInt.of(20), true)));
    }

    @Test
    void deniesEachFailedCheckForItsOwnReason() {
        Map<PolicyInput, PolicyReason> denied = Inputs.denied();
        denied.forEach((input, reason) -> assertThat(both(input))
                .as("%s", reason)
                .isEqualTo(new Decision.Deny(List.of(reason), wasm.revision())));
    }

    @Test
    void agreeOnRandomInputs() {
        Map<String, Integer> seen = new TreeMap<>();
        Inputs.random(20261120L, 3000).forEach(input -> {
            switch (both(input)) {
                case Decision.Allow allow -> seen.merge("allowed", 1, Integer::sum);
                case Decision.Deny deny -> deny.reasons().forEach(reason -> seen.merge(reason.name(), 1, Integer::sum));
            }
        });
        // A generator that only ever denies, or never reaches a reason, would prove nothing.
        assertThat(seen).containsKey("allowed").doesNotContainKeys("POLICY_UNAVAILABLE", "POLICY_MALFORMED");
        assertThat(seen.get("allowed")).isGreaterThan(100);
        assertThat(seen.keySet())
                .containsAll(Inputs.denied().values().stream().map(Enum::name).toList());
    }

    @Test
    void refusesHalfASurrogatePairInBoth() {
        Ask ask = new Ask.Verify("identity-check", Set.of("\uD800"), Purpose.BUSINESS_COORDINATION, "370102");
        assertUnfit(Inputs.asking(ask));
    }

    @Test
    void refusesAnInputTooLargeInBoth() {
        Ask ask =
                new Ask.Verify("identity-check", Set.of("名".repeat(100_000)), Purpose.BUSINESS_COORDINATION, "370102");
        assertUnfit(Inputs.asking(ask));
    }

    private static void assertUnfit(PolicyInput input) {
        for (PolicyDecisionPoint engine : List.of(wasm, sidecar)) {
            assertThat(engine.decide(input))
                    .isInstanceOfSatisfying(
                            Decision.Deny.class,
                            deny -> assertThat(deny.reasons()).containsExactly(PolicyReason.POLICY_INPUT_UNFIT));
        }
    }
}
