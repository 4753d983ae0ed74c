package org.datareturn.sandbox.zone.flight;

import io.grpc.netty.NettyServerBuilder;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.arrow.flight.FlightServer;
import org.apache.arrow.flight.Location;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/**
 * A running Flight SQL endpoint: TLS on a port of its own, inside the node's process. Thread-safe.
 *
 * <p>Flight's server knows client certificates only as required ones and offers no sight of the TLS session, so both
 * come in through its hook on the gRPC builder. The server is given its certificate the plain way as well: were the hook
 * ever to vanish, no call would carry what {@link FlightEdge} captures, and every call would be refused.
 */
public final class FlightSqlEndpoint implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(FlightSqlEndpoint.class.getName());

    private static final String ZERO_COPY_READ = "arrow.flight.enable_zero_copy_read";

    /** A command is SQL text or a filter, a statement handle is its SQL again: 1 MiB is ample. */
    private static final int INBOUND_BYTES = 1 << 20;

    private static final int HEADER_BYTES = 16 << 10;
    private static final int CALLS_PER_CONNECTION = 64;
    private static final long ARROW_BYTES = 1L << 30;
    private static final long BACKPRESSURE_BYTES = 2L << 20;
    private static final long HANDSHAKE_SECONDS = 15;
    private static final long IDLE_MINUTES = 60;
    private static final long CLOSE_SECONDS = 5;

    private final FlightServer server;
    private final BufferAllocator allocator;
    private final ExecutorService calls;
    private final ExecutorService roads;
    private final ExecutorService streams;
    private final ScheduledExecutorService expiry;
    private final AtomicBoolean closed = new AtomicBoolean();

    private FlightSqlEndpoint(FlightSqlOptions options, ZoneQueries queries, Clock clock) throws IOException {
        SslContext tls = ServerTls.of(options);
        allocator = new RootAllocator(ARROW_BYTES);
        // Given to Flight, since its own would be shut down while calls still run.
        calls = Executors.newCachedThreadPool(
                Thread.ofPlatform().daemon().name("flight-call-", 0).factory());
        roads = Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().daemon().name("flight-road-", 0).factory());
        streams = Executors.newThreadPerTaskExecutor(
                Thread.ofPlatform().daemon().name("flight-stream-", 0).factory());
        expiry = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("flight-expiry").factory());
        HeldAnswers held = new HeldAnswers(options.limits(), clock);
        ZoneFlightProducer producer =
                new ZoneFlightProducer(queries, options.limits(), held, roads, streams, expiry, allocator);
        Consumer<NettyServerBuilder> hook = grpc -> grpc.sslContext(tls)
                .intercept(new FlightEdge())
                .maxConcurrentCallsPerConnection(CALLS_PER_CONNECTION)
                .handshakeTimeout(HANDSHAKE_SECONDS, TimeUnit.SECONDS)
                .maxConnectionIdle(IDLE_MINUTES, TimeUnit.MINUTES);
        server = FlightServer.builder(allocator, Location.forGrpcTls(options.host(), options.port()), producer)
                .useTls(
                        options.certificateChain().toFile(),
                        options.privateKey().toFile())
                .executor(calls)
                .maxInboundMessageSize(INBOUND_BYTES)
                .setMaxHeaderListSize(HEADER_BYTES)
                .backpressureThreshold(Math.toIntExact(BACKPRESSURE_BYTES))
                .transportHint("grpc.builderConsumer", hook)
                .build();
        long sweepMillis = Math.max(1, options.limits().answerLifetime().toMillis() / 2);
        var _ = expiry.scheduleWithFixedDelay(held::dropExpired, sweepMillis, sweepMillis, TimeUnit.MILLISECONDS);
    }

    /**
     * Starts serving.
     *
     * @throws IOException when the certificate, the key or the authorities cannot be read, or the port cannot be bound
     */
    public static FlightSqlEndpoint start(FlightSqlOptions options, ZoneQueries queries, Clock clock)
            throws IOException {
        // Before Arrow's first class is loaded: reading without a copy breaks what clients send (arrow-java#1024), and
        // nobody who runs the jar by hand knows the flag.
        if (System.getProperty(ZERO_COPY_READ) == null) {
            System.setProperty(ZERO_COPY_READ, "false");
        }
        FlightSqlEndpoint endpoint = new FlightSqlEndpoint(options, queries, clock);
        boolean started = false;
        try {
            endpoint.server.start();
            started = true;
        } finally {
            if (!started) {
                endpoint.close();
            }
        }
        return endpoint;
    }

    /** The TCP port it listens on. */
    public int port() {
        return server.getPort();
    }

    /** Takes no new calls, lets running ones end for a few seconds, then ends them. Idempotent. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        expiry.shutdownNow();
        boolean interrupted = false;
        try {
            server.close();
            calls.shutdown();
            // Roads are left to end by themselves, never interrupted: see RoadCalls.
            roads.shutdown();
            streams.shutdownNow();
            boolean streamsEnded = streams.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
            boolean roadsEnded = roads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
            boolean callsEnded = calls.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
            if (!streamsEnded || !roadsEnded || !callsEnded) {
                LOG.log(System.Logger.Level.WARNING, "Flight SQL calls were still running when the endpoint closed");
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        closeAllocator();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeAllocator() {
        try {
            allocator.close();
        } catch (IllegalStateException leaked) {
            // Arrow reports buffers that are still out; the process loses them, nothing else depends on it.
            LOG.log(System.Logger.Level.WARNING, "Arrow memory was still in use when the Flight SQL endpoint closed");
        }
    }
}
