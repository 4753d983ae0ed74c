package org.datareturn.sandbox.cli.check;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import org.datareturn.policy.Refusal;
import org.datareturn.proto.v1.BatchOpening;
import org.datareturn.proto.v1.BatchRow;
import org.datareturn.proto.v1.BatchRows;
import org.datareturn.proto.v1.RefusalDetail;
import org.datareturn.proto.v1.RowAnswer;
import org.datareturn.proto.v1.VerificationAnswer;
import org.datareturn.proto.v1.VerifyBatchRequest;
import org.datareturn.proto.v1.VerifyBatchResponse;
import org.datareturn.sandbox.cli.CliReason;
import org.datareturn.sandbox.cli.client.NodeClient;
import org.datareturn.sandbox.ledger.LedgerRecord;
import org.datareturn.sandbox.ledger.Receipt;
import org.datareturn.sandbox.ledger.RowTree;

/**
 * Checks a list on one stream: rows go out while fewer than a few chunks are unanswered, answers come in and are written in
 * the list's order. Memory does not grow with the list. Run again after whatever broke, it goes on after the last answer.
 */
public final class BatchCheck {
    private static final int ROWS_A_MESSAGE = 1024;
    private static final int MOST_UNANSWERED = 6 * ROWS_A_MESSAGE;
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(5);
    private static final int BATCH_ID_DIGITS = 40;

    private final NodeClient client;
    private final Asking asking;
    private final LongConsumer progress;

    private final ReentrantLock gate = new ReentrantLock();
    private final Condition changed = gate.newCondition();
    // Guarded by gate.
    private final TreeMap<Long, String> bad = new TreeMap<>();
    private long unanswered;
    private long written;
    private boolean ended;
    private Optional<CheckFailed> failure = Optional.empty();

    /**
     * A check of one list.
     *
     * @param progress hears how many lines have their answer
     */
    public BatchCheck(NodeClient client, Asking asking, LongConsumer progress) {
        this.client = client;
        this.asking = asking;
        this.progress = progress;
    }

    /**
     * Checks a list.
     *
     * @param known the product's fields, see {@link ListReader#open}
     * @return how many lines were told what in this run
     * @throws CheckFailed when it stopped before its end; what was answered is in the file
     */
    public Map<String, Long> run(Path list, Path out, Set<String> known)
            throws CheckFailed, IOException, InterruptedException {
        String batchId = batchId(list);
        try (ListReader rows = ListReader.open(list, known);
                AnswerFile file = AnswerFile.open(out, batchId)) {
            written = file.lastLine();
            Answers answers = new Answers(file);
            client.verificationStreams().verifyBatch(answers);
            ClientCallStreamObserver<VerifyBatchRequest> stream = answers.stream();
            stream.onNext(VerifyBatchRequest.newBuilder()
                    .setOpening(BatchOpening.newBuilder()
                            .setGrantId(asking.grant())
                            .setProduct(asking.product())
                            .setPurpose(asking.purpose())
                            .setRegion(asking.region())
                            .setBatchId(batchId)
                            .addAllFieldNames(rows.fields()))
                    .build());
            try {
                send(rows, stream, file.lastLine());
            } catch (CheckFailed e) {
                stream.cancel("the list ended early", e);
                throw e;
            }
            stream.onCompleted();
            awaitEnd();
            flushBad(file, Long.MAX_VALUE);
            file.flush();
            progress.accept(written);
            return file.told();
        }
    }

    /** The same list under the same grant is the same batch: whoever runs it again goes on with it. */
    private String batchId(Path list) throws IOException, CheckFailed {
        try (DigestInputStream in =
                new DigestInputStream(Files.newInputStream(list), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
            MessageDigest digest = in.getMessageDigest();
            digest.update((asking.grant() + "\n" + asking.product() + "\n" + asking.region() + "\n" + asking.purpose())
                    .getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest()).substring(0, BATCH_ID_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        } catch (java.nio.file.NoSuchFileException e) {
            CheckFailed missing = new CheckFailed(Refusal.of(CliReason.FILE_MISSING, list.toString()));
            missing.initCause(e);
            throw missing;
        }
    }

    private void send(ListReader rows, ClientCallStreamObserver<VerifyBatchRequest> stream, long after)
            throws CheckFailed, InterruptedException {
        BatchRows.Builder message = BatchRows.newBuilder();
        Optional<ListReader.Row> row = rows.next();
        while (row.isPresent()) {
            long line = row.get().line();
            if (line > after) {
                if (row.get().values().isPresent()) {
                    message.addRows(BatchRow.newBuilder()
                            .setRow(line)
                            .addAllValues(row.get().values().get()));
                } else {
                    noteBad(line);
                }
            }
            row = rows.next();
            if (message.getRowsCount() == ROWS_A_MESSAGE || (row.isEmpty() && message.getRowsCount() > 0)) {
                awaitRoom(stream, message.getRowsCount());
                stream.onNext(
                        VerifyBatchRequest.newBuilder().setRows(message.build()).build());
                message = BatchRows.newBuilder();
            }
        }
    }

    private void noteBad(long line) {
        gate.lock();
        try {
            bad.put(line, CliReason.LIST_ROW_SHAPE.name());
        } finally {
            gate.unlock();
        }
    }

    private void awaitRoom(ClientCallStreamObserver<VerifyBatchRequest> stream, int rows)
            throws CheckFailed, InterruptedException {
        gate.lock();
        try {
            long patience = PATIENCE_NANOS;
            while (failure.isEmpty()
                    && !ended
                    && (unanswered + rows > MOST_UNANSWERED || !stream.isReady())
                    && patience > 0) {
                patience = changed.awaitNanos(patience);
            }
            throwFailure(patience);
            unanswered += rows;
        } finally {
            gate.unlock();
        }
    }

    private void awaitEnd() throws CheckFailed, InterruptedException {
        gate.lock();
        try {
            long patience = PATIENCE_NANOS;
            long before = unanswered;
            while (failure.isEmpty() && !ended && patience > 0) {
                patience = changed.awaitNanos(patience);
                if (unanswered != before) {
                    before = unanswered;
                    patience = PATIENCE_NANOS;
                }
            }
            throwFailure(patience);
            if (unanswered > 0) {
                throw new CheckFailed(Refusal.of(CliReason.LIST_BROKEN_OFF, "the stream ended early"));
            }
        } finally {
            gate.unlock();
        }
    }

    private void throwFailure(long patience) throws CheckFailed {
        if (failure.isPresent()) {
            throw failure.get();
        }
        if (patience <= 0) {
            throw new CheckFailed(Refusal.of(CliReason.LIST_BROKEN_OFF, "no answer for 5 minutes"));
        }
    }

    private void flushBad(AnswerFile file, long before) throws IOException {
        Map<Long, String> due;
        gate.lock();
        try {
            due = new TreeMap<>(bad.headMap(before));
            bad.headMap(before).clear();
        } finally {
            gate.unlock();
        }
        for (Map.Entry<Long, String> one : due.entrySet()) {
            file.add(one.getKey(), Optional.empty(), one.getValue(), "");
            written = one.getKey();
        }
    }

    /** The receiving side: checks each chunk against its receipt, and writes it. */
    private final class Answers implements ClientResponseObserver<VerifyBatchRequest, VerifyBatchResponse> {
        private final AnswerFile file;
        private Optional<ClientCallStreamObserver<VerifyBatchRequest>> stream = Optional.empty();

        Answers(AnswerFile file) {
            this.file = file;
        }

        ClientCallStreamObserver<VerifyBatchRequest> stream() {
            return stream.orElseThrow();
        }

        @Override
        public void beforeStart(ClientCallStreamObserver<VerifyBatchRequest> begun) {
            stream = Optional.of(begun);
            begun.setOnReadyHandler(() -> told(0, Optional.empty(), false));
        }

        @Override
        public void onNext(VerifyBatchResponse chunk) {
            try {
                requireReceipt(chunk);
                for (RowAnswer row : chunk.getRowsList()) {
                    flushBad(file, row.getRow());
                    file.add(row.getRow(), answer(row), row.getReason(), row.getTraceId());
                    written = row.getRow();
                }
                file.receipt(
                        chunk.getRows(0).getRow(),
                        chunk.getRows(chunk.getRowsCount() - 1).getRow(),
                        chunk.getRecord().getTraceId(),
                        chunk.getRecord().getReceipt());
                file.flush();
                progress.accept(written);
                told(chunk.getRowsCount(), Optional.empty(), false);
            } catch (CheckFailed e) {
                stream().cancel("refused by the client", e);
                told(0, Optional.of(e), true);
            } catch (IOException e) {
                stream().cancel("cannot be written", e);
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void onError(Throwable broken) {
            told(0, Optional.of(failure(broken)), true);
        }

        @Override
        public void onCompleted() {
            told(0, Optional.empty(), true);
        }

        private void told(int rows, Optional<CheckFailed> why, boolean over) {
            gate.lock();
            try {
                unanswered -= rows;
                failure = failure.or(() -> why);
                ended |= over;
                changed.signalAll();
            } finally {
                gate.unlock();
            }
        }
    }

    /** What a failed call comes to: the node's own refusal, or that the node cannot be reached. */
    public static CheckFailed failure(Throwable broken) {
        Status status = Status.fromThrowable(broken);
        Optional<RefusalDetail> detail =
                broken instanceof StatusRuntimeException refused ? NodeClient.refusal(refused) : Optional.empty();
        CheckFailed failed = new CheckFailed(detail.map(told -> Refusal.of(
                        CliReason.NODE_REFUSED,
                        told.getReason(),
                        told.getMessage().getEn(),
                        told.getMessage().getZh()))
                .orElseGet(() ->
                        Refusal.of(CliReason.LIST_BROKEN_OFF, status.getCode().name())));
        failed.initCause(broken);
        return failed;
    }

    private static Optional<String> answer(RowAnswer row) {
        return row.getAnswer() == VerificationAnswer.VERIFICATION_ANSWER_UNSPECIFIED
                ? Optional.empty()
                : Optional.of(row.getAnswer().name().substring("VERIFICATION_ANSWER_".length()));
    }

    /** The chunk's receipt must speak of just these rows. */
    private static void requireReceipt(VerifyBatchResponse chunk) throws CheckFailed {
        String root = RowTree.root(chunk.getRowsList().stream()
                        .map(row -> row.getRow() + "\t" + row.getTraceId() + "\t"
                                + HexFormat.of()
                                        .formatHex(row.getRequestDigest().toByteArray())
                                + "\t" + answer(row).orElse(row.getReason()))
                        .toList())
                .hex();
        Optional<String> recorded = Receipt.parse(chunk.getRecord().getReceipt())
                .map(Receipt::record)
                .flatMap(LedgerRecord::answerDigest);
        if (!recorded.equals(Optional.of(root))) {
            throw new CheckFailed(Refusal.of(
                    CliReason.RECEIPT_OF_OTHER_ROWS, chunk.getRecord().getTraceId()));
        }
    }
}
