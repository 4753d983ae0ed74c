package org.datareturn.guard.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineServersTest {
    @TempDir
    private Path folder;

    private Path file(String text, String mode) throws IOException {
        Path file = Files.writeString(folder.resolve("engines.properties"), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    @Test
    void readsBothServers() throws IOException {
        EngineServers servers = EngineServers.read(file("""
                # two servers
                postgresql.url = jdbc:postgresql://db.example:5433/zones?sslmode=verify-full
                postgresql.user = zone_owner
                postgresql.password = pw-1
                trino.url = https://trino.example:8443/lake
                trino.user = sandbox
                trino.password = pw-2
                """, "rw-------"));
        assertThat(servers.postgresql()).hasValueSatisfying(server -> {
            assertThat(server.url()).endsWith("zones?sslmode=verify-full");
            assertThat(server.user()).isEqualTo("zone_owner");
            assertThat(server.password()).isEqualTo("pw-1");
        });
        assertThat(servers.trino()).hasValueSatisfying(server -> {
            assertThat(server.catalogue()).isEqualTo("lake");
            assertThat(server.password()).isEqualTo("pw-2");
        });
        assertThat(servers.toString()).doesNotContain("pw-");
    }

    @Test
    void readsNoServersFromAnEmptyFile() throws IOException {
        assertThat(EngineServers.read(file("", "rw-------"))).isEqualTo(EngineServers.none());
    }

    @Test
    void readsNoFileOthersMayRead() throws IOException {
        Path open = file("postgresql.password = pw\n", "rw-r-----");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EngineServers.read(open))
                .withMessageContaining("600");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "postgresql.user=a; postgresql.url is missing",
                "postgresql.url=jdbc:postgresql://h/d; postgresql.user is missing",
                "postgresql.url=jdbc:h2:mem:d; must begin with jdbc:postgresql",
                "postgresql.url=jdbc:postgresql://h/d?password=hush; neither user nor password",
                "oracle.url=x; unknown entries [oracle.url]",
                "trino.url=http://trino.example/lake; for this machine only",
                "trino.url=https://trino.example/; must end with a catalogue",
                "trino.url=https://hush@trino.example/lake; and no more",
                "trino.url=ftp://trino.example/lake; must begin with https",
                "trino.url=https://trino.example/lake; trino.user is missing",
                "trino.url=::hush; trino.url is not a URL",
            })
    void refusesWhatIsUnknownUnsafeOrTooLittle(String text, String why) throws IOException {
        Path file = file(text + "\n", "rw-------");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EngineServers.read(file))
                .withMessageContaining(why)
                .withMessageNotContaining("hush");
    }
}
