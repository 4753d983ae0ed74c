package org.datareturn.sandbox.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.datareturn.sandbox.keys.KeyRing;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReceiptTest {
    @TempDir
    Path scratch;

    private KeyRing ring;
    private Receipt receipt;
    private VerifierKey key;

    @BeforeEach
    void recordSome() throws Exception {
        ring = LedgerFixture.ring(scratch);
        try (Ledger ledger = LedgerFixture.open(ring, scratch.resolve("data/ledger"))) {
            for (int i = 0; i < 20; i++) {
                ledger.record("x", LedgerFixture.record("identity-check"));
            }
            receipt = ledger.reader().receipt(7).orElseThrow();
            key = ledger.verifierKey();
        }
    }

    @Test
    void verifiesWithoutTheServer() {
        assertThat(ReceiptVerifier.verify(receipt.text(), VerifierKey.parse(key.toString())))
                .isInstanceOfSatisfying(ReceiptVerifier.Verification.Verified.class, verified -> {
                    assertThat(verified.record()).isEqualTo(receipt.record());
                    assertThat(verified.index()).isEqualTo(7);
                    assertThat(verified.checkpoint().size()).isEqualTo(20);
                });
    }

    @Test
    void isATlogProofWhoseExtraLinePeopleCanRead() {
        List<String> lines = receipt.text().lines().toList();
        assertThat(lines.getFirst()).isEqualTo("c2sp.org/tlog-proof@v1");
        assertThat(lines.get(1)).startsWith("extra ");
        assertThat(lines.get(2)).isEqualTo("index 7");
        String extra = new String(
                Base64.getDecoder().decode(lines.get(1).substring("extra ".length())), StandardCharsets.UTF_8);
        assertThat(extra).startsWith("{\"record\":{\"answer_digest\":\"cdcd").contains("公安厅 \\\"人口库\\\"");
        assertThat(Receipt.parse(receipt.text())).contains(receipt);
    }

    @Test
    void rejectsEveryChangeOfASingleCharacter() {
        String text = receipt.text();
        for (int i = 0; i < text.length(); i++) {
            for (char other : new char[] {'A', 'b', '0', '\n', ' ', '+'}) {
                if (text.charAt(i) != other) {
                    String altered = text.substring(0, i) + other + text.substring(i + 1);
                    assertRejected(altered, "character " + i + " made " + (int) other);
                }
            }
            assertRejected(text.substring(0, i) + text.substring(i + 1), "without character " + i);
            assertRejected(text.substring(0, i), "cut at " + i);
        }
    }

    @Test
    void rejectsEveryChangedField() {
        LedgerRecord record = receipt.record();
        List<LedgerRecord> forged = new ArrayList<>();
        forged.add(record.withGrant("grant-2", "application-1"));
        forged.add(record.withGrant("grant-1", "application-2"));
        forged.add(record.withRequestDigest("00".repeat(32)));
        forged.add(record.withAnswerDigest("00".repeat(32)));
        forged.add(record.withRelease("release-1"));
        forged.add(record.withSource("2026-Q4", record.source().orElseThrow()));
        forged.add(record.withSource(record.edition().orElseThrow(), "another"));
        forged.add(copy(record, TraceId.random(LedgerFixture.RANDOM), record.kind(), record.organisation(), "MATCH"));
        forged.add(copy(record, record.traceId(), LedgerRecord.Kind.REFUSAL, record.organisation(), "MATCH"));
        forged.add(copy(record, record.traceId(), record.kind(), "91370000MA3TEST02X", "MATCH"));
        forged.add(copy(record, record.traceId(), record.kind(), record.organisation(), "NO"));
        for (LedgerRecord other : forged) {
            assertThat(verdict(
                            new Receipt(other, receipt.salt(), receipt.index(), receipt.proof(), receipt.checkpoint())))
                    .isEqualTo(LedgerReason.RECEIPT_NOT_INCLUDED);
        }
    }

    @Test
    void rejectsAnotherSaltPlaceProofKeyAndOrigin() {
        assertThat(verdict(new Receipt(
                        receipt.record(),
                        Salt.random(LedgerFixture.RANDOM),
                        receipt.index(),
                        receipt.proof(),
                        receipt.checkpoint())))
                .isEqualTo(LedgerReason.RECEIPT_NOT_INCLUDED);
        assertThat(verdict(new Receipt(receipt.record(), receipt.salt(), 8, receipt.proof(), receipt.checkpoint())))
                .isEqualTo(LedgerReason.RECEIPT_NOT_INCLUDED);
        assertThat(verdict(new Receipt(
                        receipt.record(),
                        receipt.salt(),
                        receipt.index(),
                        receipt.proof().subList(1, receipt.proof().size()),
                        receipt.checkpoint())))
                .isEqualTo(LedgerReason.RECEIPT_NOT_INCLUDED);
        VerifierKey renamed =
                VerifierKey.of("other.example/log", ring.ledgerSigningKey().publicKey());
        assertThat(ReceiptVerifier.verify(receipt.text(), renamed))
                .isEqualTo(new ReceiptVerifier.Verification.Rejected(LedgerReason.RECEIPT_OTHER_ORIGIN));
    }

    @Test
    void rejectsASignatureOfAnotherKeyUnderTheSameName(@TempDir Path elsewhere) throws Exception {
        VerifierKey impostor = VerifierKey.of(
                LedgerFixture.ORIGIN,
                LedgerFixture.ring(elsewhere).ledgerSigningKey().publicKey());
        assertThat(ReceiptVerifier.verify(receipt.text(), impostor))
                .isEqualTo(new ReceiptVerifier.Verification.Rejected(LedgerReason.RECEIPT_SIGNATURE_INVALID));
    }

    @Test
    void takesWitnessSignaturesBesideTheLogsOwn() {
        String witnessed = receipt.text() + "\u2014 witness.example/w1 "
                + Base64.getEncoder().encodeToString(new byte[76]) + "\n";
        assertThat(ReceiptVerifier.verify(witnessed, key)).isInstanceOf(ReceiptVerifier.Verification.Verified.class);
    }

    @Test
    void readsOnlyTheCanonicalFormOfARecord() {
        String json = receipt.recordJson();
        assertThat(RecordJson.decode(utf8(json))).contains(receipt.record());
        for (String other : List.of(
                json.replace(",\"at\"", ", \"at\""),
                json.replace("\"kind\":\"VERIFICATION\"", "\"kind\":\"verification\""),
                json.replace("{\"answer", "{\"a\":\"b\",\"answer"),
                json.replace("\"version\":\"1\"", "\"version\":\"2\""),
                json.replace("公", "\\u516c"),
                json.replace("\"operator\":\"operator-1\"", "\"operator\":\"operator-1\",\"operator\":\"x\""),
                json + " ",
                json.replace(".123Z", ".123000Z"),
                json.substring(0, json.length() - 1),
                "[" + json + "]",
                "{}",
                "")) {
            assertThat(RecordJson.decode(utf8(other))).as(other).isEqualTo(Optional.empty());
        }
    }

    @Test
    void takesNoRecordWithControlCharactersOrOverlongTexts() {
        for (String text : List.of("", "a\nb", "\u0000", "x".repeat(513), "\ud800")) {
            assertThatThrownBy(() -> LedgerFixture.record(text)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> receipt.record().withAnswerDigest("abc")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TraceId("0".repeat(32))).isInstanceOf(IllegalArgumentException.class);
    }

    private static LedgerRecord copy(
            LedgerRecord record, TraceId trace, LedgerRecord.Kind kind, String organisation, String outcome) {
        return new LedgerRecord(
                trace,
                record.at(),
                kind,
                organisation,
                record.operator(),
                record.grantId(),
                record.applicationId(),
                record.target(),
                outcome,
                record.requestDigest(),
                record.answerDigest(),
                record.policyRevision(),
                record.releaseId(),
                record.edition(),
                record.source());
    }

    private LedgerReason verdict(Receipt altered) {
        return switch (ReceiptVerifier.verify(altered.text(), key)) {
            case ReceiptVerifier.Verification.Rejected rejected -> rejected.reason();
            case ReceiptVerifier.Verification.Verified verified -> throw new AssertionError("believed " + verified);
        };
    }

    private void assertRejected(String text, String what) {
        assertThat(ReceiptVerifier.verify(text, key))
                .as(what)
                .isInstanceOf(ReceiptVerifier.Verification.Rejected.class);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
