package org.datareturn.verifier.registry.rocks;

import java.io.IOException;
import java.nio.file.Path;
import org.datareturn.verifier.registry.DraftEdition;
import org.datareturn.verifier.registry.Edition;
import org.datareturn.verifier.registry.EditionOrigin;
import org.datareturn.verifier.registry.RegistrySchema;

/** What a writer of an edition's files needs of the place it writes for. */
interface DraftPlace {
    /** The registry's shape. */
    RegistrySchema schema();

    /** The edition a draft of so many records will be. */
    Edition describe(EditionOrigin origin, long records, int keyId) throws IOException;

    /** Takes a draft whose files are complete and durable. */
    DraftEdition draft(Path folder, Edition edition);

    /** Removes a draft that will not be one. */
    void dropDraft(Path folder) throws IOException;
}
