package org.datareturn.sandbox.cli.check;

import com.google.protobuf.ByteString;
import io.grpc.StatusRuntimeException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.datareturn.policy.Refusal;
import org.datareturn.proto.v1.EpochAnnouncement;
import org.datareturn.proto.v1.EpochPart;
import org.datareturn.proto.v1.EvaluateRequest;
import org.datareturn.proto.v1.EvaluateResponse;
import org.datareturn.proto.v1.OpenEpochRequest;
import org.datareturn.proto.v1.Record;
import org.datareturn.sandbox.cli.CliReason;
import org.datareturn.sandbox.cli.client.Announcements;
import org.datareturn.sandbox.cli.client.NodeClient;
import org.datareturn.sandbox.ledger.LedgerRecord;
import org.datareturn.sandbox.ledger.Receipt;
import org.datareturn.verifier.client.BlindedBatch;
import org.datareturn.verifier.client.FinalisedBatch;
import org.datareturn.verifier.client.PrivateCheckClient;
import org.datareturn.verifier.client.PrivateCheckException;
import org.datareturn.verifier.privatecheck.BatchCommitment;
import org.datareturn.verifier.privatecheck.ItemReader;
import org.datareturn.verifier.privatecheck.ItemReading;
import org.datareturn.verifier.privatecheck.PrivateAnswer;
import org.datareturn.verifier.privatecheck.PrivateItem;
import org.datareturn.verifier.privatecheck.PublishedEpoch;
import org.datareturn.verifier.product.ProductDeclaration;
import org.datareturn.verifier.reason.VerifierReason;

/**
 * Checks a list that does not leave this process: only random points do. Malformed lines are told apart here and cost
 * nothing. The answers are written once all of them are known.
 */
public final class PrivateCheck {
    private static final int ITEMS_A_BATCH = 4096;
    private static final String HEADER = "line,answer,reason,trace_id\n";

    private final NodeClient client;
    private final Asking asking;
    private final ProductDeclaration product;
    private final Clock clock;
    private final LongConsumer progress;

    /**
     * A check of one list.
     *
     * @param product one that can be checked privately
     * @param clock says which dates lie in the future
     * @param progress hears how many lines were evaluated
     */
    public PrivateCheck(
            NodeClient client, Asking asking, ProductDeclaration product, Clock clock, LongConsumer progress) {
        this.client = client;
        this.asking = asking;
        this.product = product;
        this.clock = clock;
        this.progress = progress;
    }

    /** What is told of a line: an answer under the trace of its batch, or a reason. */
    private record Told(String answer, String reason, String trace) {}

    /** The list as read: items in order, each with its line, and what is told of lines already. */
    private record Items(List<Long> lines, List<PrivateItem> items, SortedMap<Long, Told> told) {}

    /**
     * Checks a list.
     *
     * @param out where the answers go, {@code line,answer,reason,trace_id}; must not exist
     * @return how many lines were told what
     * @throws CheckFailed when the list or what the node sent cannot be taken; no answer is written
     */
    public Map<String, Long> run(Path list, Path out) throws CheckFailed, IOException {
        if (Files.exists(out)) {
            throw new CheckFailed(Refusal.of(CliReason.OPTIONS_CONTRADICT, out + " exists already", out + " 已存在"));
        }
        Items items = read(list);
        Path table = Files.createTempFile("private-table-", ".bin");
        try {
            if (!items.items().isEmpty()) {
                ask(items, table);
            }
        } catch (StatusRuntimeException e) {
            throw BatchCheck.failure(e);
        } catch (PrivateCheckException e) {
            throw new CheckFailed(e.refusal());
        } finally {
            Files.delete(table);
        }
        return write(items.told(), out);
    }

    private Items read(Path list) throws CheckFailed, IOException {
        ItemReader reader = new ItemReader(product, clock);
        Items items = new Items(new ArrayList<>(), new ArrayList<>(), new TreeMap<>());
        try (ListReader rows = ListReader.open(list, Set.copyOf(product.fieldNames()))) {
            for (Optional<ListReader.Row> row = rows.next(); row.isPresent(); row = rows.next()) {
                long line = row.get().line();
                if (row.get().values().isEmpty()) {
                    items.told().put(line, new Told("", CliReason.LIST_ROW_SHAPE.name(), ""));
                    continue;
                }
                Map<String, String> fields = new HashMap<>();
                for (int i = 0; i < rows.fields().size(); i++) {
                    fields.put(rows.fields().get(i), row.get().values().get().get(i));
                }
                switch (reader.read(fields)) {
                    case ItemReading.Read(PrivateItem item) -> {
                        items.lines().add(line);
                        items.items().add(item);
                    }
                    case ItemReading.Malformed(Refusal refusal) ->
                        items.told().put(line, new Told("", refusal.reason().name(), ""));
                }
            }
        }
        return items;
    }

    private void ask(Items items, Path table) throws CheckFailed, PrivateCheckException, IOException {
        PublishedEpoch epoch = download(table);
        PrivateCheckClient checker = new PrivateCheckClient(epoch, new SecureRandom());
        for (int from = 0; from < items.items().size(); from += ITEMS_A_BATCH) {
            int to = Math.min(items.items().size(), from + ITEMS_A_BATCH);
            BlindedBatch blinded = checker.blind(items.items().subList(from, to));
            EvaluateResponse answer = client.privateChecks().evaluate(request(epoch, blinded));
            requireRecorded(
                    answer.getRecord(), LedgerRecord::requestDigest, BatchCommitment.of(epoch, blinded.elements()));
            FinalisedBatch finalised = checker.finalise(
                    blinded,
                    answer.getEvaluatedList().stream()
                            .map(ByteString::toByteArray)
                            .toList(),
                    answer.getProof().toByteArray());
            try (InputStream in = new BufferedInputStream(Files.newInputStream(table))) {
                tell(
                        items,
                        from,
                        checker.lookUp(finalised, in),
                        answer.getRecord().getTraceId());
            }
            progress.accept(items.lines().get(to - 1));
        }
    }

    private static void tell(Items items, int from, List<PrivateAnswer> answers, String trace) {
        for (int i = 0; i < answers.size(); i++) {
            String answer = switch (answers.get(i)) {
                case YES -> "MATCH";
                case NO -> "NO";
            };
            items.told().put(items.lines().get(from + i), new Told(answer, "", trace));
        }
    }

    /** Downloads the whole table, whatever is asked: the part that is read would tell who is meant. */
    private PublishedEpoch download(Path table) throws CheckFailed, IOException {
        Iterator<EpochPart> parts = client.privateChecks()
                .openEpoch(OpenEpochRequest.newBuilder()
                        .setGrantId(asking.grant())
                        .setProduct(asking.product())
                        .setPurpose(asking.purpose())
                        .setRegion(asking.region())
                        .build());
        if (!parts.hasNext()) {
            throw new CheckFailed(Refusal.of(VerifierReason.PRIVATE_ANSWER_MALFORMED));
        }
        EpochAnnouncement announced = parts.next().getAnnouncement();
        PublishedEpoch epoch = epoch(announced);
        requireRecorded(announced.getRecord(), LedgerRecord::answerDigest, epoch.digest());
        try (OutputStream out = Files.newOutputStream(table)) {
            while (parts.hasNext()) {
                parts.next().getTable().writeTo(out);
            }
        }
        return epoch;
    }

    private PublishedEpoch epoch(EpochAnnouncement announced) throws CheckFailed {
        return Announcements.epoch(announced)
                .filter(epoch -> epoch.product().equals(asking.product())
                        && epoch.scope().application().equals(asking.grant())
                        && epoch.scope().dataset().equals(product.registry()))
                .orElseThrow(() -> new CheckFailed(Refusal.of(VerifierReason.PRIVATE_ANSWER_MALFORMED)));
    }

    private EvaluateRequest request(PublishedEpoch epoch, BlindedBatch blinded) {
        return EvaluateRequest.newBuilder()
                .setGrantId(asking.grant())
                .setProduct(asking.product())
                .setPurpose(asking.purpose())
                .setRegion(asking.region())
                .setEpoch(epoch.scope().epoch())
                .addAllBlinded(
                        blinded.elements().stream().map(ByteString::copyFrom).toList())
                .build();
    }

    /** What is in the node's record, which auditors read, to be what this client got and sent. */
    private interface Digest {
        Optional<String> of(LedgerRecord record);
    }

    private static void requireRecorded(Record record, Digest digest, byte[] expected) throws CheckFailed {
        Optional<String> recorded =
                Receipt.parse(record.getReceipt()).map(Receipt::record).flatMap(digest::of);
        if (!recorded.equals(Optional.of(HexFormat.of().formatHex(expected)))) {
            throw new CheckFailed(Refusal.of(CliReason.RECEIPT_OF_OTHER_ROWS, record.getTraceId()));
        }
    }

    private static Map<String, Long> write(Map<Long, Told> told, Path out) throws IOException {
        Map<String, Long> counted = new TreeMap<>();
        try (Writer file = Files.newBufferedWriter(out, StandardCharsets.UTF_8)) {
            file.write(HEADER);
            for (Map.Entry<Long, Told> line : told.entrySet()) {
                Told what = line.getValue();
                file.write(line.getKey() + "," + what.answer() + "," + what.reason() + "," + what.trace() + "\n");
                counted.merge(what.answer().isEmpty() ? what.reason() : what.answer(), 1L, Long::sum);
            }
        }
        return counted;
    }
}
