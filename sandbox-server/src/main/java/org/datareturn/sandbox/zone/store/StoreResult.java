package org.datareturn.sandbox.zone.store;

import org.datareturn.policy.Refusal;

/**
 * What came of asking the store.
 *
 * @param <T> what a success yields
 */
public sealed interface StoreResult<T> {
    /** Done; here is the value. */
    record Ok<T>(T value) implements StoreResult<T> {}

    /** Refused; nothing changed and nothing was given. */
    record Refused<T>(Refusal refusal) implements StoreResult<T> {}
}
