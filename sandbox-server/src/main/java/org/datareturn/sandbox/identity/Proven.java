package org.datareturn.sandbox.identity;

import org.datareturn.policy.Refusal;

/** What came of checking one proof of identity. */
public sealed interface Proven {
    /**
     * The proof is good.
     *
     * @param principal whom it names
     */
    record By(Principal principal) implements Proven {}

    /**
     * The proof is not good.
     *
     * @param refusal why
     */
    record Not(Refusal refusal) implements Proven {}
}
