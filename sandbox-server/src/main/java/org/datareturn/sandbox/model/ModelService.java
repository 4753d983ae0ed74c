package org.datareturn.sandbox.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.datareturn.policy.Ask;
import org.datareturn.policy.AuthorisedCall;
import org.datareturn.policy.Caller;
import org.datareturn.policy.Purpose;
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
import org.datareturn.verifier.VerificationRequest;
import org.datareturn.verifier.model.BandScorer;
import org.datareturn.verifier.model.ModelFingerprint;
import org.datareturn.verifier.model.Scored;
import org.datareturn.verifier.model.ScoringOutcome;

/**
 * Models on the road: each registration, verdict and question is authenticated, authorised and recorded before it is
 * answered. Thread-safe; blocks on the ledger.
 */
public final class ModelService {
    private final CallPipeline pipeline;
    private final ModelBench bench;
    private final BandScorer scorer;

    /** A service on one road. */
    public ModelService(CallPipeline pipeline, ModelBench bench, BandScorer scorer) {
        this.pipeline = pipeline;
        this.bench = bench;
        this.scorer = scorer;
    }

    /**
     * Registers a model; see {@link ModelBench#register}.
     *
     * @throws LedgerUnavailableException when the call could not be recorded: nothing may be answered
     */
    public Recorded<Outcome<ModelView>> register(Credentials credentials, String declaration, byte[] file)
            throws LedgerUnavailableException {
        return walk(credentials, "model", "MODEL_REGISTERED", caller -> bench.register(caller, declaration, file));
    }

    /**
     * Assesses a model anew; see {@link ModelBench#assess}.
     *
     * @throws LedgerUnavailableException when the call could not be recorded: nothing may be answered
     */
    public Recorded<Outcome<ModelView>> assess(Credentials credentials, String name, int version)
            throws LedgerUnavailableException {
        return walk(credentials, name, "MODEL_ASSESSED", caller -> bench.assess(caller, name, version));
    }

    /**
     * Approves a model; see {@link ModelBench#approve}.
     *
     * @throws LedgerUnavailableException when the call could not be recorded: nothing may be answered
     */
    public Recorded<Outcome<ModelView>> approve(Credentials credentials, String name, int version, String reason)
            throws LedgerUnavailableException {
        return walk(credentials, name, "MODEL_APPROVED", caller -> bench.approve(caller, name, version, reason));
    }

    /**
     * Refuses a model; see {@link ModelBench#refuse}.
     *
     * @throws LedgerUnavailableException when the call could not be recorded: nothing may be answered
     */
    public Recorded<Outcome<ModelView>> refuse(Credentials credentials, String name, int version, String reason)
            throws LedgerUnavailableException {
        return walk(credentials, name, "MODEL_REFUSED", caller -> bench.refuse(caller, name, version, reason));
    }

    /**
     * Suspends a model; see {@link ModelBench#suspend}.
     *
     * @throws LedgerUnavailableException when the call could not be recorded: nothing may be answered
     */
    public Recorded<Outcome<ModelView>> suspend(Credentials credentials, String name, int version, String reason)
            throws LedgerUnavailableException {
        return walk(credentials, name, "MODEL_SUSPENDED", caller -> bench.suspend(caller, name, version, reason));
    }

    /**
     * Reads a model; see {@link ModelBench#get}.
     *
     * @throws LedgerUnavailableException when the call could not be recorded: nothing may be answered
     */
    public Recorded<Outcome<ModelView>> get(Credentials credentials, String name, int version)
            throws LedgerUnavailableException {
        return walk(credentials, name, "MODEL_READ", caller -> bench.get(caller, name, version));
    }

    /**
     * Lists models; see {@link ModelBench#list}.
     *
     * @throws LedgerUnavailableException when the call could not be recorded: nothing may be answered
     */
    public Recorded<Outcome<List<ModelView>>> list(Credentials credentials) throws LedgerUnavailableException {
        return pipeline.administer(
                credentials,
                "models",
                caller -> Done.event(bench.list(caller), LedgerRecord.Kind.MODEL_EVENT, "MODELS_LISTED"));
    }

    /**
     * Asks a model about one subject.
     *
     * @param grantId the grant the caller names
     * @param request the model's name and the declared fields as sent
     * @param purpose the purpose the caller states; without one the call is refused
     * @param region the division the matter belongs to
     * @throws LedgerUnavailableException when the call could not be recorded: nothing may be answered
     */
    public Recorded<Outcome<Scored>> score(
            Credentials credentials,
            String grantId,
            VerificationRequest request,
            Optional<Purpose> purpose,
            String region)
            throws LedgerUnavailableException {
        if (purpose.isEmpty()) {
            return pipeline.administer(
                    credentials,
                    request.product(),
                    caller -> Done.refused(Refusal.of(RoadReason.REQUEST_FIELD_MISSING, "purpose")));
        }
        if (request.stamp().isEmpty()) {
            return pipeline.administer(
                    credentials, request.product(), caller -> Done.refused(Refusal.of(RoadReason.REQUEST_NOT_STAMPED)));
        }
        Call call = new Call(
                grantId,
                new Ask.Verify(request.product(), request.fields().keySet(), purpose.get(), region),
                request.product(),
                parts(request));
        return pipeline.travel(credentials, call, authorised -> scored(authorised, request));
    }

    private Done<Scored> scored(AuthorisedCall authorised, VerificationRequest request) {
        return switch (scorer.score(authorised, request)) {
            case ScoringOutcome.Refused refused -> Done.refused(refused.refusal());
            case ScoringOutcome.Suspended suspended -> Done.refused(suspended.refusal());
            case Scored scored ->
                Done.answered(
                        scored,
                        LedgerRecord.Kind.VERIFICATION,
                        scored.answer(),
                        record -> record.withSource(
                                scored.attribution().edition(),
                                scored.attribution().source() + " model " + edition(scored.model()) + " "
                                        + source(scored.model())));
        };
    }

    private Recorded<Outcome<ModelView>> walk(
            Credentials credentials, String name, String code, Function<Caller, ModelReply> deed)
            throws LedgerUnavailableException {
        // What is no model's name is not repeated on record: it could be anything.
        String target = name.matches("[a-z0-9-]{1,60}") ? name : "?";
        return pipeline.administer(credentials, target, caller -> switch (deed.apply(caller)) {
            case ModelReply.Refused(Refusal refusal) -> Done.refused(refusal);
            case ModelReply.Done(ModelView view) -> {
                ModelFingerprint which = view.model().fingerprint();
                yield Done.answered(
                        view,
                        LedgerRecord.Kind.MODEL_EVENT,
                        code,
                        record -> record.withSource(edition(which), source(which)));
            }
        });
    }

    /** The record of a verdict says on which version and bytes it was given. */
    private static String edition(ModelFingerprint model) {
        return model.name() + "/" + model.version();
    }

    private static String source(ModelFingerprint model) {
        return "declaration " + model.declarationSha256() + " file " + model.fileSha256();
    }

    /** In a fixed order, names and values: the keyed digest of the same request is the same. */
    private static List<String> parts(VerificationRequest request) {
        List<String> parts = new ArrayList<>();
        parts.add(request.product());
        new TreeMap<>(request.fields()).forEach((name, value) -> {
            parts.add(name);
            parts.add(value);
        });
        return parts;
    }
}
