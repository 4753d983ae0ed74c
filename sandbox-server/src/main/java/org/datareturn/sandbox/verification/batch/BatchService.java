package org.datareturn.sandbox.verification.batch;

import com.google.crypto.tink.Aead;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.datareturn.policy.Refusal;
import org.datareturn.sandbox.identity.Credentials;
import org.datareturn.sandbox.keys.KeyedFunction;
import org.datareturn.sandbox.ledger.LedgerReader;
import org.datareturn.sandbox.ledger.LedgerUnavailableException;
import org.datareturn.sandbox.ledger.Recorded;
import org.datareturn.sandbox.ledger.TraceId;
import org.datareturn.sandbox.road.CallPipeline;
import org.datareturn.sandbox.road.Done;
import org.datareturn.sandbox.road.Outcome;
import org.datareturn.verifier.Verifier;
import org.datareturn.verifier.probing.ProbeMemory;

/** Batches of verifications on one road. Thread-safe. */
public final class BatchService {
    /** Rows that are asked, recorded and answered together, at most. */
    public static final int CHUNK_ROWS = 1024;

    /** How long an answered row is remembered. */
    public static final Duration REMEMBERED = Duration.ofDays(30);

    private final Parts parts;

    /**
     * What a batch needs.
     *
     * @param pipeline the road
     * @param verifier checks
     * @param memory keeps pages with the limits' own memory
     * @param pages reads them
     * @param digests names books and requests, so that neither can be guessed
     * @param key encrypts pages
     * @param record says what is recorded
     * @param places bounds the streams of an operator
     * @param clock says when
     * @param random where traces come from
     */
    record Parts(
            CallPipeline pipeline,
            Verifier verifier,
            ProbeMemory memory,
            BatchPages pages,
            KeyedFunction digests,
            Aead key,
            LedgerReader record,
            StreamPlaces places,
            Clock clock,
            SecureRandom random) {}

    /** A service. */
    public BatchService(
            CallPipeline pipeline,
            Verifier verifier,
            ProbeMemory memory,
            BatchPages pages,
            KeyedFunction digests,
            Aead key,
            LedgerReader record,
            Clock clock) {
        this.parts = new Parts(
                pipeline, verifier, memory, pages, digests, key, record, new StreamPlaces(), clock, new SecureRandom());
    }

    /**
     * Opens a batch for one stream, to be closed with it. Nothing is read or answered before its first chunk.
     *
     * @param opening without {@link BatchOpening#fault}
     */
    public Batch open(Credentials credentials, BatchOpening opening) {
        if (opening.fault().isPresent()) {
            throw new IllegalArgumentException("the opening has a fault");
        }
        return new Batch(parts, credentials, opening);
    }

    /**
     * Refuses what is no batch, on record.
     *
     * @throws LedgerUnavailableException when it could not be recorded
     */
    public Recorded<Outcome<BatchAnswers>> refuse(Credentials credentials, Refusal refusal)
            throws LedgerUnavailableException {
        return parts.pipeline().administer(credentials, "batch", caller -> Done.refused(refusal));
    }

    /** The line of a row's trace, as its chunk's record commits to it, while the batch is remembered. */
    public Optional<String> line(TraceId trace) {
        return parts.pages()
                .ofTrace(trace.ofChunk())
                .map(page -> AnsweredPage.open(page, parts.key()))
                .flatMap(page -> trace.place()
                        .filter(place -> place <= page.rows().size())
                        .map(place -> page.answer(place).line()));
    }
}
