package org.datareturn.sandbox.node;

import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.datareturn.guard.engine.EngineServers;
import org.datareturn.verifier.registry.jdbc.DatabaseLogin;

/**
 * Everything that can be set about a node, validated once. Contradictions are refused at start.
 *
 * @param nodeName the node's name: origin of its ledger, issuer and audience of its tokens
 * @param dataFolder holds ledger, registries, zones and the embedded database; alone it reveals nothing
 * @param keysFolder holds keys and development identities; never inside {@code dataFolder}
 * @param host address to listen on
 * @param port gRPC and HTTP, TLS
 * @param flightPort Arrow Flight SQL, TLS
 * @param plainPort gRPC and HTTP without TLS, for a proxy on this machine or a benchmark; loopback only
 * @param database where the control data lie
 * @param policySidecar base address of an OPA server; empty runs the bundled policy in-process
 * @param engines servers of zones that do not lie in this process
 * @param registries a PostgreSQL database the registries lie in; empty keeps them in the data folder
 * @param products a folder of declarations that are offered beside the standard products
 */
public record NodeOptions(
        String nodeName,
        Path dataFolder,
        Path keysFolder,
        String host,
        int port,
        int flightPort,
        Optional<Integer> plainPort,
        ControlDatabaseOptions database,
        Optional<URI> policySidecar,
        EngineServers engines,
        Optional<DatabaseLogin> registries,
        Optional<Path> products) {

    /** A node's name when nothing else is said. */
    public static final String DEFAULT_NAME = "sandbox.localhost/node";

    /** Port of gRPC and HTTP when nothing else is said. */
    public static final int DEFAULT_PORT = 8443;

    /** Port of Flight SQL when nothing else is said. */
    public static final int DEFAULT_FLIGHT_PORT = 8815;

    /**
     * Where the control data lie.
     *
     * @param jdbcUrl {@code jdbc:h2:…} or {@code jdbc:postgresql:…}
     * @param user database user
     * @param password its password; never printed
     */
    public record ControlDatabaseOptions(String jdbcUrl, String user, String password) {
        public ControlDatabaseOptions {
            if (!jdbcUrl.startsWith("jdbc:h2:") && !jdbcUrl.startsWith("jdbc:postgresql:")) {
                throw new IllegalArgumentException(
                        "database must be a jdbc:h2: or jdbc:postgresql: URL, its scheme was something else");
            }
        }

        /** The embedded default: an H2 file inside the data folder. */
        public static ControlDatabaseOptions embedded(Path dataFolder) {
            return new ControlDatabaseOptions(
                    "jdbc:h2:file:" + dataFolder.toAbsolutePath().resolve("control/control")
                            + ";DB_CLOSE_ON_EXIT=FALSE",
                    "sandbox",
                    "");
        }

        /**
         * Whether one process alone can have it open: an H2 file under its own lock. Whatever might be shared is taken to
         * be.
         */
        public boolean isOfOneServer() {
            String url = jdbcUrl.toUpperCase(Locale.ROOT);
            return url.startsWith("JDBC:H2:FILE:") && !url.contains("AUTO_SERVER") && !url.contains("FILE_LOCK");
        }

        @Override
        public String toString() {
            return "ControlDatabaseOptions[" + user + "]";
        }
    }

    public NodeOptions {
        if (!nodeName.matches("[a-z0-9][a-z0-9./-]{2,99}")) {
            throw new IllegalArgumentException("node name must be 3–100 of a-z 0-9 . / -");
        }
        dataFolder = dataFolder.toAbsolutePath().normalize();
        keysFolder = keysFolder.toAbsolutePath().normalize();
        if (keysFolder.startsWith(dataFolder)) {
            throw new IllegalArgumentException(
                    "keys folder must lie outside the data folder: whoever copies the data must not get the keys with it");
        }
        requirePort("port", port);
        requirePort("flight port", flightPort);
        plainPort.ifPresent(p -> requirePort("plain port", p));
        if (port == flightPort
                || plainPort.filter(p -> p == port || p == flightPort).isPresent()) {
            throw new IllegalArgumentException("port, flight port and plain port must differ");
        }
        if (registries
                .filter(login -> !login.url().startsWith("jdbc:postgresql:"))
                .isPresent()) {
            throw new IllegalArgumentException(
                    "registries lie in the data folder or in PostgreSQL, url must begin with jdbc:postgresql:");
        }
        if (plainPort.isPresent() && !isLoopback(host)) {
            throw new IllegalArgumentException(
                    "the plain port has no TLS and is served on loopback only, host was " + host);
        }
    }

    /** The embedded defaults over a data folder, its keys beside it in {@code DIR-keys}. */
    public static NodeOptions embedded(Path dataFolder) {
        return new NodeOptions(
                DEFAULT_NAME,
                dataFolder,
                keysBeside(dataFolder),
                "127.0.0.1",
                DEFAULT_PORT,
                DEFAULT_FLIGHT_PORT,
                Optional.empty(),
                ControlDatabaseOptions.embedded(dataFolder),
                Optional.empty(),
                EngineServers.none(),
                Optional.empty(),
                Optional.empty());
    }

    /** Where the keys of a data folder lie when nothing else is said: beside it, never in it. */
    public static Path keysBeside(Path dataFolder) {
        Path folder = dataFolder.toAbsolutePath().normalize();
        return folder.resolveSibling(folder.getFileName() + "-keys");
    }

    /** Where loads of registries sort, and keep what they have read until an edition stands: tokens only. */
    public Path registryLoads() {
        return dataFolder.resolve("registry-loads");
    }

    /** Where the development authority and the demo identities lie. */
    public Path identitiesFolder() {
        return keysFolder.resolve("identities");
    }

    private static void requirePort(String name, int port) {
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException(name + " must be 1–65535, was " + port);
        }
    }

    private static boolean isLoopback(String host) {
        return host.equals("127.0.0.1") || host.equals("localhost") || host.equals("::1");
    }
}
