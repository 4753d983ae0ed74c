package org.datareturn.verifier.registry;

import java.io.IOException;
import java.util.OptionalDouble;

/** The rows of a source, one by one, in memory that does not grow with them. For one thread. */
public interface SourceRows extends AutoCloseable {
    /**
     * The next row, or that there is none. Not to be asked again after {@link SourceRow.Ended} or {@link SourceRow.Broken}.
     *
     * @throws IOException when the connection broke or the file system fails: trying again may help
     */
    SourceRow next() throws IOException;

    /** How much of the source lies behind, from 0 to 1, where that is known. */
    OptionalDouble share();

    @Override
    void close() throws IOException;
}
