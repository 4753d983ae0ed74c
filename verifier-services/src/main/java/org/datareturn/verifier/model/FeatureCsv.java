package org.datareturn.verifier.model;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads a feature table's file into a load, row by row. */
final class FeatureCsv {
    private static final int BYTE_ORDER_MARK = 0xFEFF;

    private FeatureCsv() {}

    static void read(InputStream csv, FeatureLoad load) throws IOException {
        // Closing the readers would close the caller's stream; they hold nothing else.
        BufferedReader text = new BufferedReader(new InputStreamReader(csv, StandardCharsets.UTF_8.newDecoder()));
        try {
            text.mark(1);
            if (text.read() != BYTE_ORDER_MARK) {
                text.reset();
            }
            boolean header = true;
            for (CsvRecord row : CsvReader.builder()
                    .allowExtraFields(true)
                    .allowMissingFields(true)
                    .ofCsvRecord(text)) {
                if (!header) {
                    load.row(row);
                } else if (!load.header(row)) {
                    return;
                }
                header = false;
            }
            if (header) {
                load.broken();
            }
        } catch (CsvParseException | CharacterCodingException e) {
            // Its message may quote the file.
            load.broken();
        } catch (UncheckedIOException e) {
            if (!(e.getCause() instanceof CharacterCodingException)) {
                throw e.getCause();
            }
            load.broken();
        }
    }
}
