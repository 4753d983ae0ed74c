package org.datareturn.verifier.registry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.datareturn.verifier.product.Products;
import org.datareturn.verifier.registry.rocks.RocksRegistryStore;
import org.datareturn.verifier.tokens.SubjectTokens;

/** A registry of a few persons, on real files. */
public final class TestRegistry {
    /** The clock of every test here. */
    public static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T04:00:00Z"), ZoneOffset.ofHours(8));
    /** Where the test data are said to come from. */
    public static final EditionOrigin ORIGIN = new EditionOrigin("extract 2026-11", LocalDate.of(2026, 11, 1));

    private TestRegistry() {}

    /** The shape the identity check wants. */
    public static RegistrySchema schema() {
        return Products.standard().named("identity-check").orElseThrow().schema();
    }

    /** A store, with nothing in it when the folder is new. */
    public static RocksRegistryStore open(Path folder, SubjectTokens keys) throws IOException {
        return RocksRegistryStore.open(folder, schema(), keys, CLOCK);
    }

    /** Builds an edition from lines below the usual header, and publishes it. */
    public static Edition publish(RegistryStore store, Path scratch, String... rows) throws IOException {
        return switch (load(store, scratch, RowPolicy.STRICT, rows)) {
            case LoadOutcome.Built built -> built.draft().publish();
            case LoadOutcome.NotBuilt not -> throw new AssertionError(not.report());
        };
    }

    /** Loads lines below the usual header. */
    public static LoadOutcome load(RegistryStore store, Path scratch, RowPolicy policy, String... rows)
            throws IOException {
        Path csv = Files.createTempFile(scratch, "rows", ".csv");
        Files.writeString(csv, "id_number,name\n" + String.join("\n", List.of(rows)) + "\n");
        return new RegistryLoader(CLOCK).load(csv, store, ORIGIN, policy, LoadProgress.silent());
    }
}
