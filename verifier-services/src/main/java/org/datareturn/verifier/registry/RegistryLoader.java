package org.datareturn.verifier.registry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/**
 * Builds an edition from a source. Rows are turned into tokens one by one: no plain value is written anywhere. Memory is
 * bounded, however many rows there are. Thread-safe.
 */
public final class RegistryLoader {
    private final Clock clock;
    private final int runLength;

    /**
     * A loader.
     *
     * @param clock says which dates lie in the future
     */
    public RegistryLoader(Clock clock) {
        this(clock, TokenRuns.RUN_LENGTH);
    }

    RegistryLoader(Clock clock, int runLength) {
        this.clock = clock;
        this.runLength = runLength;
    }

    /**
     * Builds an edition from a CSV file; see {@link #load(RowSource, EditionPlace, LoadPlan, LoadProgress)}.
     *
     * @throws IOException when the file or the store fails; nothing is left behind
     */
    public LoadOutcome load(Path csv, EditionPlace place, EditionOrigin origin, RowPolicy policy, LoadProgress progress)
            throws IOException {
        return load(CsvSource.of(csv), place, LoadPlan.of(origin, policy), progress);
    }

    /**
     * Builds an edition. Where the plan names a folder and the source comes in the same order each time, a load that breaks
     * off — the connection, the disk, the process — goes on when it is begun again: from the last run of tokens on disk,
     * provided that source, shape, key and plan are the same and the last row taken is still the one it was. Every row is
     * counted once.
     *
     * @param source the rows
     * @param place the registry it is for
     * @return the draft, which answers once it is published; or nothing but the report when a row was bad under {@link
     *     RowPolicy#STRICT}, when no row was good, or when the source is no source of this registry at all
     * @throws IOException when the source or the store fails; nothing is left behind but what the plan keeps
     */
    public LoadOutcome load(RowSource source, EditionPlace place, LoadPlan plan, LoadProgress progress)
            throws IOException {
        // Held from here on: one load of a registry at a time, and so one in the folder.
        try (EditionWriter writer = place.begin(plan.origin())) {
            Optional<String> fingerprint = source.fingerprint();
            if (plan.keptIn().isEmpty() || fingerprint.isEmpty()) {
                Load load = new Load(place.schema(), writer, plan, clock, writer.scratch(), runLength);
                load.read(source, progress);
                return load.finish(progress);
            }
            Path folder = plan.keptIn().get();
            String job = LoadCheckpoint.job(fingerprint.get(), place.schema(), plan, writer.tokens());
            Load load = new Load(place.schema(), writer, plan, clock, folder, runLength).keeping(job);
            Optional<LoadCheckpoint> kept = LoadCheckpoint.read(folder, job, writer.tokens());
            if (kept.isEmpty() || !load.goOn(kept.get(), source, progress)) {
                Folders.delete(folder);
                Files.createDirectories(folder);
                load = new Load(place.schema(), writer, plan, clock, folder, runLength).keeping(job);
                load.read(source, progress);
            }
            LoadOutcome outcome = load.finish(progress);
            Folders.delete(folder);
            return outcome;
        }
    }
}
