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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.datareturn.verifier.trial.ModelTrial;
import org.datareturn.verifier.trial.ModelTrialOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code model try}: a model's author tries it on local files, with no server. */
@Command(
        name = "try",
        description = {
            "Assesses a model on local features and asks it about subjects, with no server. One JSON line an answer.",
            "在本地文件上评估并试运行模型，无需服务。"
        })
final class ModelTryCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "MODEL.yaml", description = "the declaration; the ONNX file lies beside it")
    private Path model;

    @Option(
            names = "--features",
            required = true,
            paramLabel = "FILE.csv",
            description = "the feature table: a column for each field and each input the model declares")
    private Path features;

    @Option(
            names = "--subject",
            paramLabel = "FIELD=VALUE,…",
            description = "a subject to ask about, by the declared fields; may be repeated")
    private List<String> subjects = List.of();

    @Option(
            names = "--batch",
            paramLabel = "FILE.jsonl",
            description = "JSON lines {\"id\",\"operator\",\"at\",\"request\":{…}}; - reads standard input")
    private @Nullable String batch;

    @Override
    public Integer call() {
        if (subjects.isEmpty() == (batch == null)) {
            throw new ParameterException(spec.commandLine(), "questions come from --subject or from --batch");
        }
        // The bare streams, in UTF-8 whatever the terminal's locale: standard output carries JSON lines and nothing
        // else.
        InputStream in = new FileInputStream(FileDescriptor.in);
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        Optional<Path> file =
                Optional.ofNullable(batch).filter(name -> !name.equals("-")).map(Path::of);
        return ModelTrial.run(
                new ModelTrialOptions(
                        model, features, subjects.stream().map(this::subject).toList(), file),
                Clock.system(ZoneId.systemDefault()),
                in,
                out,
                err);
    }

    private Map<String, String> subject(String text) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String pair : text.split(",", -1)) {
            int at = pair.indexOf('=');
            if (at < 1 || fields.put(pair.substring(0, at), pair.substring(at + 1)) != null) {
                throw new ParameterException(
                        spec.commandLine(), "a subject is FIELD=VALUE,FIELD=VALUE, each field once");
            }
        }
        return fields;
    }
}
