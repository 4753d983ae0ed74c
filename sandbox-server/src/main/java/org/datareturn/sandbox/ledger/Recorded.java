package org.datareturn.sandbox.ledger;

/**
 * An answer whose trace is on disk: the only thing an edge may send. Only {@link Ledger} makes one.
 *
 * @param <A> what is answered
 */
public final class Recorded<A> {
    private final A answer;
    private final Receipt receipt;

    Recorded(A answer, Receipt receipt) {
        this.answer = answer;
        this.receipt = receipt;
    }

    /** The answer. */
    public A answer() {
        return answer;
    }

    /** The call's trace. */
    public TraceId traceId() {
        return receipt.record().traceId();
    }

    /** Place of the entry in the log, from 0. */
    public long index() {
        return receipt.index();
    }

    /** What proves the entry to anyone who holds the ledger's verifier key. */
    public Receipt receipt() {
        return receipt;
    }
}
