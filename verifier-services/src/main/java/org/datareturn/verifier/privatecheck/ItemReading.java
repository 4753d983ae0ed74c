package org.datareturn.verifier.privatecheck;

import org.datareturn.policy.Refusal;

/** What came of reading the values of one item. */
public sealed interface ItemReading {
    /**
     * They are well formed.
     *
     * @param item the item
     */
    record Read(PrivateItem item) implements ItemReading {}

    /**
     * They are not, which the one who holds them learns before anything is sent.
     *
     * @param refusal which field is missing, one too many or malformed, and how
     */
    record Malformed(Refusal refusal) implements ItemReading {}
}
