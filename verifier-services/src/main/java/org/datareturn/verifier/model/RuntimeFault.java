package org.datareturn.verifier.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.datareturn.policy.Refusal;
import org.datareturn.verifier.reason.VerifierReason;

/**
 * A fault of ONNX Runtime 1.29.0: on Linux it ends the process with a segmentation fault when the process's command line
 * is longer than about 4,000 characters (3,700 pass, 4,200 do not). A process that would die is not let near it.
 */
final class RuntimeFault {
    /** Well below where the fault begins. */
    static final int LONGEST_COMMAND_LINE = 3_500;

    private static final Path PROCESS = Path.of("/proc/self");
    private static final Path COMMAND_LINE = PROCESS.resolve("cmdline");

    private RuntimeFault() {}

    /** Why the runtime cannot be loaded in this process; empty when it can. */
    static Optional<Refusal> ofThisProcess() {
        // Where there is no such folder there is no such fault.
        return Files.isDirectory(PROCESS) ? of(COMMAND_LINE) : Optional.empty();
    }

    /** A command line that cannot be read may be of any length. */
    static Optional<Refusal> of(Path commandLine) {
        try {
            // Files of /proc have no size before they are read.
            return of(Files.readAllBytes(commandLine).length);
        } catch (IOException e) {
            return Optional.of(refusal());
        }
    }

    static Optional<Refusal> of(int characters) {
        return characters > LONGEST_COMMAND_LINE ? Optional.of(refusal()) : Optional.empty();
    }

    private static Refusal refusal() {
        return Refusal.of(VerifierReason.MODEL_RUNTIME_COMMAND_LINE, Integer.toString(LONGEST_COMMAND_LINE));
    }
}
