package org.datareturn.verifier.probing;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.datareturn.policy.Refusal;

/**
 * One of many questions asked together.
 *
 * @param <T> what an answer is
 */
public sealed interface Asked<T> {
    /** What makes the request good for once; empty where it cannot be sent again, as the rows of a batch. */
    Optional<RequestStamp> stamp();

    /**
     * A question that can be looked up.
     *
     * @param question the question
     * @param lookUp finds the answer; may be called again when the unit is done again, so it has no effect
     */
    record WellFormed<T>(Optional<RequestStamp> stamp, Posed question, Supplier<T> lookUp) implements Asked<T> {
        public WellFormed(Posed question, Supplier<T> lookUp) {
            this(Optional.empty(), question, lookUp);
        }
    }

    /**
     * A request that cannot be.
     *
     * @param request the request as sent, part by part
     * @param refusal why
     */
    record Malformed<T>(Optional<RequestStamp> stamp, List<String> request, Refusal refusal) implements Asked<T> {
        public Malformed {
            request = List.copyOf(request);
        }

        public Malformed(List<String> request, Refusal refusal) {
            this(Optional.empty(), request, refusal);
        }
    }
}
