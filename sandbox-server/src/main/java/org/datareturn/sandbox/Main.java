package org.datareturn.sandbox;

import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.datareturn.sandbox.cli.SandboxCommand;

/** Starts the command line. Quarkus itself starts with {@code serve} only, so every other command is quick. */
@QuarkusMain
public final class Main {
    private Main() {}

    /** Runs the command line and leaves with its exit code. */
    public static void main(String... args) {
        // Until Quarkus configures logging, which most commands never have it do, every level would be on: libraries
        // would
        // write out their traces, and even check themselves while they do.
        Logger.getLogger("").setLevel(Level.INFO);
        System.exit(SandboxCommand.run(args));
    }
}
