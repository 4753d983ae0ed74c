package org.datareturn.sandbox.verification;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.datareturn.policy.Ask;
import org.datareturn.policy.AuthorisedCall;
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
import org.datareturn.verifier.Checked;
import org.datareturn.verifier.VerificationOutcome;
import org.datareturn.verifier.VerificationRequest;
import org.datareturn.verifier.Verifier;

/** Verifications, each walked down the whole road. Thread-safe; blocks on the ledger. */
public final class VerificationService {
    private final CallPipeline pipeline;
    private final Verifier verifier;

    /** A service of one verifier on one road. */
    public VerificationService(CallPipeline pipeline, Verifier verifier) {
        this.pipeline = pipeline;
        this.verifier = verifier;
    }

    /**
     * Verifies one subject.
     *
     * @param grantId the grant the caller names
     * @param request product and fields as sent
     * @param purpose the purpose the caller states; without one the call is refused
     * @param region the division the matter belongs to
     * @throws LedgerUnavailableException when the call could not be recorded: nothing may be answered
     */
    public Recorded<Outcome<Checked>> verify(
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
        return pipeline.travel(credentials, call, authorised -> check(authorised, request));
    }

    private Done<Checked> check(AuthorisedCall authorised, VerificationRequest request) {
        return switch (verifier.verify(authorised, request)) {
            case VerificationOutcome.Refused refused -> Done.refused(refused.refusal());
            case VerificationOutcome.Suspended suspended -> Done.refused(suspended.refusal());
            case Checked checked ->
                Done.answered(
                        checked,
                        LedgerRecord.Kind.VERIFICATION,
                        checked.answer().name(),
                        record -> record.withSource(
                                checked.attribution().edition(),
                                checked.attribution().source()));
        };
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
