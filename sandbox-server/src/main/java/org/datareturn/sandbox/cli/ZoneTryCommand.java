package org.datareturn.sandbox.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.Callable;
import org.datareturn.guard.engine.EngineServers;
import org.datareturn.guard.trial.TrialOptions;
import org.datareturn.guard.trial.ZoneTrial;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code zone try}: a zone's author tries a declaration on local files, with no server. */
@Command(
        name = "try",
        description = {
            "The whole guard, engine and disclosure road on local files, with no server. One JSON line an answer.",
            "在本地文件上试运行专区声明：完整的守卫、引擎与披露控制，无需服务。"
        })
final class ZoneTryCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ZONE.yaml", description = "the zone's declaration")
    private Path declaration;

    @Option(
            names = "--table",
            required = true,
            paramLabel = "NAME=FILE.csv",
            description = "the CSV file of a declared table; once for each")
    private Map<String, Path> tables;

    @ArgGroup(multiplicity = "1")
    private Questions questions;

    @Mixin
    private EnginesMixin engines;

    @Option(names = "--explain", description = "show the SQL the engine ran")
    private boolean explain;

    /** Where the questions come from: exactly one. */
    static final class Questions {
        @Option(names = "--sql", paramLabel = "SQL", description = "one query")
        private @Nullable String sql;

        @Option(
                names = "--batch",
                paramLabel = "FILE.jsonl",
                description = "JSON lines {\"id\",\"sql\"}; - reads standard input and answers each line at once")
        private @Nullable String batch;

        TrialOptions.Questions chosen() {
            if (sql != null) {
                return new TrialOptions.Questions.One(sql);
            }
            String file = batch == null ? "-" : batch;
            return file.equals("-")
                    ? new TrialOptions.Questions.Live()
                    : new TrialOptions.Questions.Batch(Path.of(file));
        }
    }

    @Override
    public Integer call() {
        // The bare streams, in UTF-8 whatever the terminal's locale: standard output carries JSON lines and nothing
        // else.
        InputStream in = new FileInputStream(FileDescriptor.in);
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        EngineServers servers;
        try {
            servers = engines.servers();
        } catch (IllegalArgumentException wrong) {
            err.println(wrong.getMessage());
            return ZoneTrial.BAD_INPUT;
        }
        try {
            return ZoneTrial.run(
                    new TrialOptions(declaration, tables, questions.chosen(), explain, servers),
                    Clock.system(ZoneId.systemDefault()),
                    in,
                    out,
                    err);
        } finally {
            out.flush();
        }
    }
}
