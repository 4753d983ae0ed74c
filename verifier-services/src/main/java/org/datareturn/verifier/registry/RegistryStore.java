package org.datareturn.verifier.registry;

import java.io.IOException;
import java.util.Optional;

/**
 * One registry of keyed tokens, in editions: a new one is built beside the one that answers, and takes its place in one
 * step while calls go on. Implementations are thread-safe.
 */
public interface RegistryStore extends EditionPlace, AutoCloseable {
    /**
     * The edition that answers now, held open until the lease is closed however many editions are published meanwhile;
     * empty when none has ever been published or the store is closed. Close the lease soon.
     */
    Optional<Lease> lease();

    /** Closes the store; leases still held stay readable until they are closed. */
    @Override
    void close() throws IOException;
}
