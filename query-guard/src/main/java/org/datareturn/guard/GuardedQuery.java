package org.datareturn.guard;

import org.datareturn.guard.plan.CellQuery;
import org.datareturn.policy.AuthorisedCall;

/**
 * Proof that one query to the data passed the guard; only {@link Guard} makes one, and an engine runs nothing else.
 * A {@link GuardedQuestion} is made of some. Immutable.
 */
public final class GuardedQuery {
    private final AuthorisedCall call;
    private final CellQuery query;
    private final int minGroupSize;

    GuardedQuery(AuthorisedCall call, CellQuery query, int minGroupSize) {
        this.call = call;
        this.query = query;
        this.minGroupSize = minGroupSize;
    }

    /** The call it answers. */
    public AuthorisedCall call() {
        return call;
    }

    /** The question, in the guard's own terms. */
    CellQuery query() {
        return query;
    }

    /** Least number of distinct subjects behind anything released: the zone's floor, or more when the policy says so. */
    public int minGroupSize() {
        return minGroupSize;
    }

    /** SHA-256 of the normalised plan, in hexadecimal. */
    public String planDigest() {
        return GuardedQuestion.digest(query.canonical() + minGroupSize);
    }
}
