package org.datareturn.verifier.registry.rocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.KeysetHandle;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.datareturn.verifier.normalise.IdNumber;
import org.datareturn.verifier.normalise.NormalValue;
import org.datareturn.verifier.normalise.Parsed;
import org.datareturn.verifier.normalise.SyntheticNumbers;
import org.datareturn.verifier.reason.RegistryReason;
import org.datareturn.verifier.registry.DraftEdition;
import org.datareturn.verifier.registry.Edition;
import org.datareturn.verifier.registry.EditionWriter;
import org.datareturn.verifier.registry.Folders;
import org.datareturn.verifier.registry.Lease;
import org.datareturn.verifier.registry.LoadOutcome;
import org.datareturn.verifier.registry.Reading;
import org.datareturn.verifier.registry.RegistryException;
import org.datareturn.verifier.registry.RegistrySchema;
import org.datareturn.verifier.registry.RegistryStore;
import org.datareturn.verifier.registry.RowPolicy;
import org.datareturn.verifier.registry.TestRegistry;
import org.datareturn.verifier.tokens.MatchToken;
import org.datareturn.verifier.tokens.RecordKey;
import org.datareturn.verifier.tokens.RecordValue;
import org.datareturn.verifier.tokens.SubjectTokens;
import org.datareturn.verifier.tokens.TestKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RocksRegistryStoreTest {
    private static final String NUMBER = "11010519491231002X";
    private static final String SHAPE = TestRegistry.schema().canonical();

    @TempDir
    Path folder;

    @Test
    void answersFromTheEditionThatWasPublishedAndAgainAfterReopening() throws IOException {
        SubjectTokens keys = TestKeys.fresh();
        try (RegistryStore store = TestRegistry.open(home(), keys)) {
            assertThat(store.lease()).isEmpty();
            Edition edition = TestRegistry.publish(store, folder, NUMBER + ",张三");
            assertThat(edition.name()).isEqualTo("population/1");
            assertThat(read(store, NUMBER)).isInstanceOf(Reading.Present.class);
        }
        try (RegistryStore store = TestRegistry.open(home(), keys);
                Lease lease = store.lease().orElseThrow()) {
            assertThat(lease.edition().origin()).isEqualTo(TestRegistry.ORIGIN);
            assertThat(lease.edition().records()).isEqualTo(1);
            assertThat(lease.read(lease.tokens().key(SHAPE, person(NUMBER)))).isInstanceOf(Reading.Present.class);
            assertThat(lease.read(lease.tokens().key(SHAPE, person("440524188001010014"))))
                    .isInstanceOf(Reading.Absent.class);
        }
    }

    @Test
    void replacesAnEditionAndDeletesTheOldOneOnceNobodyReadsIt() throws IOException {
        try (RegistryStore store = TestRegistry.open(home(), TestKeys.fresh())) {
            TestRegistry.publish(store, folder, NUMBER + ",张三");
            Lease old = store.lease().orElseThrow();
            TestRegistry.publish(store, folder, "440524188001010014,李四");
            assertThat(old.edition().number()).isEqualTo(1);
            assertThat(old.read(old.tokens().key(SHAPE, person(NUMBER)))).isInstanceOf(Reading.Present.class);
            assertThat(home().resolve("edition-1")).exists();
            assertThat(read(store, NUMBER)).isInstanceOf(Reading.Absent.class);
            old.close();
            old.close();
            assertThat(home().resolve("edition-1")).doesNotExist();
            assertThat(old.read(old.tokens().key(SHAPE, person(NUMBER)))).isInstanceOf(Reading.Unreadable.class);
        }
    }

    @Test
    void switchesEditionsUnderReadersWithoutOneWrongOrFailedReading()
            throws IOException, InterruptedException, ExecutionException {
        SubjectTokens keys = TestKeys.fresh();
        AtomicBoolean done = new AtomicBoolean();
        try (RegistryStore store = TestRegistry.open(home(), keys);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            publishNumbered(store);
            List<Future<Long>> readers = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                readers.add(threads.submit(() -> readUntil(done, store)));
            }
            try {
                for (int n = 2; n <= 25; n++) {
                    publishNumbered(store);
                }
            } finally {
                done.set(true);
            }
            for (Future<Long> reader : readers) {
                assertThat(reader.get()).isPositive();
            }
            try (Lease last = store.lease().orElseThrow()) {
                assertThat(last.edition().number()).isEqualTo(25);
            }
        }
        try (Stream<Path> left = Files.list(home())) {
            assertThat(left.map(p -> p.getFileName().toString()))
                    .containsExactlyInAnyOrder("LOCK", "CURRENT", "edition-25");
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
                assertThat(lease.read(key())).isEqualTo(new Reading.Present(numbered(number)));
                readings++;
            }
        } while (!done.get());
        return readings;
    }

    private void publishNumbered(RegistryStore store) throws IOException {
        try (EditionWriter writer = store.begin(TestRegistry.ORIGIN)) {
            long next = store.lease()
                    .map(lease -> {
                        try (lease) {
                            return lease.edition().number() + 1;
                        }
                    })
                    .orElse(1L);
            writer.append(key(), numbered(next));
            assertThat(writer.finish().publish().number()).isEqualTo(next);
        }
    }

    @Test
    void keepsBothEditionsWhenTheDiskDoesNotConfirmTheSwitch() throws IOException {
        SubjectTokens keys = TestKeys.fresh();
        AtomicBoolean failing = new AtomicBoolean();
        RocksRegistryStore.Disk disk = place -> {
            if (failing.get()) {
                throw new IOException("the disk does not answer");
            }
            Folders.force(place);
        };
        try (RocksRegistryStore store =
                RocksRegistryStore.open(home(), TestRegistry.schema(), keys, TestRegistry.CLOCK, disk)) {
            publishNumbered(store);
            failing.set(true);
            assertThatThrownBy(() -> publishNumbered(store))
                    .isInstanceOfSatisfying(
                            RegistryException.class,
                            e -> assertThat(e.refusal().reason()).isEqualTo(RegistryReason.EDITION_NOT_DURABLE));
            assertThat(home().resolve("CURRENT")).hasContent("edition-2");
            assertThat(home().resolve("edition-2")).as("named").exists();
            assertThat(home().resolve("edition-1"))
                    .as("a power cut may bring it back")
                    .exists();
            assertThat(number(store)).isEqualTo(2);
        }
        try (RocksRegistryStore store = TestRegistry.open(home(), keys)) {
            assertThat(number(store)).isEqualTo(2);
            assertThat(home().resolve("edition-1")).doesNotExist();
            publishNumbered(store);
            assertThat(number(store)).isEqualTo(3);
        }
    }

    private static long number(RegistryStore store) {
        try (Lease lease = store.lease().orElseThrow()) {
            return lease.edition().number();
        }
    }

    @Test
    void holdsNoPlainValueInAnyByteOfItsFolder() throws IOException {
        SplittableRandom random = new SplittableRandom(7);
        List<String> rows = new ArrayList<>();
        List<String> plain = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            String number = SyntheticNumbers.idNumber(random, java.time.LocalDate.of(2020, 1, 1));
            String name = "欧阳" + (char) (0x4E00 + i) + (char) (0x5E00 + random.nextInt(1000));
            rows.add(number + "," + name);
            plain.add(number);
            plain.add(number.substring(0, 14));
            plain.add(name);
        }
        plain.add("欧阳");
        try (RegistryStore store = TestRegistry.open(home(), TestKeys.fresh())) {
            // Once while the draft stands beside the live edition, sorting folder included, and once after.
            try (EditionWriter writer = store.begin(TestRegistry.ORIGIN)) {
                assertThat(writer.scratch()).exists();
            }
            TestRegistry.publish(store, folder, rows.toArray(String[]::new));
            LoadOutcome draft = TestRegistry.load(store, folder, RowPolicy.STRICT, rows.toArray(String[]::new));
            assertThat(draft).isInstanceOf(LoadOutcome.Built.class);
            assertHoldsNone(plain);
        }
        assertHoldsNone(plain);
    }

    private void assertHoldsNone(List<String> plain) throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.walk(home())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] content = Files.readAllBytes(file);
                bytes += content.length;
                String haystack = new String(content, StandardCharsets.ISO_8859_1);
                for (String value : plain) {
                    for (String charset : List.of("UTF-8", "GB18030", "UTF-16BE", "UTF-16LE")) {
                        String needle =
                                new String(value.getBytes(Charset.forName(charset)), StandardCharsets.ISO_8859_1);
                        assertThat(haystack.contains(needle))
                                .as("%s in %s as %s", value, file, charset)
                                .isFalse();
                    }
                }
            }
        }
        assertThat(bytes).isGreaterThan(500 * (RecordKey.LENGTH + MatchToken.LENGTH));
    }

    @Test
    void findsNothingUnderAnotherKeyAndRefusesToOpenWithoutItsOwn() throws IOException {
        try (RegistryStore store = TestRegistry.open(home(), TestKeys.fresh())) {
            TestRegistry.publish(store, folder, NUMBER + ",张三");
            try (Lease lease = store.lease().orElseThrow()) {
                assertThat(lease.read(TestKeys.fresh().primary().key(SHAPE, person(NUMBER))))
                        .isInstanceOf(Reading.Absent.class);
            }
        }
        assertThatThrownBy(() -> TestRegistry.open(home(), TestKeys.fresh())).isInstanceOf(IOException.class);
    }

    @Test
    void readsAnEditionOfARetiringKeyAndBuildsTheNextUnderTheNewOne() throws IOException {
        KeysetHandle before = TestKeys.handle();
        try (RegistryStore store = TestRegistry.open(home(), TestKeys.of(before))) {
            TestRegistry.publish(store, folder, NUMBER + ",张三");
        }
        SubjectTokens rotated = TestKeys.of(TestKeys.rotated(before));
        try (RegistryStore store = TestRegistry.open(home(), rotated)) {
            assertThat(read(store, NUMBER)).isInstanceOf(Reading.Present.class);
            Edition next = TestRegistry.publish(store, folder, NUMBER + ",张三");
            assertThat(next.keyId()).isEqualTo(rotated.primaryKeyId());
            assertThat(read(store, NUMBER)).isInstanceOf(Reading.Present.class);
        }
    }

    @Test
    void noticesFactsChangedOnDisk() throws IOException {
        SubjectTokens keys = TestKeys.fresh();
        try (RegistryStore store = TestRegistry.open(home(), keys)) {
            TestRegistry.publish(store, folder, NUMBER + ",张三");
        }
        Path facts = home().resolve("edition-1").resolve(EditionFile.NAME);
        String written = Files.readString(facts);
        for (String changed : List.of(
                written.replace("2026-11-01", "2026-11-20"),
                written.replace("extract 2026-11", "extract 2027-11"),
                written.replace("\"records\":1", "\"records\":2"),
                written.replace("\"number\":1", "\"number\":9"),
                written.replace("\"seal\":\"", "\"seal\":\"0"),
                "{}",
                "")) {
            assertThat(changed).isNotEqualTo(written);
            Files.writeString(facts, changed);
            assertThatThrownBy(() -> TestRegistry.open(home(), keys)).isInstanceOf(IOException.class);
        }
        Files.writeString(facts, written);
        TestRegistry.open(home(), keys).close();
    }

    @Test
    void refusesAnEditionOfAnotherShape() throws IOException {
        SubjectTokens keys = TestKeys.fresh();
        try (RegistryStore store = TestRegistry.open(home(), keys)) {
            TestRegistry.publish(store, folder, NUMBER + ",张三");
        }
        RegistrySchema schema = TestRegistry.schema();
        RegistrySchema other = new RegistrySchema("population", schema.subject(), List.of(schema.subject()));
        assertThatThrownBy(() -> RocksRegistryStore.open(home(), other, keys, TestRegistry.CLOCK))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("shape");
    }

    @Test
    void refusesTableFilesThatWereDamaged() throws IOException {
        SubjectTokens keys = TestKeys.fresh();
        try (RegistryStore store = TestRegistry.open(home(), keys)) {
            TestRegistry.publish(store, folder, NUMBER + ",张三");
        }
        Path records = home().resolve("edition-1").resolve(RocksEdition.RECORDS);
        try (Stream<Path> files = Files.list(records)) {
            for (Path table : files.filter(f -> f.toString().endsWith(".sst")).toList()) {
                byte[] content = Files.readAllBytes(table);
                content[10] ^= 1;
                Files.write(table, content);
            }
        }
        try (RegistryStore store = TestRegistry.open(home(), keys)) {
            assertThat(read(store, NUMBER)).isInstanceOf(Reading.Unreadable.class);
        }
    }

    @Test
    void clearsAwayWhatAnInterruptedBuildLeftBehind() throws IOException {
        SubjectTokens keys = TestKeys.fresh();
        try (RegistryStore store = TestRegistry.open(home(), keys)) {
            TestRegistry.publish(store, folder, NUMBER + ",张三");
        }
        Files.createDirectories(home().resolve("building").resolve("scratch"));
        Files.createDirectories(home().resolve("edition-2"));
        try (RegistryStore store = TestRegistry.open(home(), keys)) {
            assertThat(home().resolve("building")).doesNotExist();
            assertThat(home().resolve("edition-2")).doesNotExist();
            assertThat(read(store, NUMBER)).isInstanceOf(Reading.Present.class);
        }
    }

    @Test
    void refusesToNameAnEditionOutsideItsFolder() throws IOException {
        Files.createDirectories(home());
        Files.writeString(home().resolve("CURRENT"), "../edition-1");
        assertThatThrownBy(() -> TestRegistry.open(home(), TestKeys.fresh())).isInstanceOf(IOException.class);
    }

    @Test
    void isOpenOnceAndBuildsOneEditionAtATime() throws IOException {
        SubjectTokens keys = TestKeys.fresh();
        try (RegistryStore store = TestRegistry.open(home(), keys)) {
            assertThatThrownBy(() -> TestRegistry.open(home(), keys)).isInstanceOf(IOException.class);
            EditionWriter first = store.begin(TestRegistry.ORIGIN);
            assertThatThrownBy(() -> store.begin(TestRegistry.ORIGIN)).isInstanceOf(IOException.class);
            first.append(key(), numbered(1));
            assertThatThrownBy(() -> first.append(key(), numbered(2))).isInstanceOf(IOException.class);
            DraftEdition draft = first.finish();
            first.close();
            assertThatThrownBy(() -> store.begin(TestRegistry.ORIGIN)).isInstanceOf(IOException.class);
            draft.close();
            assertThatThrownBy(draft::publish).isInstanceOf(IOException.class);
            assertThat(store.lease()).isEmpty();
            store.begin(TestRegistry.ORIGIN).close();
        }
    }

    @Test
    void refusesToWorkOnceClosed() throws IOException {
        RegistryStore store = TestRegistry.open(home(), TestKeys.fresh());
        TestRegistry.publish(store, folder, NUMBER + ",张三");
        Lease held = store.lease().orElseThrow();
        store.close();
        assertThat(store.lease()).isEmpty();
        assertThat(held.read(held.tokens().key(SHAPE, person(NUMBER)))).isInstanceOf(Reading.Present.class);
        held.close();
        assertThatThrownBy(() -> store.begin(TestRegistry.ORIGIN)).isInstanceOf(IOException.class);
    }

    private Path home() {
        return folder.resolve("population");
    }

    private static Reading read(RegistryStore store, String number) {
        try (Lease lease = store.lease().orElseThrow()) {
            return lease.read(lease.tokens().key(SHAPE, person(number)));
        }
    }

    private static NormalValue person(String number) {
        return switch (IdNumber.parse(number, TestRegistry.CLOCK)) {
            case Parsed.Accepted<IdNumber> accepted -> accepted.value();
            case Parsed.Rejected<IdNumber> rejected -> throw new AssertionError(rejected.reason());
        };
    }

    private static RecordKey key() {
        return new RecordKey(new byte[RecordKey.LENGTH]);
    }

    private static RecordValue numbered(long n) {
        byte[] token = new byte[MatchToken.LENGTH];
        token[0] = (byte) n;
        return RecordValue.of(new MatchToken(token));
    }
}
