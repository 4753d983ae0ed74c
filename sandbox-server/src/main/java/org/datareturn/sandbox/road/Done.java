package org.datareturn.sandbox.road;

import java.util.function.UnaryOperator;
import org.datareturn.policy.Refusal;
import org.datareturn.sandbox.ledger.LedgerRecord;

/**
 * What the doing step of the road came to, and what of it goes into the record.
 *
 * @param outcome what the caller gets
 * @param kind what kind of thing is recorded
 * @param code outcome or reason code of the record
 * @param facts what the record says beyond that: digests, release, edition, source
 * @param <A> what an answered call carries
 */
public record Done<A>(Outcome<A> outcome, LedgerRecord.Kind kind, String code, UnaryOperator<LedgerRecord> facts) {

    /** An answer. */
    public static <A> Done<A> answered(
            A answer, LedgerRecord.Kind kind, String code, UnaryOperator<LedgerRecord> facts) {
        return new Done<>(new Outcome.Answered<>(answer), kind, code, facts);
    }

    /** A refusal. */
    public static <A> Done<A> refused(Refusal refusal) {
        return new Done<>(
                new Outcome.Refused<>(refusal),
                LedgerRecord.Kind.REFUSAL,
                refusal.reason().name(),
                UnaryOperator.identity());
    }

    /** An event's answer, with nothing more to record than that. */
    public static <A> Done<A> event(A answer, LedgerRecord.Kind kind, String code) {
        return answered(answer, kind, code, UnaryOperator.identity());
    }
}
