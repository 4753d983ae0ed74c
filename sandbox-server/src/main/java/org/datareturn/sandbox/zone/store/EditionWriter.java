package org.datareturn.sandbox.zone.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.datareturn.policy.Refusal;

/** Writes one edition's files and the pointer to it. Every method runs under the zone's lock. */
final class EditionWriter {
    private static final int CHUNK_BYTES = 1 << 16;
    private static final int EDITION_ID_BYTES = 16;

    private final SealedFiles files;
    private final SecureRandom random = new SecureRandom();

    EditionWriter(SealedFiles files) {
        this.files = files;
    }

    /** Writes the edition whole, durably and under its final name; nothing points to it yet. */
    StagedEdition write(ZoneFolder folder, EditionSource source, long number, Instant now)
            throws StoreFailure, IOException {
        byte[] id = new byte[EDITION_ID_BYTES];
        random.nextBytes(id);
        String editionId = HexFormat.of().formatHex(id);
        Path staging = folder.staging(editionId);
        ZoneFolder.createFolder(staging);
        try {
            List<EditionManifest.Table> tables = new ArrayList<>();
            for (EditionSource.Table table : source.tables()) {
                tables.add(writeTable(staging, source.zone(), table, number, editionId));
            }
            EditionManifest manifest = new EditionManifest(
                    source.zone(),
                    number,
                    editionId,
                    source.provider(),
                    source.acquired(),
                    now,
                    source.schemaDigest(),
                    tables);
            String manifestDigest = writeRecord(
                    ZoneFolder.manifestIn(staging),
                    SealedFiles.manifestOf(source.zone(), number, editionId),
                    StoreRecords.encode(manifest));
            ZoneFolder.force(staging);
            folder.publish(staging, folder.edition(number));
            return new StagedEdition(manifest, new EditionPointer(number, editionId, manifestDigest));
        } finally {
            // After the rename there is nothing left under this name; after a failure there must not be.
            ZoneFolder.deleteFolder(staging);
        }
    }

    /** Makes the pointer name this edition, in one step. */
    void point(ZoneFolder folder, EditionPointer pointer) throws IOException {
        Files.deleteIfExists(folder.pointerDraft());
        writeRecord(folder.pointerDraft(), SealedFiles.pointerOf(folder.zone()), StoreRecords.encode(pointer));
        folder.publish(folder.pointerDraft(), folder.pointer());
    }

    private EditionManifest.Table writeTable(
            Path staging, String zone, EditionSource.Table table, long number, String editionId)
            throws StoreFailure, IOException {
        try (InputStream csv = openSource(zone, table)) {
            CsvMeter meter = new CsvMeter();
            files.create(
                    ZoneFolder.tableIn(staging, table.name()),
                    SealedFiles.tableOf(zone, table.name(), number, editionId),
                    out -> copy(csv, out, meter));
            return meter.finish(table.name());
        } catch (SourceFailed e) {
            throw sourceUnreadable(zone, table, e);
        }
    }

    private static void copy(InputStream csv, OutputStream out, CsvMeter meter) throws IOException {
        byte[] chunk = new byte[CHUNK_BYTES];
        for (int n = read(csv, chunk); n >= 0; n = read(csv, chunk)) {
            out.write(chunk, 0, n);
            meter.update(chunk, 0, n);
        }
    }

    private static int read(InputStream csv, byte[] chunk) throws SourceFailed {
        try {
            return csv.read(chunk);
        } catch (IOException e) {
            throw new SourceFailed(e);
        }
    }

    private static InputStream openSource(String zone, EditionSource.Table table) throws StoreFailure {
        try {
            return table.csv().open();
        } catch (IOException e) {
            throw sourceUnreadable(zone, table, e);
        }
    }

    private static StoreFailure sourceUnreadable(String zone, EditionSource.Table table, IOException cause) {
        return new StoreFailure(Refusal.of(ZoneStoreReason.ZONE_STORE_SOURCE_UNREADABLE, zone, table.name()), cause);
    }

    private String writeRecord(Path file, byte[] binding, byte[] record) throws IOException {
        files.create(file, binding, out -> out.write(record));
        return digestOf(file);
    }

    static String digestOf(Path file) throws IOException {
        return HexFormat.of().formatHex(CsvMeter.sha256().digest(Files.readAllBytes(file)));
    }

    static void check(EditionSource source) throws StoreFailure {
        Set<String> names = new HashSet<>();
        for (EditionSource.Table table : source.tables()) {
            ZoneFolder.checkTable(table.name());
            names.add(table.name());
        }
        if (names.isEmpty() || names.size() != source.tables().size()) {
            throw new StoreFailure(Refusal.of(ZoneStoreReason.ZONE_STORE_TABLES_INVALID, source.zone()));
        }
    }

    /** The provider's stream failed, not our disk. */
    private static final class SourceFailed extends IOException {
        private static final long serialVersionUID = 1L;

        SourceFailed(IOException cause) {
            super(cause);
        }
    }
}
