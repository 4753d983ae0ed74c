package org.datareturn.sandbox.wholeroad;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged jar, and other programs, run in child processes. */
final class PackagedJar {
    /** The project's root. */
    static final Path ROOT =
            Files.isDirectory(Path.of("sandbox-server")) ? Path.of("").toAbsolutePath() : folderAbove();

    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    private PackagedJar() {}

    /** What a program said and how it ended. */
    record Ran(int exit, String out, String err) {}

    /** The command line that runs the jar with the launcher's own flags. */
    static List<String> command(String... arguments) {
        Path jar = Path.of(System.getProperty(
                "sandbox.app",
                ROOT.resolve("sandbox-server/target/quarkus-app/quarkus-run.jar")
                        .toString()));
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException("package the server first: there is no " + jar);
        }
        List<String> command = new ArrayList<>();
        command.add(JAVA.toString());
        command.addAll(List.of(System.getProperty("sandbox.jvm.args", "").split(" ")));
        command.removeIf(String::isBlank);
        command.addAll(List.of("-Dstdout.encoding=UTF-8", "-Dstderr.encoding=UTF-8", "-Xmx768m", "-jar"));
        command.add(jar.toString());
        command.addAll(List.of(arguments));
        return command;
    }

    /** Runs the jar to its end. */
    static Ran run(String... arguments) throws IOException, InterruptedException {
        return run(ROOT, Map.of(), 120, command(arguments));
    }

    /** Runs a program to its end, which must come within the time given. */
    static Ran run(Path folder, Map<String, String> environment, long seconds, List<String> command)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile("ran", ".out");
        Path err = Files.createTempFile("ran", ".err");
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("not done in " + seconds + " s: " + command + "\n" + Files.readString(out)
                        + Files.readString(err));
            }
            return new Ran(
                    process.exitValue(),
                    Files.readString(out, StandardCharsets.UTF_8),
                    Files.readString(err, StandardCharsets.UTF_8));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    private static Path folderAbove() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isDirectory(at.resolve("sandbox-server"))) {
                return at;
            }
        }
        throw new IllegalStateException("run the tests inside the project");
    }
}
