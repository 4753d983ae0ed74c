package org.datareturn.sandbox.wholeroad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.grpc.Status.Code;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.datareturn.proto.v1.ChangeGrantRequest;
import org.datareturn.proto.v1.EpochAnnouncement;
import org.datareturn.proto.v1.EpochPart;
import org.datareturn.proto.v1.EvaluateRequest;
import org.datareturn.proto.v1.EvaluateResponse;
import org.datareturn.proto.v1.OpenEpochRequest;
import org.datareturn.proto.v1.Purpose;
import org.datareturn.sandbox.cli.client.Announcements;
import org.datareturn.sandbox.cli.client.Applying;
import org.datareturn.sandbox.cli.client.NodeClient;
import org.datareturn.sandbox.ledger.LedgerRecord;
import org.datareturn.sandbox.province.Person;
import org.datareturn.sandbox.province.PlainValueScan;
import org.datareturn.sandbox.province.SyntheticProvince;
import org.datareturn.sandbox.verification.privatecheck.PrivateChecks;
import org.datareturn.verifier.client.BlindedBatch;
import org.datareturn.verifier.client.PrivateCheckClient;
import org.datareturn.verifier.client.PrivateCheckException;
import org.datareturn.verifier.privatecheck.BatchCommitment;
import org.datareturn.verifier.privatecheck.ItemReader;
import org.datareturn.verifier.privatecheck.ItemReading;
import org.datareturn.verifier.privatecheck.PrivateAnswer;
import org.datareturn.verifier.privatecheck.PrivateItem;
import org.datareturn.verifier.privatecheck.PublishedEpoch;
import org.datareturn.verifier.product.Products;
import org.datareturn.verifier.reason.VerifierReason;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists that never leave the agency, by the command line and by a client of the published contract. */
class PrivateCheckIT {
    private static final Applying PRIVATE = Applying.IDENTITY_CHECK.withPrivateItems(2_000);
    private static final int PERSONS = 2000;
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
        grant = Papers.grant(node, PRIVATE, "county-applicant");
    }

    @AfterAll
    static void stop() throws IOException {
        node.close();
    }

    @Test
    void answersEveryLineAndLeavesNothingOfTheListOnTheNode() throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>(List.of("name,remark,id_number"));
        for (int i = 0; i < 300; i++) {
            Person person = province.personAt(i);
            lines.add((i % 3 == 0 ? province.personAt(i + 1).name() + "无" : person.name()) + ",x," + person.idNumber());
        }
        lines.add(province.personAt(301).name() + ",x,"
                + broken(province.personAt(301).idNumber()));
        lines.add(province.personAt(302).name());
        Path in = Files.write(folder.resolve("in.csv"), lines);
        Path out = folder.resolve("out.csv");

        PackagedJar.Ran ran = check(in, out);
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("MATCH 200").contains("NO 100");
        List<String> answers = Files.readAllLines(out);
        assertThat(answers.getFirst()).isEqualTo("line,answer,reason,trace_id");
        for (int i = 0; i < 300; i++) {
            assertThat(answers.get(i + 1)).matches((i + 2) + "," + (i % 3 == 0 ? "NO" : "MATCH") + ",,[0-9a-f]{32}");
        }
        assertThat(answers.get(301)).matches("302,,ID_NUMBER_CHECK[A-Z_]*,");
        assertThat(answers.get(302)).isEqualTo("303,,LIST_ROW_SHAPE,");
        assertThat(check(in, out).exit()).as("answers are not written over").isNotZero();

        assertThat(new PlainValueScan(province.plainValues()).in(node.data())).isEmpty();
        Path logs = Files.createDirectories(folder.resolve("logs"));
        Files.copy(node.log(), logs.resolve("server.log"));
        assertThat(new PlainValueScan(province.plainValues()).in(logs)).isEmpty();
    }

    @Test
    void recordsACommitmentAndKeepsNeitherItemsNorRows() throws IOException, PrivateCheckException {
        try (NodeClient agency = node.as("county-operator")) {
            Opened opened = open(agency, grant);
            LedgerRecord opening = Papers.recorded(node, opened.announcement().getRecord());
            assertThat(opening.answerDigest())
                    .contains(HexFormat.of().formatHex(opened.epoch().digest()));
            PrivateCheckClient client = new PrivateCheckClient(opened.epoch(), new SecureRandom());
            BlindedBatch blinded = client.blind(List.of(item(400, 400), item(401, 402)));
            EvaluateResponse answer = agency.privateChecks().evaluate(request(grant, opened, blinded.elements()));
            assertThat(client.lookUp(
                            client.finalise(
                                    blinded,
                                    evaluated(answer),
                                    answer.getProof().toByteArray()),
                            new ByteArrayInputStream(opened.table())))
                    .containsExactly(PrivateAnswer.YES, PrivateAnswer.NO);
            LedgerRecord record = Papers.recorded(node, answer.getRecord());
            assertThat(record.outcome()).isEqualTo("PRIVATE_BATCH_OF_2");
            assertThat(record.grantId()).contains(grant);
            assertThat(record.requestDigest())
                    .contains(HexFormat.of().formatHex(BatchCommitment.of(opened.epoch(), blinded.elements())));

            List<byte[]> traces = new ArrayList<>(blinded.elements());
            traces.addAll(evaluated(answer));
            traces.add(Arrays.copyOfRange(opened.table(), 32, 48));
            assertThat(holdsAny(node.folder(), traces))
                    .as("blinded, evaluated or a label")
                    .isFalse();
        }
    }

    @Test
    void noticesAProofThatDoesNotHold() throws IOException, PrivateCheckException {
        try (NodeClient agency = node.as("county-operator")) {
            Opened opened = open(agency, grant);
            PrivateCheckClient client = new PrivateCheckClient(opened.epoch(), new SecureRandom());
            BlindedBatch blinded = client.blind(List.of(item(500, 500), item(501, 501)));
            EvaluateResponse answer = agency.privateChecks().evaluate(request(grant, opened, blinded.elements()));
            byte[] proof = answer.getProof().toByteArray();
            proof[63] ^= 1;
            refusesProof(client, blinded, evaluated(answer), proof);
            List<byte[]> swapped = new ArrayList<>(evaluated(answer));
            Collections.swap(swapped, 0, 1);
            refusesProof(client, blinded, swapped, answer.getProof().toByteArray());
            byte[] table = opened.table();
            table[100] ^= 1;
            assertThatExceptionOfType(PrivateCheckException.class)
                    .isThrownBy(() -> client.lookUp(
                            client.finalise(
                                    blinded,
                                    evaluated(answer),
                                    answer.getProof().toByteArray()),
                            new ByteArrayInputStream(table)))
                    .matches(e -> e.refusal().reason() == VerifierReason.PRIVATE_TABLE_NOT_ANNOUNCED);
        }
    }

    @Test
    void refusesWhatIsNoBatchAndWhoHasNoGrant() throws IOException, PrivateCheckException {
        try (NodeClient agency = node.as("county-operator");
                NodeClient foreign = node.as("foreign-agency")) {
            Opened opened = open(agency, grant);
            byte[] sound = new PrivateCheckClient(opened.epoch(), new SecureRandom())
                    .blind(List.of(item(1, 1)))
                    .elements()
                    .getFirst();
            Map<String, List<byte[]>> faults = Map.of(
                    "identity", List.of(sound, new byte[1]),
                    "zeros", List.of(new byte[33]),
                    "too short", List.of(Arrays.copyOf(sound, 32)),
                    "too long", List.of(Arrays.copyOf(sound, 34)),
                    "x beyond the field", List.of(filled((byte) 0xff)));
            for (List<byte[]> fault : faults.values()) {
                Papers.refused(
                        node,
                        Code.INVALID_ARGUMENT,
                        "PRIVATE_ELEMENT",
                        () -> agency.privateChecks().evaluate(request(grant, opened, fault)));
            }
            for (List<byte[]> size :
                    List.of(List.<byte[]>of(), Collections.nCopies(PrivateChecks.MOST_ITEMS + 1, sound))) {
                Papers.refused(
                        node,
                        Code.INVALID_ARGUMENT,
                        "PRIVATE_BATCH_SIZE",
                        () -> agency.privateChecks().evaluate(request(grant, opened, size)));
            }
            Papers.refused(
                    node,
                    Code.NOT_FOUND,
                    "PRIVATE_EPOCH_NOT_OPEN",
                    () -> agency.privateChecks()
                            .evaluate(request(grant, opened, List.of(sound)).toBuilder()
                                    .setEpoch("2020-01")
                                    .build()));
            Papers.refused(
                    node,
                    Code.PERMISSION_DENIED,
                    "PRODUCT_NOT_GRANTED",
                    () -> agency.privateChecks()
                            .evaluate(request(grant, opened, List.of(sound)).toBuilder()
                                    .setProduct("no-such-product")
                                    .build()));
            Papers.refused(
                    node,
                    Code.PERMISSION_DENIED,
                    "PRODUCT_NOT_GRANTED",
                    () -> agency.privateChecks()
                            .evaluate(request(grant, opened, List.of(sound)).toBuilder()
                                    .setProduct("marriage-check")
                                    .build()));
            Papers.refused(
                    node,
                    Code.NOT_FOUND,
                    "GRANT_UNKNOWN",
                    () -> foreign.privateChecks().openEpoch(opening(grant)).next());
            Papers.refused(
                    node,
                    Code.NOT_FOUND,
                    "GRANT_UNKNOWN",
                    () -> foreign.privateChecks().evaluate(request(grant, opened, List.of(sound))));
        }
    }

    @Test
    void answersNobodyWhoseGrantDoesNotSayHowMuch() throws IOException {
        String ordinary = Papers.grant(node, Applying.IDENTITY_CHECK, "county-applicant");
        try (NodeClient agency = node.as("county-operator")) {
            Papers.refused(
                    node,
                    Code.PERMISSION_DENIED,
                    "PRIVATE_CHECK_NOT_GRANTED",
                    () -> agency.privateChecks().openEpoch(opening(ordinary)).next());
        }
    }

    @Test
    void takesABatchOnceAndWithinItsTimeOnly() throws IOException, PrivateCheckException {
        String own = Papers.grant(node, PRIVATE, "county-applicant");
        try (NodeClient agency = node.as("county-operator")) {
            Opened opened = open(agency, own);
            byte[] element = new PrivateCheckClient(opened.epoch(), new SecureRandom())
                    .blind(List.of(item(8, 8)))
                    .elements()
                    .getFirst();
            Instant now = Clock.systemUTC().instant();
            EvaluateRequest stamped = request(own, opened, List.of(element)).toBuilder()
                    .setNonce("private-" + now.toEpochMilli())
                    .setRequestedAt(Timestamp.newBuilder()
                            .setSeconds(now.getEpochSecond())
                            .setNanos(now.getNano()))
                    .build();
            long left = agency.privateChecks().evaluate(stamped).getQuotaLeft();
            Papers.refused(
                    node,
                    Code.FAILED_PRECONDITION,
                    "REQUEST_REPEATED",
                    () -> agency.privateChecks().evaluate(stamped));
            Papers.refused(
                    node,
                    Code.FAILED_PRECONDITION,
                    "REQUEST_OUTSIDE_WINDOW",
                    () -> agency.privateChecks()
                            .evaluate(stamped.toBuilder()
                                    .setNonce(stamped.getNonce() + "-early")
                                    .setRequestedAt(Timestamp.newBuilder().setSeconds(now.getEpochSecond() - 360))
                                    .build()));
            Papers.refused(
                    node,
                    Code.INVALID_ARGUMENT,
                    "REQUEST_NOT_STAMPED",
                    () -> agency.privateChecks()
                            .evaluate(stamped.toBuilder().setNonce("short").build()));
            assertThat(agency.privateChecks()
                            .evaluate(request(own, opened, List.of(element)))
                            .getQuotaLeft())
                    .as("what was refused was not counted")
                    .isEqualTo(left - 1);
        }
    }

    @Test
    void countsEvaluationsOverAKillAndRefusesASuspendedGrant()
            throws IOException, InterruptedException, PrivateCheckException {
        String spent = Papers.grant(node, PRIVATE, "county-applicant");
        byte[] element;
        try (NodeClient agency = node.as("county-operator")) {
            Opened opened = open(agency, spent);
            element = new PrivateCheckClient(opened.epoch(), new SecureRandom())
                    .blind(List.of(item(7, 7)))
                    .elements()
                    .getFirst();
            int all = Math.toIntExact(PRIVATE.privateItemsPerDay());
            EvaluateResponse most =
                    agency.privateChecks().evaluate(request(spent, opened, Collections.nCopies(all - 1, element)));
            assertThat(most.getQuotaLeft()).isEqualTo(1);
            Papers.refused(
                    node,
                    Code.RESOURCE_EXHAUSTED,
                    "PRIVATE_QUOTA_USED_UP",
                    () -> agency.privateChecks().evaluate(request(spent, opened, List.of(element, element))));
        }
        node.kill();
        node.restart();
        try (NodeClient agency = node.as("county-operator");
                NodeClient officer = node.as("security-officer")) {
            Opened opened = open(agency, spent);
            Papers.refused(
                    node,
                    Code.RESOURCE_EXHAUSTED,
                    "PRIVATE_QUOTA_USED_UP",
                    () -> agency.privateChecks().evaluate(request(spent, opened, List.of(element, element))));
            assertThat(agency.privateChecks()
                            .evaluate(request(spent, opened, List.of(element)))
                            .getQuotaLeft())
                    .isZero();
            officer.grants()
                    .suspend(ChangeGrantRequest.newBuilder()
                            .setId(spent)
                            .setReason("测试")
                            .build());
            Papers.refused(
                    node,
                    Code.FAILED_PRECONDITION,
                    "GRANT_SUSPENDED",
                    () -> agency.privateChecks().evaluate(request(spent, opened, List.of(element))));
            Papers.refused(
                    node,
                    Code.FAILED_PRECONDITION,
                    "GRANT_SUSPENDED",
                    () -> agency.privateChecks().openEpoch(opening(spent)).next());
        }
    }

    private static void refusesProof(
            PrivateCheckClient client, BlindedBatch blinded, List<byte[]> evaluated, byte[] proof) {
        assertThatExceptionOfType(PrivateCheckException.class)
                .isThrownBy(() -> client.finalise(blinded, evaluated, proof))
                .matches(e -> e.refusal().reason() == VerifierReason.PRIVATE_PROOF_REFUSED);
    }

    private PackagedJar.Ran check(Path in, Path out) throws IOException, InterruptedException {
        return PackagedJar.run(
                "check",
                "--grant",
                grant,
                "--region",
                REGION,
                "--private",
                in.toString(),
                "--out",
                out.toString(),
                "--identities",
                node.identities().toString(),
                "--port",
                Integer.toString(node.port()));
    }

    /** An epoch as a client of the contract gets it. */
    private record Opened(EpochAnnouncement announcement, PublishedEpoch epoch, ByteString sealed) {
        byte[] table() {
            return sealed.toByteArray();
        }
    }

    private static Opened open(NodeClient agency, String under) {
        Iterator<EpochPart> parts = agency.privateChecks().openEpoch(opening(under));
        EpochAnnouncement announced = parts.next().getAnnouncement();
        ByteString table = ByteString.EMPTY;
        while (parts.hasNext()) {
            table = table.concat(parts.next().getTable());
        }
        return new Opened(announced, Announcements.epoch(announced).orElseThrow(), table);
    }

    private static OpenEpochRequest opening(String under) {
        return OpenEpochRequest.newBuilder()
                .setGrantId(under)
                .setProduct("identity-check")
                .setPurpose(Purpose.PURPOSE_ADMINISTRATIVE_BASIS)
                .setRegion(REGION)
                .build();
    }

    private static EvaluateRequest request(String under, Opened opened, List<byte[]> blinded) {
        return EvaluateRequest.newBuilder()
                .setGrantId(under)
                .setProduct("identity-check")
                .setPurpose(Purpose.PURPOSE_ADMINISTRATIVE_BASIS)
                .setRegion(REGION)
                .setEpoch(opened.epoch().scope().epoch())
                .addAllBlinded(blinded.stream().map(ByteString::copyFrom).toList())
                .build();
    }

    private static List<byte[]> evaluated(EvaluateResponse answer) {
        return answer.getEvaluatedList().stream().map(ByteString::toByteArray).toList();
    }

    private static PrivateItem item(int number, int name) {
        ItemReader reader = new ItemReader(
                Products.standard().named("identity-check").orElseThrow(), Clock.system(ZoneId.systemDefault()));
        ItemReading reading = reader.read(Map.of(
                "id_number", province.personAt(number).idNumber(),
                "name", province.personAt(name).name()));
        assertThat(reading).isInstanceOf(ItemReading.Read.class);
        return ((ItemReading.Read) reading).item();
    }

    private static byte[] filled(byte with) {
        byte[] bytes = new byte[33];
        Arrays.fill(bytes, with);
        bytes[0] = 3;
        return bytes;
    }

    /** The number with its check character moved on by one. */
    private static String broken(String number) {
        char last = number.charAt(17);
        return number.substring(0, 17) + (last == '9' || last == 'X' ? '0' : (char) (last + 1));
    }

    /** Whether any file of a folder holds one of these, as bytes or in hexadecimal. */
    private static boolean holdsAny(Path where, List<byte[]> wanted) throws IOException {
        try (Stream<Path> files = Files.walk(where)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                for (byte[] one : wanted) {
                    if (content.contains(new String(one, StandardCharsets.ISO_8859_1))
                            || content.contains(HexFormat.of().formatHex(one))) {
                        return true;
                    }
                }
            }
            return false;
        }
    }
}
