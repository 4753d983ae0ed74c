package org.datareturn.sandbox.model;

import com.google.crypto.tink.StreamingAead;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Pattern;
import org.datareturn.sandbox.catalogue.Resource;
import org.datareturn.sandbox.keys.DurableFiles;

/**
 * Feature tables, sealed: what models are assessed on is read from here, scored and turned into tokens row by row, and
 * nothing of it is on disk in the clear. One file a table, encrypted in segments under the node's keys
 * (AES-256-GCM-HKDF), bound to the table's name; a file cut short does not open. Thread-safe.
 */
public final class SealedFeatures {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final Pattern NAME = Pattern.compile("[a-z0-9_-]{1,60}");

    private final Path folder;
    private final StreamingAead key;

    /** Tables in a folder. */
    public SealedFeatures(Path folder, StreamingAead key) {
        this.folder = folder;
        this.key = key;
    }

    /** What is done with a table's rows. */
    @FunctionalInterface
    public interface Work<T> {
        /**
         * Does it.
         *
         * @param csv the table as it was loaded
         * @throws IOException when it cannot be read to its end
         */
        T with(FeatureOrigin origin, InputStream csv) throws IOException;
    }

    /**
     * Seals a table, in place of the edition before.
     *
     * @param csv with a header (RFC 4180, UTF-8)
     * @throws IllegalArgumentException when no table can have that name
     * @throws IOException when it cannot be read or kept; what was kept before is then still whole
     */
    public void seal(String table, FeatureOrigin origin, InputStream csv) throws IOException {
        if (!NAME.matcher(table).matches()) {
            throw new IllegalArgumentException("a feature table's name is [a-z0-9_-]+");
        }
        DurableFiles.makeFolder(folder);
        Path beside = file(table).resolveSibling(table + ".new");
        try (OutputStream sealed = key.newEncryptingStream(Files.newOutputStream(beside), bound(table));
                DataOutputStream out = new DataOutputStream(new BufferedOutputStream(sealed, BUFFER_BYTES))) {
            out.writeUTF(origin.provider());
            out.writeUTF(origin.library().name());
            out.writeUTF(origin.contentAuthority());
            out.writeUTF(origin.acquiredOn().toString());
            csv.transferTo(out);
        } catch (GeneralSecurityException e) {
            throw new IOException("the feature table " + table + " cannot be sealed", e);
        }
        try (FileChannel written = FileChannel.open(beside, StandardOpenOption.WRITE)) {
            written.force(true);
        }
        Files.move(beside, file(table), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        DurableFiles.forceFolder(folder);
    }

    /**
     * Whose a table is; empty when none of that name is kept.
     *
     * @throws IOException when what is kept does not open
     */
    public Optional<FeatureOrigin> origin(String table) throws IOException {
        return read(table, (origin, csv) -> origin);
    }

    /**
     * Reads a table once, for as long as the work takes.
     *
     * @return what came of the work; empty when none of that name is kept
     * @throws IOException when what is kept does not open
     */
    public <T> Optional<T> read(String table, Work<T> work) throws IOException {
        if (!NAME.matcher(table).matches() || !Files.exists(file(table))) {
            return Optional.empty();
        }
        try (InputStream sealed = key.newDecryptingStream(Files.newInputStream(file(table)), bound(table));
                DataInputStream in = new DataInputStream(new BufferedInputStream(sealed, BUFFER_BYTES))) {
            FeatureOrigin origin = new FeatureOrigin(
                    in.readUTF(), Resource.Library.valueOf(in.readUTF()), in.readUTF(), LocalDate.parse(in.readUTF()));
            return Optional.of(work.with(origin, in));
        } catch (GeneralSecurityException | IllegalArgumentException | DateTimeException e) {
            throw new IOException("the feature table " + table + " does not open", e);
        }
    }

    private Path file(String table) {
        return folder.resolve(table + ".features");
    }

    private static byte[] bound(String table) {
        return ("feature table v1\n" + table).getBytes(StandardCharsets.UTF_8);
    }
}
