package org.datareturn.sandbox.zone.flight;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Walks the road with a deadline. A walk that takes longer is left to end by itself and its reply is dropped: it is
 * never interrupted, because an interrupt inside a file channel closes the channel (see
 * {@link java.nio.channels.ClosedByInterruptException}), and that channel may be the ledger's. Its permit is held until
 * it has ended, so that late walks stay bounded. Thread-safe.
 */
final class RoadCalls {
    private final ExecutorService threads;
    private final Duration deadline;

    RoadCalls(ExecutorService threads, Duration deadline) {
        this.threads = threads;
        this.deadline = deadline;
    }

    /** The road's reply; closes the permit when the walk has ended. A fault of the road is an illegal state here. */
    <T> T walk(CallLimits.Permit permit, Supplier<T> road) {
        Future<T> walk = submit(permit, road);
        try {
            return walk.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw RefusalStatus.of(FlightReason.FLIGHT_DEADLINE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw RefusalStatus.of(FlightReason.FLIGHT_DEADLINE);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the road threw instead of answering", e.getCause());
        }
    }

    private <T> Future<T> submit(CallLimits.Permit permit, Supplier<T> road) {
        try {
            return threads.submit(() -> {
                try (permit) {
                    return road.get();
                }
            });
        } catch (RejectedExecutionException closing) {
            permit.close();
            throw RefusalStatus.of(FlightReason.FLIGHT_CLOSING);
        }
    }
}
