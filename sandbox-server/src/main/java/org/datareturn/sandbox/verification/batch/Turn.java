package org.datareturn.sandbox.verification.batch;

import java.util.concurrent.CompletableFuture;

/**
 * A chunk's place among the chunks of its stream. Several chunks are under way at once — one is recorded and sent while the
 * next is decided and the one after it is looked up —, but each step is taken in the order of the stream: a chunk is decided
 * when the one before it is decided to its last row, and sent when that one is sent. Where a chunk ends its stream, those
 * after it come to nothing. Thread-safe.
 */
public final class Turn {
    private final CompletableFuture<Boolean> before;
    private final CompletableFuture<Boolean> sentBefore;
    private final CompletableFuture<Boolean> decided = new CompletableFuture<>();
    private final CompletableFuture<Boolean> sent = new CompletableFuture<>();

    private Turn(CompletableFuture<Boolean> before, CompletableFuture<Boolean> sentBefore) {
        this.before = before;
        this.sentBefore = sentBefore;
    }

    /** What lies before a stream's first chunk: it is over and done with. */
    public static Turn beginning() {
        Turn beginning = new Turn(CompletableFuture.completedFuture(true), CompletableFuture.completedFuture(true));
        beginning.decided();
        beginning.sent();
        return beginning;
    }

    /** The turn of the chunk after this one. */
    public Turn next() {
        return new Turn(decided, sent);
    }

    /** Waits until this chunk may be decided; false when the stream has ended. */
    boolean comes() {
        return before.join();
    }

    /** Every row of this chunk is decided. */
    void decided() {
        decided.complete(true);
    }

    /** Waits until what this chunk came to may be sent; false when the stream has ended. */
    public boolean maySend() {
        return sentBefore.join();
    }

    /** All of this chunk is sent. */
    public void sent() {
        sent.complete(true);
    }

    /** Nothing comes of this chunk any more, nor of those after it; changes nothing where it is sent. */
    public void over() {
        decided.complete(false);
        sent.complete(false);
    }

    /** Waits until this chunk is sent; false when the stream has ended. */
    public boolean isSent() {
        return sent.join();
    }
}
