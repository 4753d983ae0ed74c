package org.datareturn.bench;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.datareturn.proto.v1.BatchOpening;
import org.datareturn.proto.v1.BatchRow;
import org.datareturn.proto.v1.BatchRows;
import org.datareturn.proto.v1.Purpose;
import org.datareturn.proto.v1.RowAnswer;
import org.datareturn.proto.v1.VerificationAnswer;
import org.datareturn.proto.v1.VerificationServiceGrpc;
import org.datareturn.proto.v1.VerifyBatchRequest;
import org.datareturn.proto.v1.VerifyBatchResponse;

/**
 * Rows per second of one batch on one stream, the whole road — authentication, grant, policy, limits, registry, memory of
 * what was answered, ledger with fsync, receipt — beside the bare store's multi-get of the keys of the same subjects. TLS
 * is off; client and server share this machine. Every row must be answered MATCH, or the run fails.
 */
final class BatchRun implements Benchmarks.Bench {
    private static final int PERSONS = Integer.getInteger("bench.persons", 200_000);
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 3);
    private static final int ROWS_A_MESSAGE = 1024;
    private static final int MESSAGES_IN_FLIGHT = 6;
    private static final String REGION = "370000";

    @Override
    public List<Benchmarks.Figure> run() throws Exception {
        Path folder = Files.createTempDirectory("data-return-bench-");
        try {
            System.err.println("Preparing a node with " + PERSONS + " persons … 正在准备节点……");
            Servers.runToEnd(
                    List.of("province", "write", folder.resolve("province").toString(), "--persons", "" + PERSONS));
            int plainPort = Servers.freePort();
            try (Servers.Child node = Servers.node(folder, plainPort, PERSONS)) {
                return measure(folder, node.port());
            }
        } finally {
            VerifyRun.delete(folder);
        }
    }

    private static List<Benchmarks.Figure> measure(Path folder, int port) throws Exception {
        Path operators = folder.resolve("data-keys/identities/operators");
        String grant = VerifyRun.grant(port, operators);
        String token = VerifyRun.token(operators, "county-operator");
        List<BatchRows> messages = messages(folder.resolve("province/registry.csv"));
        List<Double> road = new ArrayList<>();
        List<Double> bare = new ArrayList<>();
        // The first is to warm up both.
        for (int round = 0; round <= ROUNDS; round++) {
            double rows = rowsPerSecond(port, token, grant, "bench-" + round, messages);
            double keys = BareStore.multiGet(folder.resolve("data/registries/population"));
            System.err.printf(
                    Locale.ROOT,
                    "round %d of %d: batch %.0f rows/s, bare multi-get %.0f keys/s%n",
                    round,
                    ROUNDS,
                    rows,
                    keys);
            if (round > 0) {
                road.add(rows);
                bare.add(keys);
            }
        }
        return List.of(new Benchmarks.Figure("batch", VerifyRun.median(road), "rows/s", VerifyRun.median(bare)));
    }

    private static double rowsPerSecond(int port, String token, String grant, String id, List<BatchRows> messages)
            throws IOException, InterruptedException {
        ManagedChannel channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
        try {
            Semaphore inFlight = new Semaphore(MESSAGES_IN_FLIGHT * ROWS_A_MESSAGE);
            Answers answers = new Answers(inFlight);
            StreamObserver<VerifyBatchRequest> out = VerifyRun.as(VerificationServiceGrpc.newStub(channel), token)
                    .verifyBatch(answers);
            long begun = System.nanoTime();
            out.onNext(VerifyBatchRequest.newBuilder()
                    .setOpening(BatchOpening.newBuilder()
                            .setGrantId(grant)
                            .setProduct("identity-check")
                            .setPurpose(Purpose.PURPOSE_ADMINISTRATIVE_BASIS)
                            .setRegion(REGION)
                            .setBatchId(id)
                            .setNonce(UUID.randomUUID().toString())
                            .setRequestedAt(com.google.protobuf.Timestamp.newBuilder()
                                    .setSeconds(Clock.systemUTC().instant().getEpochSecond()))
                            .addFieldNames("id_number")
                            .addFieldNames("name"))
                    .build());
            long sent = 0;
            for (BatchRows rows : messages) {
                inFlight.acquire(rows.getRowsCount());
                out.onNext(VerifyBatchRequest.newBuilder().setRows(rows).build());
                sent += rows.getRowsCount();
            }
            out.onCompleted();
            answers.over.await(10, TimeUnit.MINUTES);
            double seconds = (System.nanoTime() - begun) / (double) TimeUnit.SECONDS.toNanos(1);
            if (answers.failure.get() != null || answers.matched.get() != sent) {
                throw new IOException(
                        "only " + answers.matched.get() + " of " + sent + " rows matched", answers.failure.get());
            }
            return sent / seconds;
        } finally {
            channel.shutdownNow();
        }
    }

    private static List<BatchRows> messages(Path registry) throws IOException {
        List<BatchRows> messages = new ArrayList<>();
        BatchRows.Builder rows = BatchRows.newBuilder();
        long number = 0;
        try (Stream<String> lines = Files.lines(registry, StandardCharsets.UTF_8)) {
            for (String line : (Iterable<String>) lines.skip(1)::iterator) {
                String[] values = line.split(",", -1);
                rows.addRows(BatchRow.newBuilder()
                        .setRow(++number)
                        .addValues(values[0])
                        .addValues(values[1]));
                if (rows.getRowsCount() == ROWS_A_MESSAGE) {
                    messages.add(rows.build());
                    rows = BatchRows.newBuilder();
                }
            }
        }
        if (rows.getRowsCount() > 0) {
            messages.add(rows.build());
        }
        return messages;
    }

    private static final class Answers implements StreamObserver<VerifyBatchResponse> {
        private final Semaphore inFlight;
        private final AtomicLong matched = new AtomicLong();
        private final AtomicReference<Throwable> failure = new AtomicReference<>();
        private final CountDownLatch over = new CountDownLatch(1);

        Answers(Semaphore inFlight) {
            this.inFlight = inFlight;
        }

        @Override
        public void onNext(VerifyBatchResponse chunk) {
            for (RowAnswer row : chunk.getRowsList()) {
                if (row.getAnswer() == VerificationAnswer.VERIFICATION_ANSWER_MATCH) {
                    matched.incrementAndGet();
                }
            }
            inFlight.release(chunk.getRowsCount());
        }

        @Override
        public void onError(Throwable broken) {
            failure.set(broken);
            inFlight.release(Integer.MAX_VALUE / 2);
            over.countDown();
        }

        @Override
        public void onCompleted() {
            over.countDown();
        }
    }
}
