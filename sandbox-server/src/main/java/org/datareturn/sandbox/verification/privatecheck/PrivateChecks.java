package org.datareturn.sandbox.verification.privatecheck;

import java.io.ByteArrayOutputStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.YearMonth;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.datareturn.policy.Ask;
import org.datareturn.policy.AuthorisedCall;
import org.datareturn.policy.Caller;
import org.datareturn.policy.GrantFacts;
import org.datareturn.policy.Refusal;
import org.datareturn.sandbox.identity.Credentials;
import org.datareturn.sandbox.ledger.LedgerRecord;
import org.datareturn.sandbox.ledger.LedgerUnavailableException;
import org.datareturn.sandbox.ledger.Recorded;
import org.datareturn.sandbox.road.Call;
import org.datareturn.sandbox.road.CallPipeline;
import org.datareturn.sandbox.road.Done;
import org.datareturn.sandbox.road.Outcome;
import org.datareturn.sandbox.road.RoadReason;
import org.datareturn.sandbox.zone.Digests;
import org.datareturn.verifier.privatecheck.DailyQuota;
import org.datareturn.verifier.privatecheck.EpochKeys;
import org.datareturn.verifier.privatecheck.EvaluatedBatch;
import org.datareturn.verifier.privatecheck.EvaluationQuota;
import org.datareturn.verifier.privatecheck.OpenEpoch;
import org.datareturn.verifier.privatecheck.PrivateCheckOutcome;
import org.datareturn.verifier.privatecheck.PrivateCheckService;
import org.datareturn.verifier.privatecheck.PublishedEpoch;
import org.datareturn.verifier.probing.Asker;
import org.datareturn.verifier.probing.ProbeGuard;
import org.datareturn.verifier.probing.RequestStamp;
import org.datareturn.verifier.product.ProductDeclaration;
import org.datareturn.verifier.product.Products;
import org.datareturn.verifier.reason.VerifierReason;
import org.datareturn.verifier.registry.RegistryStore;

/**
 * Private checks, each step walked down the whole road: to the policy it is a verification of the product with all of its
 * fields. A grant says whether and how much it allows; who is throttled or suspended for enumerating is refused here too. Thread-safe; blocks on the ledger, and on the making of a
 * table where there is none yet.
 */
public final class PrivateChecks {
    /** Items of one batch: so many fit into a message with room to spare. */
    public static final int MOST_ITEMS = 16_384;

    private final CallPipeline pipeline;
    private final Parts parts;
    private final PrivateCheckService service;
    private final MadeTables tables;
    private final Clock clock;

    /**
     * What private checks need beside the road.
     *
     * @param products the products that may be asked
     * @param rows what tables are made from
     * @param keys the keys of all epochs
     * @param probing knows who is throttled or suspended
     * @param counted counts evaluations, durably
     */
    public record Parts(
            Products products, SealedRows rows, EpochKeys keys, ProbeGuard probing, EvaluationQuota counted) {}

    /**
     * Private checks on one road.
     *
     * @param registries the registries, by name
     * @param clock says which epoch and day it is, in the node's time zone
     */
    public PrivateChecks(CallPipeline pipeline, Map<String, RegistryStore> registries, Parts parts, Clock clock) {
        SecureRandom random = new SecureRandom();
        this.pipeline = pipeline;
        this.parts = parts;
        this.service = new PrivateCheckService(new DailyQuota(parts.counted(), clock), random);
        this.tables = new MadeTables(registries, parts.rows(), parts.keys(), service, random);
        this.clock = clock;
    }

    /**
     * The current epoch: what is announced of it, and its table.
     *
     * @throws LedgerUnavailableException when the call could not be recorded: nothing may be answered
     */
    public Recorded<Outcome<OpenEpoch>> open(Credentials credentials, PrivateAsking asking)
            throws LedgerUnavailableException {
        return travel(credentials, asking, List.of("private-epoch", asking.product()), this::opened);
    }

    /**
     * Evaluates a batch.
     *
     * @param stamp what makes the request good for once; without one it is refused
     * @param epoch as announced
     * @param blinded blinded items, 33 bytes each
     * @throws LedgerUnavailableException when the call could not be recorded: nothing may be answered
     */
    public Recorded<Outcome<EvaluatedBatch>> evaluate(
            Credentials credentials,
            PrivateAsking asking,
            Optional<RequestStamp> stamp,
            String epoch,
            List<byte[]> blinded)
            throws LedgerUnavailableException {
        if (stamp.isEmpty()) {
            return pipeline.administer(
                    credentials, asking.product(), caller -> Done.refused(Refusal.of(RoadReason.REQUEST_NOT_STAMPED)));
        }
        return travel(
                credentials,
                asking,
                List.of("private-batch", asking.product(), epoch, digest(blinded)),
                // Before it is counted: a batch that was sent again must not use up the grant's day.
                call -> parts.probing()
                        .stale(Asker.of(call, stamp))
                        .<Done<EvaluatedBatch>>map(Done::refused)
                        .orElseGet(() -> evaluated(call, epoch, blinded)));
    }

    private <A> Recorded<Outcome<A>> travel(
            Credentials credentials, PrivateAsking asking, List<String> request, Function<AuthorisedCall, Done<A>> deed)
            throws LedgerUnavailableException {
        if (asking.purpose().isEmpty()) {
            return pipeline.administer(
                    credentials,
                    asking.product(),
                    caller -> Done.refused(Refusal.of(RoadReason.REQUEST_FIELD_MISSING, "purpose")));
        }
        Set<String> fields = parts.products()
                .named(asking.product())
                .map(ProductDeclaration::fieldNames)
                .orElse(Set.of());
        Call call = new Call(
                asking.grantId(),
                new Ask.Verify(asking.product(), fields, asking.purpose().get(), asking.region()),
                asking.product(),
                request);
        return pipeline.travel(
                credentials,
                call,
                authorised -> barred(authorised).<Done<A>>map(Done::refused).orElseGet(() -> deed.apply(authorised)));
    }

    private Optional<Refusal> barred(AuthorisedCall call) {
        if (itemsADay(call) == 0) {
            return Optional.of(
                    Refusal.of(PrivateReason.PRIVATE_CHECK_NOT_GRANTED)
                            .withHint(
                                    "申请时请填写 private_items_per_day（名单条数加少量余量）。",
                                    "Ask for private_items_per_day in the application: the size of the list and a small margin."));
        }
        Caller caller = call.input().caller();
        return parts.probing().barred(new Asker(caller.organisation(), caller.operator(), grant(call)));
    }

    private static long itemsADay(AuthorisedCall call) {
        return call.input()
                .grant()
                .map(facts -> facts.quotas().privateItemsPerDay())
                .orElse(0L);
    }

    private static String grant(AuthorisedCall call) {
        return call.input().grant().map(GrantFacts::id).orElse("");
    }

    private Done<OpenEpoch> opened(AuthorisedCall call) {
        String named = ((Ask.Verify) call.input().ask()).product();
        Optional<ProductDeclaration> product = parts.products().named(named);
        if (product.isEmpty()) {
            return Done.refused(Refusal.of(VerifierReason.PRODUCT_UNKNOWN, named));
        }
        Optional<Refusal> unfit = OpenEpoch.unsuited(product.get()).or(() -> lacking(call, product.get()));
        if (unfit.isPresent()) {
            return Done.refused(unfit.get());
        }
        String epoch = epochNow();
        return switch (tables.ensure(product.get(), grant(call), itemsADay(call), epoch)) {
            case MadeTables.Ensured.Not(Refusal refusal) -> Done.refused(refusal);
            case MadeTables.Ensured.Open open ->
                service.epoch(call, epoch)
                        .map(PrivateChecks::announced)
                        .orElseGet(() -> Done.refused(Refusal.of(VerifierReason.PRIVATE_EPOCH_NOT_OPEN)));
        };
    }

    /** Before a table is made for it. */
    private static Optional<Refusal> lacking(AuthorisedCall call, ProductDeclaration product) {
        Set<String> granted = call.input().grant().map(GrantFacts::fields).orElse(Set.of());
        return product.grantFields().stream()
                .filter(field -> !granted.contains(field))
                .sorted()
                .findFirst()
                .map(field -> Refusal.of(VerifierReason.GRANT_LACKS_FIELD, field));
    }

    private static Done<OpenEpoch> announced(OpenEpoch epoch) {
        PublishedEpoch published = epoch.published();
        return Done.answered(
                epoch,
                LedgerRecord.Kind.VERIFICATION,
                "PRIVATE_EPOCH_OPENED",
                record -> record.withSource(
                                published.source().edition(), published.source().source())
                        .withAnswerDigest(HexFormat.of().formatHex(published.digest())));
    }

    private Done<EvaluatedBatch> evaluated(AuthorisedCall call, String epoch, List<byte[]> blinded) {
        if (!epoch.equals(epochNow())) {
            return Done.refused(Refusal.of(VerifierReason.PRIVATE_EPOCH_NOT_OPEN));
        }
        if (blinded.size() > MOST_ITEMS) {
            return Done.refused(Refusal.of(VerifierReason.PRIVATE_BATCH_SIZE, Integer.toString(MOST_ITEMS)));
        }
        return switch (service.evaluate(call, epoch, blinded)) {
            case PrivateCheckOutcome.Refused(Refusal refusal) -> Done.refused(refusal);
            case PrivateCheckOutcome.Evaluated(EvaluatedBatch batch) ->
                Done.answered(
                        batch,
                        LedgerRecord.Kind.VERIFICATION,
                        "PRIVATE_BATCH_OF_" + blinded.size(),
                        // Over random points, so it needs no key to be unguessable, and the agency can compute it too.
                        record -> record.withRequestDigest(HexFormat.of().formatHex(batch.commitment()))
                                .withAnswerDigest(digest(batch.elements())));
        };
    }

    private String epochNow() {
        return YearMonth.now(clock).toString();
    }

    private static String digest(List<byte[]> parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        parts.forEach(bytes::writeBytes);
        return Digests.sha256(bytes.toByteArray());
    }
}
