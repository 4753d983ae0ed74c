package org.datareturn.sandbox.ledger;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the private side of the record: traces from the encrypted journal, fresh receipts, proofs. Who may read what is
 * the edge's to decide. Thread-safe.
 */
public final class LedgerReader {
    /** Most entries of one trace that {@link #find} gives. */
    public static final int MAX_FOUND = 10_000;

    private final LedgerStore store;

    LedgerReader(LedgerStore store) {
        this.store = store;
    }

    /**
     * A recorded entry.
     *
     * @param index place in the log, from 0
     * @param record what was recorded
     */
    public record Entry(long index, LedgerRecord record) {}

    /**
     * Every entry of a trace in order, the latest {@value #MAX_FOUND} when there are more; empty when there is none.
     *
     * @throws LedgerUnavailableException when the journal cannot be read
     */
    public List<Entry> find(TraceId trace) throws LedgerUnavailableException {
        List<Entry> found = new ArrayList<>();
        for (long index : store.find(trace, MAX_FOUND)) {
            at(index).filter(entry -> entry.record().traceId().equals(trace)).ifPresent(found::add);
        }
        return List.copyOf(found);
    }

    /**
     * The entry at a place, or nothing when the log is shorter.
     *
     * @throws LedgerUnavailableException when the journal cannot be read
     */
    public Optional<Entry> at(long index) throws LedgerUnavailableException {
        try {
            return store.entry(index).map(entry -> new Entry(index, entry.record()));
        } catch (IOException e) {
            throw new LedgerUnavailableException(e, LedgerReason.LEDGER_UNREADABLE, "journal");
        }
    }

    /**
     * A receipt for an entry against the present checkpoint, or nothing when the log is shorter.
     *
     * @throws LedgerUnavailableException when journal or tiles cannot be read
     */
    public Optional<Receipt> receipt(long index) throws LedgerUnavailableException {
        LedgerStore.Committed now = store.committed();
        if (index < 0 || index >= now.checkpoint().size()) {
            return Optional.empty();
        }
        try {
            Optional<JournalEntry> entry = store.entry(index);
            if (entry.isEmpty()) {
                return Optional.empty();
            }
            List<Hash> proof = store.inclusion(index, now.checkpoint().size());
            return Optional.of(new Receipt(entry.get().record(), entry.get().salt(), index, proof, now.note()));
        } catch (IOException e) {
            throw new LedgerUnavailableException(e, LedgerReason.LEDGER_UNREADABLE, "journal");
        }
    }

    /** The last durable checkpoint. */
    public Checkpoint checkpoint() {
        return store.committed().checkpoint();
    }

    /** The last durable checkpoint as its signed note. */
    public String checkpointNote() {
        return store.committed().note();
    }

    /**
     * Proof that the log at one size is a beginning of the log at another (see {@link MerkleProof#consistent}).
     *
     * @param size1 at least 1
     * @param size2 at least size1, at most the present size
     * @throws LedgerUnavailableException when tiles cannot be read
     */
    public List<Hash> consistency(long size1, long size2) throws LedgerUnavailableException {
        if (size1 < 1 || size1 > size2 || size2 > checkpoint().size()) {
            throw new IllegalArgumentException(
                    "sizes must satisfy 1 ≤ size1 ≤ size2 ≤ " + checkpoint().size());
        }
        try {
            return store.consistency(size1, size2);
        } catch (IOException e) {
            throw new LedgerUnavailableException(e, LedgerReason.LEDGER_UNREADABLE, "tiles");
        }
    }
}
