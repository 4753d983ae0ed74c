package org.datareturn.sandbox.zone.store;

import com.google.crypto.tink.StreamingAead;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.datareturn.policy.Refusal;

/**
 * The zones' data files, encrypted at rest (SD-3 §7).
 *
 * <p>An edition is written whole ({@link #stage}), may be read and judged while the old one still serves
 * ({@link #read}), and then takes over in one atomic step ({@link #activate}). A crash at any point leaves the edition
 * that was current. Every file is bound to its zone, table, edition and a random edition identity; the pointer to the
 * current edition is itself sealed and names the digest of the manifest. So a file that was altered, cut short, put in
 * another's place or taken from an older edition is refused. A whole folder set back to an older copy is refused as
 * soon as the {@link EditionFloor} knows better.
 *
 * <p>Thread-safe. Of two writers of one zone, in one process or two, the second is refused with
 * {@link ZoneStoreReason#ZONE_STORE_BUSY}. Readers never wait.
 */
public final class ZoneFileStore {
    private final Path root;
    private final SealedFiles files;
    private final EditionWriter writer;
    private final EditionFloor floor;
    private final Clock clock;

    /**
     * A store under a folder, which need not exist yet.
     *
     * @param root the folder, one sub-folder a zone
     * @param aead the key of this node's zone files, kept elsewhere than in {@code root}
     * @param floor remembers, outside {@code root}, the highest edition that was in use
     * @param clock gives the time written into manifests
     */
    public ZoneFileStore(Path root, StreamingAead aead, EditionFloor floor, Clock clock) {
        this.root = root;
        this.files = new SealedFiles(aead);
        this.writer = new EditionWriter(files);
        this.floor = floor;
        this.clock = clock;
    }

    /** Writes a new edition durably without putting it to use. */
    public StoreResult<StagedEdition> stage(EditionSource source) {
        return inZone(source.zone(), folder -> {
            EditionWriter.check(source);
            try (ZoneFolder.Lock _ = folder.lock()) {
                folder.sweepStaging();
                return writer.write(folder, source, nextNumber(folder), clock.instant());
            }
        });
    }

    /**
     * Puts a staged edition to use. Refused when a later one is in use already, or its files are gone or altered.
     *
     * @return the manifest of the edition that is now current
     */
    public StoreResult<EditionManifest> activate(StagedEdition staged) {
        EditionManifest manifest = staged.manifest();
        return inZone(manifest.zone(), folder -> {
            try (ZoneFolder.Lock _ = folder.lock()) {
                long inUse =
                        Files.exists(folder.pointer()) ? readPointer(folder).edition() : 0;
                if (Math.max(inUse, floor.of(manifest.zone())) >= manifest.edition()
                        || !Files.isDirectory(folder.edition(manifest.edition()))) {
                    throw failure(
                            ZoneStoreReason.ZONE_STORE_STAGED_GONE, manifest.zone(), Long.toString(manifest.edition()));
                }
                readManifest(folder, staged.pointer());
                writer.point(folder, staged.pointer());
                // Last, so that a crash before it never locks out the edition that is still current.
                floor.raise(manifest.zone(), manifest.edition());
                return manifest;
            }
        });
    }

    /** Stages and activates in one go. */
    public StoreResult<EditionManifest> write(EditionSource source) {
        return switch (stage(source)) {
            case StoreResult.Ok<StagedEdition>(StagedEdition staged) -> activate(staged);
            case StoreResult.Refused<StagedEdition>(Refusal refusal) -> new StoreResult.Refused<>(refusal);
        };
    }

    /** Throws a staged edition away, unless it is in use. */
    public StoreResult<EditionManifest> discard(StagedEdition staged) {
        EditionManifest manifest = staged.manifest();
        return inZone(manifest.zone(), folder -> {
            try (ZoneFolder.Lock _ = folder.lock()) {
                if (Files.exists(folder.pointer()) && readPointer(folder).edition() == manifest.edition()) {
                    throw failure(
                            ZoneStoreReason.ZONE_STORE_STAGED_GONE, manifest.zone(), Long.toString(manifest.edition()));
                }
                ZoneFolder.deleteFolder(folder.edition(manifest.edition()));
                return manifest;
            }
        });
    }

    /** A reader of a staged edition, to judge it before it is put to use. */
    public StoreResult<EditionReader> read(StagedEdition staged) {
        return inZone(staged.manifest().zone(), folder -> reader(folder, staged.pointer()));
    }

    /** A reader of the current edition. */
    public StoreResult<EditionReader> read(String zone) {
        return inZone(zone, folder -> reader(folder, currentPointer(folder)));
    }

    /** The plain CSV of one table of the current edition; see {@link EditionReader#open} for how to read it. */
    public StoreResult<InputStream> open(String zone, String table) {
        return switch (read(zone)) {
            case StoreResult.Ok<EditionReader>(EditionReader reader) -> reader.open(table);
            case StoreResult.Refused<EditionReader>(Refusal refusal) -> new StoreResult.Refused<>(refusal);
        };
    }

    /** The zones there are folders for, sorted. Whether one has an edition, {@link #read} says. */
    public StoreResult<List<String>> zones() {
        try {
            return new StoreResult.Ok<>(ZoneFolder.zonesUnder(root));
        } catch (IOException e) {
            return new StoreResult.Refused<>(Refusal.of(ZoneStoreReason.ZONE_STORE_IO, "*"));
        }
    }

    /** The numbers of the editions on disk, ascending, staged and superseded ones included. */
    public StoreResult<List<Long>> editions(String zone) {
        return inZone(zone, ZoneFolder::editions);
    }

    /**
     * Deletes every edition older than the current one.
     *
     * @return the numbers deleted, ascending
     */
    public StoreResult<List<Long>> removeSuperseded(String zone) {
        return inZone(zone, folder -> {
            try (ZoneFolder.Lock _ = folder.lock()) {
                long current = currentPointer(folder).edition();
                List<Long> removed = new ArrayList<>();
                for (long number : folder.editions()) {
                    if (number < current) {
                        ZoneFolder.deleteFolder(folder.edition(number));
                        removed.add(number);
                    }
                }
                return List.copyOf(removed);
            }
        });
    }

    private long nextNumber(ZoneFolder folder) throws IOException {
        long highest = floor.of(folder.zone());
        for (long number : folder.editions()) {
            highest = Math.max(highest, number);
        }
        return highest + 1;
    }

    private EditionReader reader(ZoneFolder folder, EditionPointer pointer) throws StoreFailure {
        return new EditionReader(files, folder.edition(pointer.edition()), readManifest(folder, pointer));
    }

    /** The pointer to the current edition, unless the folder was set back. */
    private EditionPointer currentPointer(ZoneFolder folder) throws StoreFailure {
        long known = floor.of(folder.zone());
        if (!Files.exists(folder.pointer())) {
            throw failure(
                    known > 0 ? ZoneStoreReason.ZONE_STORE_POINTER_DAMAGED : ZoneStoreReason.ZONE_STORE_NO_EDITION,
                    folder.zone());
        }
        EditionPointer pointer = readPointer(folder);
        if (pointer.edition() < known) {
            throw failure(
                    ZoneStoreReason.ZONE_STORE_EDITION_REPLAYED,
                    folder.zone(),
                    Long.toString(pointer.edition()),
                    Long.toString(known));
        }
        floor.raise(folder.zone(), pointer.edition());
        return pointer;
    }

    private EditionPointer readPointer(ZoneFolder folder) throws StoreFailure {
        try {
            return StoreRecords.pointer(files.readRecord(folder.pointer(), SealedFiles.pointerOf(folder.zone())));
        } catch (IOException e) {
            throw new StoreFailure(Refusal.of(ZoneStoreReason.ZONE_STORE_POINTER_DAMAGED, folder.zone()), e);
        }
    }

    private EditionManifest readManifest(ZoneFolder folder, EditionPointer pointer) throws StoreFailure {
        Refusal damaged = Refusal.of(
                ZoneStoreReason.ZONE_STORE_MANIFEST_DAMAGED, folder.zone(), Long.toString(pointer.edition()));
        Path file = ZoneFolder.manifestIn(folder.edition(pointer.edition()));
        try {
            if (!EditionWriter.digestOf(file).equals(pointer.manifestDigest())) {
                throw new StoreFailure(damaged);
            }
            EditionManifest manifest = StoreRecords.manifest(files.readRecord(
                    file, SealedFiles.manifestOf(folder.zone(), pointer.edition(), pointer.editionId())));
            if (!manifest.zone().equals(folder.zone())
                    || manifest.edition() != pointer.edition()
                    || !manifest.editionId().equals(pointer.editionId())) {
                throw new StoreFailure(damaged);
            }
            return manifest;
        } catch (IOException e) {
            throw new StoreFailure(damaged, e);
        }
    }

    private static StoreFailure failure(ZoneStoreReason reason, String... arguments) {
        return new StoreFailure(Refusal.of(reason, arguments));
    }

    /** One step inside a zone's folder. */
    @FunctionalInterface
    private interface Step<T> {
        T in(ZoneFolder folder) throws StoreFailure, IOException;
    }

    private <T> StoreResult<T> inZone(String zone, Step<T> step) {
        try {
            return new StoreResult.Ok<>(step.in(ZoneFolder.of(root, zone)));
        } catch (StoreFailure e) {
            return new StoreResult.Refused<>(e.refusal());
        } catch (IOException e) {
            return new StoreResult.Refused<>(Refusal.of(ZoneStoreReason.ZONE_STORE_IO, zone));
        }
    }
}
