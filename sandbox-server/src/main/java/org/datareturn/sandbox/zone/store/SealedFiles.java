package org.datareturn.sandbox.zone.store;

import com.google.crypto.tink.StreamingAead;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;

/**
 * Files under streaming AEAD (Hoang, Reyhanitabar, Rogaway, Vizár 2015: segments cannot be reordered, dropped or cut off
 * unnoticed). Associated data say what a file is, so that a file put in another's place does not open. Thread-safe.
 */
final class SealedFiles {
    /** Small sealed records (manifest, pointer) never come near this. */
    private static final int MAX_RECORD_BYTES = 1 << 20;

    private final StreamingAead aead;

    SealedFiles(StreamingAead aead) {
        this.aead = aead;
    }

    /** Writes plain bytes to the stream it is given. */
    @FunctionalInterface
    interface Body {
        void writeTo(OutputStream plain) throws IOException;
    }

    /**
     * Creates a sealed file and forces it to disk.
     *
     * @throws IOException when it cannot be written, or exists already
     */
    void create(Path file, byte[] associatedData, Body body) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
            // Closing the encrypting stream writes the last segment and would close the channel before it is forced.
            OutputStream open = new OutputStream() {
                private final OutputStream out = Channels.newOutputStream(channel);

                @Override
                public void write(int b) throws IOException {
                    out.write(b);
                }

                @Override
                public void write(byte[] b, int off, int len) throws IOException {
                    out.write(b, off, len);
                }
            };
            try (OutputStream sealing = aead.newEncryptingStream(open, associatedData)) {
                body.writeTo(sealing);
            } catch (GeneralSecurityException e) {
                throw new IOException("the zone key cannot encrypt", e);
            }
            channel.force(true);
        }
    }

    /**
     * Opens a sealed file for reading. Reading fails with an {@link IOException} where it is not authentic.
     *
     * @throws IOException when it cannot be opened
     */
    InputStream open(Path file, byte[] associatedData) throws IOException {
        InputStream raw = Files.newInputStream(file);
        try {
            return aead.newDecryptingStream(new BufferedInputStream(raw), associatedData);
        } catch (GeneralSecurityException e) {
            raw.close();
            throw new IOException("the zone key cannot decrypt", e);
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    /** Reads a small sealed file whole. */
    byte[] readRecord(Path file, byte[] associatedData) throws IOException {
        try (InputStream in = open(file, associatedData)) {
            byte[] plain = in.readNBytes(MAX_RECORD_BYTES + 1);
            if (plain.length > MAX_RECORD_BYTES) {
                throw new IOException("a sealed record is longer than " + MAX_RECORD_BYTES + " bytes");
            }
            return plain;
        }
    }

    /** Associated data of a zone's pointer. */
    static byte[] pointerOf(String zone) {
        return bind("datareturn/zone-pointer/1", zone);
    }

    /** Associated data of an edition's manifest. */
    static byte[] manifestOf(String zone, long edition, String editionId) {
        return bind("datareturn/zone-manifest/1", zone, Long.toString(edition), editionId);
    }

    /** Associated data of a table's file. */
    static byte[] tableOf(String zone, String table, long edition, String editionId) {
        return bind("datareturn/zone-table/1", zone, table, Long.toString(edition), editionId);
    }

    /** Length-prefixed, so that no two lists of parts give the same bytes. */
    private static byte[] bind(String... parts) {
        ByteArrayOutputStream bound = new ByteArrayOutputStream();
        for (String part : parts) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            bound.writeBytes(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
            bound.writeBytes(bytes);
        }
        return bound.toByteArray();
    }
}
