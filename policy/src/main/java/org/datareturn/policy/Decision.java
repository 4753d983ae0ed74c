package org.datareturn.policy;

import java.util.List;

/** What a policy decided. Undefined, malformed or unreachable is a {@link Deny}: nothing else exists. */
public sealed interface Decision {
    /** The revision of the policy that decided, as its bundle states it. */
    String revision();

    /**
     * Allowed, under obligations.
     *
     * @param obligations what must be done
     */
    record Allow(Obligations obligations, String revision) implements Decision {}

    /**
     * Denied.
     *
     * @param reasons why; at least one
     */
    record Deny(List<ReasonCode> reasons, String revision) implements Decision {
        public Deny {
            reasons = List.copyOf(reasons);
            if (reasons.isEmpty()) {
                throw new IllegalArgumentException("a denial names at least one reason");
            }
        }
    }
}
