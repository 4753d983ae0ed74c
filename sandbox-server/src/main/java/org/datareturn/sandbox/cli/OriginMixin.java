package org.datareturn.sandbox.cli;

import java.time.LocalDate;
import org.datareturn.sandbox.catalogue.Resource;
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
            description = "credit code of the authority of content review (default: the provider)")
    private @Nullable String authority;

    @Option(
            names = "--acquired",
            required = true,
            paramLabel = "YYYY-MM-DD",
            description = "when the provider's data were acquired")
    private LocalDate acquired;

    /**
     * The origin.
     *
     * @param unlessNamed credit code of the provider when none was named
     */
    DataLoading.Origin origin(String unlessNamed, Resource.Library library) {
        String from = provider == null ? unlessNamed : provider;
        return new DataLoading.Origin(from, library, authority == null ? from : authority, acquired);
    }
}
