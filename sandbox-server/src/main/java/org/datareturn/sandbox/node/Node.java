package org.datareturn.sandbox.node;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.datareturn.guard.trial.WarmUp;
import org.datareturn.policy.Authoriser;
import org.datareturn.policy.PolicyDecisionPoint;
import org.datareturn.policy.opa.PolicyBundleException;
import org.datareturn.policy.opa.SidecarPolicyDecisionPoint;
import org.datareturn.policy.opa.WasmPolicyDecisionPoint;
import org.datareturn.sandbox.application.ApplicationDesk;
import org.datareturn.sandbox.application.ApplicationRules;
import org.datareturn.sandbox.calendar.WorkingCalendar;
import org.datareturn.sandbox.grant.GrantDesk;
import org.datareturn.sandbox.identity.Authenticator;
import org.datareturn.sandbox.keys.KeyBytesAccess;
import org.datareturn.sandbox.ledger.Ledger;
import org.datareturn.sandbox.model.ModelService;
import org.datareturn.sandbox.road.CallPipeline;
import org.datareturn.sandbox.road.TraceDesk;
import org.datareturn.sandbox.template.TemplateBench;
import org.datareturn.sandbox.template.TemplateDesk;
import org.datareturn.sandbox.template.TemplateService;
import org.datareturn.sandbox.verification.RecordedRisks;
import org.datareturn.sandbox.verification.VerificationService;
import org.datareturn.sandbox.verification.batch.BatchService;
import org.datareturn.sandbox.verification.jdbc.JdbcProbeMemory;
import org.datareturn.sandbox.verification.privatecheck.PrivateChecks;
import org.datareturn.sandbox.watermark.TableWatermark;
import org.datareturn.sandbox.zone.ReleaseMarker;
import org.datareturn.sandbox.zone.ZoneService;
import org.datareturn.verifier.Verifier;
import org.datareturn.verifier.privatecheck.EpochKeys;
import org.datareturn.verifier.privatecheck.TalliedQuota;
import org.datareturn.verifier.probing.ProbeGuard;
import org.datareturn.verifier.probing.ProbingLimits;

/** One running node: every part of the road, put together here and nowhere else. Thread-safe. */
public final class Node implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Node.class.getName());

    /** Longer than a warm-up ever takes; a slower machine serves before it is warm rather than not at all. */
    private static final Duration MOST_WARMING = Duration.ofSeconds(60);

    private final NodeStores stores;
    private final ZoneShelf zones;
    private final CallPipeline pipeline;
    private final VerificationService verification;
    private final BatchService batches;
    private final PrivateChecks privateChecks;
    private final ZoneService zoneService;
    private final TemplateService templates;
    private final NodeModels models;
    private final ApplicationDesk applications;
    private final GrantDesk grants;
    private final TraceDesk traces;
    private final RegistryWatch offers;

    private Node(NodeStores stores, ZoneShelf zones, PolicyDecisionPoint policy, Clock clock) throws IOException {
        this.stores = stores;
        this.zones = zones;
        WorkingCalendar calendar = WorkingCalendar.standard();
        this.pipeline = new CallPipeline(
                new Authenticator(
                        stores.authority().certificates(), stores.authority().tokens(), stores.register()),
                stores.grants(),
                new Authoriser(policy),
                stores.ledger(),
                stores.keys().requestDigests(),
                calendar,
                clock);
        JdbcProbeMemory memory = stores.probing();
        ProbeGuard probing = probing(stores, memory, clock);
        this.grants = new GrantDesk(stores.grants(), stores.register(), clock, probing::lift);
        Verifier verifier =
                new Verifier(stores.products(), stores.registries().values(), stores.subjectTokens(), probing, clock);
        this.verification = new VerificationService(pipeline, verifier);
        this.batches = new BatchService(
                pipeline,
                verifier,
                memory,
                stores.batchPages(),
                stores.keys().requestDigests(),
                stores.keys().records(),
                stores.ledger().reader(),
                clock);
        this.privateChecks =
                new PrivateChecks(pipeline, stores.registries(), privateParts(stores, probing, memory), clock);
        this.models = new NodeModels(stores, pipeline, probing, policy, clock);
        TemplateDesk desk = new TemplateDesk(stores.templates(), new TemplateBench(stores.catalogue()), clock);
        this.zoneService = new ZoneService(
                pipeline,
                zones.served(),
                new ReleaseMarker(new TableWatermark(stores.keys().watermark()), stores.releases(), clock),
                desk);
        this.templates = new TemplateService(pipeline, zoneService, desk);
        this.applications = new ApplicationDesk(
                stores.applications(),
                stores.register(),
                stores.catalogue(),
                calendar,
                ApplicationRules.standard(),
                clock);
        this.traces = new TraceDesk(stores.ledger().reader(), stores.applications(), batches::line);
        this.offers = new RegistryWatch(new RegistryIntake(stores, clock));
    }

    /**
     * Starts a node.
     *
     * @param clock the node's clock, in its own time zone
     * @throws NodeStartException when any part cannot take its place: a node with a part missing does not serve
     */
    public static Node open(NodeOptions options, Clock clock) throws NodeStartException {
        WarmUp.Running warming = WarmUp.start(clock);
        NodeStores stores = NodeStores.open(options, clock);
        try {
            PolicyDecisionPoint policy = policy(options);
            Node node = new Node(stores, ZoneShelf.open(stores, clock), policy, clock);
            warmed(warming.await(MOST_WARMING));
            node.offers.start();
            return node;
        } catch (PolicyBundleException | IOException e) {
            throw closing(stores, new NodeStartException(String.valueOf(e.getMessage()), e));
        } catch (NodeStartException e) {
            throw closing(stores, e);
        }
    }

    /** The first analyst waits no longer than the second: the guard and an engine have already worked. */
    private static void warmed(WarmUp.Warmed warmed) {
        LOG.log(
                System.Logger.Level.INFO,
                "guard and engine warmed up 守卫与引擎已预热: {0} questions in {1} ms{2}",
                warmed.answered(),
                Long.toString(warmed.took().toMillis()),
                warmed.whole() ? "" : ", still going on");
    }

    private static PrivateChecks.Parts privateParts(NodeStores stores, ProbeGuard probing, JdbcProbeMemory memory) {
        return new PrivateChecks.Parts(
                stores.products(),
                stores.sealedRows(),
                new EpochKeys(stores.keys()
                        .deriveSecret(
                                KeyBytesAccess.iKnowKeyBytesLeaveTheRing(),
                                "datareturn.org/private-check-epochs/v1",
                                EpochKeys.MIN_SECRET_BYTES)),
                probing,
                new TalliedQuota(memory));
    }

    /** Its alarms suspend at a desk of their own, which resumes nothing. */
    private static ProbeGuard probing(NodeStores stores, JdbcProbeMemory memory, Clock clock) {
        ProbingLimits limits = ProbingLimits.standard();
        memory.forgetBefore(clock.instant().minus(limits.candidates().memory()));
        return new ProbeGuard(
                limits,
                memory,
                stores.subjectTokens(),
                memory,
                new RecordedRisks(stores.ledger(), new GrantDesk(stores.grants(), stores.register(), clock)),
                clock);
    }

    private static NodeStartException closing(NodeStores stores, NodeStartException why) {
        try {
            stores.close();
        } catch (IOException e) {
            why.addSuppressed(e);
        }
        return why;
    }

    private static PolicyDecisionPoint policy(NodeOptions options) throws PolicyBundleException {
        if (options.policySidecar().isPresent()) {
            return new SidecarPolicyDecisionPoint(SidecarPolicyDecisionPoint.Settings.standard(
                    options.policySidecar().get()));
        }
        return WasmPolicyDecisionPoint.carried();
    }

    /** How it is set up. */
    public NodeOptions options() {
        return stores.options();
    }

    /** What it keeps. */
    public NodeStores stores() {
        return stores;
    }

    /** The road. */
    public CallPipeline pipeline() {
        return pipeline;
    }

    /** Verifications. */
    public VerificationService verification() {
        return verification;
    }

    /** Batches of verifications. */
    public BatchService batches() {
        return batches;
    }

    /** Private checks. */
    public PrivateChecks privateChecks() {
        return privateChecks;
    }

    /** Zone queries. */
    public ZoneService zones() {
        return zoneService;
    }

    /** Query templates. */
    public TemplateService templates() {
        return templates;
    }

    /** The names of the zones it serves. */
    public List<String> zoneNames() {
        return zones.served().stream().map(z -> z.name()).toList();
    }

    /** Models. */
    public ModelService models() {
        return models.service();
    }

    /** Applications. */
    public ApplicationDesk applications() {
        return applications;
    }

    /** Grants. */
    public GrantDesk grants() {
        return grants;
    }

    /** Traces. */
    public TraceDesk traces() {
        return traces;
    }

    /** The record. */
    public Ledger ledger() {
        return stores.ledger();
    }

    @Override
    public void close() throws IOException {
        offers.close();
        models.close();
        zones.close();
        stores.close();
    }
}
