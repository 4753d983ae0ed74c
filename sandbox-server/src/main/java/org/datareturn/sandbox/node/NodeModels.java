package org.datareturn.sandbox.node;

import java.time.Clock;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.datareturn.policy.Ask;
import org.datareturn.policy.Caller;
import org.datareturn.policy.PolicyDecisionPoint;
import org.datareturn.policy.PolicyInput;
import org.datareturn.policy.Purpose;
import org.datareturn.policy.TimeFacts;
import org.datareturn.sandbox.model.ModelBench;
import org.datareturn.sandbox.model.ModelDesk;
import org.datareturn.sandbox.model.ModelService;
import org.datareturn.sandbox.model.ModelShelf;
import org.datareturn.sandbox.model.ModelStore;
import org.datareturn.sandbox.model.ModelVault;
import org.datareturn.sandbox.model.SealedFeatures;
import org.datareturn.sandbox.road.CallPipeline;
import org.datareturn.verifier.model.BandScorer;
import org.datareturn.verifier.model.ModelAssessor;
import org.datareturn.verifier.probing.ProbeGuard;

/** The node's models, put together: the approved ones are opened before the node takes calls. Thread-safe. */
final class NodeModels implements AutoCloseable {
    private final ModelShelf shelf;
    private final ModelService service;

    NodeModels(NodeStores stores, CallPipeline pipeline, ProbeGuard probing, PolicyDecisionPoint policy, Clock clock) {
        ModelStore store = stores.models();
        ModelVault vault = stores.modelVault();
        SealedFeatures features = stores.features();
        this.shelf = new ModelShelf(store, vault, features, new ModelAssessor(stores.subjectTokens(), clock));
        ModelDesk desk = new ModelDesk(store, stores.register(), revisionInForce(policy, clock), clock);
        this.service = new ModelService(
                pipeline,
                new ModelBench(new ModelBench.Parts(
                        desk, store, vault, features, shelf, stores.catalogue(), stores.products())),
                new BandScorer(shelf, desk, stores.subjectTokens(), probing, clock));
        shelf.open();
    }

    /** Every decision names its policy's revision, also the denial of a call by nobody. */
    private static Supplier<String> revisionInForce(PolicyDecisionPoint policy, Clock clock) {
        return () -> policy.decide(new PolicyInput(
                        new Caller("", "", Set.of(), "", Caller.Proof.LOCAL_AUTHOR),
                        Optional.empty(),
                        new Ask.Verify("", Set.of(), Purpose.OTHER, ""),
                        TimeFacts.at(ZonedDateTime.now(clock), false)))
                .revision();
    }

    ModelService service() {
        return service;
    }

    @Override
    public void close() {
        shelf.close();
    }
}
