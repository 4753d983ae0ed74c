package org.datareturn.bench;

import com.google.protobuf.Timestamp;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.time.Clock;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.datareturn.proto.v1.Purpose;
import org.datareturn.proto.v1.VerificationServiceGrpc;
import org.datareturn.proto.v1.VerifyRequest;
import org.datareturn.proto.v1.VerifyResponse;

/**
 * Calls at a fixed rate, whether or not earlier ones were answered. The time of a call runs from when it was due and not from
 * when it was sent, so a server that stalls is charged for all that came due meanwhile (what Tene calls coordinated
 * omission is left out otherwise).
 */
final class PacedLoad {
    private static final double P99 = 0.99;

    private final int callsPerSecond;
    private final int seconds;

    PacedLoad(int callsPerSecond, int seconds) {
        this.callsPerSecond = callsPerSecond;
        this.seconds = seconds;
    }

    /** Milliseconds that 99 of 100 calls take at most; every one of them must be answered. */
    double p99Millis(int port, String token, String grant, String persons) throws InterruptedException {
        VerifyRequest[] requests = Arrays.stream(persons.split(";", -1))
                .map(pair -> pair.split("=", -1))
                .map(pair -> VerifyRequest.newBuilder()
                        .setGrantId(grant)
                        .setProduct("identity-check")
                        .putFields("id_number", pair[0])
                        .putFields("name", pair[1])
                        .setPurpose(Purpose.PURPOSE_ADMINISTRATIVE_BASIS)
                        .setRegion(pair[0].substring(0, 4) + "00")
                        .build())
                .toArray(VerifyRequest[]::new);
        ManagedChannel channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
        try {
            VerificationServiceGrpc.VerificationServiceStub stub =
                    VerifyRun.as(VerificationServiceGrpc.newStub(channel), token);
            long[] nanos = new long[callsPerSecond * seconds];
            AtomicReference<Throwable> failure = new AtomicReference<>();
            CountDownLatch answered = new CountDownLatch(nanos.length);
            String run = "paced-" + UUID.randomUUID() + "-";
            long begun = System.nanoTime();
            for (int i = 0; i < nanos.length; i++) {
                long due = begun + i * 1_000_000_000L / callsPerSecond;
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                stub.verify(
                        requests[i % requests.length].toBuilder()
                                .setNonce(run + i)
                                .setRequestedAt(Timestamp.newBuilder()
                                        .setSeconds(Clock.systemUTC().instant().getEpochSecond()))
                                .build(),
                        new Timed(nanos, i, due, answered, failure));
            }
            if (!answered.await(1, TimeUnit.MINUTES) || failure.get() != null) {
                throw new IllegalStateException("a call was not answered", failure.get());
            }
            // The first half warms the client and the server's road at this rate.
            long[] later = Arrays.copyOfRange(nanos, nanos.length / 2, nanos.length);
            Arrays.sort(later);
            return later[(int) (later.length * P99)] / 1e6;
        } finally {
            channel.shutdownNow();
        }
    }

    /** One call's end. */
    private static final class Timed implements StreamObserver<VerifyResponse> {
        private final long[] nanos;
        private final int at;
        private final long due;
        private final CountDownLatch answered;
        private final AtomicReference<Throwable> failure;

        Timed(long[] nanos, int at, long due, CountDownLatch answered, AtomicReference<Throwable> failure) {
            this.nanos = nanos;
            this.at = at;
            this.due = due;
            this.answered = answered;
            this.failure = failure;
        }

        @Override
        public void onNext(VerifyResponse value) {}

        @Override
        public void onError(Throwable t) {
            failure.compareAndSet(null, t);
            answered.countDown();
        }

        @Override
        public void onCompleted() {
            nanos[at] = System.nanoTime() - due;
            answered.countDown();
        }
    }
}
