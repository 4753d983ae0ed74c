package org.datareturn.verifier.registry.jdbc.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import javax.sql.DataSource;
import org.datareturn.verifier.registry.Lease;
import org.datareturn.verifier.registry.Reading;
import org.datareturn.verifier.registry.RegistrySchema;
import org.datareturn.verifier.registry.RegistryStore;
import org.datareturn.verifier.registry.RegistryStoreContract;
import org.datareturn.verifier.registry.TestRegistry;
import org.datareturn.verifier.registry.jdbc.PostgresServer;
import org.datareturn.verifier.tokens.RecordKey;
import org.datareturn.verifier.tokens.RecordValue;
import org.datareturn.verifier.tokens.SubjectTokens;
import org.datareturn.verifier.tokens.TestKeys;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresStoreContractTest extends RegistryStoreContract {
    private static final int READS = 2_000;

    @TempDir
    Path folder;

    private DataSource database;

    @BeforeEach
    void prepare() throws SQLException {
        database = PostgresServer.fresh("registries");
    }

    @Override
    protected RegistryStore open(RegistrySchema schema, SubjectTokens keys) throws IOException {
        return open(schema, keys, "one");
    }

    private RegistryStore open(RegistrySchema schema, SubjectTokens keys, String node) throws IOException {
        return PostgresRegistryStore.open(database, folder.resolve(node), schema, keys, TestRegistry.CLOCK);
    }

    @Test
    void answersOnEveryNodeFromTheMomentAnEditionIsPublishedOnOne() throws IOException, SQLException {
        SubjectTokens keys = TestKeys.fresh();
        try (RegistryStore one = open(TestRegistry.schema(), keys, "one");
                RegistryStore two = open(TestRegistry.schema(), keys, "two")) {
            publish(one, records(1));
            try (Lease lease = two.lease().orElseThrow()) {
                assertThat(lease.edition().number()).isEqualTo(1);
                publish(two, records(2));
                publish(one, records(3));
                // Read on the other node, so neither may drop it.
                assertThat(lease.read(records(1).firstKey())).isInstanceOf(Reading.Present.class);
            }
            assertThat(two.lease().map(PostgresStoreContractTest::number)).contains(3L);
            publish(two, records(4));
            assertThat(tables()).containsExactly("registry_edition", "registry_population_4");
        }
    }

    @Test
    void buildsOneEditionAtATimeWhicheverNodeBuilds() throws IOException {
        SubjectTokens keys = TestKeys.fresh();
        try (RegistryStore one = open(TestRegistry.schema(), keys, "one");
                RegistryStore two = open(TestRegistry.schema(), keys, "two")) {
            try (var writer = one.begin(TestRegistry.ORIGIN)) {
                assertThat(writer.scratch()).isDirectory();
                assertThatThrownBy(() -> two.begin(TestRegistry.ORIGIN))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("being built");
            }
            assertThat(publish(two, records(1)).number()).isEqualTo(1);
        }
    }

    @Test
    void noticesFactsChangedInTheDatabase() throws IOException, SQLException {
        SubjectTokens keys = TestKeys.fresh();
        try (RegistryStore store = open(TestRegistry.schema(), keys)) {
            publish(store, records(1));
            assertThat(store.lease().map(PostgresStoreContractTest::number)).contains(1L);
            PostgresServer.execute(database, "UPDATE registry_edition SET acquired_on = '2026-11-20'");
            assertThat(store.lease()).isEmpty();
        }
        assertThatThrownBy(() -> open(TestRegistry.schema(), keys))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("seal");
    }

    @Test
    void failsClosedWhenTheDatabaseIsGone() throws IOException, SQLException {
        try (RegistryStore store = open(TestRegistry.schema(), TestKeys.fresh())) {
            publish(store, records(1));
            PostgresServer.execute(database, "DROP TABLE registry_population_1");
            try (Lease lease = store.lease().orElseThrow()) {
                assertThat(lease.read(records(1).firstKey())).isInstanceOf(Reading.Unreadable.class);
            }
        }
    }

    @Test
    void readsPresentAndAbsentInTheSameTime() throws IOException {
        try (RegistryStore store = open(TestRegistry.schema(), TestKeys.fresh())) {
            SortedMap<RecordKey, RecordValue> records = records(1);
            publish(store, records);
            try (Lease lease = store.lease().orElseThrow()) {
                medianNanos(lease, records);
                double ratio = 0;
                for (int round = 0; round < 3 && (ratio < 0.9 || ratio > 1.1); round++) {
                    long[] medians = medianNanos(lease, records);
                    ratio = (double) medians[1] / medians[0];
                }
                assertThat(ratio).as("absent over present").isBetween(0.9, 1.1);
            }
        }
    }

    private static long[] medianNanos(Lease lease, SortedMap<RecordKey, RecordValue> records) {
        SplittableRandom random = new SplittableRandom(5);
        List<RecordKey> present = new ArrayList<>(records.keySet());
        long[][] nanos = new long[2][READS];
        for (int i = 0; i < 2 * READS; i++) {
            RecordKey key = i % 2 == 0 ? present.get(random.nextInt(present.size())) : key(random);
            long began = System.nanoTime();
            Reading reading = lease.read(key);
            nanos[i % 2][i / 2] = System.nanoTime() - began;
            assertThat(reading).isInstanceOf(i % 2 == 0 ? Reading.Present.class : Reading.Absent.class);
        }
        Arrays.sort(nanos[0]);
        Arrays.sort(nanos[1]);
        return new long[] {nanos[0][READS / 2], nanos[1][READS / 2]};
    }

    private static long number(Lease lease) {
        try (lease) {
            return lease.edition().number();
        }
    }

    private List<String> tables() throws SQLException {
        List<String> names = new ArrayList<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")) {
            while (row.next()) {
                names.add(row.getString(1));
            }
        }
        return names;
    }
}
