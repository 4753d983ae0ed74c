package org.datareturn.sandbox.verification.batch;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.datareturn.sandbox.ledger.TraceId;
import org.datareturn.verifier.probing.KeptPage;

/** The pages that are kept with the limits' own memory. Thread-safe, shared by every server. */
public interface BatchPages {
    /** Reads a book's pages in order of their numbers, those kept since an instant. */
    void read(String book, Instant since, Consumer<KeptPage> reader);

    /** One page. */
    Optional<KeptPage> page(String book, long number);

    /** The page of a chunk's trace. */
    Optional<KeptPage> ofTrace(TraceId chunk);

    /** Forgets pages kept before an instant. */
    void forgetBefore(Instant instant);
}
