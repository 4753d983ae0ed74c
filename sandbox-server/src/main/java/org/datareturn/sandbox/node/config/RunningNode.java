package org.datareturn.sandbox.node.config;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.datareturn.sandbox.node.Node;
import org.datareturn.sandbox.zone.flight.FlightSqlEndpoint;
import org.datareturn.sandbox.zone.flight.FlightSqlOptions;
import org.datareturn.sandbox.zone.flight.RoadQueries;

/**
 * The node this process runs. The command line opens it before Quarkus starts, so that whatever is wrong with folders,
 * keys or data is told in a sentence; Quarkus makes its beans itself, so the node is handed over here, once a process.
 */
@Singleton
public class RunningNode {
    private static final AtomicReference<Node> HANDED_OVER = new AtomicReference<>();

    private final Node node;
    private Optional<FlightSqlEndpoint> flight = Optional.empty();

    /** Takes the node that was handed over. */
    public RunningNode() {
        this.node = Optional.ofNullable(HANDED_OVER.get())
                .orElseThrow(() -> new IllegalStateException("no node was opened: start through ./sandbox serve"));
    }

    /** Hands over the node that Quarkus is about to serve. */
    public static void handOver(Node opened) {
        HANDED_OVER.set(opened);
    }

    /** The node. */
    public Node node() {
        return node;
    }

    void start(@Observes StartupEvent started) throws IOException {
        var options = node.options();
        var authority = node.stores().authority();
        flight = Optional.of(FlightSqlEndpoint.start(
                new FlightSqlOptions(
                        options.host(),
                        options.flightPort(),
                        authority.serverFile("crt.pem"),
                        authority.serverFile("key.pem"),
                        Optional.of(authority.certificateFile()),
                        FlightSqlOptions.Limits.STANDARD),
                new RoadQueries(node.zones()),
                Clock.systemUTC()));
    }

    void stop(@Observes ShutdownEvent stopping) throws IOException {
        flight.ifPresent(FlightSqlEndpoint::close);
        node.close();
    }
}
