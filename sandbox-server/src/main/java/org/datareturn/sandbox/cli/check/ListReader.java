package org.datareturn.sandbox.cli.check;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.datareturn.policy.Refusal;
import org.datareturn.sandbox.cli.CliReason;

/** A list as a CSV file (RFC 4180, UTF-8) whose header names the fields; read once, row by row. Close it. */
public final class ListReader implements AutoCloseable {
    private static final int BYTE_ORDER_MARK = 0xFEFF;

    private final Path file;
    private final CsvReader<CsvRecord> csv;
    private final Iterator<CsvRecord> rows;
    private final int width;
    private final int[] wanted;
    private final List<String> fields;

    /**
     * A row of the list.
     *
     * @param line the line it begins on, from 1
     * @param values in the order of the fields; empty when the row has another number of values than the header
     */
    public record Row(long line, Optional<List<String>> values) {}

    private ListReader(Path file, Set<String> known) throws CheckFailed {
        this.file = file;
        try {
            BufferedReader text = new BufferedReader(
                    new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8.newDecoder()));
            text.mark(1);
            if (text.read() != BYTE_ORDER_MARK) {
                text.reset();
            }
            this.csv = CsvReader.builder()
                    .allowExtraFields(true)
                    .allowMissingFields(true)
                    .ofCsvRecord(text);
            this.rows = csv.iterator();
            List<String> header = rows.hasNext() ? rows.next().getFields() : List.of();
            this.width = header.size();
            this.wanted = IntStream.range(0, width)
                    .filter(i -> known.isEmpty() || known.contains(header.get(i)))
                    .toArray();
            List<String> named = new ArrayList<>();
            for (int i : wanted) {
                named.add(header.get(i));
            }
            this.fields = List.copyOf(named);
        } catch (CsvParseException | IOException | UncheckedIOException e) {
            throw unreadable(e);
        }
        if (fields.isEmpty() || (!known.isEmpty() && fields.size() != known.size())) {
            throw new CheckFailed(Refusal.of(
                    CliReason.LIST_HEADER,
                    String.join(", ", known.stream().sorted().toList())));
        }
    }

    /**
     * Opens a list.
     *
     * @param known the product's fields, each of which must be there once; other columns are not read. Empty when the
     *     product is not known here: then every column is a field
     */
    public static ListReader open(Path file, Set<String> known) throws CheckFailed {
        return new ListReader(file, known);
    }

    /** The fields, in the order of the file. */
    public List<String> fields() {
        return fields;
    }

    /** The next row; empty at the end. */
    public Optional<Row> next() throws CheckFailed {
        try {
            if (!rows.hasNext()) {
                return Optional.empty();
            }
            CsvRecord row = rows.next();
            if (row.getFieldCount() != width) {
                return Optional.of(new Row(row.getStartingLineNumber(), Optional.empty()));
            }
            List<String> values = new ArrayList<>(wanted.length);
            for (int i : wanted) {
                values.add(row.getField(i));
            }
            return Optional.of(new Row(row.getStartingLineNumber(), Optional.of(values)));
        } catch (CsvParseException | UncheckedIOException e) {
            throw unreadable(e);
        }
    }

    /** The message of a parser may quote the file, so only the file's name is told. */
    private CheckFailed unreadable(Exception cause) {
        boolean text = cause instanceof CsvParseException
                || cause instanceof CharacterCodingException
                || cause.getCause() instanceof CharacterCodingException;
        return new CheckFailed(Refusal.of(text ? CliReason.LIST_NOT_CSV : CliReason.FILE_UNREADABLE, file.toString()));
    }

    @Override
    public void close() throws IOException {
        csv.close();
    }
}
