package org.datareturn.sandbox.identity;

import java.util.Set;
import org.datareturn.policy.Caller;

/**
 * A registered operator: a person or system account of an organisation and the roles it holds.
 *
 * @param principal who
 * @param displayName the person's or system's name
 * @param roles what it may do; at least one
 */
public record Operator(Principal principal, String displayName, Set<Caller.Role> roles) {
    /**
     * @throws IllegalArgumentException when there is no role or no name
     */
    public Operator {
        roles = Set.copyOf(roles);
        if (roles.isEmpty() || displayName.isBlank()) {
            throw new IllegalArgumentException("an operator has a name and at least one role");
        }
    }
}
