package org.datareturn.verifier.registry.rocks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.datareturn.verifier.registry.Edition;
import org.datareturn.verifier.registry.Folders;
import org.datareturn.verifier.registry.RegistrySchema;
import org.datareturn.verifier.tokens.SubjectTokens;

/** The file of a registry's folder that names the folder of the edition that answers. */
record CurrentFile(Path folder) {
    static final String EDITION = "edition-";

    private static final String NAME = "CURRENT";

    /**
     * The name in it; empty when no edition was ever published.
     *
     * @throws IOException when it cannot be read or names something else
     */
    Optional<String> named() throws IOException {
        Path file = folder.resolve(NAME);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String name = Files.readString(file, StandardCharsets.UTF_8).strip();
        if (name.isEmpty()) {
            return Optional.empty();
        }
        if (!name.matches(EDITION + "[0-9]{1,18}")) {
            throw new IOException("the registry " + folder + " names no edition in " + NAME);
        }
        return Optional.of(name);
    }

    /** The edition that answers, held to its seal; another process may have the registry open. */
    Optional<Edition> edition(RegistrySchema schema, SubjectTokens keys) throws IOException {
        Optional<String> name = named();
        return name.isEmpty()
                ? Optional.empty()
                : Optional.of(EditionFile.read(folder.resolve(name.get()), schema, keys));
    }

    /** Names another folder in one step, which the disk may forget until the registry's folder is forced. */
    void put(String name) throws IOException {
        Folders.put(folder.resolve(NAME), name.getBytes(StandardCharsets.UTF_8));
    }
}
