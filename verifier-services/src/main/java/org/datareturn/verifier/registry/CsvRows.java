package org.datareturn.verifier.registry;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.datareturn.verifier.reason.VerifierReason;

/** The rows of CSV. */
final class CsvRows implements SourceRows {
    private static final int BYTE_ORDER_MARK = 0xFEFF;

    private final Counting bytes;
    private final OptionalLong size;
    private final CsvReader<CsvRecord> reader;
    private final Iterator<CsvRecord> records;
    private final List<Integer> positions = new ArrayList<>();
    private int headerLength;
    private long lastLine;

    private CsvRows(Counting bytes, OptionalLong size, CsvReader<CsvRecord> reader) {
        this.bytes = bytes;
        this.size = size;
        this.reader = reader;
        this.records = reader.iterator();
    }

    static SourceOpening open(InputStream csv, OptionalLong size, List<String> columns, long skip) throws IOException {
        Counting bytes = new Counting(csv);
        CsvRows rows;
        try {
            BufferedReader text = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8.newDecoder()));
            rows = new CsvRows(
                    bytes,
                    size,
                    CsvReader.builder()
                            .allowExtraFields(true)
                            .allowMissingFields(true)
                            .ofCsvRecord(withoutByteOrderMark(text)));
        } catch (CharacterCodingException e) {
            bytes.close();
            return new SourceOpening.Unusable(
                    List.of(new RowProblem(1, VerifierReason.REGISTRY_FILE, Optional.empty())));
        } catch (IOException e) {
            bytes.close();
            throw e;
        }
        List<RowProblem> problems = rows.header(columns);
        if (problems.isEmpty()) {
            rows.skip(skip);
            return new SourceOpening.Ready(rows);
        }
        rows.close();
        return new SourceOpening.Unusable(problems);
    }

    private List<RowProblem> header(List<String> columns) throws IOException {
        return switch (record()) {
            case Ahead.Row(CsvRecord header) -> {
                headerLength = header.getFieldCount();
                List<RowProblem> problems = new ArrayList<>();
                for (String column : columns) {
                    if (Collections.frequency(header.getFields(), column) != 1) {
                        problems.add(new RowProblem(lastLine, VerifierReason.REGISTRY_HEADER, Optional.of(column)));
                    }
                    positions.add(header.getFields().indexOf(column));
                }
                yield problems;
            }
            case Ahead.None none ->
                List.of(new RowProblem(1, VerifierReason.REGISTRY_HEADER, Optional.of(columns.getFirst())));
            case Ahead.Damaged(RowProblem problem) -> List.of(problem);
        };
    }

    /** Parses rows and forgets them; where the file ends or is damaged on the way, the next row says so. */
    private void skip(long rows) throws IOException {
        for (long skipped = 0; skipped < rows; skipped++) {
            if (!(record() instanceof Ahead.Row)) {
                return;
            }
        }
    }

    @Override
    public SourceRow next() throws IOException {
        return switch (record()) {
            case Ahead.None none -> new SourceRow.Ended();
            case Ahead.Damaged(RowProblem problem) -> new SourceRow.Broken(problem);
            case Ahead.Row(CsvRecord row)
            when row.getFieldCount() != headerLength ->
                new SourceRow.Malformed(new RowProblem(lastLine, VerifierReason.ROW_SHAPE, Optional.empty()));
            case Ahead.Row(CsvRecord row) ->
                new SourceRow.Read(
                        lastLine, positions.stream().map(row::getField).toList());
        };
    }

    private sealed interface Ahead {
        record Row(CsvRecord row) implements Ahead {}

        record None() implements Ahead {}

        record Damaged(RowProblem problem) implements Ahead {}
    }

    private Ahead record() throws IOException {
        try {
            if (!records.hasNext()) {
                return new Ahead.None();
            }
            CsvRecord row = records.next();
            lastLine = row.getStartingLineNumber();
            return new Ahead.Row(row);
        } catch (CsvParseException e) {
            // Its message may quote the file; only the place is kept.
            return damaged();
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof CharacterCodingException) {
                return damaged();
            }
            throw e.getCause();
        }
    }

    private Ahead damaged() {
        return new Ahead.Damaged(new RowProblem(lastLine + 1, VerifierReason.REGISTRY_FILE, Optional.empty()));
    }

    @Override
    public OptionalDouble share() {
        return size.isPresent() && size.getAsLong() > 0
                ? OptionalDouble.of(Math.min(1, (double) bytes.read / size.getAsLong()))
                : OptionalDouble.empty();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    private static Reader withoutByteOrderMark(BufferedReader text) throws IOException {
        text.mark(1);
        if (text.read() != BYTE_ORDER_MARK) {
            text.reset();
        }
        return text;
    }

    private static final class Counting extends FilterInputStream {
        private long read;

        Counting(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            read += one < 0 ? 0 : 1;
            return one;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int count = super.read(into, from, length);
            read += Math.max(count, 0);
            return count;
        }
    }
}
