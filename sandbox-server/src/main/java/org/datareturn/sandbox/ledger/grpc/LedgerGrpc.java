package org.datareturn.sandbox.ledger.grpc;

import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import org.datareturn.proto.v1.GetCheckpointRequest;
import org.datareturn.proto.v1.GetCheckpointResponse;
import org.datareturn.proto.v1.LedgerServiceGrpc;
import org.datareturn.proto.v1.ReviewerTrace;
import org.datareturn.proto.v1.TraceRequest;
import org.datareturn.proto.v1.TraceResponse;
import org.datareturn.sandbox.identity.Credentials;
import org.datareturn.sandbox.ledger.Ledger;
import org.datareturn.sandbox.ledger.LedgerRecord;
import org.datareturn.sandbox.road.CallPipeline;
import org.datareturn.sandbox.road.Done;
import org.datareturn.sandbox.road.TraceDesk;
import org.datareturn.sandbox.road.grpc.CredentialsInterceptor;
import org.datareturn.sandbox.road.grpc.GrpcReplies;

/** {@code datareturn.v1.LedgerService}. */
@GrpcService
public class LedgerGrpc extends LedgerServiceGrpc.LedgerServiceImplBase {
    private final CallPipeline pipeline;
    private final Ledger ledger;
    private final TraceDesk traces;

    /** The wire of a ledger and its traces. */
    public LedgerGrpc(CallPipeline pipeline, Ledger ledger, TraceDesk traces) {
        this.pipeline = pipeline;
        this.ledger = ledger;
        this.traces = traces;
    }

    @Override
    public void getCheckpoint(GetCheckpointRequest request, StreamObserver<GetCheckpointResponse> observer) {
        Credentials credentials = CredentialsInterceptor.current();
        GrpcReplies.send(
                observer,
                () -> pipeline.administer(
                        credentials,
                        "ledger",
                        caller -> Done.event(
                                ledger.reader().checkpointNote(), LedgerRecord.Kind.AUDIT_EVENT, "CHECKPOINT_READ")),
                (checkpoint, record) -> GetCheckpointResponse.newBuilder()
                        .setCheckpoint(checkpoint)
                        .setVerifierKey(ledger.verifierKey().toString())
                        .setRecord(record)
                        .build());
    }

    @Override
    public void trace(TraceRequest request, StreamObserver<TraceResponse> observer) {
        Credentials credentials = CredentialsInterceptor.current();
        GrpcReplies.send(
                observer,
                () -> pipeline.administer(
                        credentials, request.getTraceId(), caller -> traces.trace(caller, request.getTraceId())),
                (trace, record) -> {
                    TraceResponse.Builder reply = TraceResponse.newBuilder()
                            .setRecordJson(trace.recordJson())
                            .setRecord(record);
                    trace.batchRow().ifPresent(reply::setBatchRow);
                    trace.reviews()
                            .forEach(step -> reply.addReviewers(ReviewerTrace.newBuilder()
                                    .setStage(step.step().name())
                                    .setReviewer(step.by().operator())
                                    .setReviewerOrganisation(step.by().organisation())));
                    return reply.build();
                });
    }
}
