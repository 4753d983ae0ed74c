package org.datareturn.verifier.registry;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.datareturn.verifier.reason.VerifierReason;

/**
 * Builds an edition from a CSV file (RFC 4180, UTF-8 with or without a byte order mark) whose header names the columns of
 * the registry's shape, in any order; other columns are not read. Rows are turned into tokens one by one: no plain value
 * is written anywhere. Thread-safe.
 */
public final class RegistryLoader {
    private static final int BYTE_ORDER_MARK = 0xFEFF;

    private final Clock clock;

    /**
     * A loader.
     *
     * @param clock says which dates lie in the future
     */
    public RegistryLoader(Clock clock) {
        this.clock = clock;
    }

    /**
     * Builds an edition.
     *
     * @param csv the CSV, read to its end and not closed
     * @param store the registry it is for
     * @return the draft, which answers once it is published; or nothing but the report when a row was bad under {@link
     *     RowPolicy#STRICT}, when no row was good, or when the file is not such a file at all
     * @throws IOException when the file or the store fails; nothing is left behind
     */
    public LoadOutcome load(
            InputStream csv, RegistryStore store, EditionOrigin origin, RowPolicy policy, LoadProgress progress)
            throws IOException {
        try (EditionWriter writer = store.begin(origin)) {
            Load load = new Load(store.schema(), writer, policy, clock);
            read(csv, load, progress);
            return load.finish();
        }
    }

    /**
     * Builds an edition from a file; see {@link #load(InputStream, RegistryStore, EditionOrigin, RowPolicy, LoadProgress)}.
     *
     * @throws IOException when the file or the store fails; nothing is left behind
     */
    public LoadOutcome load(
            Path file, RegistryStore store, EditionOrigin origin, RowPolicy policy, LoadProgress progress)
            throws IOException {
        try (InputStream csv = Files.newInputStream(file)) {
            return load(csv, store, origin, policy, progress);
        }
    }

    private static void read(InputStream csv, Load load, LoadProgress progress) throws IOException {
        try (BufferedReader text = new BufferedReader(new InputStreamReader(csv, StandardCharsets.UTF_8.newDecoder()));
                CsvReader<CsvRecord> rows = CsvReader.builder()
                        .allowExtraFields(true)
                        .allowMissingFields(true)
                        .ofCsvRecord(withoutByteOrderMark(text))) {
            boolean header = true;
            for (CsvRecord row : rows) {
                if (header) {
                    header = false;
                    if (!load.header(row)) {
                        return;
                    }
                } else {
                    load.row(row);
                    if (load.rows() % LoadProgress.EVERY_ROWS == 0) {
                        progress.rowsRead(load.rows());
                    }
                    if (load.isHopeless()) {
                        break;
                    }
                }
            }
            if (header) {
                load.noHeader();
            }
            progress.rowsRead(load.rows());
        } catch (CsvParseException e) {
            // Its message may quote the file; only the place is kept.
            load.brokenFile(VerifierReason.REGISTRY_FILE);
        } catch (CharacterCodingException e) {
            load.brokenFile(VerifierReason.REGISTRY_FILE);
        } catch (UncheckedIOException e) {
            if (!(e.getCause() instanceof CharacterCodingException)) {
                throw e.getCause();
            }
            load.brokenFile(VerifierReason.REGISTRY_FILE);
        }
    }

    private static Reader withoutByteOrderMark(BufferedReader text) throws IOException {
        text.mark(1);
        if (text.read() != BYTE_ORDER_MARK) {
            text.reset();
        }
        return text;
    }
}
