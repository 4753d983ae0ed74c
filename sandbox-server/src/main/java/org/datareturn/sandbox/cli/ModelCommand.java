package org.datareturn.sandbox.cli;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.datareturn.policy.Refusal;
import org.datareturn.proto.v1.AssessModelRequest;
import org.datareturn.proto.v1.DecideModelRequest;
import org.datareturn.proto.v1.GetModelRequest;
import org.datareturn.proto.v1.ListModelsRequest;
import org.datareturn.proto.v1.Model;
import org.datareturn.proto.v1.Purpose;
import org.datareturn.proto.v1.RegisterModelRequest;
import org.datareturn.proto.v1.ScoreRequest;
import org.datareturn.proto.v1.ScoreResponse;
import org.datareturn.verifier.model.ModelDeclaration;
import org.datareturn.verifier.model.ModelDeclarationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code model …}: models that place a subject in a band, tried on local files or served by a node. */
@Command(
        name = "model",
        description = "Models that place a subject in a band. 模型产品的试运行、登记、评估、审批与调用。",
        subcommands = {
            ModelTryCommand.class,
            ModelCommand.Submit.class,
            ModelCommand.Assess.class,
            ModelCommand.Approve.class,
            ModelCommand.Refuse.class,
            ModelCommand.Suspend.class,
            ModelCommand.ListAll.class,
            ModelCommand.Score.class
        })
final class ModelCommand {
    /** What all of them share that call a node. */
    abstract static class Client implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Mixin
        private ConnectionMixin connection;

        @Option(names = "--json", description = "one JSON object a model or answer instead of text")
        private boolean json;

        Console console() {
            return new Console(spec);
        }

        int connected(ConnectionMixin.Work work) {
            return connection.connected(console(), work);
        }

        int shown(Model model) {
            return printed(model, ModelText.of(model));
        }

        int printed(MessageOrBuilder message, String text) {
            try {
                console()
                        .out(
                                json
                                        ? JsonFormat.printer()
                                                .omittingInsignificantWhitespace()
                                                .preservingProtoFieldNames()
                                                .print(message)
                                        : text);
            } catch (InvalidProtocolBufferException e) {
                throw new IllegalStateException("a message without Any always has a JSON form", e);
            }
            return Exit.OK;
        }
    }

    /** {@code model submit}. */
    @Command(
            name = "submit",
            description = {
                "Registers a model; the node assesses it at once. The ONNX file lies beside the declaration.",
                "登记模型，节点随即自动评估。ONNX 文件与声明放在同一目录。"
            })
    static final class Submit extends Client {
        @Parameters(paramLabel = "MODEL.yaml", description = "the declaration with its card")
        private Path file;

        @Override
        public Integer call() throws IOException {
            if (!Files.isReadable(file)) {
                return console().fail(Refusal.of(CliReason.FILE_MISSING, file.toString()));
            }
            String declaration = Files.readString(file, StandardCharsets.UTF_8);
            Path onnx;
            try {
                onnx = file.resolveSibling(ModelDeclaration.parse(declaration, file.toString())
                        .onnx()
                        .file());
            } catch (ModelDeclarationException e) {
                return console().unusable(e);
            }
            if (!Files.isReadable(onnx)) {
                return console().fail(Refusal.of(CliReason.FILE_MISSING, onnx.toString()));
            }
            RegisterModelRequest request = RegisterModelRequest.newBuilder()
                    .setDeclaration(declaration)
                    .setOnnx(ByteString.copyFrom(Files.readAllBytes(onnx)))
                    .build();
            return connected(node -> shown(node.models().register(request).getModel()));
        }
    }

    /** Which model a command is about. */
    abstract static class One extends Client {
        @Parameters(index = "0", paramLabel = "MODEL", description = "the model's name")
        private String name;

        @Option(names = "--version", required = true, paramLabel = "N", description = "its version")
        private int version;

        String name() {
            return name;
        }

        int version() {
            return version;
        }
    }

    /** {@code model assess}. */
    @Command(name = "assess", description = "Assesses a model anew on its feature table. 重新评估模型。")
    static final class Assess extends One {
        @Override
        public Integer call() {
            return connected(node -> shown(node.models()
                    .assess(AssessModelRequest.newBuilder()
                            .setName(name())
                            .setVersion(version())
                            .build())
                    .getModel()));
        }
    }

    /** What a decision states. */
    abstract static class Decision extends One {
        @Option(names = "--reasons", required = true, paramLabel = "TEXT", description = "why; kept with the model")
        private String reasons;

        DecideModelRequest request() {
            return DecideModelRequest.newBuilder()
                    .setName(name())
                    .setVersion(version())
                    .setReasons(reasons)
                    .build();
        }
    }

    /** {@code model approve}. */
    @Command(name = "approve", description = "Assesses a model once more and approves it. 复评并批准模型。")
    static final class Approve extends Decision {
        @Override
        public Integer call() {
            return connected(node -> shown(node.models().approve(request()).getModel()));
        }
    }

    /** {@code model refuse}. */
    @Command(name = "refuse", description = "Refuses a model, for good. 不予批准模型。")
    static final class Refuse extends Decision {
        @Override
        public Integer call() {
            return connected(node -> shown(node.models().refuse(request()).getModel()));
        }
    }

    /** {@code model suspend}. */
    @Command(name = "suspend", description = "Stops an approved model from the next call. 停用模型，自下一次调用起生效。")
    static final class Suspend extends Decision {
        @Override
        public Integer call() {
            return connected(node -> shown(node.models().suspend(request()).getModel()));
        }
    }

    /** {@code model list}. */
    @Command(name = "list", description = "Lists the models you may read, or shows one whole. 列出可见的模型，或显示其中一个。")
    static final class ListAll extends Client {
        @Parameters(paramLabel = "MODEL", arity = "0..1", description = "one model only, with declaration and card")
        private @Nullable String name;

        @Option(names = "--version", paramLabel = "N", defaultValue = "1", description = "its version (default: 1)")
        private int version;

        @Override
        public Integer call() {
            String one = name;
            return connected(node -> {
                if (one != null) {
                    return shown(node.models()
                            .get(GetModelRequest.newBuilder()
                                    .setName(one)
                                    .setVersion(version)
                                    .build())
                            .getModel());
                }
                List<Model> all = node.models()
                        .list(ListModelsRequest.getDefaultInstance())
                        .getModelsList();
                if (all.isEmpty()) {
                    console().note("no models you may read 没有您可见的模型");
                }
                all.forEach(this::shown);
                return Exit.OK;
            });
        }
    }

    /** {@code model score}. */
    @Command(
            name = "score",
            description = {"Places one subject (NAME=VALUE …) in a band, under a grant. 在授权下为一个对象分档。"})
    static final class Score extends Client {
        @Parameters(index = "0", paramLabel = "MODEL", description = "the model's name")
        private String name;

        @Parameters(index = "1..*", paramLabel = "NAME=VALUE", description = "the fields the model declares")
        private Map<String, String> fields = new TreeMap<>();

        @Option(names = "--grant", required = true, paramLabel = "ID", description = "the grant it is asked under")
        private String grant;

        @Option(
                names = "--purpose",
                defaultValue = "ADMINISTRATIVE_BASIS",
                description = "the grant's purpose (default: ${DEFAULT-VALUE})")
        private String purpose;

        @Option(
                names = "--region",
                required = true,
                paramLabel = "CODE",
                description = "the division it concerns, GB/T 2260")
        private String region;

        @Override
        public Integer call() {
            Optional<Purpose> stated = PurposeNames.named(purpose);
            if (stated.isEmpty()) {
                return console().fail(PurposeNames.unknown(purpose));
            }
            ScoreRequest request = ScoreRequest.newBuilder()
                    .setGrantId(grant)
                    .setModel(name)
                    .putAllFields(fields)
                    .setPurpose(stated.get())
                    .setRegion(region)
                    .build();
            return connected(node -> {
                ScoreResponse answer = node.models().score(request);
                return printed(
                        answer,
                        answer.getBand() + "  " + answer.getRecord().getTraceId() + "  "
                                + answer.getSource().getProvider() + " "
                                + answer.getSource().getAcquiredOn());
            });
        }
    }
}
