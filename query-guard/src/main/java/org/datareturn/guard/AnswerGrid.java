package org.datareturn.guard;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Lets answers leave only at multiples of a step after their question came, refusals too. So how long an answer took is
 * seen in steps, not in the microseconds in which data could show (timing channels of query engines: Haeberlen, Pierce
 * and Narayan, "Differential privacy under fire", USENIX Security 2011). What takes longer than a step leaves at the next
 * one, so a step should be longer than nearly all questions take. Thread-safe.
 */
final class AnswerGrid {
    private final long step;
    private final LongSupplier nanoTime;
    private final LongConsumer parkNanos;

    AnswerGrid(Duration step) {
        this(step, System::nanoTime, LockSupport::parkNanos);
    }

    AnswerGrid(Duration step, LongSupplier nanoTime, LongConsumer parkNanos) {
        this.step = step.toNanos();
        this.nanoTime = nanoTime;
        this.parkNanos = parkNanos;
    }

    /** The time a question came, to be given back to {@link #leave}. */
    long come() {
        return nanoTime.getAsLong();
    }

    /** Returns when the answer to a question that came then may leave; an interrupt does not let it leave earlier. */
    void leave(long came) {
        if (step == 0) {
            return;
        }
        long due = Math.ceilDiv(Math.max(1, nanoTime.getAsLong() - came), step) * step;
        boolean interrupted = false;
        long rest = due - (nanoTime.getAsLong() - came);
        while (rest > 0) {
            parkNanos.accept(rest);
            interrupted |= Thread.interrupted();
            rest = due - (nanoTime.getAsLong() - came);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
