package org.datareturn.sandbox.wholeroad;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.datareturn.sandbox.cli.client.NodeClient;
import org.datareturn.sandbox.ledger.VerifierKey;
import org.datareturn.sandbox.node.NodeOptions;

/** A node in a process of its own on a scratch folder: started, stopped, killed and started again. Close it. */
final class NodeProcess implements AutoCloseable {
    /** Seed of the province every node of these tests holds. */
    static final long SEED = 7;

    private static final long READY_SECONDS = 240;
    private static final String VERIFIER_KEY = "verifier key";

    private final Path folder;
    private final int persons;
    private final List<String> more;
    private final int port;
    private final int flightPort;
    private final int plainPort;
    private Process process;
    private Thread follower;

    private NodeProcess(Path folder, int persons, List<String> more) throws IOException, InterruptedException {
        this.folder = folder;
        this.persons = persons;
        this.more = more;
        List<Integer> ports = freePorts();
        this.port = ports.get(0);
        this.flightPort = ports.get(1);
        this.plainPort = ports.get(2);
        this.process = launch();
        this.follower = follow();
    }

    /** Starts a node on a new folder and waits until it takes calls. */
    static NodeProcess start(int persons, String... more) throws IOException, InterruptedException {
        return new NodeProcess(Files.createTempDirectory("node-"), persons, List.of(more));
    }

    private Process launch() throws IOException {
        List<String> command = PackagedJar.command(
                "serve",
                "--data",
                data().toString(),
                "--port",
                Integer.toString(port),
                "--flight-port",
                Integer.toString(flightPort),
                "--plain-port",
                Integer.toString(plainPort),
                "--synthetic-province",
                Integer.toString(persons),
                "--seed",
                Long.toString(SEED));
        command.addAll(more);
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /** Follows the log into a file; returns once the node is ready, fails when it ended before. */
    private Thread follow() throws IOException, InterruptedException {
        CountDownLatch readyOrOver = new CountDownLatch(1);
        boolean[] ready = {false};
        Process followed = process;
        Thread thread = Thread.ofVirtual().name("node-log").start(() -> {
            try (BufferedReader lines = new BufferedReader(
                            new InputStreamReader(followed.getInputStream(), StandardCharsets.UTF_8));
                    Writer file = Files.newBufferedWriter(
                            log(), StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    file.write(line + "\n");
                    file.flush();
                    if (line.contains("READY 已就绪")) {
                        ready[0] = true;
                        readyOrOver.countDown();
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                readyOrOver.countDown();
            }
        });
        boolean inTime = readyOrOver.await(READY_SECONDS, TimeUnit.SECONDS);
        if (!inTime || !ready[0]) {
            process.destroyForcibly();
            throw new AssertionError("the node did not come up:\n" + Files.readString(log()));
        }
        return thread;
    }

    /** A connection as one of the node's own operators. */
    NodeClient as(String alias) throws IOException {
        return NodeClient.connect("localhost", port, identities(), alias);
    }

    /** The key the node printed at its start: got from its console, not from its answers. */
    VerifierKey verifierKey() throws IOException {
        return Files.readAllLines(log()).stream()
                .filter(line -> line.strip().startsWith(VERIFIER_KEY))
                .map(line -> VerifierKey.parse(
                        line.strip().substring(VERIFIER_KEY.length()).strip()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no verifier key was printed"));
    }

    /** SIGKILL: nothing of the process runs any more when this returns. */
    void kill() throws InterruptedException {
        // Through its handle: Process itself would close the log before its last lines are read.
        process.toHandle().destroyForcibly();
        ended();
    }

    /** SIGTERM, and the end of the process. */
    void stop() throws InterruptedException {
        process.toHandle().destroy();
        ended();
    }

    private void ended() throws InterruptedException {
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("the node did not end within 30 s");
        }
        follower.join();
    }

    /** Starts it again on the same folder and the same ports. */
    void restart() throws IOException, InterruptedException {
        process = launch();
        follower = follow();
    }

    Path data() {
        return folder.resolve("data");
    }

    Path log() {
        return folder.resolve("server.log");
    }

    Path folder() {
        return folder;
    }

    NodeOptions options() {
        return NodeOptions.embedded(data());
    }

    Path identities() {
        return options().identitiesFolder();
    }

    int port() {
        return port;
    }

    int flightPort() {
        return flightPort;
    }

    int plainPort() {
        return plainPort;
    }

    @Override
    public void close() throws IOException {
        try {
            process.toHandle().destroy();
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            follower.join();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Ports nobody listens on now, all different. */
    static List<Integer> freePorts() throws IOException {
        List<Integer> ports = new ArrayList<>();
        try (ServerSocket first = probe();
                ServerSocket second = probe();
                ServerSocket third = probe()) {
            ports.addAll(List.of(first.getLocalPort(), second.getLocalPort(), third.getLocalPort()));
        }
        return ports;
    }

    private static ServerSocket probe() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }
}
