package org.datareturn.sandbox.model;

import java.util.Set;

/** A registered model's state, and the whole table of its changes. */
public enum ModelStatus {
    /** Waits for a reviewer. */
    REGISTERED,
    /** May be used, as long as the policy is the one it was approved under. */
    APPROVED,
    /** May not be used, for good: another version may be registered. */
    REFUSED,
    /** May not be used until a reviewer approves it again. */
    SUSPENDED;

    /** From which states this one can be reached; none leads to {@link #REGISTERED}, where a model begins. */
    public Set<ModelStatus> origins() {
        return switch (this) {
            case REGISTERED -> Set.of();
            case APPROVED, REFUSED -> Set.of(REGISTERED, SUSPENDED);
            case SUSPENDED -> Set.of(APPROVED);
        };
    }
}
