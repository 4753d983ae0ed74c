package org.datareturn.sandbox.verification.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.grpc.stub.ServerCallStreamObserver;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.datareturn.policy.Refusal;
import org.datareturn.proto.v1.EpochAnnouncement;
import org.datareturn.proto.v1.EpochPart;
import org.datareturn.proto.v1.Record;
import org.datareturn.sandbox.ledger.LedgerUnavailableException;
import org.datareturn.sandbox.ledger.Recorded;
import org.datareturn.sandbox.road.Outcome;
import org.datareturn.sandbox.road.grpc.GrpcReplies;
import org.datareturn.verifier.privatecheck.OpenEpoch;
import org.datareturn.verifier.privatecheck.PublishedEpoch;
import org.jboss.logging.Logger;

/** One download of a table, part by part as its client reads; one that does not read is let go. */
final class EpochStream {
    private static final Logger LOG = Logger.getLogger(EpochStream.class);

    private static final int PART_BYTES = 1 << 16;
    private static final long IDLE_NANOS = TimeUnit.MINUTES.toNanos(2);
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final ServerCallStreamObserver<EpochPart> out;
    private final ReentrantLock gate = new ReentrantLock();
    private final Condition changed = gate.newCondition();
    // Guarded by gate.
    private boolean gone;

    EpochStream(ServerCallStreamObserver<EpochPart> out) {
        this.out = out;
    }

    /** Begins; to be called before the service's method returns. */
    void start(GrpcReplies.Travelled<OpenEpoch> call) {
        out.setOnReadyHandler(() -> signal(false));
        out.setOnCancelHandler(() -> signal(true));
        GrpcReplies.walk(out, () -> walk(call));
    }

    private void signal(boolean left) {
        gate.lock();
        try {
            gone |= left;
            changed.signalAll();
        } finally {
            gate.unlock();
        }
    }

    private void walk(GrpcReplies.Travelled<OpenEpoch> call) {
        try {
            Recorded<Outcome<OpenEpoch>> recorded = call.walk();
            Record record = GrpcReplies.record(recorded);
            switch (recorded.answer()) {
                case Outcome.Answered<OpenEpoch>(OpenEpoch epoch) -> send(epoch, record);
                case Outcome.Refused<OpenEpoch>(Refusal refusal) ->
                    out.onError(GrpcReplies.status(refusal, Optional.of(record)));
            }
        } catch (LedgerUnavailableException e) {
            // What cannot be recorded is not answered; there is no record to point to.
            LOG.errorf(e, "call refused: the ledger is unavailable");
            out.onError(GrpcReplies.status(e.refusal(), Optional.empty()));
        } catch (IOException clientLeft) {
            LOG.debugf("a table was not read to its end: %s", clientLeft.getMessage());
            out.onError(io.grpc.Status.CANCELLED.asRuntimeException());
        }
    }

    private void send(OpenEpoch epoch, Record record) throws IOException {
        out.onNext(EpochPart.newBuilder()
                .setAnnouncement(announcement(epoch.published(), record))
                .build());
        try (OutputStream table = new BufferedOutputStream(new Parts(), PART_BYTES)) {
            epoch.table().writeTo(table);
        }
        out.onCompleted();
    }

    private static EpochAnnouncement announcement(PublishedEpoch epoch, Record record) {
        return EpochAnnouncement.newBuilder()
                .setProduct(epoch.product())
                .setDataset(epoch.scope().dataset())
                .setGrantId(epoch.scope().application())
                .setEpoch(epoch.scope().epoch())
                .setPublicKey(ByteString.copyFrom(epoch.publicKey().encode()))
                .setEdition(ByteString.copyFrom(epoch.edition()))
                .setRows(epoch.rows())
                .setTableDigest(ByteString.copyFrom(epoch.tableDigest()))
                .setProviderZh(epoch.source().provider().zh())
                .setProviderEn(epoch.source().provider().en())
                .setSource(epoch.source().source())
                .setAcquiredOn(epoch.source().acquiredOn().toString())
                .setRegistryEdition(epoch.source().edition())
                .setRecord(record)
                .build();
    }

    /** Sends what is written, as soon as there is room for it. */
    private final class Parts extends OutputStream {
        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            awaitRoom();
            out.onNext(EpochPart.newBuilder()
                    .setTable(UnsafeByteOperations.unsafeWrap(Arrays.copyOfRange(bytes, from, from + length)))
                    .build());
        }

        private void awaitRoom() throws IOException {
            long patience = IDLE_NANOS;
            gate.lock();
            try {
                while (!gone && !out.isReady() && patience > 0) {
                    // The transport says when there is room; looking again costs nothing should that word be lost.
                    patience -= LOOK_AGAIN_NANOS - Math.max(0, changed.awaitNanos(LOOK_AGAIN_NANOS));
                }
                if (gone || patience <= 0) {
                    throw new IOException("the client is gone");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw (IOException) new InterruptedIOException("interrupted").initCause(e);
            } finally {
                gate.unlock();
            }
        }
    }
}
