package org.datareturn.sandbox.wholeroad;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.datareturn.proto.v1.BatchOpening;
import org.datareturn.proto.v1.BatchRow;
import org.datareturn.proto.v1.BatchRows;
import org.datareturn.proto.v1.ChangeGrantRequest;
import org.datareturn.proto.v1.Purpose;
import org.datareturn.proto.v1.TraceRequest;
import org.datareturn.proto.v1.TraceResponse;
import org.datareturn.proto.v1.VerificationAnswer;
import org.datareturn.proto.v1.VerifyBatchRequest;
import org.datareturn.proto.v1.VerifyBatchResponse;
import org.datareturn.sandbox.cli.client.Applying;
import org.datareturn.sandbox.cli.client.NodeClient;
import org.datareturn.sandbox.ledger.LedgerRecord;
import org.datareturn.sandbox.province.Person;
import org.datareturn.sandbox.province.SyntheticProvince;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists of rows on one stream, by the command line and by a client of the published contract. */
class BatchIT {
    private static final int PERSONS = 4000;
    private static final String REGION = "370812";

    private static NodeProcess node;
    private static SyntheticProvince province;
    private static String grant;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        node = NodeProcess.start(PERSONS);
        province = SyntheticProvince.generate(NodeProcess.SEED, PERSONS);
        grant = Papers.grant(node, Applying.IDENTITY_CHECK, "county-applicant");
    }

    @AfterAll
    static void stop() throws IOException {
        node.close();
    }

    @Test
    void answersEveryLineOnceInOrderAndNamesBadOnes() throws IOException, InterruptedException {
        Path in = list(2500, 3, "");
        Path out = folder.resolve("out.csv");
        PackagedJar.Ran ran = check(in, out);
        assertThat(ran.exit()).as(ran.err()).isZero();
        List<String> lines = Files.readAllLines(out);
        assertThat(lines).hasSize(2501);
        assertThat(lines.getFirst()).isEqualTo("line,answer,reason,trace_id");
        for (int i = 1; i < lines.size(); i++) {
            assertThat(lines.get(i)).startsWith((i + 1) + ",");
        }
        assertThat(lines.get(1)).matches("2,MATCH,,[0-9a-f]{32}");
        assertThat(lines.get(1000)).matches("1001,NO,,[0-9a-f]{32}");
        assertThat(lines.get(1500)).matches("1501,,ID_NUMBER_CHECK[A-Z_]*,[0-9a-f]{32}");
        assertThat(lines.get(2000)).isEqualTo("2001,,LIST_ROW_SHAPE,");
        assertThat(lines.stream().filter(line -> line.contains(",MATCH,"))).hasSize(2497);

        // As a run leaves it that was ended in the middle of a line.
        String whole = Files.readString(out);
        Files.writeString(out, whole.substring(0, whole.length() / 2 - 7));
        assertThat(check(in, out).exit()).isZero();
        assertThat(Files.readString(out))
                .as("the same answers, under the same traces")
                .isEqualTo(whole);
    }

    @Test
    void remembersOverAKillAndGivesEveryRowItsTrace() throws IOException, InterruptedException {
        Path in = list(1200, 1300, "");
        Path out = folder.resolve("out.csv");
        assertThat(check(in, out).exit()).isZero();
        String whole = Files.readString(out);
        node.kill();
        node.restart();
        String header = whole.substring(0, whole.indexOf('\n') + 1);
        Files.writeString(out, header);
        assertThat(check(in, out).exit()).isZero();
        assertThat(Files.readString(out)).isEqualTo(whole);
        String[] row = whole.lines().skip(900).findFirst().orElseThrow().split(",", -1);
        try (NodeClient auditor = node.as("auditor")) {
            TraceResponse trace = auditor.ledger()
                    .trace(TraceRequest.newBuilder().setTraceId(row[3]).build());
            assertThat(trace.getBatchRow())
                    .startsWith(row[0] + "\t" + row[3] + "\t")
                    .endsWith("\t" + row[1]);
            assertThat(trace.getRecordJson()).contains("BATCH_OF_").contains(grant);
            assertThat(trace.getReviewersCount()).isEqualTo(2);
        }
    }

    @Test
    void stopsWithinTheBatchWhenTheGrantIsSuspended() throws IOException, InterruptedException {
        String ending = Papers.grant(node, Applying.IDENTITY_CHECK, "county-applicant");
        try (NodeClient agency = node.as("county-operator");
                NodeClient officer = node.as("security-officer")) {
            Stream stream = Stream.open(agency, Integer.MAX_VALUE);
            stream.send(opening(ending, "suspended"));
            stream.send(rows(1, 10, 100));
            VerifyBatchResponse first = stream.next();
            assertThat(first.getRowsList())
                    .hasSize(10)
                    .allMatch(row -> row.getAnswer() == VerificationAnswer.VERIFICATION_ANSWER_MATCH);
            LedgerRecord record = Papers.recorded(node, first.getRecord());
            assertThat(record.grantId()).contains(ending);
            assertThat(record.answerDigest()).isPresent();
            officer.grants()
                    .suspend(ChangeGrantRequest.newBuilder()
                            .setId(ending)
                            .setReason("测试")
                            .build());
            stream.send(rows(11, 10, 110));
            Papers.refused(node, Code.FAILED_PRECONDITION, "GRANT_SUSPENDED", stream::failure);
        }
    }

    @Test
    void answersAgainFromMemoryAndRefusesAnotherRequestUnderItsNumber() throws IOException, InterruptedException {
        try (NodeClient agency = node.as("county-operator")) {
            Stream stream = Stream.open(agency, Integer.MAX_VALUE);
            stream.send(opening(grant, "again"));
            stream.send(rows(1, 5, 200));
            VerifyBatchResponse first = stream.next();
            stream.end();
            Stream again = Stream.open(agency, Integer.MAX_VALUE);
            again.send(opening(grant, "again"));
            again.send(rows(3, 5, 200));
            VerifyBatchResponse second = again.next();
            for (int i = 0; i < 3; i++) {
                assertThat(second.getRows(i).getRemembered()).isTrue();
                assertThat(second.getRows(i).getTraceId())
                        .isEqualTo(first.getRows(i + 2).getTraceId());
            }
            assertThat(second.getRows(3).getRemembered()).isFalse();
            again.end();
            Stream other = Stream.open(agency, Integer.MAX_VALUE);
            other.send(opening(grant, "again"));
            other.send(rows(1, 1, 300));
            assertThat(other.next().getRows(0).getReason()).isEqualTo("BATCH_ROW_DIFFERS");
            other.end();
        }
    }

    @Test
    void countsEachRowOnceHoweverManyStreamsOpenItsBatchAtOnce() throws IOException, InterruptedException {
        for (int round = 0; round < 4; round++) {
            String limited = Papers.grantOf(node, 250);
            try (NodeClient agency = node.as("county-operator")) {
                List<Stream> streams = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    Stream stream = Stream.open(agency, Integer.MAX_VALUE);
                    stream.send(opening(limited, "at-once"));
                    streams.add(stream);
                }
                VerifyBatchRequest same = rows(1, 100, 100 * round);
                streams.forEach(stream -> stream.send(same));
                for (Stream stream : streams) {
                    assertThat(stream.next().getRowsList())
                            .hasSize(100)
                            .allMatch(row -> row.getAnswer() == VerificationAnswer.VERIFICATION_ANSWER_MATCH);
                    stream.end();
                }
                Stream rest = Stream.open(agency, Integer.MAX_VALUE);
                rest.send(opening(limited, "the-rest"));
                rest.send(rows(1, 200, 1000 + 200 * round));
                assertThat(rest.next().getRowsList())
                        .as("answered of the quota that is left")
                        .hasSize(150);
                Papers.refused(node, Code.RESOURCE_EXHAUSTED, "GRANT_QUOTA_USED_UP", rest::failure);
            }
        }
    }

    @Test
    void takesNoMoreRowsThanItsClientReadsAnswersFor() throws IOException, InterruptedException {
        try (NodeClient agency = node.as("county-operator")) {
            Stream stream = Stream.open(agency, 0);
            stream.send(opening(grant, "slow-reader"));
            int sent = 0;
            // The stream's own word: it takes messages until its window is full. Nobody reads an answer meanwhile.
            while (sent < 400 && stream.awaitReady()) {
                stream.send(rows(1 + 1000L * sent, 1000, 0));
                sent++;
            }
            assertThat(sent)
                    .as("messages of 1,000 rows taken while no answer is read")
                    .isLessThan(60);
            stream.readOn();
            long answered = 0;
            while (answered < 1000L * sent) {
                answered += stream.next().getRowsCount();
            }
            stream.end();
        }
    }

    @Test
    void opensNoMoreStreamsOfOneOperatorThanItHasPlacesFor() throws IOException, InterruptedException {
        try (NodeClient agency = node.as("county-operator")) {
            List<Stream> open = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                Stream stream = Stream.open(agency, Integer.MAX_VALUE);
                stream.send(opening(grant, "place-" + i));
                stream.send(rows(1, 1, i));
                stream.next();
                open.add(stream);
            }
            Stream tooMany = Stream.open(agency, Integer.MAX_VALUE);
            tooMany.send(opening(grant, "place-16"));
            tooMany.send(rows(1, 1, 16));
            Papers.refused(node, Code.RESOURCE_EXHAUSTED, "BATCH_STREAMS", tooMany::failure);
            for (Stream stream : open) {
                stream.end();
            }
            Stream again = Stream.open(agency, Integer.MAX_VALUE);
            again.send(opening(grant, "place-16"));
            again.send(rows(1, 1, 16));
            assertThat(again.next().getRowsList()).hasSize(1);
            again.end();
        }
    }

    @Test
    void refusesAnOpeningNoStreamShouldHold() throws IOException, InterruptedException {
        try (NodeClient agency = node.as("county-operator")) {
            Stream stream = Stream.open(agency, Integer.MAX_VALUE);
            stream.send(opening("g".repeat(100_000), "long"));
            Papers.refused(node, Code.INVALID_ARGUMENT, "FIELD_MALFORMED", stream::failure);
        }
    }

    @Test
    void refusesWhatIsNoBatch() throws IOException, InterruptedException {
        try (NodeClient agency = node.as("county-operator");
                NodeClient foreign = node.as("foreign-agency")) {
            Stream early = Stream.open(agency, Integer.MAX_VALUE);
            early.send(rows(1, 1, 0));
            Papers.refused(node, Code.INVALID_ARGUMENT, "BATCH_OPENING", early::failure);
            Stream back = Stream.open(agency, Integer.MAX_VALUE);
            back.send(opening(grant, "back"));
            back.send(rows(2, 1, 0));
            back.next();
            back.send(rows(1, 1, 0));
            Papers.refused(node, Code.INVALID_ARGUMENT, "BATCH_ROWS", back::failure);
            Stream theirs = Stream.open(foreign, Integer.MAX_VALUE);
            theirs.send(opening(grant, "theirs"));
            theirs.send(rows(1, 1, 0));
            Papers.refused(node, Code.NOT_FOUND, "GRANT_UNKNOWN", theirs::failure);
        }
    }

    private PackagedJar.Ran check(Path in, Path out) throws IOException, InterruptedException {
        return PackagedJar.run(
                "check",
                "--grant",
                grant,
                "--region",
                REGION,
                "--batch",
                in.toString(),
                "--out",
                out.toString(),
                "--identities",
                node.identities().toString(),
                "--port",
                Integer.toString(node.port()));
    }

    /** A list of persons from an index on; line 1001 a wrong name, 1501 a wrong check character, 2001 a value too few. */
    private Path list(int count, int from, String more) throws IOException {
        List<String> lines = new ArrayList<>(List.of("name,remark,id_number"));
        for (int i = 0; i < count; i++) {
            Person person = province.personAt(from + i);
            String number = person.idNumber();
            int line = i + 2;
            String name = line == 1001 ? "欧阳无名" : person.name();
            if (line == 1501) {
                char last = number.charAt(17);
                number = number.substring(0, 17) + (last == '9' || last == 'X' ? '0' : (char) (last + 1));
            }
            lines.add(line == 2001 ? name : name + ",\"a, b\"," + number + more);
        }
        return Files.write(folder.resolve("in.csv"), lines);
    }

    private static VerifyBatchRequest opening(String under, String id) {
        return VerifyBatchRequest.newBuilder()
                .setOpening(BatchOpening.newBuilder()
                        .setGrantId(under)
                        .setProduct("identity-check")
                        .setPurpose(Purpose.PURPOSE_ADMINISTRATIVE_BASIS)
                        .setRegion(REGION)
                        .setBatchId(id)
                        .addFieldNames("id_number")
                        .addFieldNames("name"))
                .build();
    }

    private static VerifyBatchRequest rows(long first, int count, int person) {
        BatchRows.Builder rows = BatchRows.newBuilder();
        for (int i = 0; i < count; i++) {
            Person one = province.personAt((int) ((person + first + i) % 3000));
            rows.addRows(BatchRow.newBuilder()
                    .setRow(first + i)
                    .addValues(one.idNumber())
                    .addValues(one.name()));
        }
        return VerifyBatchRequest.newBuilder().setRows(rows).build();
    }

    /** One stream of a test: what is answered waits to be taken. */
    private static final class Stream implements ClientResponseObserver<VerifyBatchRequest, VerifyBatchResponse> {
        private static final long SECONDS = 30;

        private final int unread;
        private final BlockingQueue<Object> answers = new LinkedBlockingQueue<>();
        private final BlockingQueue<Boolean> ready = new LinkedBlockingQueue<>();
        private Optional<ClientCallStreamObserver<VerifyBatchRequest>> stream = Optional.empty();

        private Stream(int unread) {
            this.unread = unread;
        }

        static Stream open(NodeClient client, int unread) {
            Stream stream = new Stream(unread);
            client.verificationStreams().verifyBatch(stream);
            return stream;
        }

        @Override
        public void beforeStart(ClientCallStreamObserver<VerifyBatchRequest> begun) {
            stream = Optional.of(begun);
            begun.disableAutoRequestWithInitial(unread);
            begun.setOnReadyHandler(() -> ready.add(true));
        }

        private ClientCallStreamObserver<VerifyBatchRequest> out() {
            return stream.orElseThrow();
        }

        void send(VerifyBatchRequest message) {
            out().onNext(message);
        }

        /** Whether the node takes one more, soon. */
        boolean awaitReady() throws InterruptedException {
            while (!out().isReady()) {
                if (ready.poll(5, TimeUnit.SECONDS) == null) {
                    return out().isReady();
                }
            }
            return true;
        }

        void readOn() {
            out().request(Integer.MAX_VALUE);
        }

        VerifyBatchResponse next() throws InterruptedException {
            Object answer = answers.poll(SECONDS, TimeUnit.SECONDS);
            assertThat(answer).isInstanceOf(VerifyBatchResponse.class);
            return (VerifyBatchResponse) answer;
        }

        void end() throws InterruptedException {
            out().onCompleted();
            assertThat(answers.poll(SECONDS, TimeUnit.SECONDS)).isEqualTo("completed");
        }

        /** Throws what the stream ended with. */
        void failure() throws InterruptedException {
            Object answer = answers.poll(SECONDS, TimeUnit.SECONDS);
            assertThat(answer).isInstanceOf(StatusRuntimeException.class);
            throw (StatusRuntimeException) answer;
        }

        @Override
        public void onNext(VerifyBatchResponse value) {
            answers.add(value);
        }

        @Override
        public void onError(Throwable broken) {
            answers.add(broken);
        }

        @Override
        public void onCompleted() {
            answers.add("completed");
        }
    }
}
