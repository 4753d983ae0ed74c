package org.datareturn.sandbox.watermark;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A table found somewhere, as texts.
 *
 * @param header its first line
 * @param rows the other lines
 */
record SuspectTable(List<String> header, List<List<String>> rows) {
    private static final int MAX_ROWS = 1_000_000;

    /** Reads RFC 4180 text; ragged lines are taken as they are. Nothing when there is no line of data. */
    static Optional<SuspectTable> parse(String csv) {
        String text = csv.startsWith("\ufeff") ? csv.substring(1) : csv;
        List<List<String>> lines = new ArrayList<>();
        try {
            for (CsvRecord line : CsvReader.builder()
                    .allowExtraFields(true)
                    .allowMissingFields(true)
                    .allowExtraCharsAfterClosingQuote(true)
                    .ofCsvRecord(text)) {
                if (lines.size() > MAX_ROWS) {
                    return Optional.empty();
                }
                lines.add(line.getFields());
            }
        } catch (CsvParseException e) {
            return Optional.empty();
        }
        return lines.size() < 2
                ? Optional.empty()
                : Optional.of(new SuspectTable(lines.getFirst(), lines.subList(1, lines.size())));
    }

    int width() {
        return header.size();
    }

    static String field(List<String> row, int place) {
        return place < row.size() ? row.get(place) : "";
    }
}
