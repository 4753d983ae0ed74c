package org.datareturn.sandbox.zone.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.datareturn.sandbox.zone.store.StoreFixture.edition;
import static org.datareturn.sandbox.zone.store.StoreFixture.ok;
import static org.datareturn.sandbox.zone.store.StoreFixture.refused;
import static org.datareturn.sandbox.zone.store.StoreFixture.rows;
import static org.datareturn.sandbox.zone.store.StoreFixture.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody can do who may write the node's folder but has not its key. */
class TamperedZoneFileTest {
    private static final int SEGMENT = 4096;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private StoreFixture fixture;

    @BeforeEach
    void twoZonesOneOfThemRefreshed() {
        fixture = new StoreFixture(folder.resolve("zones"));
        fixture.load(edition("z", table("a", rows("旧", 1_000)), table("b", rows("旧", 1_000))));
        fixture.load(edition("z", table("a", rows("新", 1_000)), table("b", rows("乙", 1_000))));
        fixture.load(edition("other", table("a", rows("他", 1_000))));
    }

    @Test
    void everyFlippedByteIsNoticed() throws IOException {
        Path file = fixture.current("z", "a");
        byte[] sound = Files.readAllBytes(file);
        for (int offset : offsets(sound.length)) {
            byte[] flipped = sound.clone();
            flipped[offset] ^= 1;
            Files.write(file, flipped);
            assertThat(fixture.refusalOf("z", "a"))
                    .as("byte %d of %d", offset, sound.length)
                    .isEqualTo(ZoneStoreReason.ZONE_STORE_FILE_DAMAGED);
        }
        Files.write(file, sound);
        assertThat(fixture.text("z", "a")).isEqualTo(rows("新", 1_000));
    }

    @Test
    void everyTruncationIsNoticed() throws IOException {
        Path file = fixture.current("z", "a");
        byte[] sound = Files.readAllBytes(file);
        for (int length : offsets(sound.length)) {
            Files.write(file, Arrays.copyOf(sound, length));
            assertThat(fixture.refusalOf("z", "a"))
                    .as("cut to %d of %d", length, sound.length)
                    .isEqualTo(ZoneStoreReason.ZONE_STORE_FILE_DAMAGED);
        }
    }

    @Test
    void appendedAndReorderedSegmentsAreNoticed() throws IOException {
        Path file = fixture.current("z", "a");
        byte[] sound = Files.readAllBytes(file);
        Files.write(file, new byte[] {0}, StandardOpenOption.APPEND);
        assertThat(fixture.refusalOf("z", "a")).isEqualTo(ZoneStoreReason.ZONE_STORE_FILE_DAMAGED);

        byte[] swapped = sound.clone();
        System.arraycopy(sound, SEGMENT, swapped, 2 * SEGMENT, SEGMENT);
        System.arraycopy(sound, 2 * SEGMENT, swapped, SEGMENT, SEGMENT);
        Files.write(file, swapped);
        assertThat(fixture.refusalOf("z", "a")).isEqualTo(ZoneStoreReason.ZONE_STORE_FILE_DAMAGED);
    }

    @Test
    void aTableInAnothersPlaceIsRefusedAtOpening() throws IOException {
        List<Path> others = List.of(
                fixture.current("z", "b"),
                fixture.editionFolder("z", 1).resolve("a.csv.sealed"),
                fixture.current("other", "a"));
        for (Path other : others) {
            Files.copy(other, fixture.current("z", "a"), StandardCopyOption.REPLACE_EXISTING);
            assertThat(refused(fixture.store.open("z", "a")))
                    .as("%s", other)
                    .isEqualTo(ZoneStoreReason.ZONE_STORE_FILE_DAMAGED);
        }
        Files.delete(fixture.current("z", "a"));
        assertThat(refused(fixture.store.open("z", "a"))).isEqualTo(ZoneStoreReason.ZONE_STORE_FILE_MISSING);
    }

    @Test
    void anOldEditionRenamedToTheNewOneIsRefused() throws IOException {
        Path now = fixture.editionFolder("z", 2);
        Files.move(now, folder.resolve("aside"));
        Files.move(fixture.editionFolder("z", 1), now);
        assertThat(refused(fixture.store.open("z", "a"))).isEqualTo(ZoneStoreReason.ZONE_STORE_MANIFEST_DAMAGED);
    }

    @Test
    void anEditionOfTheSameNumberFromAnotherHistoryIsRefused() throws IOException {
        // The same key, zone, table and number, but written in a folder of its own.
        StoreFixture elsewhere = new StoreFixture(folder.resolve("elsewhere"), fixture.key);
        elsewhere.load(edition("z", table("a", rows("异", 1_000))));
        elsewhere.load(edition("z", table("a", rows("异", 1_000))));
        Files.copy(elsewhere.current("z", "a"), fixture.current("z", "a"), StandardCopyOption.REPLACE_EXISTING);
        assertThat(fixture.refusalOf("z", "a")).isEqualTo(ZoneStoreReason.ZONE_STORE_FILE_DAMAGED);
    }

    @Test
    void aChangedManifestIsRefused() throws IOException {
        Path manifest = fixture.editionFolder("z", 2).resolve("manifest.sealed");
        byte[] sound = Files.readAllBytes(manifest);
        for (int offset : offsets(sound.length)) {
            byte[] flipped = sound.clone();
            flipped[offset] ^= (byte) 0x80;
            Files.write(manifest, flipped);
            assertThat(refused(fixture.store.read("z"))).isEqualTo(ZoneStoreReason.ZONE_STORE_MANIFEST_DAMAGED);
        }
        Files.delete(manifest);
        assertThat(refused(fixture.store.read("z"))).isEqualTo(ZoneStoreReason.ZONE_STORE_MANIFEST_DAMAGED);
    }

    @Test
    void aChangedForeignOrMissingPointerIsRefused() throws IOException {
        Path pointer = fixture.root.resolve("z").resolve("current.sealed");
        byte[] sound = Files.readAllBytes(pointer);
        for (int offset : offsets(sound.length)) {
            byte[] flipped = sound.clone();
            flipped[offset] ^= 4;
            Files.write(pointer, flipped);
            assertThat(refused(fixture.store.read("z"))).isEqualTo(ZoneStoreReason.ZONE_STORE_POINTER_DAMAGED);
        }
        Files.copy(
                fixture.root.resolve("other").resolve("current.sealed"), pointer, StandardCopyOption.REPLACE_EXISTING);
        assertThat(refused(fixture.store.read("z"))).isEqualTo(ZoneStoreReason.ZONE_STORE_POINTER_DAMAGED);
        Files.delete(pointer);
        assertThat(refused(fixture.store.read("z"))).isEqualTo(ZoneStoreReason.ZONE_STORE_POINTER_DAMAGED);
    }

    @Test
    void aFolderSetBackUnderARunningNodeIsRefused() throws IOException {
        Path zone = fixture.root.resolve("z");
        byte[] oldPointer = Files.readAllBytes(zone.resolve("current.sealed"));
        fixture.load(edition("z", table("a", rows("三", 10))));
        Files.write(zone.resolve("current.sealed"), oldPointer);
        assertThat(refused(fixture.store.open("z", "a"))).isEqualTo(ZoneStoreReason.ZONE_STORE_EDITION_REPLAYED);
        // Loading anew heals it, under a number that was never used.
        assertThat(fixture.load(edition("z", table("a", rows("四", 10)))).edition())
                .isEqualTo(4);
        assertThat(fixture.text("z", "a")).isEqualTo(rows("四", 10));
    }

    @Test
    void anotherNodesKeyOpensNothing() {
        StoreFixture stranger = new StoreFixture(fixture.root, StoreFixture.newKey());
        assertThat(refused(stranger.store.open("z", "a"))).isEqualTo(ZoneStoreReason.ZONE_STORE_POINTER_DAMAGED);
    }

    @Test
    void aStagedEditionTamperedWithNeverServes() throws IOException {
        StagedEdition staged = ok(fixture.store.stage(edition("z", table("a", rows("三", 10)))));
        Path manifest = fixture.editionFolder("z", 3).resolve("manifest.sealed");
        byte[] bytes = Files.readAllBytes(manifest);
        bytes[bytes.length / 2] ^= 1;
        Files.write(manifest, bytes);
        assertThat(refused(fixture.store.activate(staged))).isEqualTo(ZoneStoreReason.ZONE_STORE_MANIFEST_DAMAGED);
        assertThat(fixture.text("z", "a")).isEqualTo(rows("新", 1_000));
    }

    /** The ends, the header, every segment's edges and some places between. */
    private static Set<Integer> offsets(int length) {
        Set<Integer> offsets = new TreeSet<>(List.of(0, 1, 5, 20, 39, 40, 45, length / 2, length - 17, length - 1));
        for (int edge = SEGMENT; edge < length; edge += SEGMENT) {
            Stream.of(edge - 1, edge, edge + 1).filter(o -> o < length).forEach(offsets::add);
        }
        return offsets;
    }
}
