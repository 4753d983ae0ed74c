package org.datareturn.verifier.registry;

import java.util.List;
import org.datareturn.verifier.tokens.RecordKey;
import org.datareturn.verifier.tokens.RecordTokens;

/** One edition held open for one call. Read and closed by one thread; its edition and tokens may be shared. */
public interface Lease extends AutoCloseable {
    /** The edition. */
    Edition edition();

    /** The tokens of the key the edition was made under. */
    RecordTokens tokens();

    /** Reads one record. The same work whether there is such a record or not. */
    Reading read(RecordKey key);

    /**
     * Reads many records, in the order of the keys; cheaper than one by one. The same work for each key, whether there is
     * such a record or not.
     */
    default List<Reading> readAll(List<RecordKey> keys) {
        return keys.stream().map(this::read).toList();
    }

    /** Lets the edition go. Closing twice does nothing. */
    @Override
    void close();
}
