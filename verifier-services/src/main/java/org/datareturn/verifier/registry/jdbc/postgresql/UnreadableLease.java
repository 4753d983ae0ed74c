package org.datareturn.verifier.registry.jdbc.postgresql;

import org.datareturn.verifier.registry.Edition;
import org.datareturn.verifier.registry.Lease;
import org.datareturn.verifier.registry.Reading;
import org.datareturn.verifier.tokens.RecordKey;
import org.datareturn.verifier.tokens.RecordTokens;

/** The edition that answered last, while the database does not. */
record UnreadableLease(Edition edition, RecordTokens tokens, String cause) implements Lease {
    @Override
    public Reading read(RecordKey key) {
        return new Reading.Unreadable(cause);
    }

    @Override
    public void close() {
        // It holds nothing.
    }
}
