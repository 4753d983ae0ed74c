package org.datareturn.sandbox.cli;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.datareturn.sandbox.node.NodeOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of a command that serves a node. */
final class NodeOptionsMixin {
    @Mixin
    private NodeStoresMixin stores;

    @Option(names = "--host", defaultValue = "127.0.0.1", description = "address (default: ${DEFAULT-VALUE})")
    private String host;

    @Option(
            names = "--port",
            defaultValue = "" + NodeOptions.DEFAULT_PORT,
            description = "gRPC and HTTPS (default: ${DEFAULT-VALUE})")
    private int port;

    @Option(
            names = "--flight-port",
            defaultValue = "" + NodeOptions.DEFAULT_FLIGHT_PORT,
            description = "Flight SQL (default: ${DEFAULT-VALUE})")
    private int flightPort;

    @Option(
            names = "--plain-port",
            description = "gRPC and HTTP without TLS, loopback only, for a proxy on this machine (default: none)")
    private @Nullable Integer plainPort;

    @Option(
            names = "--policy",
            paramLabel = "URL",
            description = "an OPA server that decides (default: the carried policy, in-process)")
    private @Nullable URI policy;

    @Mixin
    private EnginesMixin engines;

    /**
     * The options, validated.
     *
     * @throws IllegalArgumentException when they contradict each other
     * @throws IOException when the password file cannot be read
     */
    NodeOptions options() throws IOException {
        return stores.served(
                new NodeStoresMixin.Serving(host, port, flightPort, Optional.ofNullable(plainPort)),
                Optional.ofNullable(policy),
                engines.servers());
    }
}
