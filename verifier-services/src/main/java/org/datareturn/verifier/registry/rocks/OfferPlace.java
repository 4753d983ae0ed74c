package org.datareturn.verifier.registry.rocks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.datareturn.policy.Refusal;
import org.datareturn.verifier.reason.RegistryReason;
import org.datareturn.verifier.registry.DraftEdition;
import org.datareturn.verifier.registry.DraftOnce;
import org.datareturn.verifier.registry.Edition;
import org.datareturn.verifier.registry.EditionOrigin;
import org.datareturn.verifier.registry.EditionPlace;
import org.datareturn.verifier.registry.EditionWriter;
import org.datareturn.verifier.registry.FolderLock;
import org.datareturn.verifier.registry.Folders;
import org.datareturn.verifier.registry.RegistryException;
import org.datareturn.verifier.registry.RegistrySchema;
import org.datareturn.verifier.tokens.SubjectTokens;

/**
 * Where editions are built for a registry that another process has open: {@code draft/} while one is built, {@code offer/}
 * from one rename on when it is whole and sealed, {@code answer.json} from the other process, {@code LOCK} held by the one
 * process that builds. Publishing a draft offers it and waits for the answer. Thread-safe.
 */
public final class OfferPlace implements EditionPlace, AutoCloseable {
    private static final String DRAFT = "draft";

    private final Path folder;
    private final CurrentFile current;
    private final RegistrySchema schema;
    private final SubjectTokens keys;
    private final Clock clock;
    private final String note;
    private final Patience patience;
    private final FolderLock lock;

    /** How long somebody waits for an answer. */
    @FunctionalInterface
    public interface Patience {
        /** Waits a moment, and says whether to look again. */
        boolean lookAgain();
    }

    private OfferPlace(
            Path folder,
            Path registry,
            RegistrySchema schema,
            SubjectTokens keys,
            Clock clock,
            String note,
            Patience patience,
            FolderLock lock) {
        this.folder = folder;
        this.current = new CurrentFile(registry);
        this.schema = schema;
        this.keys = keys;
        this.clock = clock;
        this.note = note;
        this.patience = patience;
        this.lock = lock;
    }

    /**
     * Opens a place.
     *
     * @param folder of this registry's offers alone
     * @param registry the registry's folder, which the other process has open; it is only read
     * @param note what the other process is told of the edition, under the seal
     * @param patience how long publishing waits
     * @throws IOException when another process builds here
     */
    public static OfferPlace open(
            Path folder,
            Path registry,
            RegistrySchema schema,
            SubjectTokens keys,
            Clock clock,
            String note,
            Patience patience)
            throws IOException {
        FolderLock lock = FolderLock.take(folder, "the place for new editions");
        return new OfferPlace(folder, registry, schema, keys, clock, note, patience, lock);
    }

    @Override
    public RegistrySchema schema() {
        return schema;
    }

    /**
     * {@inheritDoc}
     *
     * @throws OfferUnansweredException when an edition offered before is not yet taken over
     */
    @Override
    public EditionWriter begin(EditionOrigin origin) throws IOException {
        if (!lock.isHeld()) {
            throw new IOException("the place for new editions " + folder + " is closed");
        }
        awaitSettled();
        Path draft = folder.resolve(DRAFT);
        Folders.delete(draft);
        return new RocksEditionWriter(
                new Drafts(), Files.createDirectories(draft.resolve(EditionOffer.EDITION)), origin, keys.primary());
    }

    private void awaitSettled() throws OfferUnansweredException {
        while (Files.exists(folder.resolve(EditionOffer.OFFER))) {
            if (!patience.lookAgain()) {
                throw new OfferUnansweredException();
            }
        }
    }

    /** Offers a draft and waits until it answers. */
    private void offer(Edition edition) throws IOException {
        Path draft = folder.resolve(DRAFT);
        byte[] file = OfferFile.of(schema.registry(), note, draft.resolve(EditionOffer.EDITION), keys.primary());
        try (FileChannel out = FileChannel.open(
                draft.resolve(OfferFile.NAME), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer text = ByteBuffer.wrap(file);
            while (text.hasRemaining()) {
                out.write(text);
            }
            out.force(true);
        }
        Folders.force(draft);
        Files.deleteIfExists(folder.resolve(OfferAnswer.NAME));
        Files.move(draft, folder.resolve(EditionOffer.OFFER), StandardCopyOption.ATOMIC_MOVE);
        Folders.force(folder);
        awaitSettled();
        OfferAnswer answer = OfferAnswer.read(folder, OfferFile.id(file), keys.primary())
                .orElseThrow(() -> new OfferRefusedException(Refusal.of(RegistryReason.EDITION_OFFER_GONE)));
        if (!answer.code().isEmpty()) {
            throw new OfferRefusedException(answer);
        }
        if (!current.edition(schema, keys).equals(Optional.of(edition))) {
            throw new RegistryException(RegistryReason.EDITION_OVERTAKEN, edition.name());
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }

    private final class Drafts implements DraftPlace {
        @Override
        public RegistrySchema schema() {
            return schema;
        }

        @Override
        public Edition describe(EditionOrigin origin, long records, int keyId) throws IOException {
            long number = current.edition(schema, keys).map(Edition::number).orElse(0L) + 1;
            return new Edition(
                    schema.registry(), number, origin, clock.instant().truncatedTo(ChronoUnit.MILLIS), records, keyId);
        }

        @Override
        public DraftEdition draft(Path place, Edition edition) {
            return new DraftOnce(edition, new Offering(edition));
        }

        @Override
        public void dropDraft(Path place) throws IOException {
            Folders.delete(folder.resolve(DRAFT));
        }
    }

    private final class Offering implements DraftOnce.Steps {
        private final Edition edition;

        Offering(Edition edition) {
            this.edition = edition;
        }

        @Override
        public void publish() throws IOException {
            offer(edition);
        }

        @Override
        public void drop() throws IOException {
            Folders.delete(folder.resolve(DRAFT));
        }
    }
}
