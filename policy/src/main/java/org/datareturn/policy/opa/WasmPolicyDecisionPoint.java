package org.datareturn.policy.opa;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import org.datareturn.policy.Decision;
import org.datareturn.policy.PolicyDecisionPoint;
import org.datareturn.policy.PolicyInput;
import org.datareturn.policy.PolicyReason;
import org.datareturn.policy.opa.wire.DecisionDocument;
import org.datareturn.policy.opa.wire.WireAnswer;
import org.datareturn.policy.opa.wire.WireFormat;

/**
 * Decides in this process, by policies compiled to WebAssembly. Thread-safe; a new bundle can be swapped in while calls
 * go on, each of which is decided wholly by the one or wholly by the other.
 */
public final class WasmPolicyDecisionPoint implements PolicyDecisionPoint {
    private static final Logger LOG = System.getLogger(WasmPolicyDecisionPoint.class.getName());

    /**
     * How the engine is sized.
     *
     * @param instances how many calls may be evaluated at a time, 1–64; each takes about a second to build at start
     * @param patience how long a call waits for an instance before it is denied, at most a minute
     */
    public record Sizing(int instances, Duration patience) {
        /** Refuses sizes out of bounds with {@link IllegalArgumentException}. */
        public Sizing {
            if (instances < 1 || instances > 64) {
                throw new IllegalArgumentException("instances must be 1–64, was " + instances);
            }
            if (patience.isNegative() || patience.compareTo(Duration.ofMinutes(1)) > 0) {
                throw new IllegalArgumentException("patience must be 0–60 s, was " + patience);
            }
        }

        /** One instance a processor, at most eight (an evaluation takes microseconds); five seconds of patience. */
        public static Sizing standard() {
            return new Sizing(Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 8), Duration.ofSeconds(5));
        }
    }

    private record Loaded(PolicyInstances instances, String revision, RememberedDecisions remembered) {}

    private final Sizing sizing;
    private volatile Loaded loaded;

    /**
     * An engine over a bundle. Builds all instances, which takes seconds.
     *
     * @throws PolicyBundleException when the bundle cannot be run, or does not deny an empty input
     */
    public WasmPolicyDecisionPoint(PolicyBundle bundle, Sizing sizing) throws PolicyBundleException {
        this.sizing = sizing;
        this.loaded = load(bundle, sizing);
    }

    /**
     * An engine over the bundle this jar carries, in standard size.
     *
     * @throws PolicyBundleException when bundle and sources are not of one make: the server must not start
     */
    public static WasmPolicyDecisionPoint carried() throws PolicyBundleException {
        return new WasmPolicyDecisionPoint(PolicyBundle.carried(), Sizing.standard());
    }

    /**
     * Builds the new bundle's instances, then puts them in the place of the old ones at once. When that fails the old
     * ones go on deciding.
     *
     * @throws PolicyBundleException as the constructor does
     */
    public synchronized void swap(PolicyBundle bundle) throws PolicyBundleException {
        Loaded next = load(bundle, sizing);
        loaded = next;
        LOG.log(Level.INFO, "policy {0} decides from now on", next.revision());
    }

    /** The revision that decides now. */
    public String revision() {
        return loaded.revision();
    }

    @Override
    public Decision decide(PolicyInput input) {
        Loaded current = loaded;
        return current.remembered().find(input).orElseGet(() -> decide(current, input));
    }

    private static Decision decide(Loaded current, PolicyInput input) {
        Optional<String> text = InputText.of(input);
        if (text.isEmpty()) {
            return DecisionReader.deny(PolicyReason.POLICY_INPUT_UNFIT, current.revision());
        }
        try {
            Decision decision = DecisionReader.read(ask(current, text.get()), input, current.revision());
            current.remembered().keep(input, decision);
            return decision;
        } catch (EvaluationFailedException e) {
            LOG.log(Level.WARNING, "denied: the policy engine failed", e);
            return DecisionReader.deny(PolicyReason.POLICY_UNAVAILABLE, current.revision());
        }
    }

    private static WireAnswer ask(Loaded loaded, String input) throws EvaluationFailedException {
        WireAnswer answer = WireFormat.readEvaluation(loaded.instances().evaluate(input));
        // A decision names the policy that made it; one that names another would put a falsehood on record.
        return answer instanceof WireAnswer.Decided(DecisionDocument decision)
                        && !loaded.revision().equals(decision.revision())
                ? new WireAnswer.Malformed("the decision names another revision than its bundle")
                : answer;
    }

    private static Loaded load(PolicyBundle bundle, Sizing sizing) throws PolicyBundleException {
        Loaded next = new Loaded(
                PolicyInstances.build(bundle, sizing.instances(), sizing.patience()),
                bundle.revision(),
                new RememberedDecisions());
        try {
            // A policy that does not refuse somebody about whom nothing is known is not default-deny.
            if (ask(next, "{}") instanceof WireAnswer.Decided(DecisionDocument decision)
                    && Boolean.FALSE.equals(decision.allow())) {
                return next;
            }
        } catch (EvaluationFailedException e) {
            throw new PolicyBundleException("the policy cannot be evaluated", e);
        }
        throw new PolicyBundleException("the policy does not deny an empty input");
    }
}
