package org.datareturn.verifier.registry;

import java.io.IOException;

/** Where new editions of one registry are built. Implementations are thread-safe. */
public interface EditionPlace {
    /** The registry's shape. */
    RegistrySchema schema();

    /**
     * Begins a new edition under the primary key. One at a time.
     *
     * @throws IOException when it cannot be written, or another is being built
     */
    EditionWriter begin(EditionOrigin origin) throws IOException;
}
