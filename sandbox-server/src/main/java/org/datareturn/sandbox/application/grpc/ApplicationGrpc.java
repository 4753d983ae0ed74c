package org.datareturn.sandbox.application.grpc;

import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.datareturn.policy.Caller;
import org.datareturn.policy.Refusal;
import org.datareturn.proto.v1.ApplicationResponse;
import org.datareturn.proto.v1.ApplicationServiceGrpc;
import org.datareturn.proto.v1.GetApplicationRequest;
import org.datareturn.proto.v1.ListApplicationsRequest;
import org.datareturn.proto.v1.ListApplicationsResponse;
import org.datareturn.proto.v1.ReviewRequest;
import org.datareturn.proto.v1.SubmitApplicationRequest;
import org.datareturn.sandbox.application.Application;
import org.datareturn.sandbox.application.ApplicationDesk;
import org.datareturn.sandbox.application.ApplicationOutcome;
import org.datareturn.sandbox.identity.Credentials;
import org.datareturn.sandbox.ledger.LedgerRecord;
import org.datareturn.sandbox.road.CallPipeline;
import org.datareturn.sandbox.road.Done;
import org.datareturn.sandbox.road.grpc.CredentialsInterceptor;
import org.datareturn.sandbox.road.grpc.GrpcReplies;

/** {@code datareturn.v1.ApplicationService}. */
@GrpcService
public class ApplicationGrpc extends ApplicationServiceGrpc.ApplicationServiceImplBase {
    private final CallPipeline pipeline;
    private final ApplicationDesk desk;

    /** The wire of a desk. */
    public ApplicationGrpc(CallPipeline pipeline, ApplicationDesk desk) {
        this.pipeline = pipeline;
        this.desk = desk;
    }

    @Override
    public void submit(SubmitApplicationRequest request, StreamObserver<ApplicationResponse> observer) {
        walk(
                "application",
                "APPLICATION_FILED",
                observer,
                caller -> desk.file(caller, ApplicationMessages.draft(request.getApplication())));
    }

    @Override
    public void get(GetApplicationRequest request, StreamObserver<ApplicationResponse> observer) {
        walk(request.getId(), "APPLICATION_READ", observer, caller -> desk.get(caller, request.getId()));
    }

    @Override
    public void list(ListApplicationsRequest request, StreamObserver<ListApplicationsResponse> observer) {
        Credentials credentials = CredentialsInterceptor.current();
        GrpcReplies.send(
                observer,
                () -> pipeline.administer(
                        credentials,
                        "applications",
                        caller -> Done.event(
                                desk.list(caller), LedgerRecord.Kind.APPLICATION_EVENT, "APPLICATIONS_LISTED")),
                (applications, record) -> ListApplicationsResponse.newBuilder()
                        .addAllApplications(applications.stream()
                                .map(ApplicationMessages::message)
                                .toList())
                        .setRecord(record)
                        .build());
    }

    @Override
    public void reviewForm(ReviewRequest request, StreamObserver<ApplicationResponse> observer) {
        walk(
                request.getApplicationId(),
                "FORM_REVIEWED",
                observer,
                caller ->
                        desk.reviewFormally(caller, request.getApplicationId(), ApplicationMessages.verdict(request)));
    }

    @Override
    public void reviewContent(ReviewRequest request, StreamObserver<ApplicationResponse> observer) {
        walk(
                request.getApplicationId(),
                "CONTENT_REVIEWED",
                observer,
                caller -> desk.reviewContent(caller, request.getApplicationId(), ApplicationMessages.verdict(request)));
    }

    private void walk(
            String target,
            String code,
            StreamObserver<ApplicationResponse> observer,
            Function<Caller, ApplicationOutcome> deed) {
        Credentials credentials = CredentialsInterceptor.current();
        GrpcReplies.send(
                observer,
                () -> pipeline.administer(credentials, target, caller -> done(deed.apply(caller), code)),
                (application, record) -> ApplicationResponse.newBuilder()
                        .setApplication(ApplicationMessages.message(application))
                        .setRecord(record)
                        .build());
    }

    private static Done<Application> done(ApplicationOutcome outcome, String code) {
        return switch (outcome) {
            case ApplicationOutcome.Refused refused -> Done.refused(together(refused.refusals()));
            case ApplicationOutcome.Done done ->
                Done.event(
                        done.application(),
                        LedgerRecord.Kind.APPLICATION_EVENT,
                        code + "_" + done.application().status().name());
        };
    }

    /** An incomplete filing names everything at once: the first reason leads, the others stand in its hint. */
    private static Refusal together(List<Refusal> refusals) {
        Refusal first = refusals.getFirst();
        if (refusals.size() == 1) {
            return first;
        }
        List<Refusal> others = refusals.subList(1, refusals.size());
        return first.withHint(
                others.stream().map(Refusal::messageZh).collect(Collectors.joining("；")),
                others.stream().map(Refusal::messageEn).collect(Collectors.joining("; ")));
    }
}
