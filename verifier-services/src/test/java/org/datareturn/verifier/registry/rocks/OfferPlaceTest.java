package org.datareturn.verifier.registry.rocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.datareturn.policy.Refusal;
import org.datareturn.verifier.reason.RegistryReason;
import org.datareturn.verifier.registry.DraftEdition;
import org.datareturn.verifier.registry.Edition;
import org.datareturn.verifier.registry.EditionPlace;
import org.datareturn.verifier.registry.EditionWriter;
import org.datareturn.verifier.registry.Lease;
import org.datareturn.verifier.registry.Reading;
import org.datareturn.verifier.registry.RegistryException;
import org.datareturn.verifier.registry.RegistrySchema;
import org.datareturn.verifier.registry.RegistryStore;
import org.datareturn.verifier.registry.TestRegistry;
import org.datareturn.verifier.tokens.MatchToken;
import org.datareturn.verifier.tokens.RecordKey;
import org.datareturn.verifier.tokens.RecordValue;
import org.datareturn.verifier.tokens.SubjectTokens;
import org.datareturn.verifier.tokens.TestKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An edition built beside an open registry, taken over between two leases or not at all. */
class OfferPlaceTest {
    private static final OfferPlace.Patience NONE = () -> false;

    private final SubjectTokens keys = TestKeys.fresh();

    @TempDir
    Path folder;

    @Test
    void answersWithAnEditionBuiltBesideWhileLeasesOfTheOldOneReadOn() throws IOException {
        try (RocksRegistryStore store = TestRegistry.open(home(), keys)) {
            build(store, 1).publish();
            Lease before = store.lease().orElseThrow();
            Edition taken = built(() -> takeOver(store), 2).publish();
            assertThat(taken.name()).isEqualTo("population/2");
            assertThat(before.read(key())).isEqualTo(value(1));
            assertThat(read(store)).isEqualTo(value(2));
            before.close();
            assertThat(home().resolve("edition-1")).doesNotExist();
            assertThat(left()).containsExactlyInAnyOrder("LOCK", "answer.json");
        }
        try (RocksRegistryStore store = TestRegistry.open(home(), keys)) {
            assertThat(read(store)).as("after a restart").isEqualTo(value(2));
        }
    }

    @Test
    void fillsARegistryThatWasEmpty() throws IOException {
        try (RocksRegistryStore store = TestRegistry.open(home(), keys)) {
            assertThat(built(() -> takeOver(store), 7).publish().number()).isEqualTo(1);
            assertThat(read(store)).isEqualTo(value(7));
        }
    }

    /** What somebody without the keys might do to an offer. */
    private interface Tampering {
        void with(Path offer) throws IOException;
    }

    @Test
    void refusesWhatWasChangedAndGoesOnWithTheOldEdition() throws IOException {
        List<Tampering> all = List.of(
                offer -> flip(table(offer)),
                offer -> flip(offer.resolve("edition/edition.json")),
                offer -> flip(offer.resolve(OfferFile.NAME)),
                offer -> Files.writeString(
                        offer.resolve(OfferFile.NAME),
                        Files.readString(offer.resolve(OfferFile.NAME)).replace("\"note\":\"told", "\"note\":\"sold")),
                offer -> Files.delete(offer.resolve(OfferFile.NAME)),
                offer -> Files.delete(table(offer)),
                offer -> Files.writeString(offer.resolve("edition/records/more.sst"), "x"),
                offer -> {
                    Path moved = Files.move(table(offer), folder.resolve("elsewhere.sst"));
                    Files.createSymbolicLink(offer.resolve("edition/records/" + "000009.sst"), moved);
                });
        try (RocksRegistryStore store = TestRegistry.open(home(), keys)) {
            build(store, 1).publish();
            for (Tampering tampering : all) {
                DraftEdition draft = built(
                        () -> {
                            try {
                                tampering.with(place().resolve(EditionOffer.OFFER));
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                            return takeOver(store);
                        },
                        2);
                assertThatThrownBy(draft::publish).isInstanceOfSatisfying(OfferRefusedException.class, refused -> {
                    assertThat(refused.code()).startsWith("EDITION_");
                    assertThat(refused.zh()).containsPattern("\\p{IsHan}");
                });
                assertThat(read(store)).isEqualTo(value(1));
                assertThat(left()).containsExactlyInAnyOrder("LOCK", "answer.json");
                Files.deleteIfExists(folder.resolve("elsewhere.sst"));
            }
        }
    }

    @Test
    void refusesAnEditionOfOtherKeysOrAnotherRegistry() throws IOException {
        try (RocksRegistryStore store = TestRegistry.open(home(), keys)) {
            build(store, 1).publish();
            try (OfferPlace foreign = OfferPlace.open(
                    place(),
                    folder.resolve("none"),
                    TestRegistry.schema(),
                    TestKeys.fresh(),
                    TestRegistry.CLOCK,
                    "",
                    NONE)) {
                assertThatThrownBy(build(foreign, 2)::publish).isInstanceOf(OfferUnansweredException.class);
            }
            assertThat(refusal(store)).contains("is not in the keyset");
            RegistrySchema other = new RegistrySchema(
                    "another",
                    TestRegistry.schema().subject(),
                    TestRegistry.schema().matches());
            try (OfferPlace another =
                    OfferPlace.open(place(), folder.resolve("none"), other, keys, TestRegistry.CLOCK, "", NONE)) {
                assertThatThrownBy(build(another, 2)::publish).isInstanceOf(OfferUnansweredException.class);
            }
            assertThat(refusal(store)).contains("another");
            assertThat(read(store)).isEqualTo(value(1));
        }
    }

    /** What anybody can lay there who may write the folder and has no key. */
    @ParameterizedTest
    @ValueSource(strings = {"", "null", "{}", "{\"registry\":null}", "[", "0"})
    void refusesAnOfferThatIsNone(String written) throws IOException {
        try (RocksRegistryStore store = TestRegistry.open(home(), keys)) {
            build(store, 1).publish();
            Path precious = folder.resolve("precious");
            Files.writeString(precious, "a key");
            Path offer = Files.createDirectories(
                            place().resolve(EditionOffer.OFFER).resolve("edition"))
                    .getParent();
            Files.writeString(Objects.requireNonNull(offer).resolve(OfferFile.NAME), written);
            Files.writeString(place().resolve(OfferAnswer.NAME), "null");
            Files.createSymbolicLink(place().resolve(OfferAnswer.NAME + ".next"), precious);
            Files.createSymbolicLink(place().resolve("settled"), folder.resolve("nowhere"));
            assertThat(refusal(store)).contains(OfferFile.NAME);
            assertThat(read(store)).isEqualTo(value(1));
            assertThat(precious).hasContent("a key");
            assertThat(EditionOffer.waiting(place())).isEmpty();
        }
    }

    @Test
    void refusesAnEditionThatWasOfferedBefore() throws IOException {
        try (RocksRegistryStore store = TestRegistry.open(home(), keys)) {
            build(store, 1).publish();
            assertThatThrownBy(built(NONE, 2)::publish).isInstanceOf(OfferUnansweredException.class);
            Path kept = folder.resolve("kept");
            copy(place().resolve(EditionOffer.OFFER), kept);
            takeOver(store);
            build(store, 3).publish();
            copy(kept, place().resolve(EditionOffer.OFFER));
            Files.delete(place().resolve(OfferAnswer.NAME));
            assertThat(refusal(store)).contains("does not follow");
            assertThat(read(store)).isEqualTo(value(3));
        }
    }

    @Test
    void takesOverAtTheNextStartWhatANodeThatEndedHadNotTaken() throws IOException {
        try (RocksRegistryStore store = TestRegistry.open(home(), keys)) {
            build(store, 1).publish();
        }
        assertThatThrownBy(built(NONE, 2)::publish).isInstanceOf(OfferUnansweredException.class);
        // As a node leaves it that was killed while it took over: moved into place and not named yet.
        copy(place().resolve("offer/edition"), home().resolve("edition-2"));
        copy(place().resolve("offer/edition"), home().resolve("building"));
        try (RocksRegistryStore store = TestRegistry.open(home(), keys)) {
            assertThat(read(store)).isEqualTo(value(1));
            takeOver(store);
            assertThat(read(store)).isEqualTo(value(2));
        }
    }

    @Test
    void takesAnEditionOnceHoweverOftenItIsBegun() throws IOException {
        try (RocksRegistryStore store = TestRegistry.open(home(), keys)) {
            assertThatThrownBy(built(NONE, 5)::publish).isInstanceOf(OfferUnansweredException.class);
            EditionOffer.Checked checked = waiting().check(store.schema(), keys);
            Edition once = store.take(checked);
            // As after a kill between the switch and the answer.
            assertThat(store.take(waiting().check(store.schema(), keys))).isEqualTo(once);
            waiting().settle(Optional.empty(), keys);
            assertThat(read(store)).isEqualTo(value(5));
            assertThat(EditionOffer.waiting(place())).isEmpty();
        }
    }

    @Test
    void takesAnEditionAgainUntilTheDiskHasConfirmedIt() throws IOException {
        AtomicBoolean failing = new AtomicBoolean(true);
        RocksRegistryStore.Disk disk = place -> {
            if (failing.get()) {
                throw new IOException("the disk does not answer");
            }
        };
        try (RocksRegistryStore store =
                RocksRegistryStore.open(home(), TestRegistry.schema(), keys, TestRegistry.CLOCK, disk)) {
            assertThatThrownBy(built(NONE, 5)::publish).isInstanceOf(OfferUnansweredException.class);
            EditionOffer.Checked checked = waiting().check(store.schema(), keys);
            for (int time = 0; time < 2; time++) {
                assertThatThrownBy(() -> store.take(checked))
                        .isInstanceOfSatisfying(
                                RegistryException.class,
                                e -> assertThat(e.refusal().reason()).isEqualTo(RegistryReason.EDITION_NOT_DURABLE));
                assertThat(read(store)).isEqualTo(value(5));
            }
            failing.set(false);
            assertThat(store.take(checked)).isEqualTo(checked.edition());
        }
    }

    @Test
    void beginsAnewWhereABuilderWasKilled() throws IOException {
        try (RocksRegistryStore store = TestRegistry.open(home(), keys)) {
            Files.createDirectories(place().resolve("draft/edition/scratch"));
            Files.writeString(place().resolve("draft/edition/scratch/records.sst"), "half");
            assertThat(EditionOffer.waiting(place())).isEmpty();
            assertThat(built(() -> takeOver(store), 2).publish().number()).isEqualTo(1);
        }
    }

    @Test
    void isHeldByOneBuilderAndKeepsOneOfferAtATime() throws IOException {
        try (OfferPlace one = open(NONE)) {
            assertThatThrownBy(() -> open(NONE)).isInstanceOf(IOException.class);
            assertThatThrownBy(build(one, 2)::publish).isInstanceOf(OfferUnansweredException.class);
            assertThatThrownBy(() -> one.begin(TestRegistry.ORIGIN)).isInstanceOf(OfferUnansweredException.class);
        }
    }

    @Test
    void leavesNothingOfADraftThatIsDropped() throws IOException {
        try (OfferPlace place = open(NONE)) {
            DraftEdition draft = build(place, 2);
            draft.close();
            assertThatThrownBy(draft::publish).isInstanceOf(IOException.class);
            place.begin(TestRegistry.ORIGIN).close();
        }
        assertThat(left()).containsExactly("LOCK");
    }

    /** As a node does it. */
    private boolean takeOver(RocksRegistryStore store) {
        try {
            Optional<Refusal> refusal = Optional.empty();
            try {
                store.take(waiting().check(store.schema(), keys));
            } catch (RegistryException unfit) {
                refusal = Optional.of(unfit.refusal());
            }
            waiting().settle(refusal, keys);
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String refusal(RocksRegistryStore store) throws IOException {
        String id = OfferFile.id(Files.readAllBytes(place().resolve("offer/offer.json")));
        takeOver(store);
        return OfferAnswer.read(place(), id, keys.primary()).orElseThrow().en();
    }

    private EditionOffer waiting() throws IOException {
        return EditionOffer.waiting(place()).orElseThrow();
    }

    private OfferPlace open(OfferPlace.Patience patience) throws IOException {
        return OfferPlace.open(place(), home(), TestRegistry.schema(), keys, TestRegistry.CLOCK, "told", patience);
    }

    private DraftEdition built(OfferPlace.Patience patience, int n) throws IOException {
        OfferPlace place = open(patience);
        DraftEdition draft = build(place, n);
        // The lock alone: what follows is of one test and one thread.
        place.close();
        return draft;
    }

    private static DraftEdition build(EditionPlace place, int n) throws IOException {
        try (EditionWriter writer = place.begin(TestRegistry.ORIGIN)) {
            writer.append(key(), numbered(n));
            return writer.finish();
        }
    }

    private static RecordKey key() {
        return new RecordKey(new byte[RecordKey.LENGTH]);
    }

    private static RecordValue numbered(int n) {
        byte[] token = new byte[MatchToken.LENGTH];
        token[0] = (byte) n;
        return RecordValue.of(new MatchToken(token));
    }

    private static Reading value(int n) {
        return new Reading.Present(numbered(n));
    }

    private static Reading read(RegistryStore store) {
        try (Lease lease = store.lease().orElseThrow()) {
            return lease.read(key());
        }
    }

    private static void flip(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        content[content.length / 2] ^= 1;
        Files.write(file, content);
    }

    private static Path table(Path offer) throws IOException {
        try (Stream<Path> files = Files.list(offer.resolve("edition/records"))) {
            return files.filter(file -> file.toString().endsWith(".sst"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    private List<String> left() throws IOException {
        try (Stream<Path> files = Files.list(place())) {
            return new ArrayList<>(
                    files.map(file -> file.getFileName().toString()).toList());
        }
    }

    private Path home() {
        return folder.resolve("population");
    }

    private Path place() {
        return folder.resolve("offers");
    }
}
