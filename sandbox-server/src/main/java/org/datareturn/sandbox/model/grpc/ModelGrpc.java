package org.datareturn.sandbox.model.grpc;

import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import java.util.List;
import org.datareturn.proto.v1.AssessModelRequest;
import org.datareturn.proto.v1.DecideModelRequest;
import org.datareturn.proto.v1.GetModelRequest;
import org.datareturn.proto.v1.ListModelsRequest;
import org.datareturn.proto.v1.ListModelsResponse;
import org.datareturn.proto.v1.ModelResponse;
import org.datareturn.proto.v1.ModelServiceGrpc;
import org.datareturn.proto.v1.Record;
import org.datareturn.proto.v1.RegisterModelRequest;
import org.datareturn.proto.v1.ScoreRequest;
import org.datareturn.proto.v1.ScoreResponse;
import org.datareturn.sandbox.identity.Credentials;
import org.datareturn.sandbox.model.ModelService;
import org.datareturn.sandbox.model.ModelView;
import org.datareturn.sandbox.road.grpc.CredentialsInterceptor;
import org.datareturn.sandbox.road.grpc.GrpcReplies;
import org.datareturn.sandbox.road.grpc.Purposes;
import org.datareturn.sandbox.road.grpc.Stamps;
import org.datareturn.verifier.VerificationRequest;

/** {@code datareturn.v1.ModelService}. */
@GrpcService
public class ModelGrpc extends ModelServiceGrpc.ModelServiceImplBase {
    private final ModelService service;

    /** The wire of a service. */
    public ModelGrpc(ModelService service) {
        this.service = service;
    }

    @Override
    public void register(RegisterModelRequest request, StreamObserver<ModelResponse> observer) {
        Credentials credentials = CredentialsInterceptor.current();
        GrpcReplies.send(
                observer,
                () -> service.register(
                        credentials, request.getDeclaration(), request.getOnnx().toByteArray()),
                ModelGrpc::reply);
    }

    @Override
    public void assess(AssessModelRequest request, StreamObserver<ModelResponse> observer) {
        Credentials credentials = CredentialsInterceptor.current();
        GrpcReplies.send(
                observer, () -> service.assess(credentials, request.getName(), request.getVersion()), ModelGrpc::reply);
    }

    @Override
    public void approve(DecideModelRequest request, StreamObserver<ModelResponse> observer) {
        Credentials credentials = CredentialsInterceptor.current();
        GrpcReplies.send(
                observer,
                () -> service.approve(credentials, request.getName(), request.getVersion(), request.getReasons()),
                ModelGrpc::reply);
    }

    @Override
    public void refuse(DecideModelRequest request, StreamObserver<ModelResponse> observer) {
        Credentials credentials = CredentialsInterceptor.current();
        GrpcReplies.send(
                observer,
                () -> service.refuse(credentials, request.getName(), request.getVersion(), request.getReasons()),
                ModelGrpc::reply);
    }

    @Override
    public void suspend(DecideModelRequest request, StreamObserver<ModelResponse> observer) {
        Credentials credentials = CredentialsInterceptor.current();
        GrpcReplies.send(
                observer,
                () -> service.suspend(credentials, request.getName(), request.getVersion(), request.getReasons()),
                ModelGrpc::reply);
    }

    @Override
    public void get(GetModelRequest request, StreamObserver<ModelResponse> observer) {
        Credentials credentials = CredentialsInterceptor.current();
        GrpcReplies.send(
                observer, () -> service.get(credentials, request.getName(), request.getVersion()), ModelGrpc::reply);
    }

    @Override
    public void list(ListModelsRequest request, StreamObserver<ListModelsResponse> observer) {
        Credentials credentials = CredentialsInterceptor.current();
        GrpcReplies.send(
                observer,
                () -> service.list(credentials),
                (List<ModelView> views, Record record) -> ListModelsResponse.newBuilder()
                        .addAllModels(views.stream().map(ModelMessages::model).toList())
                        .setRecord(record)
                        .build());
    }

    @Override
    public void score(ScoreRequest request, StreamObserver<ScoreResponse> observer) {
        Credentials credentials = CredentialsInterceptor.current();
        GrpcReplies.send(
                observer,
                () -> service.score(
                        credentials,
                        request.getGrantId(),
                        new VerificationRequest(
                                request.getModel(),
                                request.getFieldsMap(),
                                Stamps.of(request.getNonce(), request.hasRequestedAt(), request.getRequestedAt())),
                        Purposes.of(request.getPurpose()),
                        request.getRegion()),
                ModelMessages::scored);
    }

    private static ModelResponse reply(ModelView view, Record record) {
        return ModelResponse.newBuilder()
                .setModel(ModelMessages.model(view))
                .setRecord(record)
                .build();
    }
}
