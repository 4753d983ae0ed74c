package org.datareturn.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The servers under measurement, each in a process of its own on loopback, ended with this one. */
final class Servers {
    private Servers() {}

    /**
     * A child process.
     *
     * @param process it
     * @param port where it serves
     */
    record Child(Process process, int port) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            process.getOutputStream().close();
            process.destroy();
            try {
                if (!process.waitFor(20, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The node, with a synthetic province, serving without TLS on a loopback port. */
    static Child node(Path folder, int plainPort, int persons) throws IOException {
        Process process = start(
                Stream.concat(
                                Stream.of("-jar", app(), "serve"),
                                Stream.of(
                                        "--data", folder.resolve("data").toString(),
                                        "--port", "" + freePort(),
                                        "--flight-port", "" + freePort(),
                                        "--plain-port", "" + plainPort,
                                        "--synthetic-province", "" + persons))
                        .toList(),
                true);
        awaitLine(process, "READY");
        return new Child(process, plainPort);
    }

    /** The bare grpc-java server. */
    static Child echo(int replyBytes) throws IOException {
        Process process = start(
                List.of("-cp", System.getProperty("java.class.path"), BareEchoServer.class.getName(), "" + replyBytes),
                false);
        String port =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
        return new Child(process, Integer.parseInt(port));
    }

    /** Runs a command of the sandbox to its end. */
    static void runToEnd(List<String> arguments) throws IOException, InterruptedException {
        Process process = start(
                Stream.concat(Stream.of("-jar", app()), arguments.stream()).toList(), true);
        drain(process);
        if (process.waitFor() != 0) {
            throw new IOException("sandbox " + arguments.getFirst() + " failed");
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    private static String app() {
        return System.getProperty("sandbox.app");
    }

    private static Process start(List<String> arguments, boolean withOutput) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(arguments);
        return new ProcessBuilder(command).redirectErrorStream(withOutput).start();
    }

    private static void awaitLine(Process process, String awaited) throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = lines.readLine();
        while (line != null && !line.contains(awaited)) {
            System.err.println("  " + line);
            line = lines.readLine();
        }
        if (line == null) {
            throw new IOException("the server ended before it was ready");
        }
        // Its log must be read on, or it would stop at a full pipe.
        Thread.ofVirtual().start(() -> readOn(lines));
    }

    private static void readOn(BufferedReader lines) {
        try {
            while (lines.readLine() != null) {}
        } catch (IOException e) {
            // The process was ended and its log with it.
            return;
        }
    }

    private static void drain(Process process) throws IOException {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            lines.lines().forEach(line -> System.err.println("  " + line));
        }
    }
}
