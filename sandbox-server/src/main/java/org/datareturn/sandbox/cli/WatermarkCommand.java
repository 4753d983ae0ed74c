package org.datareturn.sandbox.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.datareturn.policy.Refusal;
import org.datareturn.sandbox.keys.KeyRing;
import org.datareturn.sandbox.keys.KeyRingException;
import org.datareturn.sandbox.node.NodeOptions;
import org.datareturn.sandbox.node.NodeStores;
import org.datareturn.sandbox.watermark.ReleaseArchive;
import org.datareturn.sandbox.watermark.ReleaseCandidate;
import org.datareturn.sandbox.watermark.Tracing;
import org.datareturn.sandbox.watermark.WatermarkTracer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code watermark …}: whose copy a table is. */
@Command(
        name = "watermark",
        description = "Watermarks of released tables. 安全水印。",
        subcommands = WatermarkCommand.Trace.class)
final class WatermarkCommand {
    /** {@code watermark trace FILE}. */
    @Command(
            name = "trace",
            description = {
                "Names the recipient whose copy a leaked table (CSV with a header line) is, with a bound on naming anyone"
                        + " wrongly. Rows may be missing, reordered or altered, values rounded. Works beside a running server.",
                "对泄露的表格溯源：指出是哪个接收方的副本，并给出误指概率上界。"
            })
    static final class Trace implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Parameters(paramLabel = "FILE", description = "the suspect table, CSV")
        private Path file;

        @Option(
                names = "--data",
                paramLabel = "DIR",
                defaultValue = "data",
                description = "the node's data folder (default: ${DEFAULT-VALUE})")
        private Path data;

        @Option(names = "--keys", paramLabel = "DIR", description = "its keys folder (default: DIR-keys beside it)")
        private @Nullable Path keys;

        @Override
        public Integer call() {
            Console console = new Console(spec);
            String suspect;
            try {
                suspect = Files.readString(file, StandardCharsets.UTF_8);
            } catch (IOException e) {
                return console.fail(Refusal.of(
                        Files.exists(file) ? CliReason.FILE_UNREADABLE : CliReason.FILE_MISSING, file.toString()));
            }
            if (!Files.isDirectory(data.resolve("ledger"))) {
                return console.fail(Refusal.of(CliReason.NOT_A_NODE, data.toString()));
            }
            try {
                Path keysFolder = keys == null ? NodeOptions.keysBeside(data) : keys;
                KeyRing ring = KeyRing.open(keysFolder, data);
                return trace(console, suspect, ring);
            } catch (KeyRingException e) {
                console.err(e.refusal());
                return Exit.REFUSED_OR_FAILED;
            } catch (IOException e) {
                console.err(Refusal.of(
                        CliReason.FILE_UNREADABLE, data.resolve("releases").toString()));
                return Exit.REFUSED_OR_FAILED;
            }
        }

        private int trace(Console console, String suspect, KeyRing ring) throws IOException {
            ReleaseArchive archive = NodeStores.archive(NodeOptions.embedded(data), ring);
            List<ReleaseCandidate> candidates = new ArrayList<>();
            for (ReleaseArchive.Copy copy : archive.list()) {
                candidates.add(archive.load(copy));
            }
            WatermarkTracer tracer = new WatermarkTracer(ring.watermark(), WatermarkTracer.DEFAULT_LIMIT);
            return switch (tracer.trace(suspect, candidates)) {
                case Tracing.Traced traced -> {
                    console.out("TRACED 溯源成功: recipient 接收方 " + traced.recipient());
                    console.out("  release 返还批次        " + traced.release());
                    console.out("  cells compared 比对单元 " + traced.cells());
                    console.out(String.format(Locale.ROOT, "  correlation 相关度      %.3f", traced.score()));
                    console.out(String.format(
                            Locale.ROOT,
                            "  naming anyone wrongly 误指概率上界 %.3g over %d candidates",
                            traced.falseAccusationBound(),
                            candidates.size()));
                    traced.others()
                            .forEach(other ->
                                    console.out("  also 另有 " + other.recipient() + " (" + other.release() + ")"));
                    yield Exit.OK;
                }
                case Tracing.NotTraced not -> {
                    console.err(Refusal.of(
                            CliReason.NOT_TRACED,
                            not.why() + ", " + not.cells() + " cells compared, " + not.cellsNeeded()
                                    + " needed; the more groups a query asks for, the more cells its answer has",
                            not.why() + "，已比对 " + not.cells() + " 个单元，需要 " + not.cellsNeeded()
                                    + " 个；查询的分组越多，结果中可比对的单元越多"));
                    yield Exit.REFUSED_OR_FAILED;
                }
            };
        }
    }
}
