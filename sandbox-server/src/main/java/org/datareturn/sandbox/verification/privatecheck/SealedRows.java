package org.datareturn.sandbox.verification.privatecheck;

import com.google.crypto.tink.StreamingAead;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.datareturn.sandbox.keys.DurableFiles;
import org.datareturn.verifier.privatecheck.ItemReader;
import org.datareturn.verifier.privatecheck.ItemReading;
import org.datareturn.verifier.privatecheck.PrivateAnswer;
import org.datareturn.verifier.privatecheck.PrivateEntry;
import org.datareturn.verifier.product.ProductDeclaration;
import org.datareturn.verifier.registry.Edition;
import org.datareturn.verifier.registry.RegistrySchema;
import org.datareturn.verifier.registry.RowSource;
import org.datareturn.verifier.registry.SourceOpening;
import org.datareturn.verifier.registry.SourceRow;
import org.datareturn.verifier.registry.SourceRows;

/**
 * The rows of registries, sealed, for making tables of encrypted answers: registries hold keyed tokens, but the oblivious
 * function hashes the item itself (RFC 9497 §3.3.1, Finalize). One file a product and edition, encrypted in segments under
 * the node's keys (AES-256-GCM-HKDF), its associated data the product and the edition; a file cut short does not open.
 * Thread-safe.
 */
public final class SealedRows {
    /** Of registries with more entries than this no rows are worth keeping: they are not checked privately. */
    public static final long MOST_ENTRIES = 1_000_000;

    private static final int BUFFER_BYTES = 1 << 16;

    private final Path folder;
    private final StreamingAead key;
    private final Clock clock;

    /**
     * Rows in a folder.
     *
     * @param clock says which dates lie in the future, when rows are read as items
     */
    public SealedRows(Path folder, StreamingAead key, Clock clock) {
        this.folder = folder;
        this.key = key;
        this.clock = clock;
    }

    /**
     * Seals the rows an edition was built from, beside those of the edition before: they are read once it answers.
     *
     * @param source the very source
     * @param expected how many rows the edition was loaded from
     * @throws IOException when it cannot be read or kept, or has changed since; nothing is kept of it then
     */
    public void seal(ProductDeclaration product, Edition edition, RowSource source, long expected) throws IOException {
        DurableFiles.makeFolder(folder);
        Path kept = file(product, edition);
        Path beside = kept.resolveSibling(kept.getFileName() + ".new");
        List<String> columns = columns(product);
        if (!(source.open(columns, 0) instanceof SourceOpening.Ready(SourceRows rows))) {
            throw new IOException("the source of " + product.name() + " changed while it was read");
        }
        try (rows;
                DataOutputStream out = new DataOutputStream(new BufferedOutputStream(
                        key.newEncryptingStream(Files.newOutputStream(beside), associated(product, edition)),
                        BUFFER_BYTES))) {
            long taken = 0;
            while (rows.next() instanceof SourceRow.Read(long line, List<String> values)) {
                out.writeBoolean(true);
                for (String value : values) {
                    out.writeUTF(value);
                }
                taken++;
            }
            if (taken != expected) {
                throw new IOException("the source of " + product.name() + " changed while it was read");
            }
            out.writeBoolean(false);
        } catch (GeneralSecurityException e) {
            throw new IOException("the rows of " + product.name() + " cannot be sealed", e);
        }
        try (FileChannel written = FileChannel.open(beside, StandardOpenOption.WRITE)) {
            written.force(true);
        }
        Files.move(beside, kept, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        DurableFiles.forceFolder(folder);
    }

    /**
     * Keeps no rows of an edition.
     *
     * @throws IOException when they cannot be deleted
     */
    public void forget(ProductDeclaration product, Edition edition) throws IOException {
        Files.deleteIfExists(file(product, edition));
    }

    /**
     * Keeps no rows but those of the edition that answers.
     *
     * @throws IOException when the others cannot be deleted
     */
    public void forgetAllBut(ProductDeclaration product, Edition edition) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> listed = Files.list(folder)) {
            all = listed.toList();
        }
        for (Path file : all) {
            if (file.getFileName().toString().startsWith(product.name() + ".")
                    && !file.equals(file(product, edition))) {
                Files.deleteIfExists(file);
            }
        }
    }

    /**
     * Reads an edition's rows as entries that say yes, once, for as long as the work takes.
     *
     * @return what came of the work; empty when no rows are kept of the edition
     * @throws UncheckedIOException when what is kept cannot be read, or is another edition's
     */
    public <T> Optional<T> read(ProductDeclaration product, Edition edition, Function<Iterator<PrivateEntry>, T> work) {
        Path file = file(product, edition);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(
                key.newDecryptingStream(Files.newInputStream(file), associated(product, edition)), BUFFER_BYTES))) {
            return Optional.of(work.apply(new Entries(product, in)));
        } catch (NoSuchFileException superseded) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new UncheckedIOException(new IOException("the rows of " + product.name() + " do not open", e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(ProductDeclaration product, Edition edition) {
        return folder.resolve(product.name() + "." + edition.number() + ".rows");
    }

    private static byte[] associated(ProductDeclaration product, Edition edition) {
        return ("private rows v2\n" + product.name() + "\n" + edition.name() + "\n" + edition.builtAt())
                .getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> columns(ProductDeclaration product) {
        return product.fieldNames().stream().sorted().toList();
    }

    /** The entries of a file; a row that says the same of two persons is two of them. */
    private final class Entries implements Iterator<PrivateEntry> {
        private final List<String> columns;
        private final RegistrySchema schema;
        private final ItemReader reader;
        private final DataInputStream in;
        private final Deque<PrivateEntry> ahead = new ArrayDeque<>(2);
        private boolean ended;

        Entries(ProductDeclaration product, DataInputStream in) {
            this.columns = columns(product);
            this.schema = product.schema();
            this.reader = new ItemReader(product, clock);
            this.in = in;
        }

        @Override
        public boolean hasNext() {
            try {
                if (ahead.isEmpty() && !ended && in.readBoolean()) {
                    Map<String, String> row = new HashMap<>();
                    for (String column : columns) {
                        row.put(column, in.readUTF());
                    }
                    ahead.add(entry(row));
                    if (!schema.mirrored().isEmpty()) {
                        Map<String, String> mirrored = new HashMap<>();
                        columns.forEach(column -> mirrored.put(
                                column, String.valueOf(row.get(schema.mirrored().getOrDefault(column, column)))));
                        ahead.add(entry(mirrored));
                    }
                }
                ended = ahead.isEmpty();
                return !ended;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public PrivateEntry next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return ahead.remove();
        }

        private PrivateEntry entry(Map<String, String> row) {
            return switch (reader.read(row)) {
                case ItemReading.Read read -> new PrivateEntry(read.item(), PrivateAnswer.YES);
                case ItemReading.Malformed malformed ->
                    throw new IllegalStateException("a row the registry had taken is malformed: "
                            + malformed.refusal().reason().name());
            };
        }
    }
}
