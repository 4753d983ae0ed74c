package org.datareturn.guard.trial;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Runs {@link ZoneTrial} from a command line shaped like the launcher's, for trials by hand. */
public final class TrialRunner {
    private TrialRunner() {}

    /** Takes the arguments after {@code sandbox}. */
    public static void main(String[] args) {
        System.exit(run(args));
    }

    private static int run(String[] args) {
        if (args.length < 3 || !args[0].equals("zone") || !args[1].equals("try")) {
            return ZoneTrial.BAD_INPUT;
        }
        Map<String, Path> tables = new LinkedHashMap<>();
        Optional<TrialOptions.Questions> questions = Optional.empty();
        boolean explain = false;
        for (int i = 3; i < args.length; i++) {
            switch (args[i]) {
                case "--table" -> {
                    String[] parts = args[++i].split("=", 2);
                    tables.put(parts[0], Path.of(parts[1]));
                }
                case "--sql" -> questions = Optional.of(new TrialOptions.Questions.One(args[++i]));
                case "--batch" -> {
                    String file = args[++i];
                    questions = Optional.of(
                            file.equals("-")
                                    ? new TrialOptions.Questions.Live()
                                    : new TrialOptions.Questions.Batch(Path.of(file)));
                }
                case "--explain" -> explain = true;
                default -> throw new IllegalArgumentException(args[i]);
            }
        }
        return ZoneTrial.run(
                new TrialOptions(Path.of(args[2]), tables, questions.orElseThrow(), explain),
                Clock.systemUTC(),
                System.in,
                new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
    }
}
