package org.datareturn.sandbox.ledger;

import com.google.crypto.tink.Aead;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Records answers before they leave: the only maker of {@link Recorded}.
 *
 * <p>One thread commits. Whoever calls {@link #record} waits until its entry, with every other that arrived meanwhile,
 * is in the journal and forced to disk under one signed checkpoint (group commit); an idle ledger commits at once. The
 * public files follow within a tenth of a second. The
 * first failure to write closes the ledger for good: every waiting and later call is refused until the folder is opened
 * again. Thread-safe; meant to be called from virtual threads.
 */
public final class Ledger implements AutoCloseable {
    static final int MAX_BATCH = 1024;
    static final int MAX_WAITING = 1 << 16;

    private final LedgerStore store;
    private final TileFiles files;
    private final VerifierKey verifierKey;
    private final SecureRandom random;
    private final Thread committer;

    private final ReentrantLock gate = new ReentrantLock();
    private final Condition changed = gate.newCondition();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    // Why nothing is taken any more; guarded by gate.
    private Optional<LedgerReason> shut = Optional.empty();
    private @Nullable IOException cause;

    private record Waiting(LedgerRecord record, CompletableFuture<Optional<Receipt>> receipt) {}

    private Ledger(LedgerStore store, TileFiles files, VerifierKey verifierKey, SecureRandom random) {
        this.store = store;
        this.files = files;
        this.verifierKey = verifierKey;
        this.random = random;
        this.committer = Thread.ofPlatform().name("ledger-committer").daemon().unstarted(this::commitAll);
    }

    /**
     * Opens the ledger of a folder, making it when the folder is empty.
     *
     * @param folder for this ledger alone; {@code log/} in it may be served to everyone, the rest to nobody
     * @param signer its name is the log's origin
     * @param journalKey encrypts salts and records
     * @throws LedgerUnavailableException when the folder is in use, unreadable, of another key, or when anything that
     *     was ever acknowledged is damaged or gone
     */
    public static Ledger open(Path folder, NoteSigner signer, Aead journalKey) throws LedgerUnavailableException {
        SecureRandom random = new SecureRandom();
        try {
            LedgerFolder held = LedgerFolder.hold(folder);
            boolean opened = false;
            try {
                LedgerStore store = LedgerOpening.open(held, signer, journalKey, random);
                Ledger ledger = new Ledger(store, new TileFiles(held.publicFiles()), signer.verifierKey(), random);
                ledger.committer.start();
                opened = true;
                return ledger;
            } finally {
                if (!opened) {
                    held.close();
                }
            }
        } catch (IOException e) {
            throw new LedgerUnavailableException(e, LedgerReason.LEDGER_UNREADABLE, folder.toString());
        }
    }

    /**
     * Records an answer and gives it back as one that may be sent. Blocks until the entry is on disk.
     *
     * @param answer what is to be answered; not looked at
     * @param record what to record of it
     * @throws LedgerUnavailableException when it was not, or is not known to be, recorded; nothing may be answered then
     */
    public <A> Recorded<A> record(A answer, LedgerRecord record) throws LedgerUnavailableException {
        Waiting entry = new Waiting(record, new CompletableFuture<>());
        enqueue(entry);
        try {
            Optional<Receipt> receipt = entry.receipt().get();
            if (receipt.isPresent()) {
                return new Recorded<>(answer, receipt.get());
            }
            throw refusal();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LedgerUnavailableException(e, LedgerReason.LEDGER_INTERRUPTED);
        } catch (ExecutionException e) {
            throw new LedgerUnavailableException(e, LedgerReason.LEDGER_WRITE_FAILED);
        }
    }

    private void enqueue(Waiting entry) throws LedgerUnavailableException {
        gate.lock();
        try {
            if (shut.isPresent()) {
                throw refusal();
            }
            if (waiting.size() >= MAX_WAITING) {
                throw new LedgerUnavailableException(LedgerReason.LEDGER_OVERLOADED);
            }
            waiting.add(entry);
            changed.signal();
        } finally {
            gate.unlock();
        }
    }

    private LedgerUnavailableException refusal() {
        gate.lock();
        try {
            LedgerReason reason = shut.orElse(LedgerReason.LEDGER_WRITE_FAILED);
            return cause == null
                    ? new LedgerUnavailableException(reason)
                    : new LedgerUnavailableException(cause, reason);
        } finally {
            gate.unlock();
        }
    }

    // The outermost frame of the committer: however it ends, nobody is left waiting and nothing is taken any more.
    private void commitAll() {
        try {
            boolean going = true;
            while (going) {
                List<Waiting> batch = next();
                if (!batch.isEmpty()) {
                    commit(batch);
                }
                going = !batch.isEmpty() || isOpen();
                if (!going || store.nanosToPublication() == 0) {
                    store.publish();
                }
            }
        } catch (IOException e) {
            shut(LedgerReason.LEDGER_WRITE_FAILED, e);
        } catch (InterruptedException e) {
            // Nobody has this thread to interrupt; whoever finds a way to stops the ledger, and nothing is lost.
            Thread.currentThread().interrupt();
        } finally {
            shut(LedgerReason.LEDGER_WRITE_FAILED, null);
            refuseWaiting();
        }
    }

    private void commit(List<Waiting> batch) throws IOException {
        boolean durable = false;
        try {
            // Sealed here, on a thread that lives on: ciphers and their randomness are kept by thread.
            List<Receipt> receipts = store.append(batch.stream()
                    .map(entry -> store.seal(entry.record(), random))
                    .toList());
            durable = true;
            for (int i = 0; i < receipts.size(); i++) {
                batch.get(i).receipt().complete(Optional.of(receipts.get(i)));
            }
        } finally {
            if (!durable) {
                shut(LedgerReason.LEDGER_WRITE_FAILED, null);
                batch.forEach(entry -> entry.receipt().complete(Optional.empty()));
            }
        }
    }

    // Whoever waits, up to a batch; empty when it is time to publish, or the ledger is shut and nobody waits.
    private List<Waiting> next() throws InterruptedException {
        gate.lock();
        try {
            while (waiting.isEmpty() && shut.isEmpty() && store.nanosToPublication() > 0) {
                changed.awaitNanos(store.nanosToPublication());
            }
            List<Waiting> batch = new ArrayList<>(Math.min(waiting.size(), MAX_BATCH));
            while (!waiting.isEmpty() && batch.size() < MAX_BATCH) {
                batch.add(waiting.remove());
            }
            return batch;
        } finally {
            gate.unlock();
        }
    }

    private void shut(LedgerReason reason, @Nullable IOException why) {
        gate.lock();
        try {
            if (shut.isEmpty()) {
                shut = Optional.of(reason);
            }
            if (cause == null) {
                cause = why;
            }
            changed.signalAll();
        } finally {
            gate.unlock();
        }
    }

    private void refuseWaiting() {
        gate.lock();
        try {
            waiting.forEach(entry -> entry.receipt().complete(Optional.empty()));
            waiting.clear();
        } finally {
            gate.unlock();
        }
    }

    /** Whether the ledger still takes records; a readiness probe. */
    public boolean isOpen() {
        gate.lock();
        try {
            return shut.isEmpty();
        } finally {
            gate.unlock();
        }
    }

    /** Reads what is recorded; for auditors and for those whose traces they are. */
    public LedgerReader reader() {
        return new LedgerReader(store);
    }

    /** The public files of the log, for an HTTP edge. */
    public TileFiles files() {
        return files;
    }

    /** The key that verifies this ledger's checkpoints and receipts. */
    public VerifierKey verifierKey() {
        return verifierKey;
    }

    /**
     * Commits what waits, then closes; later calls are refused.
     *
     * @throws IOException when the files could not be closed
     */
    @Override
    public void close() throws IOException {
        shut(LedgerReason.LEDGER_CLOSED, null);
        boolean interrupted = false;
        while (committer.isAlive()) {
            try {
                committer.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        store.close();
    }
}
