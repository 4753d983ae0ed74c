package org.datareturn.sandbox.grant;

import org.datareturn.policy.Refusal;

/** What came of looking for the grant a call names. */
public sealed interface GrantLookup {
    /**
     * There is one.
     *
     * @param grant as it stands now, whatever its status
     */
    record Found(Grant grant) implements GrantLookup {}

    /** There is none of that name: the policy is told so and denies. */
    record None() implements GrantLookup {}

    /**
     * The store cannot say; the call is refused.
     *
     * @param refusal the store's trouble
     */
    record Unavailable(Refusal refusal) implements GrantLookup {}
}
