package org.datareturn.sandbox.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.datareturn.guard.engine.EngineServers;
import org.datareturn.sandbox.node.NodeOptions;
import org.datareturn.sandbox.node.NodeOptions.ControlDatabaseOptions;
import org.datareturn.verifier.registry.jdbc.DatabaseLogin;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command on what a node keeps, whether it serves it or not. */
final class NodeStoresMixin {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "data",
            description = "the data folder; prepared when it does not exist (default: ${DEFAULT-VALUE})")
    private Path data;

    @Option(names = "--keys", paramLabel = "DIR", description = "the keys folder (default: DIR-keys beside the data)")
    private @Nullable Path keys;

    @Option(
            names = "--name",
            defaultValue = NodeOptions.DEFAULT_NAME,
            description = "the node's name: origin of its ledger (default: ${DEFAULT-VALUE})")
    private String name;

    @Option(
            names = "--database",
            paramLabel = "JDBC_URL",
            description = "control database, jdbc:postgresql:… (default: H2 inside the data folder)")
    private @Nullable String database;

    @Option(names = "--database-user", defaultValue = "sandbox", description = "its user (default: ${DEFAULT-VALUE})")
    private String databaseUser;

    @Option(names = "--database-password-file", paramLabel = "FILE", description = "a file with its password")
    private @Nullable Path databasePasswordFile;

    @Option(
            names = "--registries",
            paramLabel = "FILE",
            description = {
                "the PostgreSQL database the registries lie in: url, user, password (default: the data folder); see docs/products.md.",
                "登记库所在 PostgreSQL 数据库的配置文件（仅本人可读），见 docs/products.md。"
            })
    private @Nullable Path registries;

    @Mixin
    private ProductsMixin products;

    /**
     * The options of a command that serves nothing, validated.
     *
     * @throws IllegalArgumentException when they contradict each other
     * @throws IOException when the password file cannot be read
     */
    NodeOptions unserved(EngineServers engines) throws IOException {
        return served(
                new Serving("127.0.0.1", NodeOptions.DEFAULT_PORT, NodeOptions.DEFAULT_FLIGHT_PORT, Optional.empty()),
                Optional.empty(),
                engines);
    }

    /**
     * Where a node serves.
     *
     * @param host address
     * @param port of gRPC and HTTPS
     * @param flightPort of Flight SQL
     * @param plainPort without TLS, if any
     */
    record Serving(String host, int port, int flightPort, Optional<Integer> plainPort) {}

    /**
     * The options of a command that serves, validated.
     *
     * @throws IllegalArgumentException when they contradict each other
     * @throws IOException when the password file cannot be read
     */
    NodeOptions served(Serving at, Optional<URI> policy, EngineServers engines) throws IOException {
        Path dataFolder = data.toAbsolutePath().normalize();
        return new NodeOptions(
                name,
                dataFolder,
                keys == null ? NodeOptions.keysBeside(dataFolder) : keys,
                at.host(),
                at.port(),
                at.flightPort(),
                at.plainPort(),
                database == null
                        ? ControlDatabaseOptions.embedded(dataFolder)
                        : new ControlDatabaseOptions(database, databaseUser, password()),
                policy,
                engines,
                registryDatabase(),
                products.folder());
    }

    private Optional<DatabaseLogin> registryDatabase() throws IOException {
        if (registries == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(DatabaseLogin.read(registries, System::getenv));
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(registries + ": " + wrong.getMessage(), wrong);
        }
    }

    private String password() throws IOException {
        return databasePasswordFile == null
                ? ""
                : Files.readString(databasePasswordFile, StandardCharsets.UTF_8).strip();
    }
}
