package org.datareturn.sandbox.zone.flight;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * How long a thread waits for a client to send what it announced: then it is interrupted. For threads that do nothing
 * else meanwhile; nothing that writes files may run under it (see {@link RoadCalls}).
 */
final class Patience implements AutoCloseable {
    private final Thread waiting = Thread.currentThread();
    private final Future<?> end;
    private boolean over;

    private Patience(ScheduledExecutorService timer, Duration most) {
        this.end = timer.schedule(this::interrupt, most.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Starts for the calling thread. */
    static Patience of(ScheduledExecutorService timer, Duration most) {
        return new Patience(timer, most);
    }

    private synchronized void interrupt() {
        if (!over) {
            over = true;
            waiting.interrupt();
        }
    }

    /** Ends it; the thread goes on uninterrupted. */
    @Override
    public synchronized void close() {
        end.cancel(false);
        if (over) {
            // The interrupt was for what has ended.
            var _ = Thread.interrupted();
        }
        over = true;
    }
}
