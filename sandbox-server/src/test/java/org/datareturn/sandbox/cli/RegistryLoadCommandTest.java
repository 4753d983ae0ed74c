package org.datareturn.sandbox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.datareturn.sandbox.identity.DevelopmentIdentities;
import org.datareturn.sandbox.node.NodeOptions;
import org.datareturn.sandbox.node.NodeStartException;
import org.datareturn.sandbox.node.NodeStores;
import org.datareturn.verifier.registry.Edition;
import org.datareturn.verifier.registry.EditionOrigin;
import org.datareturn.verifier.registry.FolderLock;
import org.datareturn.verifier.registry.Lease;
import org.datareturn.verifier.registry.jdbc.DatabaseLogin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code registry load}: an operator fills a registry from a file or a database. */
class RegistryLoadCommandTest {
    private static final String PEOPLE = "id_number,name\n11010519491231002X,张三\n440524188001010014,李四\n";
    private static final EditionOrigin ORIGIN =
            new EditionOrigin(DevelopmentIdentities.PROVINCIAL_PUBLIC_SECURITY.code(), LocalDate.of(2026, 11, 1));

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void loadsAFileWithItsProviderAndAcquisitionDateAndThenTheNextInItsPlace() throws IOException, NodeStartException {
        assertThat(load("--csv", csv(PEOPLE))).as(err.toString()).isEqualTo(Exit.OK);
        assertThat(out.toString()).contains("population/1, 2 records");
        assertThat(edition(Optional.empty()).origin()).isEqualTo(ORIGIN);
        assertThat(load("--csv", csv("id_number,name\n11010519491231002X,张三丰\n")))
                .isEqualTo(Exit.OK);
        assertThat(edition(Optional.empty()).name()).isEqualTo("population/2");
        assertThat(folder.resolve("data/registry-loads/rows/population")).doesNotExist();
    }

    @Test
    void changesNothingForABadRowUnlessToldToSkipIt() throws IOException, NodeStartException {
        String bad = csv(PEOPLE + "110105194912310021,王五\n");
        assertThat(load("--csv", bad)).isEqualTo(Exit.REFUSED_OR_FAILED);
        assertThat(err.toString())
                .contains("row 行 4: ID_NUMBER_CHECK", "REGISTRY_SOURCE_REFUSED")
                .doesNotContain("王五", "1949");
        assertThat(load("--csv", bad, "--skip-bad-rows")).isEqualTo(Exit.OK);
        assertThat(edition(Optional.empty()).records()).isEqualTo(2);
    }

    @Test
    void saysHowManyBadRowsItDoesNotShow() throws IOException {
        assertThat(load("--csv", csv(PEOPLE + "110105194912310021,王五\n".repeat(23))))
                .isEqualTo(Exit.REFUSED_OR_FAILED);
        assertThat(err.toString().lines().filter(line -> line.contains("ID_NUMBER_CHECK")))
                .hasSize(20);
        assertThat(err.toString()).contains("and 另有 3 more rows");
    }

    @Test
    void saysWhichProductsThereAreWhenOneIsNamedThatIsNotAndPreparesNothing() throws IOException {
        assertThat(loadOf("nosuch", "--csv", csv(PEOPLE))).isEqualTo(Exit.WRONG_USE);
        assertThat(err.toString())
                .contains(
                        "PRODUCT_UNKNOWN: There is no verification product named nosuch. Name a product",
                        "identity-check (population)",
                        "PRODUCT_UNKNOWN：",
                        "identity-check（population）");
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void saysWhyALoadBrokeOffInBothLanguages() throws IOException {
        assertThat(load("--csv", csv(PEOPLE))).isEqualTo(Exit.OK);
        try (FolderLock _ = FolderLock.take(folder.resolve("data/registry-loads/offers/population"), "a test")) {
            assertThat(load("--csv", csv(PEOPLE))).isEqualTo(Exit.REFUSED_OR_FAILED);
        }
        assertThat(err.toString())
                .containsPattern(
                        "REGISTRY_LOAD_BROKEN_OFF: The load broke off: \\S+/population is open elsewhere, by another"
                                + " load or a node; wait for it\\. Run the same command again")
                .containsPattern("REGISTRY_LOAD_BROKEN_OFF：装载中断：\\S+/population 正被另一装载或节点使用，请待其结束。重新运行");
    }

    @Test
    void refusesTwoSourcesAndNone() throws IOException {
        assertThat(load("--csv", csv(PEOPLE), "--parquet", "x.parquet")).isEqualTo(Exit.WRONG_USE);
        assertThat(load()).isEqualTo(Exit.WRONG_USE);
        assertThat(load("--parquet", folder.resolve("none.parquet").toString())).isEqualTo(Exit.WRONG_USE);
    }

    @Test
    void loadsFromADatabaseIntoADatabase() throws IOException, SQLException, NodeStartException {
        try (EmbeddedPostgres server = EmbeddedPostgres.builder().start()) {
            try (Connection connection = server.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE people (id bigint PRIMARY KEY, id_number text, name text, since date)");
                statement.execute(
                        "INSERT INTO people VALUES (1, '110105491231002', '张三', '1999-01-01'),"
                                + " (2, '440524188001010014', '李四', '2001-01-01'), (3, '11010519491231002X', '张叁', '2020-01-01')");
            }
            String login = "url = jdbc:postgresql://localhost:" + server.getPort() + "/postgres\nuser = postgres\n";
            String source = file("people.properties", login + "password = postgres\ntable = people\norder = id\n");
            String place = file("registries.properties", login + "password = postgres\n");
            assertThat(load("--jdbc", source, "--registries", place, "--newest-by", "since"))
                    .as(err.toString())
                    .isEqualTo(Exit.OK);
            assertThat(err.toString()).contains("superseded 旧值 1");
            Optional<DatabaseLogin> shared = Optional.of(DatabaseLogin.read(Path.of(place), name -> null));
            assertThat(edition(shared).records()).isEqualTo(2);
            assertThat(folder.resolve("data/registries/population")).doesNotExist();
        }
    }

    private int load(String... more) {
        return loadOf("identity-check", more);
    }

    private int loadOf(String product, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "registry", "load", product, "--data", folder.resolve("data").toString(), "--acquired", "2026-11-01"));
        arguments.addAll(List.of(more));
        CommandLine line = SandboxCommand.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        return line.execute(arguments.toArray(String[]::new));
    }

    private String csv(String text) throws IOException {
        return file("people.csv", text);
    }

    private String file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file.toString();
    }

    private Edition edition(Optional<DatabaseLogin> registries) throws IOException, NodeStartException {
        NodeOptions embedded = NodeOptions.embedded(folder.resolve("data"));
        NodeOptions options = new NodeOptions(
                embedded.nodeName(),
                embedded.dataFolder(),
                embedded.keysFolder(),
                embedded.host(),
                embedded.port(),
                embedded.flightPort(),
                embedded.plainPort(),
                embedded.database(),
                embedded.policySidecar(),
                embedded.engines(),
                registries,
                Optional.empty());
        try (NodeStores stores = NodeStores.open(options, Clock.system(ZoneOffset.ofHours(8)));
                Lease lease = Objects.requireNonNull(stores.registries().get("population"))
                        .lease()
                        .orElseThrow()) {
            return lease.edition();
        }
    }
}
