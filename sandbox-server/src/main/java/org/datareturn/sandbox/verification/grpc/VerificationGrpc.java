package org.datareturn.sandbox.verification.grpc;

import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import org.datareturn.proto.v1.Record;
import org.datareturn.proto.v1.SourceAttribution;
import org.datareturn.proto.v1.VerificationAnswer;
import org.datareturn.proto.v1.VerificationServiceGrpc;
import org.datareturn.proto.v1.VerifyRequest;
import org.datareturn.proto.v1.VerifyResponse;
import org.datareturn.sandbox.identity.Credentials;
import org.datareturn.sandbox.road.grpc.CredentialsInterceptor;
import org.datareturn.sandbox.road.grpc.GrpcReplies;
import org.datareturn.sandbox.road.grpc.Purposes;
import org.datareturn.sandbox.verification.VerificationService;
import org.datareturn.verifier.Answer;
import org.datareturn.verifier.Checked;
import org.datareturn.verifier.VerificationRequest;

/** {@code datareturn.v1.VerificationService}. */
@GrpcService
public class VerificationGrpc extends VerificationServiceGrpc.VerificationServiceImplBase {
    private final VerificationService service;

    /** The wire of a service. */
    public VerificationGrpc(VerificationService service) {
        this.service = service;
    }

    @Override
    public void verify(VerifyRequest request, StreamObserver<VerifyResponse> observer) {
        Credentials credentials = CredentialsInterceptor.current();
        GrpcReplies.send(
                observer,
                () -> service.verify(
                        credentials,
                        request.getGrantId(),
                        new VerificationRequest(request.getProduct(), request.getFieldsMap()),
                        Purposes.of(request.getPurpose()),
                        request.getRegion()),
                VerificationGrpc::reply);
    }

    private static VerifyResponse reply(Checked checked, Record record) {
        return VerifyResponse.newBuilder()
                .setAnswer(answer(checked.answer()))
                .setSource(SourceAttribution.newBuilder()
                        .setProvider(checked.attribution().provider().zh())
                        .setAcquiredOn(checked.attribution().acquiredOn().toString()))
                .setRecord(record)
                .build();
    }

    private static VerificationAnswer answer(Answer answer) {
        return switch (answer) {
            case MATCH -> VerificationAnswer.VERIFICATION_ANSWER_MATCH;
            case NO -> VerificationAnswer.VERIFICATION_ANSWER_NO;
            case MISMATCH -> VerificationAnswer.VERIFICATION_ANSWER_MISMATCH;
            case NO_RECORD -> VerificationAnswer.VERIFICATION_ANSWER_NO_RECORD;
        };
    }
}
