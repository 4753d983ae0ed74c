package org.datareturn.sandbox.cli;

import io.quarkus.runtime.Quarkus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Map;
import java.util.concurrent.Callable;
import org.datareturn.guard.declaration.DeclarationException;
import org.datareturn.guard.load.LoadException;
import org.datareturn.policy.Refusal;
import org.datareturn.sandbox.identity.DevelopmentAuthority;
import org.datareturn.sandbox.node.Node;
import org.datareturn.sandbox.node.NodeOptions;
import org.datareturn.sandbox.node.NodeStartException;
import org.datareturn.sandbox.node.NodeStores;
import org.datareturn.sandbox.node.config.RunningNode;
import org.datareturn.sandbox.province.SyntheticProvince;
import org.datareturn.sandbox.road.RoadReason;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code serve}: the server. */
@Command(
        name = "serve",
        description = {
            "Runs the node: gRPC and HTTPS on one port, Arrow Flight SQL on another. Stop it with Ctrl-C.",
            "启动节点服务。数据目录不存在时自动准备（开发用证书与演示身份在密钥目录）。"
        })
final class ServeCommand implements Callable<Integer> {
    /** The line that says the node takes calls; scripts wait for it. */
    static final String READY = "READY 已就绪";

    @Spec
    private CommandSpec spec;

    @Mixin
    private NodeOptionsMixin node;

    @Option(
            names = "--synthetic-province",
            arity = "0..1",
            fallbackValue = "" + SyntheticProvince.DEFAULT_PERSONS,
            paramLabel = "PERSONS",
            description =
                    "on a new data folder, load a synthetic province of so many persons (default: ${FALLBACK-VALUE})")
    private @Nullable Integer persons;

    @Mixin
    private FeaturesMixin features;

    @Option(names = "--seed", defaultValue = "20251231", description = "its seed (default: ${DEFAULT-VALUE})")
    private long seed;

    @Override
    public Integer call() throws IOException {
        Console console = new Console(spec);
        NodeOptions options;
        try {
            options = node.options();
        } catch (IllegalArgumentException e) {
            return console.unusable(e);
        }
        Clock clock = Clock.system(ZoneId.systemDefault());
        try {
            requireFree(options);
            boolean fresh = isEmpty(options.dataFolder());
            if (persons != null && fresh) {
                try (NodeStores stores = NodeStores.open(options, clock)) {
                    ProvinceLoading.load(stores, clock, SyntheticProvince.generate(seed, persons), console);
                }
            } else if (persons != null) {
                console.note("The data folder has content; no province is loaded. 数据目录非空，不再载入合成数据。");
            }
            features.load(options, clock, console);
            Node opened = Node.open(options, clock);
            configure(options, opened.stores().authority());
            RunningNode.handOver(opened);
            console.out(endpoints(opened));
        } catch (NodeStartException e) {
            console.err(e.refusal());
            return Exit.REFUSED_OR_FAILED;
        } catch (DeclarationException | LoadException | IllegalArgumentException e) {
            console.err(Refusal.of(RoadReason.START_REFUSED, String.valueOf(e.getMessage())));
            return Exit.REFUSED_OR_FAILED;
        }
        Quarkus.run(ServingApplication.class);
        return Exit.OK;
    }

    private static boolean isEmpty(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return true;
        }
        try (var entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        }
    }

    /** A port in use is said in a sentence, before anything is opened. */
    private static void requireFree(NodeOptions options) throws NodeStartException {
        requireFree(options.host(), options.port(), "--port");
        requireFree(options.host(), options.flightPort(), "--flight-port");
        if (options.plainPort().isPresent()) {
            requireFree(options.host(), options.plainPort().get(), "--plain-port");
        }
    }

    private static void requireFree(String host, int port, String option) throws NodeStartException {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getByName(host), port));
        } catch (IOException e) {
            throw new NodeStartException(Refusal.of(RoadReason.PORT_IN_USE, Integer.toString(port), option), e);
        }
    }

    /** What Quarkus is told at start; it reads system properties. */
    private static void configure(NodeOptions options, DevelopmentAuthority authority) {
        Map<String, String> settings = Map.of(
                "quarkus.http.host", options.host(),
                "quarkus.http.ssl-port", Integer.toString(options.port()),
                "quarkus.http.port", Integer.toString(options.plainPort().orElse(0)),
                "quarkus.http.insecure-requests", options.plainPort().isPresent() ? "enabled" : "disabled",
                "quarkus.tls.key-store.pem.0.cert",
                        authority.serverFile("crt.pem").toString(),
                "quarkus.tls.key-store.pem.0.key",
                        authority.serverFile("key.pem").toString(),
                "quarkus.tls.trust-store.pem.certs", authority.certificateFile().toString());
        settings.forEach(System::setProperty);
    }

    private static String endpoints(Node node) {
        NodeOptions options = node.options();
        StringBuilder text = new StringBuilder("Data Return Sandbox 数据返还沙箱\n");
        text.append("  gRPC + HTTPS   ")
                .append(options.host())
                .append(':')
                .append(options.port())
                .append('\n');
        options.plainPort()
                .ifPresent(port -> text.append("  plain (loopback) ")
                        .append(options.host())
                        .append(':')
                        .append(port)
                        .append('\n'));
        text.append("  Flight SQL     ")
                .append(options.host())
                .append(':')
                .append(options.flightPort())
                .append('\n');
        text.append("  ledger         https://")
                .append(options.host())
                .append(':')
                .append(options.port())
                .append("/ledger/checkpoint\n");
        text.append("  verifier key   ").append(node.ledger().verifierKey()).append('\n');
        text.append("  zones          ")
                .append(String.join(", ", node.zoneNames()))
                .append('\n');
        text.append("  data, keys     ")
                .append(options.dataFolder())
                .append(", ")
                .append(options.keysFolder())
                .append('\n');
        text.append("  identities     ")
                .append(options.identitiesFolder())
                .append("/operators (development only 仅限开发)");
        return text.toString();
    }
}
