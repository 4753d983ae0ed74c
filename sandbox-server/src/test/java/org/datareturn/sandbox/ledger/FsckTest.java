package org.datareturn.sandbox.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An independent tool, Tessera's fsck, reads the whole log over HTTP and recomputes it. */
class FsckTest {
    private static final String TOOL = "github.com/transparency-dev/tessera/cmd/fsck@v1.0.4";
    private static final int ENTRIES = 1100;

    @TempDir
    Path scratch;

    @Test
    void anIndependentToolFindsTheWholeLogSoundAndNoticesOneChangedByte() throws Exception {
        Path tool = tool();
        Path folder = scratch.resolve("data/ledger");
        TileFiles files;
        String key;
        String root;
        try (Ledger ledger = LedgerFixture.open(LedgerFixture.ring(scratch), folder)) {
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < ENTRIES; i++) {
                    var _ = threads.submit(() -> ledger.record("x", LedgerFixture.record("x")));
                }
            }
            assertThat(ledger.reader().checkpoint().size()).isEqualTo(ENTRIES);
            files = ledger.files();
            root = ledger.reader().checkpoint().root().base64();
            key = ledger.verifierKey().toString();
        }
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> serve(exchange, files));
        server.start();
        try {
            Outcome sound = fsck(tool, server.getAddress().getPort(), key);
            assertThat(sound.exit()).as(sound.output()).isZero();
            assertThat(sound.output())
                    .contains("Successfully fsck'd log with size " + ENTRIES + " and root " + root)
                    .doesNotContain("failed");

            Path bundle = folder.resolve("log/tile/entries/002");
            byte[] content = Files.readAllBytes(bundle);
            content[100] ^= 1;
            Files.write(bundle, content);
            Outcome changed = fsck(tool, server.getAddress().getPort(), key);
            // This version of the tool says what it found and still exits 0, so its words count.
            assertThat(changed.output()).contains("fsck failed").contains("log has");
        } finally {
            server.stop(0);
        }
    }

    private record Outcome(int exit, String output) {}

    private Outcome fsck(Path tool, int port, String key) throws IOException, InterruptedException {
        Path keyFile = Files.writeString(scratch.resolve("ledger.vkey"), key);
        return run(new ProcessBuilder(
                tool.toString(),
                "-storage_url=http://127.0.0.1:" + port + "/",
                "-public_key=" + keyFile,
                "-ui=false",
                "-N=4"));
    }

    private static void serve(HttpExchange exchange, TileFiles files) throws IOException {
        try (exchange) {
            Optional<TileFiles.PublicFile> file =
                    files.find(exchange.getRequestURI().getRawPath().substring(1));
            if (file.isEmpty()) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            byte[] content = Files.readAllBytes(file.get().file());
            exchange.getResponseHeaders().add("Content-Type", file.get().contentType());
            exchange.getResponseHeaders().add("Cache-Control", file.get().cacheControl());
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
        }
    }

    private static Path tool() throws IOException, InterruptedException {
        Path tools = projectRoot().resolve(".tools");
        Path tool = tools.resolve("fsck");
        if (!Files.isExecutable(tool)) {
            Optional<String> failure = install(tools);
            if (failure.isPresent()) {
                if ("true".equals(System.getenv("CI"))) {
                    throw new IllegalStateException("fsck is needed in CI: " + failure.get());
                }
                Assumptions.abort("fsck could not be installed: " + failure.get());
            }
        }
        return tool;
    }

    private static Optional<String> install(Path tools) throws InterruptedException {
        try {
            Files.createDirectories(tools);
            ProcessBuilder install = new ProcessBuilder("go", "install", TOOL);
            install.environment().put("GOBIN", tools.toString());
            Outcome outcome = run(install);
            return outcome.exit() == 0 ? Optional.empty() : Optional.of(outcome.output());
        } catch (IOException e) {
            return Optional.of(e.toString());
        }
    }

    private static Outcome run(ProcessBuilder command) throws IOException, InterruptedException {
        Process process = command.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(5, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IOException(command.command() + " does not end");
        }
        return new Outcome(process.exitValue(), output);
    }

    private static Path projectRoot() {
        Path at = Path.of("").toAbsolutePath();
        while (at.getParent() != null && !Files.isDirectory(at.resolve("sandbox-server"))) {
            at = at.getParent();
        }
        return at;
    }
}
