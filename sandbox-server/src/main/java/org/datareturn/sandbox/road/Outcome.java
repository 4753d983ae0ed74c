package org.datareturn.sandbox.road;

import org.datareturn.policy.Refusal;

/**
 * What a call came to.
 *
 * @param <A> what an answered call carries
 */
public sealed interface Outcome<A> {
    /**
     * Answered.
     *
     * @param answer what the caller gets
     */
    record Answered<A>(A answer) implements Outcome<A> {}

    /**
     * Refused.
     *
     * @param refusal why
     */
    record Refused<A>(Refusal refusal) implements Outcome<A> {}
}
