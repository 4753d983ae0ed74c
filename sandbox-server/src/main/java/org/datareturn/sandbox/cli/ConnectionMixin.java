package org.datareturn.sandbox.cli;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.datareturn.policy.Refusal;
import org.datareturn.proto.v1.RefusalDetail;
import org.datareturn.sandbox.cli.client.NodeClient;
import org.datareturn.sandbox.node.NodeOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options every command shares that is a client of a running node. */
final class ConnectionMixin {
    @Option(names = "--host", defaultValue = "localhost", description = "the node (default: ${DEFAULT-VALUE})")
    private String host;

    @Option(
            names = "--port",
            defaultValue = "" + NodeOptions.DEFAULT_PORT,
            description = "its gRPC port (default: ${DEFAULT-VALUE})")
    private int port;

    @Option(
            names = "--identities",
            paramLabel = "DIR",
            description = "the identities folder it printed at start (default: that of --data)")
    private @Nullable Path identities;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "data",
            description = "the node's data folder, when it is on this machine (default: ${DEFAULT-VALUE})")
    private Path data;

    @Option(names = "--as", required = true, paramLabel = "NAME", description = "which operator's identity to use")
    private String alias;

    /** What a command does with a node. */
    @FunctionalInterface
    interface Work {
        /** Does it and gives the exit code. */
        int with(NodeClient node) throws IOException;
    }

    /** Runs a command's work on a connection; says a refusal with its code, both languages and its trace. */
    int connected(Console console, Work work) {
        Path folder = identities == null
                ? NodeOptions.embedded(data.toAbsolutePath().normalize()).identitiesFolder()
                : identities;
        Optional<Refusal> unknown = unknownOperator(folder, alias);
        if (unknown.isPresent()) {
            return console.fail(unknown.get());
        }
        try (NodeClient node = NodeClient.connect(host, port, folder, alias)) {
            return work.with(node);
        } catch (IOException e) {
            return console.fail(Refusal.of(
                    CliReason.FILE_UNREADABLE,
                    folder.resolve("operators").resolve(alias).toString()));
        } catch (StatusRuntimeException e) {
            Optional<RefusalDetail> detail = NodeClient.refusal(e);
            if (detail.isPresent()) {
                refused(console, detail.get());
            } else {
                console.err(Refusal.of(
                        CliReason.NODE_UNREACHABLE,
                        host + ":" + port,
                        Status.fromThrowable(e).getCode().name()));
            }
            return Exit.REFUSED_OR_FAILED;
        }
    }

    /** The refusal of an operator who has no identity in a folder that has others'. */
    static Optional<Refusal> unknownOperator(Path identities, String alias) {
        String[] known = identities.resolve("operators").toFile().list();
        if (known == null || List.of(known).contains(alias)) {
            return Optional.empty();
        }
        Arrays.sort(known);
        return Optional.of(Refusal.of(CliReason.NO_SUCH_IDENTITY, alias, String.join(", ", known)));
    }

    private static void refused(Console console, RefusalDetail detail) {
        console.note(detail.getReason() + ": " + detail.getMessage().getEn());
        console.note(detail.getReason() + "：" + detail.getMessage().getZh());
        console.note("  trace id 追踪号 " + detail.getRecord().getTraceId());
    }
}
