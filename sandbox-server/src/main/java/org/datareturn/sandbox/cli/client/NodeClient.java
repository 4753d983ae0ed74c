package org.datareturn.sandbox.cli.client;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.datareturn.proto.v1.ApplicationServiceGrpc;
import org.datareturn.proto.v1.ApplicationServiceGrpc.ApplicationServiceBlockingStub;
import org.datareturn.proto.v1.GrantServiceGrpc;
import org.datareturn.proto.v1.GrantServiceGrpc.GrantServiceBlockingStub;
import org.datareturn.proto.v1.LedgerServiceGrpc;
import org.datareturn.proto.v1.LedgerServiceGrpc.LedgerServiceBlockingStub;
import org.datareturn.proto.v1.ModelServiceGrpc;
import org.datareturn.proto.v1.ModelServiceGrpc.ModelServiceBlockingStub;
import org.datareturn.proto.v1.PrivateCheckServiceGrpc;
import org.datareturn.proto.v1.PrivateCheckServiceGrpc.PrivateCheckServiceBlockingStub;
import org.datareturn.proto.v1.RefusalDetail;
import org.datareturn.proto.v1.TemplateServiceGrpc;
import org.datareturn.proto.v1.TemplateServiceGrpc.TemplateServiceBlockingStub;
import org.datareturn.proto.v1.VerificationServiceGrpc;
import org.datareturn.proto.v1.VerificationServiceGrpc.VerificationServiceBlockingStub;
import org.datareturn.proto.v1.ZoneServiceGrpc;
import org.datareturn.proto.v1.ZoneServiceGrpc.ZoneServiceBlockingStub;

/** A connection of one operator to a node, proven by its certificate. Close it. */
public final class NodeClient implements AutoCloseable {
    private static final long CALL_SECONDS = 60;
    private static final long PATIENT_SECONDS = 900;

    private final ManagedChannel channel;

    private NodeClient(ManagedChannel channel) {
        this.channel = channel;
    }

    /**
     * Connects as an operator of the development authority.
     *
     * @param identities the node's identities folder
     * @param alias the operator's folder in it
     * @throws IOException when its files cannot be read
     */
    public static NodeClient connect(String host, int port, Path identities, String alias) throws IOException {
        Path operator = identities.resolve("operators").resolve(alias);
        ChannelCredentials credentials = TlsChannelCredentials.newBuilder()
                .trustManager(identities.resolve("ca.crt.pem").toFile())
                .keyManager(
                        operator.resolve("cert.pem").toFile(),
                        operator.resolve("key.pem").toFile())
                .build();
        return new NodeClient(Grpc.newChannelBuilderForAddress(host, port, credentials)
                .intercept(new FreshRequests(Clock.systemUTC()))
                .build());
    }

    /** Applications and reviews. */
    public ApplicationServiceBlockingStub applications() {
        return ApplicationServiceGrpc.newBlockingStub(channel).withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS);
    }

    /** Grants. */
    public GrantServiceBlockingStub grants() {
        return GrantServiceGrpc.newBlockingStub(channel).withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS);
    }

    /** Verifications. */
    public VerificationServiceBlockingStub verification() {
        return VerificationServiceGrpc.newBlockingStub(channel).withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS);
    }

    /** Verifications on streams, which last as long as they last. */
    public VerificationServiceGrpc.VerificationServiceStub verificationStreams() {
        return VerificationServiceGrpc.newStub(channel);
    }

    /** Private checks; a table that has to be made first takes its time. */
    public PrivateCheckServiceBlockingStub privateChecks() {
        return PrivateCheckServiceGrpc.newBlockingStub(channel).withDeadlineAfter(PATIENT_SECONDS, TimeUnit.SECONDS);
    }

    /** Zones. */
    public ZoneServiceBlockingStub zones() {
        return ZoneServiceGrpc.newBlockingStub(channel).withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS);
    }

    /** Query templates. */
    public TemplateServiceBlockingStub templates() {
        return TemplateServiceGrpc.newBlockingStub(channel).withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS);
    }

    /** Models; one that has to be assessed first takes its time. */
    public ModelServiceBlockingStub models() {
        return ModelServiceGrpc.newBlockingStub(channel).withDeadlineAfter(PATIENT_SECONDS, TimeUnit.SECONDS);
    }

    /** The record. */
    public LedgerServiceBlockingStub ledger() {
        return LedgerServiceGrpc.newBlockingStub(channel).withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS);
    }

    /** The detail of a refused call; empty when the failure was not the node's own refusal. */
    public static Optional<RefusalDetail> refusal(StatusRuntimeException refused) {
        com.google.rpc.Status status = StatusProto.fromThrowable(refused);
        if (status == null) {
            return Optional.empty();
        }
        for (Any detail : status.getDetailsList()) {
            if (detail.is(RefusalDetail.class)) {
                try {
                    return Optional.of(detail.unpack(RefusalDetail.class));
                } catch (InvalidProtocolBufferException e) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
