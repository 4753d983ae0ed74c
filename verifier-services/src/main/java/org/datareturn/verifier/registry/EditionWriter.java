package org.datareturn.verifier.registry;

import java.io.IOException;
import java.nio.file.Path;
import org.datareturn.verifier.tokens.RecordKey;
import org.datareturn.verifier.tokens.RecordTokens;
import org.datareturn.verifier.tokens.RecordValue;

/** Writes one new edition. For one thread; closing it without {@link #finish} leaves nothing behind. */
public interface EditionWriter extends AutoCloseable {
    /** The tokens of the key the edition is made under. */
    RecordTokens tokens();

    /** A folder for sorting in, removed with the writer. Nothing but tokens may be written there either. */
    Path scratch();

    /**
     * Adds a record; keys must strictly ascend.
     *
     * @throws IOException when it cannot be written, or the key does not ascend
     */
    void append(RecordKey key, RecordValue value) throws IOException;

    /**
     * Makes the edition complete and durable, and not yet answering.
     *
     * @throws IOException when it cannot be written or holds no record
     */
    DraftEdition finish() throws IOException;

    @Override
    void close() throws IOException;
}
