package org.datareturn.verifier.registry.rocks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.datareturn.verifier.registry.DraftEdition;
import org.datareturn.verifier.registry.Edition;
import org.datareturn.verifier.registry.EditionOrigin;
import org.datareturn.verifier.registry.EditionWriter;
import org.datareturn.verifier.registry.Folders;
import org.datareturn.verifier.registry.Lease;
import org.datareturn.verifier.registry.RegistrySchema;
import org.datareturn.verifier.registry.RegistryStore;
import org.datareturn.verifier.tokens.SubjectTokens;
import org.jspecify.annotations.Nullable;

/**
 * A registry in a folder of its own: {@code edition-N/} with the records, {@code CURRENT} naming the edition that
 * answers, {@code LOCK} held by the one process that has it open. {@code CURRENT} is replaced by an atomic rename, so a
 * crash leaves either the old edition or the new one answering. Thread-safe.
 */
public final class RocksRegistryStore implements RegistryStore {
    private static final String CURRENT = "CURRENT";
    private static final String EDITION = "edition-";
    private static final String BUILDING = "building";

    private final Path folder;
    private final RegistrySchema schema;
    private final SubjectTokens keys;
    private final Clock clock;
    private final FileChannel lockFile;
    private final AtomicReference<@Nullable RocksEdition> current = new AtomicReference<>();
    private final AtomicBoolean building = new AtomicBoolean();

    private RocksRegistryStore(
            Path folder, RegistrySchema schema, SubjectTokens keys, Clock clock, FileChannel lockFile) {
        this.folder = folder;
        this.schema = schema;
        this.keys = keys;
        this.clock = clock;
        this.lockFile = lockFile;
    }

    /**
     * Opens a registry, or prepares an empty one; what an interrupted build left behind is removed.
     *
     * @param folder the registry's own folder
     * @param schema the shape its products want
     * @param keys the keys its tokens are made under
     * @param clock dates new editions
     * @throws IOException when another process has it open, or its edition cannot be read, is of another shape, or its
     *     seal does not hold under these keys
     */
    public static RocksRegistryStore open(Path folder, RegistrySchema schema, SubjectTokens keys, Clock clock)
            throws IOException {
        Files.createDirectories(folder);
        FileChannel lockFile = lock(folder);
        RocksRegistryStore store = new RocksRegistryStore(folder, schema, keys, clock, lockFile);
        try {
            store.recover();
        } catch (IOException e) {
            lockFile.close();
            throw e;
        }
        return store;
    }

    private static FileChannel lock(Path folder) throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve("LOCK"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        @Nullable FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw new IOException("the registry " + folder + " is already open in this process", e);
        }
        if (lock == null) {
            channel.close();
            throw new IOException("the registry " + folder + " is open in another process");
        }
        return channel;
    }

    private void recover() throws IOException {
        Path name = folder.resolve(CURRENT);
        String keep = Files.exists(name)
                ? Files.readString(name, StandardCharsets.UTF_8).strip()
                : "";
        if (!keep.isEmpty() && !keep.matches(EDITION + "[0-9]{1,18}")) {
            throw new IOException("the registry " + folder + " names no edition in " + CURRENT);
        }
        List<Path> entries;
        try (Stream<Path> listed = Files.list(folder)) {
            entries = listed.toList();
        }
        for (Path entry : entries) {
            String entryName = entry.getFileName().toString();
            if (entryName.equals(BUILDING) || (entryName.startsWith(EDITION) && !entryName.equals(keep))) {
                Folders.delete(entry);
            }
        }
        if (!keep.isEmpty()) {
            current.set(RocksEdition.open(folder.resolve(keep), schema, keys));
        }
    }

    @Override
    public RegistrySchema schema() {
        return schema;
    }

    @Override
    public Optional<Lease> lease() {
        RocksEdition edition = current.get();
        while (edition != null) {
            Optional<Lease> lease = edition.lease();
            if (lease.isPresent()) {
                return lease;
            }
            // Superseded and closed between the two reads: a newer one is in its place.
            edition = current.get();
        }
        return Optional.empty();
    }

    @Override
    public EditionWriter begin(EditionOrigin origin) throws IOException {
        if (!lockFile.isOpen()) {
            throw new IOException("the registry " + folder + " is closed");
        }
        if (!building.compareAndSet(false, true)) {
            throw new IOException("another edition of the registry " + schema.registry() + " is being built");
        }
        Path place = folder.resolve(BUILDING);
        try {
            Folders.delete(place);
            return new RocksEditionWriter(this, Files.createDirectory(place), origin, keys.primary());
        } catch (IOException e) {
            building.set(false);
            throw e;
        }
    }

    Edition describe(EditionOrigin origin, long records, int keyId) {
        RocksEdition edition = current.get();
        long number = edition == null ? 1 : edition.edition().number() + 1;
        return new Edition(
                schema.registry(), number, origin, clock.instant().truncatedTo(ChronoUnit.MILLIS), records, keyId);
    }

    void dropDraft(Path place) throws IOException {
        try {
            Folders.delete(place);
        } finally {
            building.set(false);
        }
    }

    DraftEdition draft(Path place, Edition edition) {
        return new RocksDraft(place, edition);
    }

    private synchronized void publish(Path place, Edition edition) throws IOException {
        if (!lockFile.isOpen()) {
            throw new IOException("the registry " + folder + " is closed");
        }
        String name = EDITION + edition.number();
        Path home = folder.resolve(name);
        Folders.delete(home);
        Files.move(place, home, StandardCopyOption.ATOMIC_MOVE);
        RocksEdition opened = RocksEdition.open(home, schema, keys);
        try {
            recordCurrent(name);
        } catch (IOException e) {
            opened.letGo(true);
            throw e;
        }
        RocksEdition old = current.getAndSet(opened);
        if (old != null) {
            old.letGo(true);
        }
    }

    private void recordCurrent(String name) throws IOException {
        Path next = folder.resolve(CURRENT + ".next");
        try (FileChannel out = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            out.write(ByteBuffer.wrap(name.getBytes(StandardCharsets.UTF_8)));
            out.force(true);
        }
        Files.move(next, folder.resolve(CURRENT), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Folders.force(folder);
    }

    @Override
    public synchronized void close() throws IOException {
        RocksEdition last = current.getAndSet(null);
        if (last != null) {
            last.letGo(false);
        }
        lockFile.close();
    }

    private final class RocksDraft implements DraftEdition {
        private final Path place;
        private final Edition edition;
        private boolean over;

        RocksDraft(Path place, Edition edition) {
            this.place = place;
            this.edition = edition;
        }

        @Override
        public Edition edition() {
            return edition;
        }

        @Override
        public Edition publish() throws IOException {
            if (over) {
                throw new IOException("the draft was already published or dropped");
            }
            RocksRegistryStore.this.publish(place, edition);
            over = true;
            building.set(false);
            return edition;
        }

        @Override
        public void close() throws IOException {
            if (!over) {
                over = true;
                dropDraft(place);
            }
        }
    }
}
