package org.datareturn.sandbox.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.datareturn.proto.v1.Purpose;
import org.datareturn.proto.v1.QueryRequest;
import org.datareturn.proto.v1.QueryResponse;
import org.datareturn.proto.v1.RunRequest;
import org.datareturn.sandbox.cli.client.NodeClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code query}: asks a zone of a running node. */
@Command(
        name = "query",
        description = {
            "Asks a data zone of a running node: one SQL query, or an approved template by its id.",
            "Shows the rows, how many groups were left out, what it cost of the privacy budget, and where it is recorded.",
            "向运行中的节点的数据专区提问：一条 SQL，或按编号执行已批准的查询模板。"
        })
final class QueryCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ConnectionMixin connection;

    @Mixin
    private SessionMixin session;

    @ArgGroup(multiplicity = "1")
    private Asked asked;

    @Option(
            names = "--argument",
            paramLabel = "VALUE",
            description = "an argument of the template, in order; once for each")
    private List<String> arguments = List.of();

    @Option(names = "--receipt", paramLabel = "FILE", description = "keep the receipt here")
    private @Nullable Path receipt;

    @Option(names = "--json", description = "one JSON object instead of a table")
    private boolean json;

    /** What is asked: exactly one. */
    static final class Asked {
        @Parameters(paramLabel = "SQL", description = "one query")
        private @Nullable String sql;

        @Option(names = "--template", paramLabel = "ID", description = "an approved template")
        private @Nullable String template;
    }

    @Override
    public Integer call() {
        Console console = new Console(spec);
        return session.purpose()
                .map(purpose -> connection.connected(console, node -> {
                    QueryResponse answer = ask(node, purpose);
                    if (receipt != null) {
                        Files.writeString(receipt, answer.getRecord().getReceipt(), StandardCharsets.UTF_8);
                    }
                    show(console, answer);
                    return Exit.OK;
                }))
                .orElseGet(() -> console.fail(session.unknownPurpose()));
    }

    private QueryResponse ask(NodeClient node, Purpose purpose) throws IOException {
        String template = asked.template;
        if (template != null) {
            return node.zones()
                    .run(RunRequest.newBuilder()
                            .setGrantId(session.grant())
                            .setZone(session.zone())
                            .setPurpose(purpose)
                            .setRegion(session.region())
                            .setTemplateId(template)
                            .addAllArguments(arguments)
                            .build());
        }
        return node.zones()
                .query(QueryRequest.newBuilder()
                        .setGrantId(session.grant())
                        .setZone(session.zone())
                        .setPurpose(purpose)
                        .setRegion(session.region())
                        .setSql(asked.sql == null ? "" : asked.sql)
                        .build());
    }

    private void show(Console console, QueryResponse answer) {
        if (json) {
            console.out(AnswerText.json(answer));
            return;
        }
        AnswerText.table(answer).forEach(console::out);
        console.note("  suppressed groups 未返还分组 " + answer.getSuppressedGroups());
        AnswerText.margins(answer).forEach(margin -> console.note("  95 % margin 误差范围      " + margin));
        if (answer.hasPrivacyCost()) {
            console.note("  privacy cost 隐私开销     epsilon "
                    + answer.getPrivacyCost().getEpsilon() + ", left 剩余 "
                    + answer.getPrivacyCost().getLeft());
        }
        console.note("  source 数据来源           " + answer.getSource());
        console.note("  trace id 追踪号           " + answer.getRecord().getTraceId());
        console.note("  release 返还批次          " + answer.getReleaseId());
    }
}
