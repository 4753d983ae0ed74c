package org.datareturn.sandbox;

import io.quarkus.runtime.annotations.QuarkusMain;
import org.datareturn.sandbox.cli.SandboxCommand;

/** Starts the command line. Quarkus itself starts with {@code serve} only, so every other command is quick. */
@QuarkusMain
public final class Main {
    private Main() {}

    /** Runs the command line and leaves with its exit code. */
    public static void main(String... args) {
        System.exit(SandboxCommand.run(args));
    }
}
