package org.datareturn.verifier.registry.rocks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.datareturn.verifier.reason.RegistryReason;
import org.datareturn.verifier.registry.DraftEdition;
import org.datareturn.verifier.registry.DraftOnce;
import org.datareturn.verifier.registry.Edition;
import org.datareturn.verifier.registry.EditionOrigin;
import org.datareturn.verifier.registry.EditionWriter;
import org.datareturn.verifier.registry.FolderLock;
import org.datareturn.verifier.registry.Folders;
import org.datareturn.verifier.registry.Lease;
import org.datareturn.verifier.registry.RegistryException;
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
    private static final String BUILDING = "building";

    private final Path folder;
    private final RegistrySchema schema;
    private final SubjectTokens keys;
    private final Clock clock;
    private final FolderLock lock;
    private final Disk disk;
    private final CurrentFile named;
    private final DraftPlace drafts = new Drafts();
    private final AtomicReference<@Nullable RocksEdition> current = new AtomicReference<>();
    private final AtomicBoolean building = new AtomicBoolean();

    /** What makes the names within a folder durable. */
    @FunctionalInterface
    interface Disk {
        /** As {@link Folders#force}. */
        void force(Path folder) throws IOException;
    }

    private RocksRegistryStore(
            Path folder, RegistrySchema schema, SubjectTokens keys, Clock clock, FolderLock lock, Disk disk) {
        this.folder = folder;
        this.schema = schema;
        this.keys = keys;
        this.clock = clock;
        this.lock = lock;
        this.disk = disk;
        this.named = new CurrentFile(folder);
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
        return open(folder, schema, keys, clock, Folders::force);
    }

    static RocksRegistryStore open(Path folder, RegistrySchema schema, SubjectTokens keys, Clock clock, Disk disk)
            throws IOException {
        FolderLock lock = FolderLock.take(folder, "the registry");
        RocksRegistryStore store = new RocksRegistryStore(folder, schema, keys, clock, lock, disk);
        try {
            store.recover();
        } catch (IOException e) {
            lock.close();
            throw e;
        }
        return store;
    }

    private void recover() throws IOException {
        String keep = named.named().orElse("");
        List<Path> entries;
        try (Stream<Path> listed = Files.list(folder)) {
            entries = listed.toList();
        }
        for (Path entry : entries) {
            String entryName = entry.getFileName().toString();
            if (entryName.equals(BUILDING) || (entryName.startsWith(CurrentFile.EDITION) && !entryName.equals(keep))) {
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
        if (!lock.isHeld()) {
            throw new IOException("the registry " + folder + " is closed");
        }
        if (!building.compareAndSet(false, true)) {
            throw new RegistryException(RegistryReason.EDITION_BEING_BUILT, schema.registry());
        }
        Path place = folder.resolve(BUILDING);
        try {
            Folders.delete(place);
            return new RocksEditionWriter(drafts, Files.createDirectory(place), origin, keys.primary());
        } catch (IOException e) {
            building.set(false);
            throw e;
        }
    }

    private long next() {
        RocksEdition edition = current.get();
        return edition == null ? 1 : edition.edition().number() + 1;
    }

    /**
     * Takes over an edition that another process built beside this one, and lets it answer in place of the present one, as
     * if it had been built here. One that answers already is left as it is, so whoever was interrupted may do it again.
     *
     * @param offered what was found to be whole and sealed by our keys
     * @return the edition that answers now
     * @throws IOException when it does not follow the edition that answers, or cannot be taken; that edition then goes on, but
     *     with {@link RegistryReason#EDITION_NOT_DURABLE}, when it answers already and should be taken again
     */
    public Edition take(EditionOffer.Checked offered) throws IOException {
        Edition edition = offered.edition();
        RocksEdition now = current.get();
        if (now != null && now.edition().equals(edition)) {
            force(edition);
            return edition;
        }
        if (!building.compareAndSet(false, true)) {
            throw new RegistryException(RegistryReason.EDITION_BEING_BUILT, schema.registry());
        }
        Path place = folder.resolve(BUILDING);
        try {
            if (edition.number() != next()) {
                throw new RegistryException(RegistryReason.EDITION_OUT_OF_ORDER, edition.name());
            }
            Folders.delete(place);
            offered.linkInto(place);
            publish(place, edition);
            return edition;
        } finally {
            drop(place);
        }
    }

    private void drop(Path place) throws IOException {
        try {
            Folders.delete(place);
        } finally {
            building.set(false);
        }
    }

    private synchronized void publish(Path place, Edition edition) throws IOException {
        if (!lock.isHeld()) {
            throw new IOException("the registry " + folder + " is closed");
        }
        String name = CurrentFile.EDITION + edition.number();
        if (named.named().equals(Optional.of(name))) {
            throw new RegistryException(RegistryReason.EDITION_OUT_OF_ORDER, edition.name());
        }
        Path home = folder.resolve(name);
        Folders.delete(home);
        Files.move(place, home, StandardCopyOption.ATOMIC_MOVE);
        RocksEdition opened = RocksEdition.open(home, schema, keys);
        try {
            named.put(name);
        } catch (IOException e) {
            // Not switched, so nothing names it.
            opened.letGo(true);
            throw e;
        }
        // Switched: from here on nothing may remove it. Nor the one before, until the disk has confirmed the switch: a
        // power cut may bring it back. What stays is removed when the registry is next opened.
        RocksEdition old = current.getAndSet(opened);
        boolean durable = false;
        try {
            force(edition);
            durable = true;
        } finally {
            if (old != null) {
                old.letGo(durable);
            }
        }
    }

    private void force(Edition edition) throws RegistryException {
        try {
            disk.force(folder);
        } catch (IOException e) {
            RegistryException undurable = new RegistryException(RegistryReason.EDITION_NOT_DURABLE, edition.name());
            undurable.initCause(e);
            throw undurable;
        }
    }

    @Override
    public synchronized void close() throws IOException {
        RocksEdition last = current.getAndSet(null);
        if (last != null) {
            last.letGo(false);
        }
        lock.close();
    }

    /** What is built here, for its writers. */
    private final class Drafts implements DraftPlace {
        @Override
        public RegistrySchema schema() {
            return schema;
        }

        @Override
        public Edition describe(EditionOrigin origin, long records, int keyId) {
            return new Edition(
                    schema.registry(), next(), origin, clock.instant().truncatedTo(ChronoUnit.MILLIS), records, keyId);
        }

        @Override
        public DraftEdition draft(Path place, Edition edition) {
            return new DraftOnce(edition, new RocksDraft(place, edition));
        }

        @Override
        public void dropDraft(Path place) throws IOException {
            drop(place);
        }
    }

    private final class RocksDraft implements DraftOnce.Steps {
        private final Path place;
        private final Edition edition;

        RocksDraft(Path place, Edition edition) {
            this.place = place;
            this.edition = edition;
        }

        @Override
        public void publish() throws IOException {
            RocksRegistryStore.this.publish(place, edition);
            building.set(false);
        }

        @Override
        public void drop() throws IOException {
            RocksRegistryStore.this.drop(place);
        }
    }
}
