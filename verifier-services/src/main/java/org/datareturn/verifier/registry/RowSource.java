package org.datareturn.verifier.registry;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Where the rows of a registry come from: a file, a table, a query. A source gives texts; what they mean is the registry's
 * matter alone ({@link org.datareturn.verifier.normalise.Normalisation}), so that a number of fifteen digits or a name in
 * full-width letters becomes the same token from whatever source. Implementations are immutable.
 */
public interface RowSource {
    /**
     * What tells this source from another, and from itself after a change: a load that broke off goes on only from the same.
     * Holds no data.
     *
     * @return empty where the rows do not come in the same order each time, or come only once
     * @throws IOException when it cannot be found out
     */
    Optional<String> fingerprint() throws IOException;

    /**
     * Begins to read.
     *
     * @param columns the columns wanted, in the order the values are wanted; no others are fetched
     * @param skip how many rows, good or bad, not to give
     * @throws IOException when the source cannot be reached
     */
    SourceOpening open(List<String> columns, long skip) throws IOException;
}
