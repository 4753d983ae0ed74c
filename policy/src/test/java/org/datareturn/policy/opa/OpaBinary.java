package org.datareturn.policy.opa;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The real {@code opa}, found or installed as {@code policy/build-bundle} does. Where that cannot be done a test fails
 * in CI, and says so elsewhere.
 */
final class OpaBinary {
    /** The module's folder, {@code policy/}, from which tests are run. */
    static final Path MODULE = Path.of("").toAbsolutePath();

    private static final long INSTALL_MINUTES = 10;

    private OpaBinary() {}

    /** What a program said and how it ended. */
    record Ran(int exit, String out, String err) {}

    /** Where {@code opa} is. */
    static Path find() {
        Ran found = run(MODULE, List.of("./build-bundle", "--opa"));
        if (found.exit() == 0) {
            return Path.of(found.out().strip());
        }
        String missing =
                "opa is not here and cannot be installed: " + found.err().strip();
        if ("true".equals(System.getenv("CI"))) {
            throw new AssertionError(missing);
        }
        return abort(missing);
    }

    /** Runs a program to its end. */
    static Ran run(Path folder, List<String> command) {
        try {
            Path out = Files.createTempFile("opa", ".out");
            Path err = Files.createTempFile("opa", ".err");
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            if (!process.waitFor(INSTALL_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError("not done in " + INSTALL_MINUTES + " min: " + command);
            }
            Ran ran = new Ran(
                    process.exitValue(),
                    Files.readString(out, StandardCharsets.UTF_8),
                    Files.readString(err, StandardCharsets.UTF_8));
            Files.delete(out);
            Files.delete(err);
            return ran;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
