package org.datareturn.sandbox.cli;

import java.io.PrintWriter;
import org.datareturn.policy.Refusal;
import org.datareturn.sandbox.catalogue.UnfitResourceException;
import picocli.CommandLine.Model.CommandSpec;

/** Where a command prints: results on standard output, trouble on standard error with its reason code. */
final class Console {
    private final PrintWriter out;
    private final PrintWriter err;

    Console(CommandSpec spec) {
        this.out = spec.commandLine().getOut();
        this.err = spec.commandLine().getErr();
    }

    void out(String line) {
        out.println(line);
        out.flush();
    }

    /** Progress and remarks: for people, never mixed with results. */
    void note(String line) {
        err.println(line);
        err.flush();
    }

    void err(Refusal refusal) {
        note(refusal.reason().name() + ": " + refusal.messageEn());
        note(refusal.reason().name() + "：" + refusal.messageZh());
    }

    /** Options or input that cannot be used: says why and gives the exit code of wrong use. */
    int unusable(Throwable why) {
        return fail(
                why instanceof UnfitResourceException unfit
                        ? unfit.refusal()
                        : Refusal.of(CliReason.INPUT_UNUSABLE, String.valueOf(why.getMessage())));
    }

    /** Wrong use: says so and gives the exit code for it. */
    int fail(Refusal refusal) {
        err(refusal);
        return Exit.WRONG_USE;
    }
}
