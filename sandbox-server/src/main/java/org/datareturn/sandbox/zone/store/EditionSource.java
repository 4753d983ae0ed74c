package org.datareturn.sandbox.zone.store;

import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A new edition of a zone's data, as a provider delivers it.
 *
 * @param zone the zone's name, {@code [a-z0-9-]+}
 * @param provider the data provider (数据提供部门), for the attribution of results (SD-O 17)
 * @param acquired the date the provider's data were acquired
 * @param schemaDigest SHA-256 of the zone's declaration the files follow, 64 lower-case hex digits
 * @param tables the tables; each stream is opened once and closed
 */
public record EditionSource(String zone, String provider, LocalDate acquired, String schemaDigest, List<Table> tables) {
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    /**
     * One table.
     *
     * @param name the table's name, {@code [a-z0-9_]+}
     * @param csv opens its rows: UTF-8 CSV (RFC 4180) with a header line
     */
    public record Table(String name, Csv csv) {}

    /** Opens a CSV. */
    @FunctionalInterface
    public interface Csv {
        /**
         * A fresh stream from the beginning.
         *
         * @throws IOException when it cannot be read
         */
        InputStream open() throws IOException;
    }

    public EditionSource {
        tables = List.copyOf(tables);
        if (!SHA_256.matcher(schemaDigest).matches()) {
            throw new IllegalArgumentException("schemaDigest must be 64 lower-case hex digits");
        }
    }
}
