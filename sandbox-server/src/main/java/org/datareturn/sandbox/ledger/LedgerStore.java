package org.datareturn.sandbox.ledger;

import com.google.crypto.tink.Aead;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The ledger on disk: journal, tiles, checkpoint, and the index over them. One thread appends; any thread reads what is
 * committed. The order of writes is the promise: journal and its commit forced to disk, then the note of what is
 * acknowledged, then receipts. The public files follow within {@link #PUBLICATION_NANOS}: tiles first, the checkpoint
 * that refers to them last.
 */
final class LedgerStore implements AutoCloseable {
    /** How far the public checkpoint may lag behind: 0.1 s. Each publication makes several small files. */
    static final long PUBLICATION_NANOS = 100_000_000;

    private final LedgerFolder folder;
    private final Journal journal;
    private final Acknowledged acknowledged;
    private final HashTree tree;
    private final TileFolder tiles;
    private final TraceIndex index;
    private final NoteSigner signer;
    private final Aead journalKey;
    // Guards tree and index; never held over a forced write.
    private final ReentrantLock state = new ReentrantLock();
    private volatile Committed committed;
    // Of the appending thread alone.
    private long publishedSize;
    private long publishedNanos = System.nanoTime();

    /** The last durable state and its note. */
    record Committed(Checkpoint checkpoint, String note) {}

    LedgerStore(
            LedgerFolder folder,
            Journal journal,
            Acknowledged acknowledged,
            HashTree tree,
            TileFolder tiles,
            TraceIndex index,
            NoteSigner signer,
            Aead journalKey,
            Committed committed) {
        this.folder = folder;
        this.journal = journal;
        this.acknowledged = acknowledged;
        this.tree = tree;
        this.tiles = tiles;
        this.index = index;
        this.signer = signer;
        this.journalKey = journalKey;
        this.committed = committed;
        this.publishedSize = committed.checkpoint().size();
    }

    JournalEntry.Sealed seal(LedgerRecord record, SecureRandom random) {
        return JournalEntry.seal(Salt.random(random), record, journalKey);
    }

    Committed committed() {
        return committed;
    }

    /**
     * Makes a batch durable and gives each entry its receipt, in order.
     *
     * @throws IOException when it could not; what is on disk is then unknown, and this store must not be used again
     */
    List<Receipt> append(List<JournalEntry.Sealed> batch) throws IOException {
        long first = committed.checkpoint().size();
        long[] places = new long[batch.size()];
        List<byte[]> frames = new ArrayList<>(batch.size() + 1);
        long place = journal.end();
        for (int i = 0; i < places.length; i++) {
            places[i] = place;
            byte[] payload = batch.get(i).payload().toByteArray();
            frames.add(payload);
            place += Journal.frameLength(payload.length);
        }
        Checkpoint checkpoint = grow(batch);
        String note = signer.sign(checkpoint.text());
        byte[] commit = new Journal.Commit(journal.end(), note).payload();
        ByteBuffer buffer =
                ByteBuffer.allocate(Math.toIntExact(place - journal.end()) + Journal.frameLength(commit.length));
        frames.forEach(payload -> Journal.putFrame(buffer, Journal.ENTRY, payload));
        Journal.putFrame(buffer, Journal.COMMIT, commit);
        journal.append(buffer.flip());
        acknowledged.write(checkpoint);
        for (JournalEntry.Sealed sealed : batch) {
            tiles.append(sealed.entry().commitment());
        }
        tiles.writeFull(tree);
        return settle(batch, places, first, new Committed(checkpoint, note));
    }

    /** Nanoseconds until the public files must be brought up to date; never, as long as they are. */
    long nanosToPublication() {
        return publishedSize == committed.checkpoint().size()
                ? Long.MAX_VALUE
                : Math.max(0, publishedNanos + PUBLICATION_NANOS - System.nanoTime());
    }

    /** Brings the public files up to date. */
    void publish() throws IOException {
        if (publishedSize != committed.checkpoint().size()) {
            tiles.writePartial(tree);
            tiles.publish(committed.note());
            publishedSize = committed.checkpoint().size();
            publishedNanos = System.nanoTime();
        }
    }

    private Checkpoint grow(List<JournalEntry.Sealed> batch) throws IOException {
        state.lock();
        try {
            for (JournalEntry.Sealed sealed : batch) {
                tree.append(Hash.leaf(sealed.entry().commitment().bytes()));
            }
            return new Checkpoint(signer.verifierKey().name(), tree.size(), tree.root(tree.size()));
        } finally {
            state.unlock();
        }
    }

    private List<Receipt> settle(List<JournalEntry.Sealed> batch, long[] places, long first, Committed now)
            throws IOException {
        state.lock();
        try {
            List<Receipt> receipts = new ArrayList<>(batch.size());
            for (int i = 0; i < places.length; i++) {
                JournalEntry entry = batch.get(i).entry();
                index.add(entry.record().traceId(), places[i]);
                receipts.add(new Receipt(
                        entry.record(),
                        entry.salt(),
                        first + i,
                        tree.inclusion(first + i, now.checkpoint().size()),
                        now.note()));
            }
            committed = now;
            return receipts;
        } finally {
            state.unlock();
        }
    }

    /** Indexes of a trace's committed entries, the latest {@code limit}. */
    List<Long> find(TraceId trace, int limit) {
        state.lock();
        try {
            return index.find(trace, limit);
        } finally {
            state.unlock();
        }
    }

    /** A committed entry, or nothing when there are not so many. */
    Optional<JournalEntry> entry(long at) throws IOException {
        long place;
        state.lock();
        try {
            if (at < 0 || at >= index.size()) {
                return Optional.empty();
            }
            place = index.placeBefore(at);
        } finally {
            state.unlock();
        }
        long skip = at % TraceIndex.STRIDE;
        // A channel of its own: an interrupted reader closes the channel it reads from, and must not close the
        // ledger's.
        try (Journal read = Journal.open(folder.journal())) {
            while (true) {
                Journal.Frame frame = read.read(place)
                        .orElseThrow(() -> new IOException("a committed frame of the journal is damaged"));
                if (frame.kind() == Journal.ENTRY && skip-- == 0) {
                    return Optional.of(JournalEntry.open(frame.payload().toByteArray(), journalKey)
                            .orElseThrow(() -> new IOException("a committed entry of the journal cannot be opened")));
                }
                place = frame.next();
            }
        }
    }

    /** An inclusion proof in the committed tree. */
    List<Hash> inclusion(long at, long size) throws IOException {
        state.lock();
        try {
            return tree.inclusion(at, size);
        } finally {
            state.unlock();
        }
    }

    /** A consistency proof between two committed sizes. */
    List<Hash> consistency(long size1, long size2) throws IOException {
        state.lock();
        try {
            return tree.consistency(size1, size2);
        } finally {
            state.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        // Whatever fails, the lock is let go last and surely.
        try (folder;
                journal;
                acknowledged) {
            // Nothing depends on it, but whoever copies the folder should find the last checkpoint in it.
            tiles.forceCheckpoint();
        }
    }
}
