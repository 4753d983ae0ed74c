package org.datareturn.verifier.model;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.datareturn.policy.AuthorisedCall;
import org.datareturn.policy.GrantFacts;
import org.datareturn.policy.Refusal;
import org.datareturn.verifier.NormalRequest;
import org.datareturn.verifier.VerificationRequest;
import org.datareturn.verifier.probing.Asker;
import org.datareturn.verifier.probing.Bearing;
import org.datareturn.verifier.probing.Guarded;
import org.datareturn.verifier.probing.ProbeGuard;
import org.datareturn.verifier.probing.Question;
import org.datareturn.verifier.probing.QuotaLeft;
import org.datareturn.verifier.product.ProductDeclaration;
import org.datareturn.verifier.reason.VerifierReason;
import org.datareturn.verifier.tokens.SubjectTokens;

/**
 * Asks models about subjects; the only maker of {@link Scored}. Callers choose the subject and nothing else: features come
 * from the node's own table. Every question passes the same limits against probing as a verification, and costs the same
 * work whether the subject has a band, is unknown or bears another name. Thread-safe.
 */
public final class BandScorer {
    private final ServedModels models;
    private final ModelApprovals approvals;
    private final SubjectTokens tokens;
    private final ProbeGuard guard;
    private final Clock clock;

    /**
     * A scorer.
     *
     * @param models the models it may ask; they remain their owner's to close
     * @param approvals asked with every call
     * @param tokens make the ledger's subject tokens
     * @param guard holds every question to the limits against probing
     * @param clock says which dates lie in the future
     */
    public BandScorer(
            ServedModels models, ModelApprovals approvals, SubjectTokens tokens, ProbeGuard guard, Clock clock) {
        this.models = models;
        this.approvals = approvals;
        this.tokens = tokens;
        this.guard = guard;
        this.clock = clock;
    }

    /**
     * Asks a model about one subject under one authorised call.
     *
     * @param request the model's name in the product's place, and the declared fields
     */
    public ScoringOutcome score(AuthorisedCall call, VerificationRequest request) {
        return switch (models.named(request.product())) {
            case ServedModels.Found.NotServed(Refusal refusal) -> new ScoringOutcome.Refused(refusal);
            case ServedModels.Found.Served(AssessedModel model) -> score(call, request, model);
        };
    }

    private ScoringOutcome score(AuthorisedCall call, VerificationRequest request, AssessedModel model) {
        ProductDeclaration asked = model.declaration().asked();
        Optional<Refusal> unfit = holdToCall(call, asked, request);
        if (unfit.isPresent()) {
            return new ScoringOutcome.Refused(unfit.get());
        }
        if (approvals.standing(model.declaration().fingerprint(), call.policyRevision())
                instanceof ModelStanding.NotApproved(Refusal refusal)) {
            return new ScoringOutcome.Refused(refusal);
        }
        Asker asker = Asker.of(call, request.stamp());
        Guarded<ScoringOutcome> guarded = switch (NormalRequest.of(asked, request, clock)) {
            case NormalRequest.Malformed malformed ->
                guard.malformed(asker, asked.name(), request.parts(), malformed.refusal());
            case NormalRequest.WellFormed wellFormed ->
                guard.ask(
                        asker,
                        Question.of(
                                asked,
                                wellFormed.identity(),
                                wellFormed.matches(),
                                List.of(),
                                LocalDate.now(clock),
                                tokens),
                        () -> placed(call, model, wellFormed),
                        BandScorer::bearing);
        };
        return switch (guarded) {
            case Guarded.Answered<ScoringOutcome>(ScoringOutcome outcome, QuotaLeft left) ->
                outcome instanceof Scored scored ? leaving(scored, left) : outcome;
            case Guarded.Refused<ScoringOutcome>(Refusal refusal) -> new ScoringOutcome.Refused(refusal);
            case Guarded.Suspended<ScoringOutcome>(Refusal refusal) -> new ScoringOutcome.Suspended(refusal);
        };
    }

    /** The same band, once the quotas are counted. */
    private static Scored leaving(Scored band, QuotaLeft left) {
        return new Scored(band.call(), band.model(), band.band(), band.attribution(), band.subject(), left);
    }

    private ScoringOutcome placed(AuthorisedCall call, AssessedModel model, NormalRequest.WellFormed request) {
        return switch (model.place(request.identity(), request.matches())) {
            case AssessedModel.Placing.Placed(Band band) -> scored(call, model, request, Optional.of(band));
            case AssessedModel.Placing.NoBand none -> scored(call, model, request, Optional.empty());
            case AssessedModel.Placing.Unreadable unreadable ->
                refused(VerifierReason.FEATURES_UNREADABLE, model.declaration().table());
            case AssessedModel.Placing.NoScore none -> refused(VerifierReason.MODEL_OUTPUT);
        };
    }

    private Scored scored(
            AuthorisedCall call, AssessedModel model, NormalRequest.WellFormed request, Optional<Band> band) {
        return new Scored(
                call,
                model.declaration().fingerprint(),
                band,
                model.attribution(),
                tokens.subject(request.identity().getFirst()),
                new QuotaLeft(0, 0));
    }

    /** A band ends a search for a person, as a match does; none is a candidate less. */
    private static Bearing bearing(ScoringOutcome outcome) {
        return switch (outcome) {
            case Scored scored -> scored.band().isPresent() ? Bearing.NOTHING : Bearing.MISS;
            case ScoringOutcome.Refused refused -> Bearing.NOTHING;
            case ScoringOutcome.Suspended suspended -> Bearing.NOTHING;
        };
    }

    /** The grant covers the model, each field sent and each column the model looks at. */
    private static Optional<Refusal> holdToCall(
            AuthorisedCall call, ProductDeclaration asked, VerificationRequest request) {
        if (!request.isFor(call)) {
            return Optional.of(Refusal.of(VerifierReason.CALL_NOT_FOR_REQUEST));
        }
        Optional<GrantFacts> grant = call.input().grant();
        if (grant.isEmpty() || !grant.get().products().contains(asked.name())) {
            return Optional.of(Refusal.of(VerifierReason.GRANT_LACKS_MODEL, asked.name()));
        }
        return asked.grantFields().stream()
                .filter(field -> !grant.get().fields().contains(field))
                .sorted()
                .findFirst()
                .map(field -> Refusal.of(VerifierReason.GRANT_LACKS_FIELD, field));
    }

    private static ScoringOutcome refused(VerifierReason reason, String... arguments) {
        return new ScoringOutcome.Refused(Refusal.of(reason, arguments));
    }
}
