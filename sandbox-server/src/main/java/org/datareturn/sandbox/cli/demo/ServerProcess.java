package org.datareturn.sandbox.cli.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The server in a process of its own, started with this process's Java and jar; its log goes to a file. Close it. */
public final class ServerProcess implements AutoCloseable {
    private static final String READY = "READY";

    private final Process process;
    private final Path log;
    private final CountDownLatch ready = new CountDownLatch(1);

    private ServerProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts {@code serve} with some arguments.
     *
     * @param log where its log goes
     * @param progress hears the lines it prints until it is ready
     */
    public static ServerProcess start(Path log, Consumer<String> progress, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.add("-jar");
        command.add(System.getProperty("java.class.path"));
        command.add("serve");
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        ServerProcess server = new ServerProcess(process, log);
        Thread.ofVirtual().name("server-log").start(() -> server.follow(progress));
        return server;
    }

    private void follow(Consumer<String> progress) {
        try (BufferedReader lines =
                        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
                var file = Files.newBufferedWriter(log, StandardCharsets.UTF_8)) {
            String line = lines.readLine();
            while (line != null) {
                file.write(line);
                file.newLine();
                file.flush();
                if (line.contains(READY)) {
                    ready.countDown();
                } else if (ready.getCount() > 0) {
                    progress.accept(line);
                }
                line = lines.readLine();
            }
        } catch (IOException e) {
            // The process is gone, as it is when the demo ends it. Whoever still waits sees that it never became ready.
            if (ready.getCount() > 0) {
                progress.accept("log ended: " + e.getMessage());
            }
        } finally {
            ready.countDown();
        }
    }

    /** Waits until it takes calls. */
    public boolean awaitReady(long seconds) throws InterruptedException {
        return ready.await(seconds, TimeUnit.SECONDS) && process.isAlive();
    }

    /** Where its log is. */
    public Path log() {
        return log;
    }

    /** Stops it and waits for its end. */
    @Override
    public void close() {
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
