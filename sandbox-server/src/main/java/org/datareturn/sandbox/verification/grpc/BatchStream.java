package org.datareturn.sandbox.verification.grpc;

import com.google.protobuf.ByteString;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.datareturn.policy.Refusal;
import org.datareturn.proto.v1.RowAnswer;
import org.datareturn.proto.v1.VerifyBatchRequest;
import org.datareturn.proto.v1.VerifyBatchResponse;
import org.datareturn.sandbox.identity.Credentials;
import org.datareturn.sandbox.ledger.LedgerUnavailableException;
import org.datareturn.sandbox.ledger.Recorded;
import org.datareturn.sandbox.road.Outcome;
import org.datareturn.sandbox.road.grpc.GrpcReplies;
import org.datareturn.sandbox.road.grpc.Purposes;
import org.datareturn.sandbox.road.grpc.Stamps;
import org.datareturn.sandbox.verification.batch.Batch;
import org.datareturn.sandbox.verification.batch.BatchAnswers;
import org.datareturn.sandbox.verification.batch.BatchOpening;
import org.datareturn.sandbox.verification.batch.BatchReason;
import org.datareturn.sandbox.verification.batch.BatchRow;
import org.datareturn.sandbox.verification.batch.BatchService;
import org.datareturn.sandbox.verification.batch.Turn;
import org.jboss.logging.Logger;

/**
 * One batch on the wire. Messages are asked for one by one, and only while fewer rows and bytes wait here than two chunks
 * take; a chunk is walked only once the client has room for answers, and while no more than two others are on their way. So a stream
 * takes the node's memory for a few chunks, however long it is and however slow its client.
 */
final class BatchStream implements StreamObserver<VerifyBatchRequest> {
    private static final Logger LOG = Logger.getLogger(BatchStream.class);

    private static final int MOST_WAITING_ROWS = 2 * BatchService.CHUNK_ROWS;
    private static final int MOST_WAITING_BYTES = 2 << 20;
    /** One chunk is recorded, one decided, one looked up. */
    private static final int MOST_UNDER_WAY = 3;

    private static final long IDLE_NANOS = TimeUnit.MINUTES.toNanos(10);
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Credentials credentials;
    private final BatchService service;
    private final ServerCallStreamObserver<VerifyBatchResponse> out;

    private final ReentrantLock gate = new ReentrantLock();
    private final Condition changed = gate.newCondition();
    // Guarded by gate.
    private final Deque<VerifyBatchRequest> waiting = new ArrayDeque<>();
    private int waitingRows;
    private int waitingBytes;
    private int requested = 1;
    private boolean ended;
    private boolean gone;

    BatchStream(Credentials credentials, BatchService service, ServerCallStreamObserver<VerifyBatchResponse> out) {
        this.credentials = credentials;
        this.service = service;
        this.out = out;
    }

    /** Begins to read; to be called before the service's method returns. */
    void start() {
        out.disableAutoRequest();
        out.setOnReadyHandler(this::signal);
        out.setOnCancelHandler(this::abandon);
        out.request(1);
        GrpcReplies.walk(out, this::answerAll);
    }

    @Override
    public void onNext(VerifyBatchRequest message) {
        boolean more;
        gate.lock();
        try {
            waiting.add(message);
            waitingRows += message.getRows().getRowsCount();
            waitingBytes += message.getSerializedSize();
            requested--;
            more = mayRequest();
            changed.signalAll();
        } finally {
            gate.unlock();
        }
        if (more) {
            out.request(1);
        }
    }

    /** With the gate held: whether to ask for one more message; if so it counts as asked for. */
    private boolean mayRequest() {
        boolean more = requested == 0 && waitingRows < MOST_WAITING_ROWS && waitingBytes < MOST_WAITING_BYTES;
        requested += more ? 1 : 0;
        return more;
    }

    @Override
    public void onError(Throwable broken) {
        abandon();
    }

    @Override
    public void onCompleted() {
        gate.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            gate.unlock();
        }
    }

    private void abandon() {
        gate.lock();
        try {
            gone = true;
            changed.signalAll();
        } finally {
            gate.unlock();
        }
    }

    private void signal() {
        gate.lock();
        try {
            changed.signalAll();
        } finally {
            gate.unlock();
        }
    }

    private void answerAll() {
        try {
            walk();
        } catch (LedgerUnavailableException e) {
            // Only of a refusal of the stream itself, when all before it is sent.
            unrecorded(e, Turn.beginning());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void walk() throws LedgerUnavailableException, InterruptedException {
        Optional<VerifyBatchRequest> first = next();
        if (first.isEmpty()) {
            end();
            return;
        }
        BatchOpening opening = opening(first.get());
        Optional<Refusal> fault =
                first.get().hasOpening() ? opening.fault() : Optional.of(Refusal.of(BatchReason.BATCH_OPENING));
        if (fault.isPresent()) {
            refuse(fault.get());
            return;
        }
        try (Batch batch = service.open(credentials, opening)) {
            walk(batch, opening);
        }
    }

    private void walk(Batch batch, BatchOpening opening) throws LedgerUnavailableException, InterruptedException {
        Turn latest = Turn.beginning();
        Deque<Turn> underWay = new ArrayDeque<>();
        long last = 0;
        while (true) {
            List<BatchRow> chunk = new ArrayList<>();
            Optional<Refusal> unsound = fill(chunk, opening, last);
            // What is under way is sent before the stream ends.
            int mayStay = unsound.isPresent() || chunk.isEmpty() ? 0 : MOST_UNDER_WAY - 1;
            while (underWay.size() > mayStay) {
                if (!underWay.remove().isSent()) {
                    return;
                }
            }
            if (unsound.isPresent()) {
                refuse(unsound.get());
                return;
            }
            if (chunk.isEmpty()) {
                // Before the client hears of the end, which may open another stream upon it.
                batch.close();
                end();
                return;
            }
            last = chunk.getLast().row();
            if (!awaitRoom(latest)) {
                return;
            }
            Turn turn = latest.next();
            GrpcReplies.walk(out, () -> answer(batch, chunk, turn));
            underWay.add(turn);
            latest = turn;
        }
    }

    /** Adds rows that wait to what is left, up to a chunk; waits for one when there is none. */
    private Optional<Refusal> fill(List<BatchRow> chunk, BatchOpening opening, long after) throws InterruptedException {
        long last = after;
        while (chunk.size() < BatchService.CHUNK_ROWS) {
            Optional<VerifyBatchRequest> message = chunk.isEmpty() ? next() : waitingWithin(chunk.size());
            if (message.isEmpty()) {
                return Optional.empty();
            }
            if (!message.get().hasRows()) {
                return Optional.of(Refusal.of(BatchReason.BATCH_OPENING));
            }
            List<BatchRow> rows = message.get().getRows().getRowsList().stream()
                    .map(row -> new BatchRow(row.getRow(), row.getValuesList()))
                    .toList();
            Optional<Refusal> fault = Batch.fault(opening, rows, last);
            if (fault.isPresent()) {
                return fault;
            }
            chunk.addAll(rows);
            last = rows.getLast().row();
        }
        return Optional.empty();
    }

    /** Answers the rows of a chunk in its turn, on a thread of its own. */
    private void answer(Batch batch, List<BatchRow> chunk, Turn turn) {
        try {
            boolean going = true;
            while (going && !chunk.isEmpty()) {
                going = answered(batch, chunk, turn);
            }
            if (going) {
                turn.sent();
            }
        } catch (LedgerUnavailableException e) {
            unrecorded(e, turn);
        } finally {
            turn.over();
            if (!turn.isSent()) {
                // Whoever waits for more rows of this stream waits in vain.
                abandon();
            }
        }
    }

    /** Answers rows; false when the stream is over. What is left in the chunk is to be asked again. */
    private boolean answered(Batch batch, List<BatchRow> chunk, Turn turn) throws LedgerUnavailableException {
        Recorded<Outcome<BatchAnswers>> recorded = batch.check(List.copyOf(chunk), turn);
        if (!turn.maySend()) {
            return false;
        }
        switch (recorded.answer()) {
            case Outcome.Answered<BatchAnswers>(BatchAnswers answers) -> {
                out.onNext(response(answers, recorded));
                chunk.subList(0, answers.rows().size()).clear();
                return true;
            }
            case Outcome.Refused<BatchAnswers>(Refusal refusal) -> {
                out.onError(GrpcReplies.status(refusal, Optional.of(GrpcReplies.record(recorded))));
                return false;
            }
        }
    }

    /** What cannot be recorded is not answered; there is no record to point to. */
    private void unrecorded(LedgerUnavailableException why, Turn turn) {
        LOG.errorf(why, "batch refused: the ledger is unavailable");
        if (turn.maySend()) {
            out.onError(GrpcReplies.status(why.refusal(), Optional.empty()));
        }
    }

    private void refuse(Refusal refusal) throws LedgerUnavailableException {
        Recorded<Outcome<BatchAnswers>> recorded = service.refuse(credentials, refusal);
        Refusal told = recorded.answer() instanceof Outcome.Refused<BatchAnswers>(Refusal why) ? why : refusal;
        out.onError(GrpcReplies.status(told, Optional.of(GrpcReplies.record(recorded))));
    }

    private void end() {
        gate.lock();
        try {
            if (gone) {
                return;
            }
        } finally {
            gate.unlock();
        }
        out.onCompleted();
    }

    /** The next message; empty at the end, or when nothing came for too long. */
    private Optional<VerifyBatchRequest> next() throws InterruptedException {
        long patience = IDLE_NANOS;
        gate.lock();
        try {
            while (waiting.isEmpty() && !ended && !gone && patience > 0) {
                patience = changed.awaitNanos(patience);
            }
            if (patience <= 0) {
                ended = true;
            }
        } finally {
            gate.unlock();
        }
        return taken(BatchService.CHUNK_ROWS);
    }

    /** A message that waits and fits beside so many rows. */
    private Optional<VerifyBatchRequest> waitingWithin(int taken) {
        return taken(BatchService.CHUNK_ROWS - taken);
    }

    private Optional<VerifyBatchRequest> taken(int most) {
        boolean more;
        Optional<VerifyBatchRequest> message = Optional.empty();
        gate.lock();
        try {
            VerifyBatchRequest first = waiting.peek();
            if (first != null
                    && !gone
                    && (most == BatchService.CHUNK_ROWS || first.getRows().getRowsCount() <= most)) {
                waiting.remove();
                waitingRows -= first.getRows().getRowsCount();
                waitingBytes -= first.getSerializedSize();
                message = Optional.of(first);
            }
            more = message.isPresent() && !ended && mayRequest();
        } finally {
            gate.unlock();
        }
        if (more) {
            out.request(1);
        }
        return message;
    }

    /** Waits until the client reads; false when it is gone, or does not for too long. */
    private boolean awaitRoom(Turn latest) throws LedgerUnavailableException, InterruptedException {
        long patience = IDLE_NANOS;
        while (!out.isReady() && patience > 0) {
            gate.lock();
            try {
                if (gone) {
                    return false;
                }
                // The transport says when there is room; looking again costs nothing should that word be lost.
                long left = changed.awaitNanos(LOOK_AGAIN_NANOS);
                patience -= LOOK_AGAIN_NANOS - Math.max(0, left);
            } finally {
                gate.unlock();
            }
        }
        if (patience > 0) {
            return true;
        }
        if (latest.isSent()) {
            refuse(Refusal.of(BatchReason.BATCH_IDLE));
        }
        return false;
    }

    private static BatchOpening opening(VerifyBatchRequest message) {
        org.datareturn.proto.v1.BatchOpening sent = message.getOpening();
        return new BatchOpening(
                sent.getGrantId(),
                sent.getProduct(),
                Purposes.of(sent.getPurpose()),
                sent.getRegion(),
                sent.getBatchId(),
                sent.getFieldNamesList(),
                Stamps.of(sent.getNonce(), sent.hasRequestedAt(), sent.getRequestedAt()));
    }

    private static VerifyBatchResponse response(BatchAnswers answers, Recorded<?> recorded) {
        VerifyBatchResponse.Builder response = VerifyBatchResponse.newBuilder().setRecord(GrpcReplies.record(recorded));
        answers.source().ifPresent(source -> response.setSource(VerificationGrpc.source(source)));
        for (var row : answers.rows()) {
            RowAnswer.Builder answer = RowAnswer.newBuilder()
                    .setRow(row.row())
                    .setTraceId(row.trace().hex())
                    .setRequestDigest(ByteString.copyFrom(HexFormat.of().parseHex(row.digest())))
                    .setRemembered(row.remembered());
            row.answer()
                    .ifPresentOrElse(
                            told -> answer.setAnswer(VerificationGrpc.answer(told)),
                            () -> answer.setReason(row.code()));
            response.addRows(answer);
        }
        return response.build();
    }
}
