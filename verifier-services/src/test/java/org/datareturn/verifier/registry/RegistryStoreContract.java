package org.datareturn.verifier.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.datareturn.verifier.tokens.MatchToken;
import org.datareturn.verifier.tokens.RecordKey;
import org.datareturn.verifier.tokens.RecordValue;
import org.datareturn.verifier.tokens.SubjectTokens;
import org.datareturn.verifier.tokens.TestKeys;
import org.junit.jupiter.api.Test;

/** What every store of registries is held to. */
public abstract class RegistryStoreContract {
    private static final int RECORDS = 5_000;

    /** The store of this test: what an earlier one of these left is there. */
    protected abstract RegistryStore open(RegistrySchema schema, SubjectTokens keys) throws IOException;

    private RegistryStore open(SubjectTokens keys) throws IOException {
        return open(TestRegistry.schema(), keys);
    }

    @Test
    void answersFromTheEditionThatWasPublishedAndAgainAfterReopening() throws IOException {
        SubjectTokens keys = TestKeys.fresh();
        SortedMap<RecordKey, RecordValue> records = records(1);
        try (RegistryStore store = open(keys)) {
            assertThat(store.lease()).isEmpty();
            Edition published = publish(store, records);
            assertThat(published.name()).isEqualTo("population/1");
            assertAnswers(store, records);
        }
        try (RegistryStore store = open(keys);
                Lease lease = store.lease().orElseThrow()) {
            assertThat(lease.edition())
                    .isEqualTo(new Edition(
                            "population",
                            1,
                            TestRegistry.ORIGIN,
                            TestRegistry.CLOCK.instant(),
                            RECORDS,
                            keys.primaryKeyId()));
            assertThat(lease.tokens().keyId()).isEqualTo(keys.primaryKeyId());
            assertAnswers(store, records);
        }
    }

    private static void assertAnswers(RegistryStore store, SortedMap<RecordKey, RecordValue> records) {
        List<RecordKey> asked = new ArrayList<>(records.keySet());
        SplittableRandom random = new SplittableRandom(99);
        for (int i = 0; i < 500; i++) {
            asked.add(random.nextInt(asked.size()), key(random));
        }
        byte[] least = new byte[RecordKey.LENGTH];
        byte[] greatest = new byte[RecordKey.LENGTH];
        Arrays.fill(greatest, (byte) 0xFF);
        asked.add(new RecordKey(least));
        asked.add(new RecordKey(greatest));
        asked.add(records.firstKey());
        asked.add(records.firstKey());
        List<Reading> expected = asked.stream()
                .<Reading>map(key -> {
                    RecordValue value = records.get(key);
                    return value == null ? new Reading.Absent() : new Reading.Present(value);
                })
                .toList();
        try (Lease lease = store.lease().orElseThrow()) {
            assertThat(lease.readAll(asked)).isEqualTo(expected);
            assertThat(lease.readAll(List.of())).isEmpty();
            for (int i = 0; i < asked.size(); i += 7) {
                assertThat(lease.read(asked.get(i))).isEqualTo(expected.get(i));
            }
        }
    }

    @Test
    void keepsALeaseOnItsEditionHoweverManyArePublishedMeanwhile() throws IOException {
        try (RegistryStore store = open(TestKeys.fresh())) {
            SortedMap<RecordKey, RecordValue> first = records(1);
            publish(store, first);
            Lease old = store.lease().orElseThrow();
            RecordKey key = first.firstKey();
            publish(store, records(2));
            publish(store, records(3));
            assertThat(old.edition().number()).isEqualTo(1);
            assertThat(old.read(key)).isEqualTo(new Reading.Present(Objects.requireNonNull(first.get(key))));
            try (Lease now = store.lease().orElseThrow()) {
                assertThat(now.edition().number()).isEqualTo(3);
                assertThat(now.read(key)).isInstanceOf(Reading.Absent.class);
            }
            old.close();
            old.close();
            assertThat(old.read(key)).isInstanceOf(Reading.Unreadable.class);
            assertThat(old.readAll(List.of(key)).getFirst()).isInstanceOf(Reading.Unreadable.class);
        }
    }

    @Test
    void switchesEditionsUnderReadersWithoutOneWrongOrFailedReading()
            throws IOException, InterruptedException, ExecutionException {
        AtomicBoolean done = new AtomicBoolean();
        try (RegistryStore store = open(TestKeys.fresh());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            publishNumbered(store, 1);
            List<Future<Long>> readers = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                readers.add(threads.submit(() -> readUntil(done, store)));
            }
            try {
                for (int n = 2; n <= 25; n++) {
                    publishNumbered(store, n);
                }
            } finally {
                done.set(true);
            }
            for (Future<Long> reader : readers) {
                assertThat(reader.get()).isPositive();
            }
        }
    }

    private static long readUntil(AtomicBoolean done, RegistryStore store) {
        long readings = 0;
        long newest = 0;
        do {
            try (Lease lease = store.lease().orElseThrow()) {
                long number = lease.edition().number();
                assertThat(number).isGreaterThanOrEqualTo(newest);
                newest = number;
                assertThat(lease.read(numberedKey())).isEqualTo(new Reading.Present(numbered(number)));
                readings++;
            }
        } while (!done.get());
        return readings;
    }

    private static void publishNumbered(RegistryStore store, long number) throws IOException {
        try (EditionWriter writer = store.begin(TestRegistry.ORIGIN)) {
            writer.append(numberedKey(), numbered(number));
            assertThat(writer.finish().publish().number()).isEqualTo(number);
        }
    }

    @Test
    void neverAnswersFromADraftAndDropsItWhenItIsClosed() throws IOException {
        SubjectTokens keys = TestKeys.fresh();
        try (RegistryStore store = open(keys)) {
            try (DraftEdition draft = draft(store, records(1))) {
                assertThat(draft.edition().records()).isEqualTo(RECORDS);
                assertThat(store.lease()).isEmpty();
                assertThatThrownBy(() -> store.begin(TestRegistry.ORIGIN)).isInstanceOf(IOException.class);
            }
            publish(store, records(2));
            assertAnswers(store, records(2));
        }
    }

    @Test
    void leavesNothingOfABuildThatBrokeOff() throws IOException {
        try (RegistryStore store = open(TestKeys.fresh())) {
            publish(store, records(1));
            try (EditionWriter writer = store.begin(TestRegistry.ORIGIN)) {
                writer.append(numberedKey(), numbered(7));
                assertThatThrownBy(() -> writer.append(numberedKey(), numbered(7)))
                        .isInstanceOf(IOException.class);
            }
            assertAnswers(store, records(1));
            try (EditionWriter writer = store.begin(TestRegistry.ORIGIN)) {
                assertThatThrownBy(writer::finish).isInstanceOf(IOException.class);
            }
            assertThat(publish(store, records(2)).number()).isEqualTo(2);
            assertAnswers(store, records(2));
        }
    }

    @Test
    void refusesToOpenWithoutTheKeyOrInAnotherShape() throws IOException {
        SubjectTokens keys = TestKeys.fresh();
        try (RegistryStore store = open(keys)) {
            publish(store, records(1));
        }
        assertThatThrownBy(() -> open(TestKeys.fresh())).isInstanceOf(IOException.class);
        RegistrySchema schema = TestRegistry.schema();
        RegistrySchema other = new RegistrySchema("population", schema.subject(), List.of(schema.subject()));
        assertThatThrownBy(() -> open(other, keys)).isInstanceOf(IOException.class);
        open(keys).close();
    }

    @Test
    void answersNothingOnceItIsClosed() throws IOException {
        RegistryStore store = open(TestKeys.fresh());
        publish(store, records(1));
        store.close();
        assertThat(store.lease()).isEmpty();
        assertThatThrownBy(() -> store.begin(TestRegistry.ORIGIN)).isInstanceOf(IOException.class);
    }

    /** Publishes an edition of these records. */
    protected static Edition publish(RegistryStore store, SortedMap<RecordKey, RecordValue> records)
            throws IOException {
        return draft(store, records).publish();
    }

    private static DraftEdition draft(RegistryStore store, SortedMap<RecordKey, RecordValue> records)
            throws IOException {
        try (EditionWriter writer = store.begin(TestRegistry.ORIGIN)) {
            for (var record : records.entrySet()) {
                writer.append(record.getKey(), record.getValue());
            }
            return writer.finish();
        }
    }

    /** Records of a seed. */
    protected static SortedMap<RecordKey, RecordValue> records(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        SortedMap<RecordKey, RecordValue> records = new TreeMap<>();
        while (records.size() < RECORDS) {
            byte[] match = new byte[MatchToken.LENGTH];
            random.nextBytes(match);
            records.put(key(random), RecordValue.of(new MatchToken(match)));
        }
        return records;
    }

    /** A key that is nobody's. */
    protected static RecordKey key(SplittableRandom random) {
        byte[] key = new byte[RecordKey.LENGTH];
        random.nextBytes(key);
        return new RecordKey(key);
    }

    private static RecordKey numberedKey() {
        byte[] key = new byte[RecordKey.LENGTH];
        key[0] = 42;
        return new RecordKey(key);
    }

    private static RecordValue numbered(long number) {
        byte[] match = new byte[MatchToken.LENGTH];
        match[0] = (byte) number;
        return RecordValue.of(new MatchToken(match));
    }
}
