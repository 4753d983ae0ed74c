package org.datareturn.sandbox.cli;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.datareturn.policy.Refusal;
import org.datareturn.proto.v1.AssessTemplateRequest;
import org.datareturn.proto.v1.DecideTemplateRequest;
import org.datareturn.proto.v1.GetTemplateRequest;
import org.datareturn.proto.v1.ListTemplatesRequest;
import org.datareturn.proto.v1.SubmitTemplateRequest;
import org.datareturn.proto.v1.Template;
import org.datareturn.proto.v1.TemplateParameter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code template …}: approved queries of a running node. */
@Command(
        name = "template",
        description = "Approved queries of a running node. 查询模板的提交、评估与审批。",
        subcommands = {
            TemplateCommand.Submit.class,
            TemplateCommand.Assess.class,
            TemplateCommand.Approve.class,
            TemplateCommand.Refuse.class,
            TemplateCommand.ListAll.class
        })
final class TemplateCommand {
    /** What all of them share. */
    abstract static class Client implements Callable<Integer> {
        @Spec
        private CommandSpec spec;

        @Mixin
        private ConnectionMixin connection;

        @Option(names = "--json", description = "one JSON object a template instead of text")
        private boolean json;

        Console console() {
            return new Console(spec);
        }

        int connected(ConnectionMixin.Work work) {
            return connection.connected(console(), work);
        }

        int shown(Template template) {
            console().out(json ? json(template) : TemplateText.of(template));
            return Exit.OK;
        }

        private static String json(Template template) {
            try {
                return JsonFormat.printer()
                        .omittingInsignificantWhitespace()
                        .preservingProtoFieldNames()
                        .print(template);
            } catch (InvalidProtocolBufferException e) {
                throw new IllegalStateException("a message without Any always has a JSON form", e);
            }
        }
    }

    /** {@code template submit}. */
    @Command(
            name = "submit",
            description = {
                "Submits a query with parameters; the node assesses it at once. In the SQL, :name stands for a parameter.",
                "提交带参数的查询模板，节点随即自动评估。SQL 中以 :名称 引用参数。"
            })
    static final class Submit extends Client {
        private static final Pattern WRITTEN = Pattern.compile("(\\w+)=([A-Z]+(?:\\(\\d+,\\s*\\d+\\))?):(.+)");
        private static final Pattern RANGE = Pattern.compile("([^|]+?)\\.\\.([^|]+?)(?:/([^|]+))?");

        @Mixin
        private SessionMixin session;

        @Option(names = "--title", required = true, description = "what it is for")
        private String title;

        @Option(
                names = "--parameter",
                paramLabel = "NAME=TYPE:VALUES",
                description = "a parameter, in order: values a|b|c, or a range 18..60/6 (least..greatest/step)")
        private List<String> parameters = List.of();

        @Parameters(paramLabel = "FILE.sql", description = "a file with the SQL")
        private Path file;

        @Override
        public Integer call() throws IOException {
            if (!Files.isReadable(file)) {
                return console().fail(Refusal.of(CliReason.FILE_MISSING, file.toString()));
            }
            List<TemplateParameter> read = new ArrayList<>();
            for (String text : parameters) {
                Optional<TemplateParameter> parameter = parameter(text);
                if (parameter.isEmpty()) {
                    return console()
                            .fail(Refusal.of(
                                    CliReason.OPTIONS_CONTRADICT,
                                    "--parameter " + text + " is not NAME=TYPE:VALUES",
                                    "--parameter " + text + " 应写成 NAME=TYPE:VALUES"));
                }
                read.add(parameter.get());
            }
            String sql = Files.readString(file, StandardCharsets.UTF_8);
            return session.purpose()
                    .map(purpose -> connected(node -> shown(node.templates()
                            .submit(SubmitTemplateRequest.newBuilder()
                                    .setGrantId(session.grant())
                                    .setZone(session.zone())
                                    .setPurpose(purpose)
                                    .setRegion(session.region())
                                    .setTitle(title)
                                    .setSql(sql)
                                    .addAllParameters(read)
                                    .build())
                            .getTemplate())))
                    .orElseGet(() -> console().fail(session.unknownPurpose()));
        }

        private static Optional<TemplateParameter> parameter(String text) {
            Matcher written = WRITTEN.matcher(text);
            if (!written.matches()) {
                return Optional.empty();
            }
            TemplateParameter.Builder parameter =
                    TemplateParameter.newBuilder().setName(written.group(1)).setType(written.group(2));
            Matcher range = RANGE.matcher(written.group(3));
            if (!range.matches()) {
                parameter.addAllValues(List.of(written.group(3).split("\\|", -1)));
                return Optional.of(parameter.build());
            }
            parameter.addRange(range.group(1)).addRange(range.group(2));
            @Nullable String step = range.group(3);
            if (step != null) {
                parameter.addRange(step);
            }
            return Optional.of(parameter.build());
        }
    }

    /** {@code template assess}. */
    @Command(name = "assess", description = "Assesses a template again; it then waits for approval. 重新评估查询模板。")
    static final class Assess extends Client {
        @Mixin
        private SessionMixin session;

        @Parameters(paramLabel = "ID", description = "the template")
        private String id;

        @Override
        public Integer call() {
            return session.purpose()
                    .map(purpose -> connected(node -> shown(node.templates()
                            .assess(AssessTemplateRequest.newBuilder()
                                    .setId(id)
                                    .setGrantId(session.grant())
                                    .setZone(session.zone())
                                    .setPurpose(purpose)
                                    .setRegion(session.region())
                                    .build())
                            .getTemplate())))
                    .orElseGet(() -> console().fail(session.unknownPurpose()));
        }
    }

    /** What a decision states. */
    abstract static class Decision extends Client {
        @Parameters(paramLabel = "ID", description = "the template")
        private String id;

        @Option(
                names = "--version",
                required = true,
                paramLabel = "N",
                description = "the version you read, as template list shows it; another one is not decided on")
        private int version;

        @Option(names = "--reasons", required = true, paramLabel = "TEXT", description = "why; kept with the template")
        private String reasons;

        DecideTemplateRequest request() {
            return DecideTemplateRequest.newBuilder()
                    .setId(id)
                    .setVersion(version)
                    .setReasons(reasons)
                    .build();
        }
    }

    /** {@code template approve}. */
    @Command(name = "approve", description = "Approves a template as assessed. 批准查询模板。")
    static final class Approve extends Decision {
        @Override
        public Integer call() {
            return connected(node -> shown(node.templates().approve(request()).getTemplate()));
        }
    }

    /** {@code template refuse}. */
    @Command(name = "refuse", description = "Refuses a template, for good. 不予批准查询模板。")
    static final class Refuse extends Decision {
        @Override
        public Integer call() {
            return connected(node -> shown(node.templates().refuse(request()).getTemplate()));
        }
    }

    /** {@code template list}. */
    @Command(name = "list", description = "Lists the templates you may read, or one of them. 列出可见的查询模板。")
    static final class ListAll extends Client {
        @Parameters(paramLabel = "ID", arity = "0..1", description = "one template only")
        private @Nullable String id;

        @Override
        public Integer call() {
            String one = id;
            return connected(node -> {
                if (one != null) {
                    return shown(node.templates()
                            .get(GetTemplateRequest.newBuilder().setId(one).build())
                            .getTemplate());
                }
                List<Template> all = node.templates()
                        .list(ListTemplatesRequest.getDefaultInstance())
                        .getTemplatesList();
                if (all.isEmpty()) {
                    console().note("no templates you may read 没有您可见的查询模板");
                }
                all.forEach(this::shown);
                return Exit.OK;
            });
        }
    }
}
