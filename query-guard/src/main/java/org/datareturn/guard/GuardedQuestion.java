package org.datareturn.guard;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.datareturn.guard.plan.Question;
import org.datareturn.policy.AuthorisedCall;

/**
 * Proof that a caller's whole question passed the guard: its queries to the data, and what is computed from their released
 * answers. Only {@link Guard} makes one. Immutable.
 */
public final class GuardedQuestion {
    private final AuthorisedCall call;
    private final Question question;
    private final List<GuardedQuery> queries;
    private final String digest;
    private final int minGroupSize;

    GuardedQuestion(
            AuthorisedCall call, Question question, List<GuardedQuery> queries, String digest, int minGroupSize) {
        this.digest = digest;
        this.call = call;
        this.question = question;
        this.queries = List.copyOf(queries);
        this.minGroupSize = minGroupSize;
    }

    /** The call it answers. */
    public AuthorisedCall call() {
        return call;
    }

    /** Its queries to the data, in the order of {@link Question#cells}. */
    List<GuardedQuery> queries() {
        return queries;
    }

    Question question() {
        return question;
    }

    /** Least number of distinct subjects behind anything released: the zone's floor, or more when the policy says so. */
    public int minGroupSize() {
        return minGroupSize;
    }

    /** SHA-256 of the normalised plan, in hexadecimal. */
    public String planDigest() {
        return digest;
    }

    static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
