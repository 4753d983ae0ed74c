package org.datareturn.verifier.registry.rocks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.datareturn.policy.Refusal;
import org.datareturn.verifier.reason.RegistryReason;
import org.datareturn.verifier.registry.Edition;
import org.datareturn.verifier.registry.Folders;
import org.datareturn.verifier.registry.RegistryException;
import org.datareturn.verifier.registry.RegistrySchema;
import org.datareturn.verifier.tokens.SubjectTokens;

/**
 * A finished edition that another process lays beside a registry, to be taken over by the process that has it open. It
 * appears by one rename and disappears by one; between them it can be looked at, taken and answered any number of times, so
 * whoever was interrupted begins again with the offer as it was. For one thread.
 */
public final class EditionOffer {
    static final String OFFER = "offer";
    static final String EDITION = "edition";

    private static final String SETTLED = "settled";

    private final Path folder;
    private final String id;

    private EditionOffer(Path folder, String id) {
        this.folder = folder;
        this.id = id;
    }

    /** An offer that was found to be whole and made under our keys. Only {@link EditionOffer#check} makes one. */
    public static final class Checked {
        private final Path files;
        private final Edition edition;
        private final String note;

        Checked(Path files, Edition edition, String note) {
            this.files = files;
            this.edition = edition;
            this.note = note;
        }

        /** The edition it will be. */
        public Edition edition() {
            return edition;
        }

        /** What its builder says of it. */
        public String note() {
            return note;
        }

        /** Puts its files into a new folder as well, without copying them: the offer stays whole until it is settled. */
        void linkInto(Path place) throws IOException {
            List<Path> all;
            try (Stream<Path> walked = Files.walk(files)) {
                all = walked.toList();
            }
            for (Path path : all) {
                Path there = place.resolve(files.relativize(path).toString());
                if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                    Files.createDirectories(there);
                } else {
                    Files.createLink(there, path);
                }
            }
            for (Path path : all) {
                if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                    Folders.force(place.resolve(files.relativize(path).toString()));
                }
            }
        }
    }

    /**
     * The offer that waits in a folder; what is left of one that was settled is removed.
     *
     * @param folder as given to {@link OfferPlace}
     * @throws IOException when the file system fails
     */
    public static Optional<EditionOffer> waiting(Path folder) throws IOException {
        Folders.delete(folder.resolve(SETTLED));
        Path offer = folder.resolve(OFFER);
        if (!Files.isDirectory(offer, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        return Optional.of(new EditionOffer(folder, OfferFile.id(OfferFile.written(offer.resolve(OfferFile.NAME)))));
    }

    /**
     * Holds it to its seal: that it was made by a holder of our keys, for a registry of this shape, and that no byte of its
     * files was changed since. Reads all of it.
     *
     * @throws IOException when it does not hold, with a message that says what
     */
    public Checked check(RegistrySchema schema, SubjectTokens keys) throws IOException {
        Path files = folder.resolve(OFFER).resolve(EDITION);
        if (!Files.isDirectory(files, LinkOption.NOFOLLOW_LINKS)) {
            throw new RegistryException(RegistryReason.EDITION_FILES_CHANGED);
        }
        OfferFile file = OfferFile.held(folder.resolve(OFFER), files, keys);
        if (!file.registry().equals(schema.registry())) {
            throw new RegistryException(RegistryReason.EDITION_OF_OTHER_REGISTRY, file.registry());
        }
        return new Checked(files, EditionFile.read(files, schema, keys), file.note());
    }

    /** Whether it was answered before, by whoever was interrupted before he could remove it. */
    public boolean isAnswered(SubjectTokens keys) throws IOException {
        return OfferAnswer.read(folder, id, keys.primary()).isPresent();
    }

    /**
     * Writes the answer for whoever waits, when there is none yet, and removes the offer.
     *
     * @param refusal why it was not taken over; empty when it was
     * @throws IOException when it cannot be written or removed; the offer then waits on
     */
    public void settle(Optional<Refusal> refusal, SubjectTokens keys) throws IOException {
        if (!isAnswered(keys)) {
            OfferAnswer answer = refusal.map(why -> OfferAnswer.refused(id, why, keys.primary()))
                    .orElseGet(() -> OfferAnswer.taken(id, keys.primary()));
            answer.write(folder);
        }
        Path settled = folder.resolve(SETTLED);
        Folders.delete(settled);
        Files.move(folder.resolve(OFFER), settled, StandardCopyOption.ATOMIC_MOVE);
        Folders.force(folder);
        Folders.delete(settled);
    }
}
