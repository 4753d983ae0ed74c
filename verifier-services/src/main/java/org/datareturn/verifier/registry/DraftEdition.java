package org.datareturn.verifier.registry;

import java.io.IOException;

/** An edition that is complete and does not answer yet. For one thread. */
public interface DraftEdition extends AutoCloseable {
    /** The edition it will be. */
    Edition edition();

    /**
     * Lets it answer in place of the present one: calls that began before still read the old edition, all later ones
     * read this. Durable when it returns.
     *
     * @throws IOException when it cannot be opened or recorded; the present edition then goes on answering
     */
    Edition publish() throws IOException;

    /** Drops it unless it was published. */
    @Override
    void close() throws IOException;
}
