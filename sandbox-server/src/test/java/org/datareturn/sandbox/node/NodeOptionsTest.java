package org.datareturn.sandbox.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.Optional;
import org.datareturn.guard.engine.EngineServers;
import org.datareturn.sandbox.node.NodeOptions.ControlDatabaseOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeOptionsTest {
    private static final Path DATA = Path.of("/srv/node/data");
    private static final Path KEYS = Path.of("/srv/node/keys");

    @Test
    void embeddedDefaultsStandOnLoopbackWithKeysBesideTheData() {
        NodeOptions options = NodeOptions.embedded(DATA);
        assertThat(options.nodeName()).isEqualTo("sandbox.localhost/node");
        assertThat(options.host()).isEqualTo("127.0.0.1");
        assertThat(options.port()).isEqualTo(8443);
        assertThat(options.flightPort()).isEqualTo(8815);
        assertThat(options.plainPort()).isEmpty();
        assertThat(options.policySidecar()).isEmpty();
        assertThat(options.keysFolder()).isEqualTo(Path.of("/srv/node/data-keys"));
        assertThat(options.identitiesFolder()).isEqualTo(Path.of("/srv/node/data-keys/identities"));
        assertThat(options.database().jdbcUrl()).startsWith("jdbc:h2:file:/srv/node/data/control/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/srv/node/data", "/srv/node/data/keys", "/srv/node/keys/../data/keys", "/srv/node/./data"})
    void refusesKeysInsideTheData(String keys) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options("node.example/a", Path.of(keys), "127.0.0.1", 1, 2, Optional.empty()))
                .withMessageContaining("keys folder must lie outside");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 65536})
    void refusesAPortThatIsNone(int port) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options("node", KEYS, "127.0.0.1", port, 2, Optional.empty()))
                .withMessage("port must be 1–65535, was " + port);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options("node", KEYS, "127.0.0.1", 1, port, Optional.empty()))
                .withMessage("flight port must be 1–65535, was " + port);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options("node", KEYS, "127.0.0.1", 1, 2, Optional.of(port)))
                .withMessage("plain port must be 1–65535, was " + port);
    }

    @Test
    void refusesPortsThatAreTheSame() {
        String differ = "port, flight port and plain port must differ";
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options("node", KEYS, "127.0.0.1", 1, 1, Optional.empty()))
                .withMessage(differ);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options("node", KEYS, "127.0.0.1", 1, 2, Optional.of(1)))
                .withMessage(differ);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options("node", KEYS, "127.0.0.1", 1, 2, Optional.of(2)))
                .withMessage(differ);
    }

    @Test
    void refusesAPlainPortForOthersThanThisMachine() {
        for (String host : new String[] {"0.0.0.0", "192.0.2.1", "::", "node.example"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> options("node", KEYS, host, 1, 2, Optional.of(3)))
                    .withMessageContaining("loopback only, host was " + host);
            assertThat(options("node", KEYS, host, 1, 2, Optional.empty()).host())
                    .isEqualTo(host);
        }
        for (String host : new String[] {"127.0.0.1", "localhost", "::1"}) {
            assertThat(options("node", KEYS, host, 1, 2, Optional.of(3)).plainPort())
                    .contains(3);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ab", "Node", "node name", "-node", "节点节点", "node+key", "node\nline"})
    void refusesANameThatCannotBeALogsOrigin(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options(name, KEYS, "127.0.0.1", 1, 2, Optional.empty()))
                .withMessageContaining("node name must be");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "postgresql://db", "jdbc:mysql://db/x", "JDBC:H2:mem:x"})
    void refusesAnotherDatabase(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ControlDatabaseOptions(url, "sandbox", "secret"))
                .withMessageContaining("database must be")
                .satisfies(e -> assertThat(e).message().doesNotContain("secret"));
    }

    @Test
    void neverPrintsThePassword() {
        assertThat(new ControlDatabaseOptions("jdbc:postgresql://db/x?password=secret", "sandbox", "secret"))
                .asString()
                .doesNotContain("secret");
    }

    private static NodeOptions options(
            String name, Path keys, String host, int port, int flightPort, Optional<Integer> plainPort) {
        return new NodeOptions(
                name,
                DATA,
                keys,
                host,
                port,
                flightPort,
                plainPort,
                ControlDatabaseOptions.embedded(DATA),
                Optional.empty(),
                EngineServers.none(),
                Optional.empty(),
                Optional.empty());
    }
}
