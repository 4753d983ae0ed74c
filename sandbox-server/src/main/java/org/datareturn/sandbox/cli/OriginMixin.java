package org.datareturn.sandbox.cli;

import java.time.LocalDate;
import org.datareturn.sandbox.catalogue.Resource;
import org.datareturn.sandbox.identity.DevelopmentIdentities;
import org.datareturn.sandbox.node.DataLoading;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whose data are loaded, and of when. */
final class OriginMixin {
    @Option(
            names = "--provider",
            paramLabel = "CODE",
            description = "credit code of the registered provider (default: one of the demo's)")
    private @Nullable String provider;

    @Option(
            names = "--authority",
            paramLabel = "CODE",
            description =
                    "credit code of the authority of content review (default: the provider; of a base library, the"
                            + " demo's data authority)")
    private @Nullable String authority;

    @Option(
            names = "--acquired",
            required = true,
            paramLabel = "YYYY-MM-DD",
            description = "when the provider's data were acquired")
    private LocalDate acquired;

    /** Whether neither provider nor authority is named: then the data are as the demo's. */
    boolean namesNobody() {
        return provider == null && authority == null;
    }

    /**
     * The origin.
     *
     * @param unlessNamed credit code of the provider when none was named
     */
    DataLoading.Origin origin(String unlessNamed, Resource.Library library) {
        String from = provider == null ? unlessNamed : provider;
        String reviewer =
                library == Resource.Library.BASE ? DevelopmentIdentities.PROVINCIAL_DATA_AUTHORITY.code() : from;
        return new DataLoading.Origin(from, library, authority == null ? reviewer : authority, acquired);
    }
}
