package org.datareturn.policy.opa;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real {@code opa run --server} on a free loopback port, ended by {@link #close()}. */
final class OpaServer implements AutoCloseable {
    private static final int ATTEMPTS = 600;
    private static final long PAUSE_MILLIS = 50;

    private final Process process;
    private final URI address;

    private OpaServer(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /** Starts a server over a folder of policies and waits until it answers. */
    static OpaServer over(Path folder) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            Path log = Files.createTempFile("opa", ".log");
            URI address = URI.create("http://127.0.0.1:" + freePort());
            Process process = new ProcessBuilder(List.of(
                            OpaBinary.find().toString(),
                            "run",
                            "--server",
                            "--addr=" + address.getAuthority(),
                            "--skip-version-check",
                            "--log-level=error",
                            "--ignore=*_test.rego",
                            "-b",
                            folder.toString()))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            HttpRequest health = HttpRequest.newBuilder(address.resolve("/health"))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            for (int i = 0; i < ATTEMPTS; i++) {
                if (answers(client, health)) {
                    return new OpaServer(process, address);
                }
                if (process.waitFor(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                    throw new AssertionError("opa ended: " + Files.readString(log));
                }
            }
            process.destroy();
            throw new AssertionError("opa does not answer: " + Files.readString(log));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    URI address() {
        return address;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }

    private static boolean answers(HttpClient client, HttpRequest request) throws InterruptedException {
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
