package org.datareturn.policy.opa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.datareturn.policy.PolicyReason.GRANT_EXPIRED;
import static org.datareturn.policy.PolicyReason.GRANT_UNKNOWN;
import static org.datareturn.policy.PolicyReason.POLICY_MALFORMED;
import static org.datareturn.policy.PolicyReason.POLICY_OBLIGATION_MISSING;
import static org.datareturn.policy.PolicyReason.POLICY_REASON_UNKNOWN;
import static org.datareturn.policy.PolicyReason.POLICY_UNAVAILABLE;
import static org.datareturn.policy.PolicyReason.POLICY_UNDEFINED;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.datareturn.policy.Ask;
import org.datareturn.policy.Caller;
import org.datareturn.policy.Caller.Role;
import org.datareturn.policy.Decision;
import org.datareturn.policy.PolicyDecisionPoint;
import org.datareturn.policy.PolicyInput;
import org.datareturn.policy.PolicyReason;
import org.datareturn.policy.ReasonCode;
import org.datareturn.policy.TimeFacts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way a policy itself can go wrong, on both real engines. */
class MisbehavingPolicyTest {
    private static final AtomicLong SECONDS = new AtomicLong(Inputs.TIME.epochSeconds());

    @TempDir
    private static Path folder;

    private static OpaServer server;
    private static SidecarPolicyDecisionPoint sidecar;
    private static WasmPolicyDecisionPoint wasm;

    @BeforeAll
    static void startBoth() throws PolicyBundleException {
        Path policy = TestBundles.misbehaving(folder);
        Path bundle = TestBundles.compile(folder, TestBundles.REVISION);
        wasm = new WasmPolicyDecisionPoint(
                PolicyBundle.read(bundle), new WasmPolicyDecisionPoint.Sizing(1, Duration.ZERO));
        server = OpaServer.over(policy);
        sidecar = new SidecarPolicyDecisionPoint(
                new SidecarPolicyDecisionPoint.Settings(server.address(), Duration.ofSeconds(20), 1 << 20));
    }

    @AfterAll
    static void stopBoth() {
        sidecar.close();
        server.close();
    }

    static Stream<Arguments> matrix() {
        Map<String, List<PolicyReason>> cases = Map.ofEntries(
                Map.entry("deny", List.of(GRANT_UNKNOWN)),
                Map.entry("something-undefined", List.of(POLICY_UNDEFINED)),
                Map.entry("no-obligations", List.of(POLICY_OBLIGATION_MISSING)),
                Map.entry("no-columns", List.of(POLICY_OBLIGATION_MISSING)),
                Map.entry("no-watermark", List.of(POLICY_OBLIGATION_MISSING)),
                Map.entry("no-answer-form", List.of(POLICY_OBLIGATION_MISSING)),
                Map.entry("unmarked", List.of(POLICY_OBLIGATION_MISSING)),
                Map.entry("no-revision", List.of(POLICY_MALFORMED)),
                Map.entry("no-reasons", List.of(POLICY_MALFORMED)),
                Map.entry("no-allow", List.of(POLICY_MALFORMED)),
                Map.entry("textual-allow", List.of(POLICY_MALFORMED)),
                Map.entry("allow-with-reasons", List.of(POLICY_MALFORMED)),
                Map.entry("deny-without-reasons", List.of(POLICY_MALFORMED)),
                Map.entry("deny-with-obligations", List.of(POLICY_MALFORMED)),
                Map.entry("numeric-reason", List.of(POLICY_MALFORMED)),
                Map.entry("unknown-reason", List.of(GRANT_EXPIRED, POLICY_REASON_UNKNOWN)),
                Map.entry("unknown-obligation", List.of(POLICY_MALFORMED)),
                Map.entry("unknown-answer-form", List.of(POLICY_MALFORMED)),
                Map.entry("wider-than-grant", List.of(POLICY_MALFORMED)),
                Map.entry("null-column", List.of(POLICY_MALFORMED)),
                Map.entry("group-of-none", List.of(POLICY_MALFORMED)),
                Map.entry("group-of-a-fraction", List.of(POLICY_MALFORMED)),
                Map.entry("textual-group-size", List.of(POLICY_MALFORMED)),
                Map.entry("not-an-object", List.of(POLICY_MALFORMED)),
                Map.entry("null", List.of(POLICY_MALFORMED)));
        return cases.entrySet().stream()
                .flatMap(entry -> Stream.of("wasm", "sidecar")
                        .map(engine -> Arguments.of(engine, entry.getKey(), entry.getValue())));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("matrix")
    void deniesWhatThePolicyGetsWrong(String engine, String way, List<PolicyReason> reasons) {
        assertThat(reasons(engine(engine), query(way))).isEqualTo(reasons);
    }

    @Test
    void bothAllowWhatIsWellFormed() {
        for (PolicyDecisionPoint engine : List.of(wasm, sidecar)) {
            assertThat(engine.decide(query("allow"))).isInstanceOf(Decision.Allow.class);
        }
    }

    @Test
    void aVerificationGetsNoColumns() {
        PolicyInput input = new PolicyInput(
                Inputs.caller("wider-than-grant", Role.OPERATOR),
                Optional.of(Inputs.GRANT),
                Inputs.VERIFY,
                Inputs.TIME);
        assertThat(reasons(wasm, input)).containsExactly(POLICY_MALFORMED);
        assertThat(reasons(sidecar, input)).containsExactly(POLICY_MALFORMED);
    }

    @Test
    void compiledPolicyMayNotNameAnotherRevision() {
        assertThat(reasons(wasm, query("other-revision"))).containsExactly(POLICY_MALFORMED);
    }

    @Test
    void deniesWhenTheEvaluationBreaksAndGoesOnWithAFreshInstance() {
        assertThat(reasons(wasm, query("foreign-built-in"))).containsExactly(POLICY_UNAVAILABLE);
        assertThat(wasm.decide(query("allow"))).isInstanceOf(Decision.Allow.class);
        assertThat(reasons(wasm, query("deny"))).containsExactly(GRANT_UNKNOWN);
    }

    @Test
    void deniesWhenNoInstanceComesFreeInTime() throws InterruptedException {
        Thread slow = Thread.ofPlatform().start(() -> {
            // It may itself come while the other call holds the only instance.
            while (!reasons(wasm, query("slow")).equals(List.of(GRANT_UNKNOWN))) {
                Thread.onSpinWait();
            }
        });
        boolean refused = false;
        while (!refused && slow.isAlive()) {
            refused = reasons(wasm, unasked("deny")).equals(List.of(POLICY_UNAVAILABLE));
        }
        slow.join();
        assertThat(refused).isTrue();
        assertThat(reasons(wasm, unasked("deny"))).containsExactly(GRANT_UNKNOWN);
    }

    @Test
    void deniesAnInterruptedCallAndKeepsTheInterrupt() {
        Thread.currentThread().interrupt();
        assertThat(reasons(wasm, unasked("allow"))).containsExactly(POLICY_UNAVAILABLE);
        assertThat(Thread.interrupted()).isTrue();
    }

    private static PolicyDecisionPoint engine(String name) {
        return name.equals("wasm") ? wasm : sidecar;
    }

    /** A query of a second of its own: decisions are remembered for one, and these must come from the engine. */
    private static PolicyInput unasked(String operator) {
        PolicyInput query = query(operator);
        TimeFacts time = query.time();
        return new PolicyInput(
                query.caller(),
                query.grant(),
                query.ask(),
                new TimeFacts(
                        SECONDS.incrementAndGet(),
                        time.localDate(),
                        time.hour(),
                        time.isoWeekday(),
                        time.workingDay()));
    }

    private static PolicyInput query(String operator) {
        Caller caller = Inputs.caller(operator, Role.ANALYST);
        Ask ask = Inputs.QUERY;
        return new PolicyInput(caller, Optional.of(Inputs.GRANT), ask, Inputs.TIME);
    }

    private static List<ReasonCode> reasons(PolicyDecisionPoint engine, PolicyInput input) {
        return switch (engine.decide(input)) {
            case Decision.Allow allow -> throw new AssertionError("allowed: " + allow);
            case Decision.Deny deny -> deny.reasons();
        };
    }
}
