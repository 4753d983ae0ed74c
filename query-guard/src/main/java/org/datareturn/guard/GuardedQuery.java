package org.datareturn.guard;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.datareturn.guard.plan.CellQuery;
import org.datareturn.policy.AuthorisedCall;

/** Proof that a query passed the guard; only {@link Guard} makes one, and an engine runs nothing else. Immutable. */
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
        try {
            byte[] text = (query.canonical() + minGroupSize).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
