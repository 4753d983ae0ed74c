package org.datareturn.policy.opa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.datareturn.policy.Caller.Role;
import org.datareturn.policy.Decision;
import org.datareturn.policy.PolicyInput;
import org.datareturn.policy.opa.WasmPolicyDecisionPoint.Sizing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The in-process engine under many threads, and while its policy is swapped. */
class ConcurrencyTest {
    private static final Sizing TWO = new Sizing(2, Duration.ofSeconds(30));

    @TempDir
    private Path folder;

    @Test
    void decidesRightForManyVirtualThreadsAtATime()
            throws PolicyBundleException, InterruptedException, ExecutionException {
        WasmPolicyDecisionPoint engine = new WasmPolicyDecisionPoint(PolicyBundle.carried(), TWO);
        Map<PolicyInput, Decision> alone = new LinkedHashMap<>();
        Inputs.random(7L, 100).forEach(input -> alone.put(input, engine.decide(input)));

        List<Callable<Integer>> calls = new ArrayList<>();
        for (int thread = 0; thread < 64; thread++) {
            calls.add(() -> {
                int wrong = 0;
                for (Map.Entry<PolicyInput, Decision> expected : alone.entrySet()) {
                    wrong += engine.decide(expected.getKey()).equals(expected.getValue()) ? 0 : 1;
                }
                return wrong;
            });
        }
        int wrong = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> call : threads.invokeAll(calls)) {
                wrong += call.get();
            }
        }
        assertThat(wrong).isZero();
    }

    @Test
    void everyDecisionDuringASwapIsWhollyOfOnePolicy() throws PolicyBundleException, InterruptedException {
        PolicyBundle ours = PolicyBundle.carried();
        TestBundles.misbehaving(folder);
        PolicyBundle other = PolicyBundle.read(TestBundles.compile(folder, TestBundles.REVISION));
        WasmPolicyDecisionPoint engine = new WasmPolicyDecisionPoint(ours, TWO);
        PolicyInput input = Inputs.by(Inputs.caller("deny", Role.OPERATOR));
        Decision ofOurs = engine.decide(input);
        assertThat(ofOurs).isInstanceOf(Decision.Allow.class);

        Set<Decision> seen = ConcurrentHashMap.newKeySet();
        AtomicBoolean swapped = new AtomicBoolean();
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            callers.add(Thread.ofVirtual().start(() -> {
                while (!swapped.get()) {
                    seen.add(engine.decide(input));
                }
            }));
        }
        engine.swap(other);
        Decision ofOther = engine.decide(input);
        engine.swap(ours);
        Decision again = engine.decide(input);
        swapped.set(true);
        for (Thread caller : callers) {
            caller.join();
        }

        assertThat(ofOther).isInstanceOf(Decision.Deny.class);
        assertThat(ofOther.revision()).isEqualTo(TestBundles.REVISION);
        assertThat(again).isEqualTo(ofOurs);
        assertThat(seen).contains(ofOurs).isSubsetOf(ofOurs, ofOther);
    }

    @Test
    void aPolicyThatIsRefusedLeavesTheOldOneDeciding() throws PolicyBundleException {
        WasmPolicyDecisionPoint engine =
                new WasmPolicyDecisionPoint(PolicyBundle.carried(), new Sizing(1, Duration.ofSeconds(5)));
        String before = engine.revision();
        TestBundles.policy(
                folder,
                "package datareturn.authorisation\n\n# METADATA\n# entrypoint: true\ndecision := {} if input.x\n");
        PolicyBundle undefined = PolicyBundle.read(TestBundles.compile(folder, TestBundles.REVISION));
        assertThatExceptionOfType(PolicyBundleException.class).isThrownBy(() -> engine.swap(undefined));
        assertThat(engine.revision()).isEqualTo(before);
        assertThat(engine.decide(Inputs.VERIFICATION)).isInstanceOf(Decision.Allow.class);
    }
}
