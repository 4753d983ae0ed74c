package org.datareturn.sandbox.zone.store;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What an edition holds and where it came from. Kept encrypted beside the edition's files.
 *
 * @param zone the zone's name
 * @param edition the edition's number, from 1, always growing
 * @param editionId 32 hex digits drawn at random for this edition; binds its files together
 * @param provider the data provider
 * @param acquired when the provider's data were acquired
 * @param written when this edition was written
 * @param schemaDigest SHA-256 of the zone's declaration, hex
 * @param tables its tables
 */
public record EditionManifest(
        String zone,
        long edition,
        String editionId,
        String provider,
        LocalDate acquired,
        Instant written,
        String schemaDigest,
        List<Table> tables) {
    /**
     * One table of an edition.
     *
     * @param name the table's name
     * @param rows CSV records without the header
     * @param bytes length of the plain CSV in bytes
     * @param digest SHA-256 of the plain CSV, hex
     */
    public record Table(String name, long rows, long bytes, String digest) {}

    public EditionManifest {
        tables = List.copyOf(tables);
    }

    /** The table of that name. */
    public Optional<Table> table(String name) {
        return tables.stream().filter(t -> t.name().equals(name)).findFirst();
    }
}
