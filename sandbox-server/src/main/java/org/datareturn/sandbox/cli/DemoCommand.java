package org.datareturn.sandbox.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.datareturn.policy.Refusal;
import org.datareturn.sandbox.cli.demo.DemoRoad;
import org.datareturn.sandbox.cli.demo.ServerProcess;
import org.datareturn.sandbox.cli.demo.Walk;
import org.datareturn.sandbox.node.NodeOptions;
import org.datareturn.sandbox.province.SyntheticProvince;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code demo}: the main job from nothing. */
@Command(
        name = "demo",
        description = {
            "Walks the whole road once on a synthetic province: application to grant, checks, queries, receipt, leak traced.",
            "在合成省份上把整条路走一遍：申请—授权—核验—查询—回执—泄露溯源。每一步都打印结果。"
        })
final class DemoCommand implements Callable<Integer> {
    private static final long READY_SECONDS = 120;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--persons",
            defaultValue = "" + SyntheticProvince.DEFAULT_PERSONS,
            description = "persons of the province (default: ${DEFAULT-VALUE})")
    private int persons;

    @Option(names = "--seed", defaultValue = "20251231", description = "its seed (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(
            names = "--keep",
            paramLabel = "DIR",
            description =
                    "work in DIR, which must not exist, and keep it (default: a scratch folder, removed at the end)")
    private @Nullable Path keep;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Console console = new Console(spec);
        if (keep != null && Files.exists(keep)) {
            return console.fail(Refusal.of(CliReason.OPTIONS_CONTRADICT, keep + " exists already", keep + " 已存在"));
        }
        Path folder = keep == null
                ? Files.createTempDirectory("data-return-demo-")
                : Files.createDirectories(keep).toAbsolutePath();
        Walk walk = new Walk(console::out);
        try {
            run(walk, folder);
        } finally {
            if (keep == null) {
                delete(folder);
            }
        }
        console.out("");
        if (!walk.failed().isEmpty()) {
            walk.failed().forEach(claim -> console.err(Refusal.of(CliReason.DEMO_STEP_FAILED, claim)));
            return Exit.REFUSED_OR_FAILED;
        }
        console.out("All " + walk.steps() + " steps held. 全部 " + walk.steps() + " 步通过。");
        console.out(
                keep == null
                        ? "Next: ./sandbox serve --synthetic-province, then see README. 下一步：启动服务，见 README。"
                        : "Kept in " + folder + ". 已保留。");
        return Exit.OK;
    }

    private void run(Walk walk, Path folder) throws IOException, InterruptedException {
        NodeOptions options = NodeOptions.embedded(folder.resolve("data"));
        int port = freePort();
        int flightPort = freePort();
        walk.step(
                "A synthetic province of " + persons + " persons, and a node on embedded defaults",
                "合成省份 " + persons + " 人，并以内置默认配置启动节点");
        SyntheticProvince province = SyntheticProvince.generate(seed, persons);
        walk.say(
                province.persons().size() + " persons, " + province.households().size() + " households, "
                        + province.enterprises().size() + " enterprises; nobody in it exists");
        try (ServerProcess server = ServerProcess.start(
                folder.resolve("server.log"),
                walk::say,
                List.of(
                        "--data", options.dataFolder().toString(),
                        "--port", Integer.toString(port),
                        "--flight-port", Integer.toString(flightPort),
                        "--synthetic-province", Integer.toString(persons),
                        "--seed", Long.toString(seed)))) {
            boolean ready = server.awaitReady(READY_SECONDS);
            walk.hold("the node takes calls", ready);
            if (ready) {
                new DemoRoad(walk, folder, options, port, flightPort, province).walk();
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
