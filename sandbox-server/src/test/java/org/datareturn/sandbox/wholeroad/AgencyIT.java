package org.datareturn.sandbox.wholeroad;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status.Code;
import io.grpc.TlsChannelCredentials;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.datareturn.proto.v1.ChangeGrantRequest;
import org.datareturn.proto.v1.Purpose;
import org.datareturn.proto.v1.QuotaLeft;
import org.datareturn.proto.v1.RefusalDetail;
import org.datareturn.proto.v1.TraceRequest;
import org.datareturn.proto.v1.TraceResponse;
import org.datareturn.proto.v1.VerificationAnswer;
import org.datareturn.proto.v1.VerificationServiceGrpc;
import org.datareturn.proto.v1.VerificationServiceGrpc.VerificationServiceBlockingStub;
import org.datareturn.proto.v1.VerifyRequest;
import org.datareturn.proto.v1.VerifyResponse;
import org.datareturn.sandbox.cli.client.Applying;
import org.datareturn.sandbox.cli.client.FreshRequests;
import org.datareturn.sandbox.cli.client.NodeClient;
import org.datareturn.sandbox.ledger.LedgerRecord;
import org.datareturn.sandbox.ledger.Receipt;
import org.datareturn.sandbox.province.Person;
import org.datareturn.verifier.normalise.IdNumber;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An agency at the node: a plain gRPC client made from the published definitions, with its certificate or its token. */
@ExtendWith(SharedNode.class)
class AgencyIT {
    private static final String WITHIN = "370812";
    private static final Duration SHORT = Duration.ofSeconds(30);

    private static NodeProcess node;
    private static Person person;
    private static Person other;
    private static String grant;
    private static String endingGrant;
    private static CompletableFuture<Void> ended;
    private static ManagedChannel agency;

    @BeforeAll
    static void applyAndBeGranted(SharedNode.Running shared) throws IOException {
        node = shared.node();
        person = shared.province().personAt(17);
        other = shared.province().personAt(1234);
        grant = Papers.grant(node, Applying.IDENTITY_CHECK, "county-applicant");
        ended = CompletableFuture.runAsync(
                () -> {}, CompletableFuture.delayedExecutor(SHORT.toSeconds() + 1, TimeUnit.SECONDS));
        endingGrant = Papers.grantFor(node, SHORT);
        agency = channel("county-operator");
    }

    @AfterAll
    static void hangUp() {
        agency.shutdownNow();
    }

    @Test
    void answersMatchWithSourceAndReceiptTracedToTwoReviewers() throws IOException {
        VerifyResponse answer = stub(agency).verify(asked().build());
        assertThat(answer.getAnswer()).isEqualTo(VerificationAnswer.VERIFICATION_ANSWER_MATCH);
        assertThat(answer.getSource().getProvider()).isNotBlank();
        assertThat(answer.getSource().getAcquiredOn()).isEqualTo("2025-12-31");
        LedgerRecord record = Papers.recorded(node, answer.getRecord());
        assertThat(record.kind()).isEqualTo(LedgerRecord.Kind.VERIFICATION);
        assertThat(record.outcome()).isEqualTo("MATCH");
        assertThat(record.operator()).isEqualTo("county-operator");
        assertThat(record.grantId()).contains(grant);
        assertThat(record.policyRevision()).startsWith("sha256:");
        try (NodeClient auditor = node.as("auditor")) {
            TraceResponse trace = auditor.ledger()
                    .trace(TraceRequest.newBuilder()
                            .setTraceId(answer.getRecord().getTraceId())
                            .build());
            assertThat(trace.getReviewersList())
                    .extracting(step -> step.getReviewer())
                    .containsExactly("city-formal-reviewer", "province-content-reviewer");
        }
    }

    @Test
    void answersOneAndTheSameNoForAnotherNameAndForNobody() throws IOException {
        VerifyResponse anothersName =
                stub(agency).verify(asked().putFields("name", other.name()).build());
        VerifyResponse nobody =
                stub(agency).verify(asked().putFields("id_number", ofNobody()).build());
        assertThat(anothersName.getAnswer()).isEqualTo(VerificationAnswer.VERIFICATION_ANSWER_NO);
        assertThat(nobody.getAnswer()).isEqualTo(VerificationAnswer.VERIFICATION_ANSWER_NO);
        assertThat(Papers.recorded(node, nobody.getRecord()).outcome())
                .as("nor does the record tell the two apart")
                .isEqualTo(Papers.recorded(node, anothersName.getRecord()).outcome());
    }

    @Test
    void saysWithEveryAnswerWhatIsLeftOfItsOwnQuotas() throws IOException, InterruptedException {
        String fresh = Papers.grant(node, Applying.IDENTITY_CHECK, "county-applicant");
        VerifyRequest.Builder request = asked().setGrantId(fresh);
        QuotaLeft first = stub(agency).verify(request.build()).getQuotaLeft();
        QuotaLeft second = stub(agency)
                .verify(request.putFields("name", other.name()).build())
                .getQuotaLeft();
        assertThat(first.getGrantCalls()).isPositive();
        assertThat(second.getGrantCalls()).as("a no costs as much").isEqualTo(first.getGrantCalls() - 1);
        assertThat(second.getOperatorCalls()).isEqualTo(first.getOperatorCalls() - 1);
        PackagedJar.Ran ran = PackagedJar.run(
                "check",
                "--json",
                "--grant",
                fresh,
                "--region",
                WITHIN,
                "--identities",
                node.identities().toString(),
                "--port",
                Integer.toString(node.port()),
                "id_number=" + person.idNumber(),
                "name=" + person.name());
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.out())
                .contains("\"answer\":\"MATCH\"")
                .contains("\"grant_calls_left\":" + (second.getGrantCalls() - 1))
                .contains("\"operator_calls_left\":" + (second.getOperatorCalls() - 1));
    }

    @Test
    void acceptsABearerTokenInsteadOfACertificate() throws IOException {
        ManagedChannel bare = bareChannel();
        try {
            VerifyResponse answer = withToken(bare, token()).verify(asked().build());
            assertThat(answer.getAnswer()).isEqualTo(VerificationAnswer.VERIFICATION_ANSWER_MATCH);
            assertThat(Papers.recorded(node, answer.getRecord()).operator()).isEqualTo("county-operator");
        } finally {
            bare.shutdownNow();
        }
    }

    @Test
    void takesARequestOnceAndWithinItsTimeOnly() throws IOException {
        Instant now = Clock.systemUTC().instant();
        VerifyRequest stamped = asked().setNonce("nonce-" + now.toEpochMilli() + "-once")
                .setRequestedAt(timestamp(now))
                .build();
        assertThat(stub(agency).verify(stamped).getAnswer()).isEqualTo(VerificationAnswer.VERIFICATION_ANSWER_MATCH);
        Papers.refused(
                node,
                Code.FAILED_PRECONDITION,
                "REQUEST_REPEATED",
                () -> stub(agency).verify(stamped));
        for (Duration apart : List.of(Duration.ofMinutes(-6), Duration.ofMinutes(6))) {
            Papers.refused(
                    node,
                    Code.FAILED_PRECONDITION,
                    "REQUEST_OUTSIDE_WINDOW",
                    () -> stub(agency)
                            .verify(stamped.toBuilder()
                                    .setNonce(stamped.getNonce() + "-more")
                                    .setRequestedAt(timestamp(now.plus(apart)))
                                    .build()));
        }
        for (VerifyRequest unstamped : List.of(
                stamped.toBuilder().setNonce("short").build(),
                stamped.toBuilder().clearRequestedAt().build())) {
            Papers.refused(
                    node,
                    Code.INVALID_ARGUMENT,
                    "REQUEST_NOT_STAMPED",
                    () -> stub(agency).verify(unstamped));
        }
    }

    private static com.google.protobuf.Timestamp timestamp(Instant at) {
        return com.google.protobuf.Timestamp.newBuilder()
                .setSeconds(at.getEpochSecond())
                .setNanos(at.getNano())
                .build();
    }

    /** One thing wrong with an otherwise good request. */
    record Wrong(String what, Code code, String reason, UnaryOperator<VerifyRequest.Builder> change) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Wrong> wrongs() {
        return Stream.of(
                new Wrong(
                        "wrong check character",
                        Code.INVALID_ARGUMENT,
                        "ID_NUMBER_CHECK",
                        r -> r.putFields("id_number", wrongCheck(person.idNumber()))),
                new Wrong(
                        "a number cut short",
                        Code.INVALID_ARGUMENT,
                        "ID_NUMBER_LENGTH",
                        r -> r.putFields("id_number", person.idNumber().substring(1))),
                new Wrong(
                        "SQL for a number",
                        Code.INVALID_ARGUMENT,
                        "ID_NUMBER_CHARACTER",
                        r -> r.putFields("id_number", "37081219900101'OR1")),
                new Wrong("an empty name", Code.INVALID_ARGUMENT, "PERSON_NAME_EMPTY", r -> r.putFields("name", " ")),
                new Wrong("a missing field", Code.INVALID_ARGUMENT, "FIELD_MISSING", r -> r.removeFields("name")),
                new Wrong(
                        "a field too many",
                        Code.PERMISSION_DENIED,
                        "FIELD_NOT_GRANTED",
                        r -> r.putFields("birth_date", "1990-01-01")),
                new Wrong(
                        "a product nobody has",
                        Code.PERMISSION_DENIED,
                        "PRODUCT_NOT_GRANTED",
                        r -> r.setProduct("no-such-product")),
                new Wrong("no purpose", Code.INVALID_ARGUMENT, "REQUEST_FIELD_MISSING", r -> r.clearPurpose()),
                new Wrong(
                        "a purpose of the future",
                        Code.INVALID_ARGUMENT,
                        "REQUEST_FIELD_MISSING",
                        r -> r.setPurposeValue(99)),
                new Wrong(
                        "another purpose",
                        Code.PERMISSION_DENIED,
                        "PURPOSE_NOT_GRANTED",
                        r -> r.setPurpose(Purpose.PURPOSE_WORK_REFERENCE)),
                new Wrong("a region outside", Code.PERMISSION_DENIED, "REGION_NOT_GRANTED", r -> r.setRegion("371300")),
                new Wrong("no region", Code.PERMISSION_DENIED, "REGION_NOT_GRANTED", r -> r.clearRegion()),
                new Wrong(
                        "a grant nobody was given",
                        Code.NOT_FOUND,
                        "GRANT_UNKNOWN",
                        r -> r.setGrantId("grant-of-nobody")),
                new Wrong("no grant", Code.NOT_FOUND, "GRANT_UNKNOWN", r -> r.clearGrantId()));
    }

    @ParameterizedTest
    @MethodSource("wrongs")
    void refusesWithReasonBothLanguagesAndRecord(Wrong wrong) throws IOException {
        VerifyRequest request = wrong.change().apply(asked()).build();
        RefusalDetail detail = Papers.refused(
                node, wrong.code(), wrong.reason(), () -> stub(agency).verify(request));
        assertThat(detail.toString())
                .as("a refusal does not repeat what was asked about whom")
                .doesNotContain(person.idNumber())
                .doesNotContain(person.name());
    }

    @Test
    void refusesAnothersGrantInTheWordsOfAnUnknownOneAndRecordsNothingOfIt() throws IOException {
        ManagedChannel foreign = channel("foreign-agency");
        try {
            RefusalDetail anothers = Papers.refused(
                    node, Code.NOT_FOUND, "GRANT_UNKNOWN", () -> stub(foreign).verify(asked().build()));
            RefusalDetail nobodys = Papers.refused(
                    node,
                    Code.NOT_FOUND,
                    "GRANT_UNKNOWN",
                    () -> stub(foreign)
                            .verify(asked().setGrantId("grant-of-nobody").build()));
            assertThat(anothers.getMessage()).isEqualTo(nobodys.getMessage());
            assertThat(Receipt.parse(anothers.getRecord().getReceipt())
                            .orElseThrow()
                            .recordJson())
                    .doesNotContain("grant_id")
                    .doesNotContain("application_id");
        } finally {
            foreign.shutdownNow();
        }
    }

    @Test
    void refusesASuspendedGrantFromTheNextCallAndARevokedOneForGood() throws IOException {
        String changing = Papers.grant(node, Applying.IDENTITY_CHECK, "county-applicant");
        VerifyRequest request = asked().setGrantId(changing).build();
        ChangeGrantRequest change = ChangeGrantRequest.newBuilder()
                .setId(changing)
                .setReason("疑似刷调用量")
                .build();
        try (NodeClient officer = node.as("security-officer")) {
            assertThat(stub(agency).verify(request).getAnswer())
                    .isEqualTo(VerificationAnswer.VERIFICATION_ANSWER_MATCH);
            officer.grants().suspend(change);
            Papers.refused(
                    node,
                    Code.FAILED_PRECONDITION,
                    "GRANT_SUSPENDED",
                    () -> stub(agency).verify(request));
            officer.grants().resume(change);
            assertThat(stub(agency).verify(request).getAnswer())
                    .isEqualTo(VerificationAnswer.VERIFICATION_ANSWER_MATCH);
            officer.grants().revoke(change);
            Papers.refused(
                    node,
                    Code.FAILED_PRECONDITION,
                    "GRANT_REVOKED",
                    () -> stub(agency).verify(request));
            Papers.refused(
                    node,
                    Code.FAILED_PRECONDITION,
                    "GRANT_CHANGE_IMPOSSIBLE",
                    () -> officer.grants().resume(change));
        }
    }

    @Test
    void refusesAGrantOnceItsValidityIsOver() throws Exception {
        VerifyRequest request = asked().setGrantId(endingGrant).build();
        ended.get(SHORT.toSeconds() * 2, TimeUnit.SECONDS);
        Papers.refused(
                node,
                Code.FAILED_PRECONDITION,
                "GRANT_EXPIRED",
                () -> stub(agency).verify(request));
    }

    @Test
    void closesAPersonWhoIsSearchedForAndLeavesOthersOpen() throws IOException {
        for (int sequence = 100; sequence < 105; sequence++) {
            assertThat(stub(agency).verify(candidate(sequence)).getAnswer())
                    .isEqualTo(VerificationAnswer.VERIFICATION_ANSWER_NO);
        }
        Papers.refused(
                node,
                Code.RESOURCE_EXHAUSTED,
                "SUBJECT_CLOSED",
                () -> stub(agency).verify(candidate(105)));
        Papers.refused(
                node,
                Code.RESOURCE_EXHAUSTED,
                "SUBJECT_CLOSED",
                () -> stub(agency).verify(candidate(100)));
        assertThat(stub(agency).verify(asked().build()).getAnswer())
                .isEqualTo(VerificationAnswer.VERIFICATION_ANSWER_MATCH);
    }

    /** Numbers that differ in the sequence only, with a name nobody has. */
    private static VerifyRequest candidate(int sequence) {
        String body = "37081219900307" + sequence;
        return asked().putFields("id_number", body + IdNumber.checkCharacter(body))
                .putFields("name", "欧阳试探")
                .build();
    }

    @Test
    void refusesWhoeverIsNotProvenOrLacksTheRole() throws IOException {
        ManagedChannel bare = bareChannel();
        ManagedChannel analyst = channel("county-analyst");
        try {
            VerifyRequest request = asked().build();
            Papers.refused(
                    node,
                    Code.UNAUTHENTICATED,
                    "IDENTITY_MISSING",
                    () -> stub(bare).verify(request));
            String good = token();
            String broken = good.substring(0, good.length() - 6) + (good.endsWith("AAAAAA") ? "BBBBBB" : "AAAAAA");
            Papers.refused(
                    node,
                    Code.UNAUTHENTICATED,
                    "TOKEN_INVALID",
                    () -> withToken(bare, broken).verify(request));
            Papers.refused(
                    node,
                    Code.UNAUTHENTICATED,
                    "TOKEN_INVALID",
                    () -> withToken(bare, "nonsense").verify(request));
            Papers.refused(
                    node,
                    Code.UNAUTHENTICATED,
                    "PROOFS_DIFFER",
                    () -> withToken(analyst, good).verify(request));
            Papers.refused(
                    node,
                    Code.PERMISSION_DENIED,
                    "ROLE_MISSING",
                    () -> stub(analyst).verify(request));
        } finally {
            bare.shutdownNow();
            analyst.shutdownNow();
        }
    }

    @Test
    void letsOnlyAuditorsAndTheOwnOrganisationReadATrace() throws IOException {
        String trace = stub(agency).verify(asked().build()).getRecord().getTraceId();
        TraceRequest request = TraceRequest.newBuilder().setTraceId(trace).build();
        try (NodeClient own = node.as("county-analyst");
                NodeClient foreign = node.as("foreign-agency")) {
            assertThat(own.ledger().trace(request).getRecordJson()).contains(trace);
            Papers.refused(
                    node,
                    Code.NOT_FOUND,
                    "NOTHING_FOUND",
                    () -> foreign.ledger().trace(request));
        }
    }

    private static VerifyRequest.Builder asked() {
        return VerifyRequest.newBuilder()
                .setGrantId(grant)
                .setProduct("identity-check")
                .putFields("id_number", person.idNumber())
                .putFields("name", person.name())
                .setPurpose(Purpose.PURPOSE_ADMINISTRATIVE_BASIS)
                .setRegion(WITHIN);
    }

    /** The number with its check character moved on by one. */
    private static String wrongCheck(String number) {
        char last = number.charAt(17);
        return number.substring(0, 17) + (last == '9' || last == 'X' ? '0' : (char) (last + 1));
    }

    /** A well-formed number (GB 11643) of nobody in the province: born before anyone there. */
    private static String ofNobody() {
        String body = "37081218890101" + "001";
        int[] weights = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
        int sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i] * (body.charAt(i) - '0');
        }
        return body + "10X98765432".charAt(sum % 11);
    }

    private static VerificationServiceBlockingStub stub(ManagedChannel channel) {
        return VerificationServiceGrpc.newBlockingStub(channel).withDeadlineAfter(60, TimeUnit.SECONDS);
    }

    private static VerificationServiceBlockingStub withToken(ManagedChannel channel, String token) {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        return stub(channel).withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    private static String token() throws IOException {
        return Files.readString(operator("county-operator").resolve("token.jwt"))
                .strip();
    }

    private static ManagedChannel channel(String alias) throws IOException {
        return open(trusting()
                .keyManager(
                        operator(alias).resolve("cert.pem").toFile(),
                        operator(alias).resolve("key.pem").toFile())
                .build());
    }

    private static ManagedChannel bareChannel() throws IOException {
        return open(trusting().build());
    }

    private static TlsChannelCredentials.Builder trusting() throws IOException {
        return TlsChannelCredentials.newBuilder()
                .trustManager(node.identities().resolve("ca.crt.pem").toFile());
    }

    private static ManagedChannel open(ChannelCredentials credentials) {
        return Grpc.newChannelBuilderForAddress("localhost", node.port(), credentials)
                .intercept(new FreshRequests(Clock.systemUTC()))
                .build();
    }

    private static Path operator(String alias) {
        return node.identities().resolve("operators").resolve(alias);
    }
}
