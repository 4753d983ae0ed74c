package org.datareturn.bench;

import com.google.protobuf.Timestamp;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.datareturn.proto.v1.Purpose;
import org.datareturn.proto.v1.VerificationServiceGrpc;
import org.datareturn.proto.v1.VerifyRequest;
import org.datareturn.proto.v1.VerifyResponse;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Unary identity checks against a server in another process, no TLS, a fixed window of calls in flight. An operation is
 * one call sent; the window makes sending wait for answers, so the rate is the server's. Each call is answered or the
 * run fails: refusals do not count as throughput.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@State(Scope.Benchmark)
public class VerifyBench {
    /** Port of the server under test on loopback. */
    @Param("0")
    public int port;

    /** Bearer token; empty for the baseline, which reads none but is sent one of the same size. */
    @Param("")
    public String token;

    /** The grant; empty for the baseline. */
    @Param("")
    public String grant;

    /** Calls in flight. */
    @Param("128")
    public int window;

    /** The persons asked about, {@code number=name} joined by {@code ;}. */
    @Param("")
    public String persons;

    private ManagedChannel channel;
    private VerificationServiceGrpc.VerificationServiceStub stub;
    private VerifyRequest[] requests;
    private Semaphore inFlight;
    private final Clock clock = Clock.systemUTC();
    /** A nonce of its own for every request of every run. */
    private final String run = "bench-" + UUID.randomUUID() + "-";

    private final AtomicLong sent = new AtomicLong();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    /** Opens the channel. */
    @Setup(Level.Trial)
    public void open() {
        channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        stub = VerificationServiceGrpc.newStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
        String[] pairs = persons.split(";", -1);
        requests = new VerifyRequest[pairs.length];
        for (int i = 0; i < pairs.length; i++) {
            String[] pair = pairs[i].split("=", -1);
            requests[i] = VerifyRequest.newBuilder()
                    .setGrantId(grant)
                    .setProduct("identity-check")
                    .putFields("id_number", pair[0])
                    .putFields("name", pair[1])
                    .setPurpose(Purpose.PURPOSE_ADMINISTRATIVE_BASIS)
                    .setRegion(pair[0].substring(0, 4) + "00")
                    .build();
        }
        inFlight = new Semaphore(window);
    }

    /** Waits for the last answers and closes. */
    @TearDown(Level.Trial)
    public void close() throws InterruptedException {
        inFlight.acquire(window);
        channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
        if (failure.get() != null) {
            throw new IllegalStateException("a call was not answered", failure.get());
        }
    }

    /** One check. */
    @Benchmark
    public void check() throws InterruptedException {
        inFlight.acquire();
        long number = sent.getAndIncrement();
        Instant now = clock.instant();
        VerifyRequest request = requests[(int) (number % requests.length)].toBuilder()
                .setNonce(run + number)
                .setRequestedAt(Timestamp.newBuilder().setSeconds(now.getEpochSecond()))
                .build();
        stub.verify(request, new StreamObserver<>() {
            @Override
            public void onNext(VerifyResponse value) {}

            @Override
            public void onError(Throwable t) {
                failure.compareAndSet(null, t);
                inFlight.release();
            }

            @Override
            public void onCompleted() {
                inFlight.release();
            }
        });
    }
}
