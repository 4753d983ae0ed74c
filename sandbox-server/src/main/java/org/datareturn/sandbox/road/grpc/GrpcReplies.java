package org.datareturn.sandbox.road.grpc;

import com.google.protobuf.Any;
import com.google.rpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;
import org.datareturn.policy.ReasonCode;
import org.datareturn.policy.Refusal;
import org.datareturn.proto.v1.Bilingual;
import org.datareturn.proto.v1.Record;
import org.datareturn.proto.v1.RefusalDetail;
import org.datareturn.sandbox.ledger.LedgerUnavailableException;
import org.datareturn.sandbox.ledger.Recorded;
import org.datareturn.sandbox.road.Outcome;
import org.datareturn.sandbox.road.RoadReason;
import org.jboss.logging.Logger;

/**
 * Recorded outcomes to gRPC: the only way a service of this node sends anything. A call is read on its event loop and
 * walked on a virtual thread of its own, because it waits for the ledger's disk. (Quarkus's {@code @RunOnVirtualThread}
 * hands each event of a call to a thread of its own, and under load the end of a request could overtake the request.)
 */
public final class GrpcReplies {
    private static final Logger LOG = Logger.getLogger(GrpcReplies.class);

    private static final ExecutorService CALLS = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("call-", 0).factory());

    private GrpcReplies() {}

    /**
     * A call on the road.
     *
     * @param <A> what it answers
     */
    @FunctionalInterface
    public interface Travelled<A> {
        /** Walks it. */
        Recorded<Outcome<A>> walk() throws LedgerUnavailableException;
    }

    /** Walks a call and sends what came of it: a reply with its record, or a status with a {@link RefusalDetail}. */
    public static <A, R> void send(StreamObserver<R> observer, Travelled<A> call, BiFunction<A, Record, R> reply) {
        walk(observer, () -> walk(observer, call, reply));
    }

    private static <A, R> void walk(StreamObserver<R> observer, Travelled<A> call, BiFunction<A, Record, R> reply) {
        try {
            Recorded<Outcome<A>> recorded = call.walk();
            Record record = record(recorded);
            switch (recorded.answer()) {
                case Outcome.Answered<A> answered -> {
                    observer.onNext(reply.apply(answered.answer(), record));
                    observer.onCompleted();
                }
                case Outcome.Refused<A> refused -> observer.onError(status(refused.refusal(), Optional.of(record)));
            }
        } catch (LedgerUnavailableException e) {
            // What cannot be recorded is not answered; there is no record to point to.
            LOG.errorf(e, "call refused: the ledger is unavailable");
            observer.onError(status(e.refusal(), Optional.empty()));
        }
    }

    /**
     * Walks a call that sends for itself, on a thread of its own that may wait. The boundary of that thread, which nobody
     * sees: whatever breaks, even after the record is made, whoever waits is told that it did.
     */
    public static void walk(StreamObserver<?> observer, Runnable call) {
        CompletableFuture<Void> _ = CompletableFuture.runAsync(call, CALLS).whenComplete((done, fault) -> {
            if (fault != null) {
                LOG.errorf(fault, "call refused: internal fault");
                observer.onError(status(Refusal.of(RoadReason.INTERNAL_FAULT), Optional.empty()));
            }
        });
    }

    /** How a recorded answer is found again. */
    public static Record record(Recorded<?> recorded) {
        return Record.newBuilder()
                .setTraceId(recorded.traceId().hex())
                .setLedgerIndex(recorded.index())
                .setReceipt(recorded.receipt().text())
                .build();
    }

    /** A refusal as a gRPC status with its details. */
    public static StatusRuntimeException status(Refusal refusal, Optional<Record> record) {
        RefusalDetail.Builder detail = RefusalDetail.newBuilder()
                .setReason(refusal.reason().name())
                .setMessage(Bilingual.newBuilder().setZh(refusal.messageZh()).setEn(refusal.messageEn()));
        record.ifPresent(detail::setRecord);
        return StatusProto.toStatusRuntimeException(Status.newBuilder()
                .setCode(code(refusal.reason().kind()).value())
                .setMessage(refusal.reason().name() + ": " + refusal.messageEn() + " / " + refusal.messageZh())
                .addDetails(Any.pack(detail.build()))
                .build());
    }

    private static io.grpc.Status.Code code(ReasonCode.Kind kind) {
        return switch (kind) {
            case INVALID -> io.grpc.Status.Code.INVALID_ARGUMENT;
            case UNAUTHENTICATED -> io.grpc.Status.Code.UNAUTHENTICATED;
            case DENIED -> io.grpc.Status.Code.PERMISSION_DENIED;
            case NOT_FOUND -> io.grpc.Status.Code.NOT_FOUND;
            case PRECONDITION -> io.grpc.Status.Code.FAILED_PRECONDITION;
            case EXHAUSTED -> io.grpc.Status.Code.RESOURCE_EXHAUSTED;
            case UNAVAILABLE -> io.grpc.Status.Code.UNAVAILABLE;
            case INTERNAL -> io.grpc.Status.Code.INTERNAL;
        };
    }
}
