package org.datareturn.sandbox.zone.store;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.datareturn.policy.Refusal;

/**
 * One edition of a zone, authenticated as far as its manifest. All tables opened through one reader are of the same
 * edition, also when another becomes current meanwhile. Thread-safe.
 */
public final class EditionReader {
    private static final int BUFFER_BYTES = 1 << 16;

    private final SealedFiles files;
    private final Path folder;
    private final EditionManifest manifest;

    EditionReader(SealedFiles files, Path folder, EditionManifest manifest) {
        this.files = files;
        this.folder = folder;
        this.manifest = manifest;
    }

    /** What the edition holds. */
    public EditionManifest manifest() {
        return manifest;
    }

    /**
     * The plain CSV of a table, decrypted as it is read; nothing plain touches the disk. Read it to its end: only the
     * end shows that nothing was cut off. Damage throws {@link ZoneFileDamaged}, and whatever was read before must then
     * be thrown away. The caller closes the stream.
     */
    public StoreResult<InputStream> open(String table) {
        EditionManifest.Table entry = manifest.table(table).orElse(null);
        if (entry == null) {
            return refused(ZoneStoreReason.ZONE_STORE_NO_TABLE, manifest.zone(), table);
        }
        String edition = Long.toString(manifest.edition());
        Path file = ZoneFolder.tableIn(folder, table);
        if (!Files.isRegularFile(file)) {
            return refused(ZoneStoreReason.ZONE_STORE_FILE_MISSING, manifest.zone(), table, edition);
        }
        Refusal damaged = Refusal.of(ZoneStoreReason.ZONE_STORE_FILE_DAMAGED, manifest.zone(), table, edition);
        InputStream plain;
        try {
            byte[] binding = SealedFiles.tableOf(manifest.zone(), table, manifest.edition(), manifest.editionId());
            plain = new BufferedInputStream(
                    new CheckedPlainStream(files.open(file, binding), entry, damaged), BUFFER_BYTES);
        } catch (IOException e) {
            return refused(ZoneStoreReason.ZONE_STORE_IO, manifest.zone());
        }
        return withFirstSegmentChecked(plain);
    }

    /** A file of another table or edition fails at its first byte, so that it is refused here and not while loading. */
    private StoreResult<InputStream> withFirstSegmentChecked(InputStream plain) {
        try {
            plain.mark(1);
            if (plain.read() >= 0) {
                plain.reset();
            }
            return new StoreResult.Ok<>(plain);
        } catch (ZoneFileDamaged e) {
            closeQuietly(plain);
            return new StoreResult.Refused<>(e.refusal());
        } catch (IOException e) {
            closeQuietly(plain);
            return refused(ZoneStoreReason.ZONE_STORE_IO, manifest.zone());
        }
    }

    private static void closeQuietly(InputStream in) {
        try {
            in.close();
        } catch (IOException e) {
            // The refusal that is under way says more than a failing close of a file only read.
        }
    }

    private static StoreResult<InputStream> refused(ZoneStoreReason reason, String... arguments) {
        return new StoreResult.Refused<>(Refusal.of(reason, arguments));
    }
}
