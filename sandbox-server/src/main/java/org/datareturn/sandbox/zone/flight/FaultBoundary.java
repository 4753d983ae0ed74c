package org.datareturn.sandbox.zone.flight;

import io.grpc.StatusRuntimeException;
import java.util.Optional;
import java.util.function.Supplier;
import org.datareturn.sandbox.road.FaultTrace;
import org.jspecify.annotations.Nullable;

/**
 * The outermost boundary: refusals pass, every other throwable becomes one fixed text outside and one line in the log.
 * The line holds classes and places but no messages, since a message of an engine may quote a value.
 */
final class FaultBoundary {
    private static final System.Logger LOG = System.getLogger(FaultBoundary.class.getName());

    private FaultBoundary() {}

    /** What {@code work} answers, or a status. */
    static <T> T answer(Supplier<T> work) {
        return attempt(work).orElseThrow();
    }

    /** Runs {@code work}; the status it failed with, if it did. */
    static Optional<StatusRuntimeException> run(Runnable work) {
        Attempt<Boolean> attempt = attempt(() -> {
            work.run();
            return true;
        });
        return Optional.ofNullable(attempt.failure());
    }

    /** What {@code work} answers, or a refusal as an answer. */
    static Answer answerOrRefusal(Supplier<Answer> work) {
        Attempt<Answer> attempt = attempt(work);
        return attempt.failure() == null
                ? attempt.orElseThrow()
                : new Answer.Refusal(attempt.failure().getStatus());
    }

    private record Attempt<T>(@Nullable T value, @Nullable StatusRuntimeException failure) {
        T orElseThrow() {
            if (failure != null) {
                throw failure;
            }
            if (value == null) {
                throw RefusalStatus.of(FlightReason.FLIGHT_FAULT);
            }
            return value;
        }
    }

    private static <T> Attempt<T> attempt(Supplier<T> work) {
        try {
            return new Attempt<>(work.get(), null);
        } catch (StatusRuntimeException refused) {
            return new Attempt<>(null, refused);
        } catch (Throwable fault) {
            // The one place that catches everything: whatever reached Flight's own handling would be answered with the
            // throwable's message, or, for an Error, never be answered at all.
            LOG.log(System.Logger.Level.ERROR, () -> "fault in a Flight SQL call: " + FaultTrace.of(fault));
            return new Attempt<>(null, RefusalStatus.of(FlightReason.FLIGHT_FAULT));
        }
    }
}
