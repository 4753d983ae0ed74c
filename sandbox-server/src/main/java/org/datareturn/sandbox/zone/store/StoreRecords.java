package org.datareturn.sandbox.zone.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** The bytes of manifests and pointers before encryption: a version byte, then fields in order. */
final class StoreRecords {
    private static final int VERSION = 1;
    private static final int MAX_TABLES = 1024;

    private StoreRecords() {}

    static byte[] encode(EditionManifest manifest) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeUTF(manifest.zone());
            out.writeLong(manifest.edition());
            out.writeUTF(manifest.editionId());
            out.writeUTF(manifest.provider());
            out.writeLong(manifest.acquired().toEpochDay());
            out.writeUTF(manifest.written().toString());
            out.writeUTF(manifest.schemaDigest());
            out.writeInt(manifest.tables().size());
            for (EditionManifest.Table table : manifest.tables()) {
                out.writeUTF(table.name());
                out.writeLong(table.rows());
                out.writeLong(table.bytes());
                out.writeUTF(table.digest());
            }
        }
        return bytes.toByteArray();
    }

    static EditionManifest manifest(byte[] bytes) throws IOException {
        try (DataInputStream in = versioned(bytes)) {
            String zone = in.readUTF();
            long edition = in.readLong();
            String editionId = in.readUTF();
            String provider = in.readUTF();
            LocalDate acquired = LocalDate.ofEpochDay(in.readLong());
            Instant written = Instant.parse(in.readUTF());
            String schemaDigest = in.readUTF();
            int count = in.readInt();
            if (count < 1 || count > MAX_TABLES) {
                throw new IOException("a manifest of " + count + " tables");
            }
            List<EditionManifest.Table> tables = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                tables.add(new EditionManifest.Table(in.readUTF(), in.readLong(), in.readLong(), in.readUTF()));
            }
            end(in);
            return new EditionManifest(zone, edition, editionId, provider, acquired, written, schemaDigest, tables);
        } catch (DateTimeException e) {
            throw new IOException("a manifest with an impossible date", e);
        }
    }

    static byte[] encode(EditionPointer pointer) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeLong(pointer.edition());
            out.writeUTF(pointer.editionId());
            out.writeUTF(pointer.manifestDigest());
        }
        return bytes.toByteArray();
    }

    static EditionPointer pointer(byte[] bytes) throws IOException {
        try (DataInputStream in = versioned(bytes)) {
            EditionPointer pointer = new EditionPointer(in.readLong(), in.readUTF(), in.readUTF());
            end(in);
            return pointer;
        }
    }

    private static DataInputStream versioned(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        int version = in.readUnsignedByte();
        if (version != VERSION) {
            throw new IOException("a record of version " + version + ", known is " + VERSION);
        }
        return in;
    }

    private static void end(DataInputStream in) throws IOException {
        if (in.read() >= 0) {
            throw new IOException("a record longer than its fields");
        }
    }
}
