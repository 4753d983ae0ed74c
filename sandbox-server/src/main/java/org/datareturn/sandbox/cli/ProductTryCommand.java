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
import java.util.Optional;
import java.util.concurrent.Callable;
import org.datareturn.verifier.trial.ProductTrial;
import org.datareturn.verifier.trial.TrialOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code product try}: a product's author tries it on local files, with no server. */
@Command(
        name = "try",
        description = {
            "Normalisation, limits against probing and matching of a product on local files, with no server. One JSON"
                    + " line an answer.",
            "在本地文件上试运行核验产品：规范化、防试探限制与比对，无需服务。"
        })
final class ProductTryCommand implements Callable<Integer> {
    private static final String STANDARD_INPUT = "-";

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "PRODUCT", description = "a standard product's name, or a declaration's file")
    private String product;

    @Option(
            names = "--registry",
            required = true,
            paramLabel = "FILE.csv",
            description = "the registry: a column for each field the product declares")
    private Path registry;

    @Option(
            names = "--canaries",
            paramLabel = "FILE.txt",
            description = "planted subjects that are nobody's, one a line")
    private @Nullable Path canaries;

    @Option(
            names = "--batch",
            paramLabel = "FILE.jsonl",
            description = "JSON lines {\"id\",\"operator\",\"at\",\"request\":{…}}; - reads standard input")
    private @Nullable String batch;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = STANDARD_INPUT,
            description = "reads standard input and answers each line at once")
    private @Nullable String live;

    @Override
    public Integer call() {
        boolean standardInput = STANDARD_INPUT.equals(live);
        if ((live != null && !standardInput) || (batch == null) != standardInput) {
            throw new ParameterException(spec.commandLine(), "questions come from --batch FILE.jsonl or from -");
        }
        String file = batch == null ? STANDARD_INPUT : batch;
        // The bare streams, in UTF-8 whatever the terminal's locale: standard output carries JSON lines and nothing
        // else.
        InputStream in = new FileInputStream(FileDescriptor.in);
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        return ProductTrial.run(
                new TrialOptions(
                        product,
                        registry,
                        Optional.ofNullable(canaries),
                        file.equals(STANDARD_INPUT) ? Optional.empty() : Optional.of(Path.of(file))),
                Clock.system(ZoneId.systemDefault()),
                in,
                out,
                err);
    }
}
