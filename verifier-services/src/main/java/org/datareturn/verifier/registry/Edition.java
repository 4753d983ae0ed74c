package org.datareturn.verifier.registry;

import java.time.Instant;

/**
 * One edition of a registry: what was loaded at one time and answers until the next is published.
 *
 * @param registry the registry's name
 * @param number counts from 1 and only rises
 * @param origin where the data came from
 * @param builtAt when it was built on this node
 * @param records how many subjects it holds
 * @param keyId id of the key its tokens were made under
 */
public record Edition(String registry, long number, EditionOrigin origin, Instant builtAt, long records, int keyId) {
    /** Name for records and receipts, such as {@code population/3}. */
    public String name() {
        return registry + "/" + number;
    }
}
