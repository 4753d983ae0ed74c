package org.datareturn.sandbox.cli.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.datareturn.proto.v1.GetCheckpointRequest;
import org.datareturn.proto.v1.TraceRequest;
import org.datareturn.proto.v1.TraceResponse;
import org.datareturn.proto.v1.VerifyResponse;
import org.datareturn.sandbox.cli.client.NodeClient;
import org.datareturn.sandbox.keys.KeyRing;
import org.datareturn.sandbox.keys.KeyRingException;
import org.datareturn.sandbox.ledger.ReceiptVerifier;
import org.datareturn.sandbox.ledger.ReceiptVerifier.Verification;
import org.datareturn.sandbox.ledger.VerifierKey;
import org.datareturn.sandbox.node.NodeOptions;
import org.datareturn.sandbox.node.NodeStores;
import org.datareturn.sandbox.province.PlainValueScan;
import org.datareturn.sandbox.province.SyntheticProvince;
import org.datareturn.sandbox.watermark.ReleaseArchive;
import org.datareturn.sandbox.watermark.ReleaseCandidate;
import org.datareturn.sandbox.watermark.Tracing;
import org.datareturn.sandbox.watermark.WatermarkTracer;

/** Those who check on everybody: the receipt offline, the trace back, the leak, and what the data folder gives away. */
final class DemoAuditor {
    private final Walk walk;
    private final Path folder;
    private final NodeOptions options;
    private final SyntheticProvince province;

    DemoAuditor(Walk walk, Path folder, NodeOptions options, SyntheticProvince province) {
        this.walk = walk;
        this.folder = folder;
        this.options = options;
        this.province = province;
    }

    void receipt(NodeClient auditor, VerifyResponse answered) throws IOException {
        walk.step("The answer's receipt is verified offline, and traced back", "离线核验回执，并沿留痕回溯");
        VerifierKey key = VerifierKey.parse(auditor.ledger()
                .getCheckpoint(GetCheckpointRequest.getDefaultInstance())
                .getVerifierKey());
        String receipt = answered.getRecord().getReceipt();
        Path file = folder.resolve("answer.tlog-proof");
        Files.writeString(file, receipt, StandardCharsets.UTF_8);
        walk.hold(
                "the receipt stands in the log, entry " + answered.getRecord().getLedgerIndex(),
                ReceiptVerifier.verify(receipt, key) instanceof Verification.Verified);
        String forged = receipt.replaceFirst("index \\d+", "index 0");
        walk.hold(
                "a receipt with one number changed does not verify",
                ReceiptVerifier.verify(forged, key) instanceof Verification.Rejected);
        TraceResponse trace = auditor.ledger()
                .trace(TraceRequest.newBuilder()
                        .setTraceId(answered.getRecord().getTraceId())
                        .build());
        walk.say(trace.getRecordJson());
        trace.getReviewersList()
                .forEach(step -> walk.say("     " + step.getStage() + " by " + step.getReviewerOrganisation() + "/"
                        + step.getReviewer()));
        walk.hold("from the answer back to two reviewers", trace.getReviewersCount() == 2);
    }

    void leak(Path leaked) throws IOException {
        walk.step("A leaked table, half its rows gone, names its recipient", "泄露的表格（删去一半行）溯源到接收方");
        if (!Files.exists(leaked)) {
            walk.hold("there is a leaked table", false);
            return;
        }
        try {
            KeyRing keys = KeyRing.open(options.keysFolder(), options.dataFolder());
            ReleaseArchive archive = NodeStores.archive(options, keys);
            List<ReleaseCandidate> candidates = new ArrayList<>();
            for (ReleaseArchive.Copy copy : archive.list()) {
                candidates.add(archive.load(copy));
            }
            WatermarkTracer tracer = new WatermarkTracer(keys.watermark(), WatermarkTracer.DEFAULT_LIMIT);
            Tracing tracing = tracer.trace(Files.readString(leaked, StandardCharsets.UTF_8), candidates);
            switch (tracing) {
                case Tracing.Traced traced ->
                    walk.hold(
                            "traced to " + traced.recipient()
                                    + String.format(
                                            Locale.ROOT,
                                            ", chance of naming anyone wrongly ≤ %.1e",
                                            traced.falseAccusationBound()),
                            traced.recipient().endsWith("/county-analyst"));
                case Tracing.NotTraced not -> walk.hold("traced (" + not.why() + ")", false);
            }
        } catch (KeyRingException e) {
            walk.hold("the key ring opens (" + e.refusal().messageEn() + ")", false);
        }
    }

    void search() throws IOException {
        walk.step("The data folder alone gives nothing away", "仅凭数据目录看不到任何原值");
        PlainValueScan scan = new PlainValueScan(province.plainValues());
        List<PlainValueScan.Finding> findings = scan.in(options.dataFolder());
        findings.forEach(finding -> walk.say("found " + finding.kind() + " in " + finding.file()));
        walk.hold(scan.size() + " plain values searched for, none found", findings.isEmpty());
    }
}
