package org.datareturn.sandbox.verification.grpc;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import org.datareturn.proto.v1.Record;
import org.datareturn.proto.v1.SourceAttribution;
import org.datareturn.proto.v1.VerificationAnswer;
import org.datareturn.proto.v1.VerificationServiceGrpc;
import org.datareturn.proto.v1.VerifyBatchRequest;
import org.datareturn.proto.v1.VerifyBatchResponse;
import org.datareturn.proto.v1.VerifyRequest;
import org.datareturn.proto.v1.VerifyResponse;
import org.datareturn.sandbox.identity.Credentials;
import org.datareturn.sandbox.road.grpc.CredentialsInterceptor;
import org.datareturn.sandbox.road.grpc.GrpcReplies;
import org.datareturn.sandbox.road.grpc.Purposes;
import org.datareturn.sandbox.road.grpc.Quotas;
import org.datareturn.sandbox.road.grpc.Stamps;
import org.datareturn.sandbox.verification.VerificationService;
import org.datareturn.sandbox.verification.batch.BatchService;
import org.datareturn.verifier.Answer;
import org.datareturn.verifier.Checked;
import org.datareturn.verifier.VerificationRequest;

/** {@code datareturn.v1.VerificationService}. */
@GrpcService
public class VerificationGrpc extends VerificationServiceGrpc.VerificationServiceImplBase {
    private final VerificationService service;
    private final BatchService batches;

    /** The wire of the services. */
    public VerificationGrpc(VerificationService service, BatchService batches) {
        this.service = service;
        this.batches = batches;
    }

    @Override
    public void verify(VerifyRequest request, StreamObserver<VerifyResponse> observer) {
        Credentials credentials = CredentialsInterceptor.current();
        GrpcReplies.send(
                observer,
                () -> service.verify(
                        credentials,
                        request.getGrantId(),
                        new VerificationRequest(
                                request.getProduct(),
                                request.getFieldsMap(),
                                Stamps.of(request.getNonce(), request.hasRequestedAt(), request.getRequestedAt())),
                        Purposes.of(request.getPurpose()),
                        request.getRegion()),
                VerificationGrpc::reply);
    }

    @Override
    public StreamObserver<VerifyBatchRequest> verifyBatch(StreamObserver<VerifyBatchResponse> observer) {
        BatchStream stream = new BatchStream(
                CredentialsInterceptor.current(), batches, (ServerCallStreamObserver<VerifyBatchResponse>) observer);
        stream.start();
        return stream;
    }

    private static VerifyResponse reply(Checked checked, Record record) {
        return VerifyResponse.newBuilder()
                .setAnswer(answer(checked.answer()))
                .setSource(source(checked.attribution()))
                .setRecord(record)
                .setQuotaLeft(Quotas.left(checked.left()))
                .build();
    }

    static SourceAttribution source(org.datareturn.verifier.SourceAttribution attribution) {
        return SourceAttribution.newBuilder()
                .setProvider(attribution.provider().zh())
                .setAcquiredOn(attribution.acquiredOn().toString())
                .build();
    }

    static VerificationAnswer answer(Answer answer) {
        return switch (answer) {
            case MATCH -> VerificationAnswer.VERIFICATION_ANSWER_MATCH;
            case NO -> VerificationAnswer.VERIFICATION_ANSWER_NO;
            case MISMATCH -> VerificationAnswer.VERIFICATION_ANSWER_MISMATCH;
            case NO_RECORD -> VerificationAnswer.VERIFICATION_ANSWER_NO_RECORD;
        };
    }
}
