package org.datareturn.sandbox.road;

import java.time.Instant;
import java.util.Optional;
import org.datareturn.policy.Caller;
import org.datareturn.sandbox.grant.Grant;
import org.datareturn.sandbox.ledger.LedgerRecord;
import org.datareturn.sandbox.ledger.TraceId;

/**
 * What is known of a call so far; each step of the road adds one fact. Immutable: a step that is skipped leaves its fact
 * out of the record rather than a stale one in it.
 *
 * @param traceId the call's trace
 * @param at when the call arrived
 * @param target the product, zone or thing it concerns
 * @param requestDigest keyed digest of the request
 * @param caller who called, once authenticated
 * @param grant the grant it runs under, once found to be the caller's own
 * @param policyRevision revision of the policy, once it decided
 */
record Trail(
        TraceId traceId,
        Instant at,
        String target,
        Optional<String> requestDigest,
        Optional<Caller> caller,
        Optional<Grant> grant,
        Optional<String> policyRevision) {
    private static final String UNKNOWN = "unknown";
    private static final String UNDECIDED = "none";

    static Trail begin(TraceId traceId, Instant at, String target, Optional<String> requestDigest) {
        return new Trail(
                traceId, at, printable(target), requestDigest, Optional.empty(), Optional.empty(), Optional.empty());
    }

    Trail by(Caller found) {
        return new Trail(traceId, at, target, requestDigest, Optional.of(found), grant, policyRevision);
    }

    /** Remembers the grant only when it is the caller's own: a receipt must not tell of somebody else's. */
    Trail under(Grant found) {
        boolean own = caller.filter(c -> c.organisation().equals(found.facts().organisation()))
                .isPresent();
        return own ? new Trail(traceId, at, target, requestDigest, caller, Optional.of(found), policyRevision) : this;
    }

    Trail decidedBy(String revision) {
        return new Trail(traceId, at, target, requestDigest, caller, grant, Optional.of(revision));
    }

    /** The record of this call, ending so. */
    LedgerRecord ending(LedgerRecord.Kind kind, String outcome) {
        LedgerRecord record = LedgerRecord.of(
                traceId,
                at,
                kind,
                caller.map(Caller::organisation).orElse(UNKNOWN),
                caller.map(Caller::operator).orElse(UNKNOWN),
                target,
                outcome,
                policyRevision.orElse(UNDECIDED));
        if (grant.isPresent()) {
            record = record.withGrant(grant.get().id(), grant.get().applicationId());
        }
        return requestDigest.isPresent() ? record.withRequestDigest(requestDigest.get()) : record;
    }

    /** What a caller named, cut to what a record may hold: callers can send anything. */
    private static String printable(String text) {
        String kept = text.codePoints()
                .filter(c -> c >= 0x20 && c != 0x7f && !(c >= 0xd800 && c <= 0xdfff))
                .limit(64)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return kept.isEmpty() ? UNKNOWN : kept;
    }
}
