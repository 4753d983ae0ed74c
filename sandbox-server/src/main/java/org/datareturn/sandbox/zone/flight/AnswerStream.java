package org.datareturn.sandbox.zone.flight;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.arrow.flight.BackpressureStrategy.CallbackBackpressureStrategy;
import org.apache.arrow.flight.FlightProducer.ServerStreamListener;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Streams one answer to one client, no faster than the client reads and no longer than the deadline. Runs on a thread
 * of its own: gRPC tells of readiness on the call's thread, which therefore must not wait here.
 */
final class AnswerStream {
    private static final int CELLS_PER_BATCH = 65_536;
    private static final int ROWS_PER_BATCH = 8_192;
    /** Memory of one stream; a batch of the largest sensible cells is far below it. */
    private static final long BYTES = 64L << 20;

    private final ServerStreamListener listener;
    private final BufferAllocator allocator;
    private final long deadlineNanos;
    private final CallbackBackpressureStrategy backpressure = new CallbackBackpressureStrategy();

    AnswerStream(ServerStreamListener listener, BufferAllocator allocator, Duration deadline) {
        this.listener = listener;
        this.allocator = allocator;
        this.deadlineNanos = System.nanoTime() + deadline.toNanos();
        listener.setUseZeroCopy(false);
        backpressure.register(listener);
    }

    /** Sends the answer and ends the stream, unless the client has gone. */
    void send(Answer answer) {
        switch (answer) {
            case Answer.Rows rows -> send(rows);
            case Answer.Facts facts -> ServerFacts.send(facts.codes(), listener);
            case Answer.Refusal refused -> throw refused.refusal().asRuntimeException();
        }
    }

    private void send(Answer.Rows answer) {
        Schema schema = answer.table();
        int step = Math.clamp(CELLS_PER_BATCH / Math.max(1, schema.getFields().size()), 1, ROWS_PER_BATCH);
        try (BufferAllocator mine = allocator.newChildAllocator("flight-stream", 0, BYTES);
                VectorSchemaRoot root = VectorSchemaRoot.create(schema, mine)) {
            listener.start(root);
            int from = 0;
            // An empty answer is one empty batch, so that its metadata has something to travel on.
            do {
                if (!ready()) {
                    return;
                }
                int to = Math.min(answer.rowCount(), from + step);
                root.clear();
                root.allocateNew();
                answer.rows().write(root, from, to);
                root.setRowCount(to - from);
                if (from == 0 && !answer.appMetadata().isEmpty()) {
                    listener.putNext(buffer(mine, answer.appMetadata().getBytes(StandardCharsets.UTF_8)));
                } else {
                    listener.putNext();
                }
                from = to;
            } while (from < answer.rowCount());
            listener.completed();
        }
    }

    private boolean ready() {
        long left = Duration.ofNanos(deadlineNanos - System.nanoTime()).toMillis();
        if (left <= 0) {
            throw RefusalStatus.of(FlightReason.FLIGHT_DEADLINE);
        }
        return switch (backpressure.waitForListener(left)) {
            case READY -> true;
            case CANCELLED -> false;
            case TIMEOUT, OTHER -> throw RefusalStatus.of(FlightReason.FLIGHT_DEADLINE);
        };
    }

    private static ArrowBuf buffer(BufferAllocator allocator, byte[] bytes) {
        ArrowBuf buffer = allocator.buffer(bytes.length);
        buffer.writeBytes(bytes);
        return buffer;
    }
}
