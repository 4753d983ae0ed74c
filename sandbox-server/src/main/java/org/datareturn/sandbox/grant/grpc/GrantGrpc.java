package org.datareturn.sandbox.grant.grpc;

import com.google.protobuf.Timestamp;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import java.time.Instant;
import org.datareturn.policy.Caller;
import org.datareturn.policy.GrantFacts;
import org.datareturn.proto.v1.ChangeGrantRequest;
import org.datareturn.proto.v1.GetGrantRequest;
import org.datareturn.proto.v1.GrantResponse;
import org.datareturn.proto.v1.GrantServiceGrpc;
import org.datareturn.proto.v1.GrantStatus;
import org.datareturn.proto.v1.Record;
import org.datareturn.sandbox.grant.Grant;
import org.datareturn.sandbox.grant.GrantDesk;
import org.datareturn.sandbox.grant.GrantOutcome;
import org.datareturn.sandbox.identity.Credentials;
import org.datareturn.sandbox.ledger.LedgerRecord;
import org.datareturn.sandbox.road.CallPipeline;
import org.datareturn.sandbox.road.Done;
import org.datareturn.sandbox.road.grpc.CredentialsInterceptor;
import org.datareturn.sandbox.road.grpc.GrpcReplies;
import org.datareturn.sandbox.road.grpc.Purposes;

/** {@code datareturn.v1.GrantService}. */
@GrpcService
public class GrantGrpc extends GrantServiceGrpc.GrantServiceImplBase {
    private final CallPipeline pipeline;
    private final GrantDesk desk;

    /** The wire of a desk. */
    public GrantGrpc(CallPipeline pipeline, GrantDesk desk) {
        this.pipeline = pipeline;
        this.desk = desk;
    }

    @Override
    public void get(GetGrantRequest request, StreamObserver<GrantResponse> observer) {
        walk(request.getId(), "GRANT_READ", observer, caller -> desk.get(caller, request.getId()));
    }

    @Override
    public void suspend(ChangeGrantRequest request, StreamObserver<GrantResponse> observer) {
        walk(
                request.getId(),
                "GRANT_SUSPENDED",
                observer,
                caller -> desk.suspend(caller, request.getId(), request.getReason()));
    }

    @Override
    public void resume(ChangeGrantRequest request, StreamObserver<GrantResponse> observer) {
        walk(
                request.getId(),
                "GRANT_RESUMED",
                observer,
                caller -> desk.resume(caller, request.getId(), request.getReason()));
    }

    @Override
    public void revoke(ChangeGrantRequest request, StreamObserver<GrantResponse> observer) {
        walk(
                request.getId(),
                "GRANT_REVOKED",
                observer,
                caller -> desk.revoke(caller, request.getId(), request.getReason()));
    }

    /** What a desk does for a caller. */
    @FunctionalInterface
    private interface Deed {
        GrantOutcome by(Caller caller);
    }

    private void walk(String id, String code, StreamObserver<GrantResponse> observer, Deed deed) {
        Credentials credentials = CredentialsInterceptor.current();
        GrpcReplies.send(
                observer,
                () -> pipeline.administer(credentials, id, caller -> done(deed.by(caller), code)),
                GrantGrpc::reply);
    }

    private static Done<Grant> done(GrantOutcome outcome, String code) {
        return switch (outcome) {
            case GrantOutcome.Refused refused -> Done.refused(refused.refusal());
            case GrantOutcome.Done done ->
                Done.answered(
                        done.grant(),
                        LedgerRecord.Kind.GRANT_EVENT,
                        code,
                        record ->
                                record.withGrant(done.grant().id(), done.grant().applicationId()));
        };
    }

    private static GrantResponse reply(Grant grant, Record record) {
        GrantFacts facts = grant.facts();
        var message = org.datareturn.proto.v1.Grant.newBuilder();
        facts.quotas().callsPerDay().ifPresent(message::setCallsPerDay);
        message.setPrivateItemsPerDay(facts.quotas().privateItemsPerDay());
        return GrantResponse.newBuilder()
                .setGrant(message.setId(facts.id())
                        .setStatus(status(facts.status()))
                        .setApplicationId(grant.applicationId())
                        .setOrganisation(facts.organisation())
                        .setScenario(facts.scenario())
                        .setPurpose(Purposes.of(facts.purpose()))
                        .addAllProducts(facts.products().stream().sorted().toList())
                        .addAllZones(facts.zones().stream().sorted().toList())
                        .addAllFields(facts.fields().stream().sorted().toList())
                        .addAllRegions(facts.regions().stream().sorted().toList())
                        .setValidFrom(timestamp(facts.notBefore()))
                        .setValidUntil(timestamp(facts.notAfter())))
                .setRecord(record)
                .build();
    }

    private static GrantStatus status(GrantFacts.Status status) {
        return switch (status) {
            case ACTIVE -> GrantStatus.GRANT_STATUS_ACTIVE;
            case SUSPENDED -> GrantStatus.GRANT_STATUS_SUSPENDED;
            case REVOKED -> GrantStatus.GRANT_STATUS_REVOKED;
        };
    }

    private static Timestamp timestamp(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }
}
