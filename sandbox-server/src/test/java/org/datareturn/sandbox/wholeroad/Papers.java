package org.datareturn.sandbox.wholeroad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Timestamp;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.datareturn.proto.v1.Application;
import org.datareturn.proto.v1.Record;
import org.datareturn.proto.v1.RefusalDetail;
import org.datareturn.proto.v1.SubmitApplicationRequest;
import org.datareturn.proto.v1.TraceRequest;
import org.datareturn.sandbox.cli.client.Applying;
import org.datareturn.sandbox.cli.client.NodeClient;
import org.datareturn.sandbox.ledger.LedgerRecord;
import org.datareturn.sandbox.ledger.Receipt;
import org.datareturn.sandbox.ledger.ReceiptVerifier;
import org.datareturn.sandbox.ledger.ReceiptVerifier.Verification;

/** The paperwork of a call: grants that were really applied for, and records that are really there. */
final class Papers {
    private Papers() {}

    /** Applies, has it reviewed twice, and gives the grant's name. */
    static String grant(NodeProcess node, Applying applying, String applicant) throws IOException {
        try (NodeClient filing = node.as(applicant)) {
            return approved(node, applying, applying.file(filing));
        }
    }

    /** A grant of the identity check that ends so soon. */
    static String grantFor(NodeProcess node, Duration validity) throws IOException {
        return grantFor(node, validity, OptionalLong.empty());
    }

    /** A grant of the identity check for so many calls a day. */
    static String grantOf(NodeProcess node, long callsPerDay) throws IOException {
        return grantFor(node, Duration.ofDays(1), OptionalLong.of(callsPerDay));
    }

    private static String grantFor(NodeProcess node, Duration validity, OptionalLong callsPerDay) throws IOException {
        Instant now = Clock.systemUTC().instant();
        Applying applying = Applying.IDENTITY_CHECK;
        try (NodeClient filing = node.as("county-applicant")) {
            Application.Builder application = Application.newBuilder()
                    .setProviderOrganisation(applying.provider())
                    .addProducts(applying.resource())
                    .addAllFields(applying.fields())
                    .addRegions("370812")
                    .setContactName("王申请")
                    .setContactPhone("0537-1111111")
                    .setContactEmail("soon@example.org")
                    .setSystemName("短期核验系统")
                    .setScenario("短期身份核验")
                    .setLegalBasis("《婚姻登记条例》")
                    .setPurpose(applying.purpose())
                    .setSecurityOfficer("李安全")
                    .setCommitmentAccepted(true)
                    .setValidFrom(timestamp(now))
                    .setValidUntil(timestamp(now.plus(validity)));
            callsPerDay.ifPresent(application::setCallsPerDay);
            Application filed = filing.applications()
                    .submit(SubmitApplicationRequest.newBuilder()
                            .setApplication(application)
                            .build())
                    .getApplication();
            return approved(node, applying, filed);
        }
    }

    private static String approved(NodeProcess node, Applying applying, Application filed) throws IOException {
        try (NodeClient formal = node.as("city-formal-reviewer");
                NodeClient content = node.as(applying.contentReviewer())) {
            Applying.reviewForm(formal, filed.getId());
            return Applying.reviewContent(content, filed.getId()).getGrantId();
        }
    }

    private static Timestamp timestamp(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }

    /** Holds a call to be refused so, in both languages, and recorded where an auditor finds it. */
    static RefusalDetail refused(NodeProcess node, Status.Code code, String reason, ThrowingCallable call)
            throws IOException {
        StatusRuntimeException refused = catchThrowableOfType(StatusRuntimeException.class, call);
        assertThat(refused).as("the call must be refused: %s", reason).isNotNull();
        RefusalDetail detail = NodeClient.refusal(refused)
                .orElseThrow(() -> new AssertionError("refused without a detail: " + refused.getStatus()));
        assertThat(detail.getReason()).isEqualTo(reason);
        assertThat(refused.getStatus().getCode()).isEqualTo(code);
        assertThat(detail.getMessage().getEn()).isNotBlank().isASCII();
        assertThat(detail.getMessage().getZh()).containsPattern("\\p{IsHan}");
        LedgerRecord record = recorded(node, detail.getRecord());
        assertThat(record.kind()).isEqualTo(LedgerRecord.Kind.REFUSAL);
        assertThat(record.outcome()).isEqualTo(reason);
        return detail;
    }

    /** Holds a record to its receipt: verified with the printed key, and found by an auditor by its trace id. */
    static LedgerRecord recorded(NodeProcess node, Record record) throws IOException {
        assertThat(record.getTraceId()).matches("[0-9a-f]{32}");
        Verification verification = ReceiptVerifier.verify(record.getReceipt(), node.verifierKey());
        assertThat(verification).isInstanceOf(Verification.Verified.class);
        Verification.Verified verified = (Verification.Verified) verification;
        assertThat(verified.record().traceId().hex()).isEqualTo(record.getTraceId());
        assertThat(verified.index()).isEqualTo(record.getLedgerIndex());
        try (NodeClient auditor = node.as("auditor")) {
            String traced = auditor.ledger()
                    .trace(TraceRequest.newBuilder()
                            .setTraceId(record.getTraceId())
                            .build())
                    .getRecordJson();
            assertThat(traced)
                    .isEqualTo(Receipt.parse(record.getReceipt()).orElseThrow().recordJson());
        }
        return verified.record();
    }
}
