package org.datareturn.policy.opa;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.datareturn.policy.Decision;
import org.datareturn.policy.PolicyInput;

/**
 * Decisions of one policy revision within one second. A policy is a function of its input and nothing else (what it may
 * call is listed in {@code capabilities.json}; none of it reads a clock, a random number or a network), so the same input
 * has the same decision; and the input holds the second of the call, the caller's roles and the grant's state as they are
 * read with every call, so nothing that changed can be missed. Thread-safe.
 */
final class RememberedDecisions {
    /** So many are kept; a second of more different questions is decided one by one. */
    private static final int MOST = 4096;

    private record Second(long epochSeconds, ConcurrentHashMap<PolicyInput, Decision> decisions) {}

    private volatile Second current = new Second(Long.MIN_VALUE, new ConcurrentHashMap<>());

    /** What was decided on just this input. */
    Optional<Decision> find(PolicyInput input) {
        Second second = current;
        return second.epochSeconds() == input.time().epochSeconds()
                ? Optional.ofNullable(second.decisions().get(input))
                : Optional.empty();
    }

    /** Remembers a decision the policy itself made. */
    void keep(PolicyInput input, Decision decision) {
        long now = input.time().epochSeconds();
        Second second = current;
        if (second.epochSeconds() < now) {
            // Two threads may both begin the second: what one of them kept is then decided once more.
            second = new Second(now, new ConcurrentHashMap<>());
            current = second;
        }
        if (second.epochSeconds() == now && second.decisions().size() < MOST) {
            second.decisions().put(input, decision);
        }
    }
}
