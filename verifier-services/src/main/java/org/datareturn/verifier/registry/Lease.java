package org.datareturn.verifier.registry;

import org.datareturn.verifier.tokens.RecordKey;
import org.datareturn.verifier.tokens.RecordTokens;

/** One edition held open for one call. For one thread. */
public interface Lease extends AutoCloseable {
    /** The edition. */
    Edition edition();

    /** The tokens of the key the edition was made under. */
    RecordTokens tokens();

    /** Reads one record. The same work whether there is such a record or not. */
    Reading read(RecordKey key);

    /** Lets the edition go. Closing twice does nothing. */
    @Override
    void close();
}
