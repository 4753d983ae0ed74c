package org.datareturn.sandbox.template.grpc;

import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import java.util.List;
import org.datareturn.guard.template.Parameter;
import org.datareturn.proto.v1.AssessTemplateRequest;
import org.datareturn.proto.v1.DecideTemplateRequest;
import org.datareturn.proto.v1.GetTemplateRequest;
import org.datareturn.proto.v1.ListTemplatesRequest;
import org.datareturn.proto.v1.ListTemplatesResponse;
import org.datareturn.proto.v1.Record;
import org.datareturn.proto.v1.SubmitTemplateRequest;
import org.datareturn.proto.v1.TemplateParameter;
import org.datareturn.proto.v1.TemplateResponse;
import org.datareturn.proto.v1.TemplateServiceGrpc;
import org.datareturn.sandbox.identity.Credentials;
import org.datareturn.sandbox.road.grpc.CredentialsInterceptor;
import org.datareturn.sandbox.road.grpc.GrpcReplies;
import org.datareturn.sandbox.road.grpc.Purposes;
import org.datareturn.sandbox.template.Submission;
import org.datareturn.sandbox.template.TemplateService;
import org.datareturn.sandbox.template.TemplateVerdict;
import org.datareturn.sandbox.template.TemplateView;
import org.datareturn.sandbox.zone.ZoneQuestion;

/** {@code datareturn.v1.TemplateService}. */
@GrpcService
public class TemplateGrpc extends TemplateServiceGrpc.TemplateServiceImplBase {
    private final TemplateService service;

    /** The wire of a service. */
    public TemplateGrpc(TemplateService service) {
        this.service = service;
    }

    @Override
    public void submit(SubmitTemplateRequest request, StreamObserver<TemplateResponse> observer) {
        Credentials credentials = CredentialsInterceptor.current();
        ZoneQuestion question = new ZoneQuestion(
                request.getGrantId(), request.getZone(), Purposes.of(request.getPurpose()), request.getRegion());
        Submission submission = new Submission(
                request.getTitle(),
                request.getSql(),
                request.getParametersList().stream().map(TemplateGrpc::written).toList());
        GrpcReplies.send(observer, () -> service.submit(credentials, question, submission), TemplateGrpc::reply);
    }

    @Override
    public void assess(AssessTemplateRequest request, StreamObserver<TemplateResponse> observer) {
        Credentials credentials = CredentialsInterceptor.current();
        ZoneQuestion question = new ZoneQuestion(
                request.getGrantId(), request.getZone(), Purposes.of(request.getPurpose()), request.getRegion());
        GrpcReplies.send(observer, () -> service.assess(credentials, question, request.getId()), TemplateGrpc::reply);
    }

    @Override
    public void approve(DecideTemplateRequest request, StreamObserver<TemplateResponse> observer) {
        decide(request, new TemplateVerdict.Approve(request.getReasons()), observer);
    }

    @Override
    public void refuse(DecideTemplateRequest request, StreamObserver<TemplateResponse> observer) {
        decide(request, new TemplateVerdict.Refuse(request.getReasons()), observer);
    }

    private void decide(
            DecideTemplateRequest request, TemplateVerdict verdict, StreamObserver<TemplateResponse> observer) {
        Credentials credentials = CredentialsInterceptor.current();
        GrpcReplies.send(
                observer,
                () -> service.decide(credentials, request.getId(), request.getVersion(), verdict),
                TemplateGrpc::reply);
    }

    @Override
    public void get(GetTemplateRequest request, StreamObserver<TemplateResponse> observer) {
        Credentials credentials = CredentialsInterceptor.current();
        GrpcReplies.send(observer, () -> service.get(credentials, request.getId()), TemplateGrpc::reply);
    }

    @Override
    public void list(ListTemplatesRequest request, StreamObserver<ListTemplatesResponse> observer) {
        Credentials credentials = CredentialsInterceptor.current();
        GrpcReplies.send(
                observer,
                () -> service.list(credentials),
                (List<TemplateView> views, Record record) -> ListTemplatesResponse.newBuilder()
                        .addAllTemplates(
                                views.stream().map(TemplateMessages::template).toList())
                        .setRecord(record)
                        .build());
    }

    private static Parameter.Written written(TemplateParameter parameter) {
        return new Parameter.Written(
                parameter.getName(), parameter.getType(), parameter.getRangeList(), parameter.getValuesList());
    }

    private static TemplateResponse reply(TemplateView view, Record record) {
        return TemplateResponse.newBuilder()
                .setTemplate(TemplateMessages.template(view))
                .setRecord(record)
                .build();
    }
}
