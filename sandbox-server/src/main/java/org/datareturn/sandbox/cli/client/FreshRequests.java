package org.datareturn.sandbox.cli.client;

import com.google.protobuf.Timestamp;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall;
import io.grpc.MethodDescriptor;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import org.datareturn.proto.v1.EvaluateRequest;
import org.datareturn.proto.v1.ScoreRequest;
import org.datareturn.proto.v1.VerifyBatchRequest;
import org.datareturn.proto.v1.VerifyRequest;

/**
 * Puts a nonce and the time into every request that needs them and has none yet, as it is sent: one line of a client, and
 * the same message can be sent as often as wanted. Thread-safe.
 */
public final class FreshRequests implements ClientInterceptor {
    private static final int NONCE_BYTES = 16;

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /** Stamps by a clock. */
    public FreshRequests(Clock clock) {
        this.clock = clock;
    }

    @Override
    public <Q, R> ClientCall<Q, R> interceptCall(MethodDescriptor<Q, R> method, CallOptions options, Channel next) {
        return new ForwardingClientCall.SimpleForwardingClientCall<>(next.newCall(method, options)) {
            @Override
            public void sendMessage(Q message) {
                super.sendMessage(stamped(message));
            }
        };
    }

    /** A builder makes a message of the kind it was made from, so what comes back is the method's own type. */
    @SuppressWarnings("unchecked")
    private <Q> Q stamped(Q message) {
        return (Q)
                switch (message) {
                    case VerifyRequest request
                    when request.getNonce().isEmpty() ->
                        request.toBuilder()
                                .setNonce(nonce())
                                .setRequestedAt(now())
                                .build();
                    case ScoreRequest request
                    when request.getNonce().isEmpty() ->
                        request.toBuilder()
                                .setNonce(nonce())
                                .setRequestedAt(now())
                                .build();
                    case EvaluateRequest request
                    when request.getNonce().isEmpty() ->
                        request.toBuilder()
                                .setNonce(nonce())
                                .setRequestedAt(now())
                                .build();
                    case VerifyBatchRequest request
                    when request.hasOpening() && request.getOpening().getNonce().isEmpty() ->
                        request.toBuilder()
                                .setOpening(request.getOpening().toBuilder()
                                        .setNonce(nonce())
                                        .setRequestedAt(now()))
                                .build();
                    default -> message;
                };
    }

    private String nonce() {
        byte[] bytes = new byte[NONCE_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private Timestamp now() {
        Instant now = clock.instant();
        return Timestamp.newBuilder()
                .setSeconds(now.getEpochSecond())
                .setNanos(now.getNano())
                .build();
    }
}
