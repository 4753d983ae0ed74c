package org.datareturn.verifier.privatecheck;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.datareturn.policy.Ask;
import org.datareturn.policy.AuthorisedCall;
import org.datareturn.policy.GrantFacts;
import org.datareturn.policy.Refusal;
import org.datareturn.verifier.oprf.Element;
import org.datareturn.verifier.oprf.Evaluation;
import org.datareturn.verifier.oprf.OprfException;
import org.datareturn.verifier.reason.VerifierReason;

/**
 * Evaluates blinded batches under authorised calls. It sees random points and their number, never an item or an answer.
 * Thread-safe.
 */
public final class PrivateCheckService {
    private final Map<Place, OpenEpoch> open = new ConcurrentHashMap<>();
    private final EvaluationQuota quota;
    private final SecureRandom random;

    private record Place(String product, String grant, String epoch) {}

    /**
     * A service without open epochs.
     *
     * @param quota counts what each grant has had evaluated
     * @param random for the nonces of proofs
     */
    public PrivateCheckService(EvaluationQuota quota, SecureRandom random) {
        this.quota = quota;
        this.random = random;
    }

    /** Opens an epoch, or puts another table in the place of its own; what the grant had evaluated stays counted. */
    public void open(OpenEpoch epoch) {
        open.put(place(epoch.published()), epoch);
    }

    /** Closes an epoch: from the next call on it is not evaluated. */
    public void close(PublishedEpoch epoch) {
        open.remove(place(epoch));
    }

    private static Place place(PublishedEpoch epoch) {
        return new Place(
                epoch.product(), epoch.scope().application(), epoch.scope().epoch());
    }

    /**
     * The open epoch of a call's own product and grant: its announcement and its table. Another grant's cannot be named.
     */
    public Optional<OpenEpoch> epoch(AuthorisedCall call, String epoch) {
        if (!(call.input().ask() instanceof Ask.Verify ask)) {
            return Optional.empty();
        }
        return call.input()
                .grant()
                .flatMap(grant -> Optional.ofNullable(open.get(new Place(ask.product(), grant.id(), epoch)))
                        .filter(found -> lacking(grant, ask, found).isEmpty()));
    }

    /**
     * Evaluates a batch. What is malformed is refused before anything is counted; what is counted stays counted.
     *
     * @param call authorised for the product, with exactly the fields it asks for
     * @param epoch the epoch's name
     * @param blinded blinded elements, 33 bytes each, 1 to {@link Evaluation#MAX_BATCH}
     */
    public PrivateCheckOutcome evaluate(AuthorisedCall call, String epoch, List<byte[]> blinded) {
        if (!(call.input().ask() instanceof Ask.Verify ask)) {
            return refused(VerifierReason.CALL_NOT_FOR_REQUEST);
        }
        Optional<GrantFacts> grant = call.input().grant();
        if (grant.isEmpty()) {
            return refused(VerifierReason.GRANT_LACKS_PRODUCT, ask.product());
        }
        OpenEpoch found = open.get(new Place(ask.product(), grant.get().id(), epoch));
        if (found == null) {
            return refused(VerifierReason.PRIVATE_EPOCH_NOT_OPEN);
        }
        Optional<Refusal> lacking = lacking(grant.get(), ask, found);
        if (lacking.isPresent()) {
            return new PrivateCheckOutcome.Refused(lacking.get());
        }
        if (blinded.isEmpty() || blinded.size() > Evaluation.MAX_BATCH) {
            return refused(VerifierReason.PRIVATE_BATCH_SIZE, Integer.toString(Evaluation.MAX_BATCH));
        }
        List<Element> elements = new ArrayList<>(blinded.size());
        for (byte[] bytes : blinded) {
            try {
                elements.add(Element.decode(bytes));
            } catch (OprfException malformed) {
                return refused(VerifierReason.PRIVATE_ELEMENT, Integer.toString(elements.size() + 1));
            }
        }
        return switch (quota.reserve(found.published().scope(), elements.size(), found.quota())) {
            case EvaluationQuota.Reservation.Exhausted(long left) ->
                refused(VerifierReason.PRIVATE_QUOTA_USED_UP, Long.toString(left));
            case EvaluationQuota.Reservation.Reserved(long left) ->
                new PrivateCheckOutcome.Evaluated(evaluate(found, blinded, elements, left));
        };
    }

    private EvaluatedBatch evaluate(OpenEpoch epoch, List<byte[]> blinded, List<Element> elements, long quotaLeft) {
        try {
            Evaluation evaluation = epoch.server().evaluateWithProof(elements, random);
            return new EvaluatedBatch(
                    evaluation.elements().stream().map(Element::encode).toList(),
                    evaluation.proof().encode(),
                    BatchCommitment.of(epoch.published(), blinded),
                    quotaLeft);
        } catch (OprfException e) {
            throw new IllegalStateException("a batch of valid elements within bounds can be evaluated", e);
        }
    }

    private static Optional<Refusal> lacking(GrantFacts grant, Ask.Verify ask, OpenEpoch epoch) {
        if (!ask.fields().equals(epoch.requestFields())) {
            return Optional.of(Refusal.of(VerifierReason.CALL_NOT_FOR_REQUEST));
        }
        if (!grant.products().contains(ask.product())) {
            return Optional.of(Refusal.of(VerifierReason.GRANT_LACKS_PRODUCT, ask.product()));
        }
        return epoch.grantFields().stream()
                .filter(field -> !grant.fields().contains(field))
                .sorted()
                .findFirst()
                .map(field -> Refusal.of(VerifierReason.GRANT_LACKS_FIELD, field));
    }

    private static PrivateCheckOutcome refused(VerifierReason reason, String... arguments) {
        return new PrivateCheckOutcome.Refused(Refusal.of(reason, arguments));
    }
}
