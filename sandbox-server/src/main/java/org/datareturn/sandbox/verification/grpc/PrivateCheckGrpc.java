package org.datareturn.sandbox.verification.grpc;

import com.google.protobuf.ByteString;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import java.util.List;
import org.datareturn.proto.v1.EpochPart;
import org.datareturn.proto.v1.EvaluateRequest;
import org.datareturn.proto.v1.EvaluateResponse;
import org.datareturn.proto.v1.OpenEpochRequest;
import org.datareturn.proto.v1.PrivateCheckServiceGrpc;
import org.datareturn.proto.v1.Record;
import org.datareturn.sandbox.identity.Credentials;
import org.datareturn.sandbox.road.grpc.CredentialsInterceptor;
import org.datareturn.sandbox.road.grpc.GrpcReplies;
import org.datareturn.sandbox.road.grpc.Purposes;
import org.datareturn.sandbox.road.grpc.Stamps;
import org.datareturn.sandbox.verification.privatecheck.PrivateAsking;
import org.datareturn.sandbox.verification.privatecheck.PrivateChecks;
import org.datareturn.verifier.privatecheck.EvaluatedBatch;

/** {@code datareturn.v1.PrivateCheckService}. */
@GrpcService
public class PrivateCheckGrpc extends PrivateCheckServiceGrpc.PrivateCheckServiceImplBase {
    private final PrivateChecks checks;

    /** The wire of the service. */
    public PrivateCheckGrpc(PrivateChecks checks) {
        this.checks = checks;
    }

    @Override
    public void openEpoch(OpenEpochRequest request, StreamObserver<EpochPart> observer) {
        Credentials credentials = CredentialsInterceptor.current();
        PrivateAsking asking = new PrivateAsking(
                request.getGrantId(), request.getProduct(), Purposes.of(request.getPurpose()), request.getRegion());
        new EpochStream((ServerCallStreamObserver<EpochPart>) observer).start(() -> checks.open(credentials, asking));
    }

    @Override
    public void evaluate(EvaluateRequest request, StreamObserver<EvaluateResponse> observer) {
        Credentials credentials = CredentialsInterceptor.current();
        PrivateAsking asking = new PrivateAsking(
                request.getGrantId(), request.getProduct(), Purposes.of(request.getPurpose()), request.getRegion());
        List<byte[]> blinded =
                request.getBlindedList().stream().map(ByteString::toByteArray).toList();
        GrpcReplies.send(
                observer,
                () -> checks.evaluate(
                        credentials,
                        asking,
                        Stamps.of(request.getNonce(), request.hasRequestedAt(), request.getRequestedAt()),
                        request.getEpoch(),
                        blinded),
                PrivateCheckGrpc::reply);
    }

    private static EvaluateResponse reply(EvaluatedBatch batch, Record record) {
        return EvaluateResponse.newBuilder()
                .addAllEvaluated(
                        batch.elements().stream().map(ByteString::copyFrom).toList())
                .setProof(ByteString.copyFrom(batch.proof()))
                .setQuotaLeft(batch.quotaLeft())
                .setRecord(record)
                .build();
    }
}
