package org.datareturn.guard;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.datareturn.guard.AnswerMemory.Replaced;
import org.datareturn.guard.AnswerMemory.Told;
import org.datareturn.guard.audit.Combination;
import org.datareturn.guard.audit.MeasureVersions;
import org.datareturn.guard.audit.RowNumbers;
import org.datareturn.guard.budget.Spending;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/** An entry of a memory's journal, and its bytes: a version, a kind, then length-prefixed fields in a fixed order. */
sealed interface JournalEntry {
    int VERSION = 3;

    /** Rows that were given numbers. */
    record Rows(RowNumbers.NewRows rows) implements JournalEntry {}

    /** Rows whose values of a measure changed. */
    record Measures(MeasureVersions.Changes changes) implements JournalEntry {}

    /** An answer and what it told. */
    record Answer(String organisation, String key, Released.Content content, List<Told> told, List<Replaced> replaced)
            implements JournalEntry {}

    /** What a question that was refused made the audit note, which holds for every later one as after an answer. */
    record Noted(String organisation, List<Told> told, List<Replaced> replaced) implements JournalEntry {}

    /** A part of a privacy budget that was spent. */
    record Spent(Spending spending) implements JournalEntry {}

    /** This entry as bytes. */
    default byte[] bytes() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            switch (this) {
                case Rows(RowNumbers.NewRows rows) -> {
                    out.writeByte('R');
                    text(out, rows.table());
                    longs(out, rows.rowHashes());
                    longs(out, rows.subjectHashes());
                }
                case Measures(MeasureVersions.Changes changes) -> {
                    out.writeByte('M');
                    text(out, changes.measure());
                    numbers(out, changes.rows());
                    longs(out, changes.amounts());
                }
                case Spent(Spending spending) -> {
                    out.writeByte('B');
                    text(out, spending.organisation());
                    text(out, spending.analyst());
                    text(out, spending.epsilon().toString());
                    text(out, spending.at().toString());
                }
                case Answer answer -> {
                    out.writeByte('A');
                    text(out, answer.organisation());
                    text(out, answer.key());
                    content(out, answer.content());
                    told(out, answer.told());
                    replaced(out, answer.replaced());
                }
                case Noted noted -> {
                    out.writeByte('N');
                    text(out, noted.organisation());
                    told(out, noted.told());
                    replaced(out, noted.replaced());
                }
            }
        }
        return bytes.toByteArray();
    }

    /** Reads an entry. */
    static JournalEntry read(byte[] bytes) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (in.readByte() != VERSION) {
                throw new IOException("a journal entry of an unknown version");
            }
            return switch (in.readByte()) {
                case 'R' -> new Rows(new RowNumbers.NewRows(text(in), longs(in), longs(in)));
                case 'M' -> new Measures(new MeasureVersions.Changes(text(in), numbers(in), longs(in)));
                case 'B' -> new Spent(new Spending(text(in), text(in), new BigDecimal(text(in)), instant(in)));
                case 'A' -> {
                    String organisation = text(in);
                    String key = text(in);
                    Released.Content content = content(in);
                    yield new Answer(organisation, key, content, told(in), replaced(in));
                }
                case 'N' -> new Noted(text(in), told(in), replaced(in));
                default -> throw new IOException("a journal entry of an unknown kind");
            };
        }
    }

    private static void told(DataOutputStream out, List<Told> sums) throws IOException {
        out.writeInt(sums.size());
        for (Told told : sums) {
            text(out, told.space());
            combination(out, told.sum());
        }
    }

    private static List<Told> told(DataInputStream in) throws IOException {
        List<Told> told = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            told.add(new Told(text(in), combination(in)));
        }
        return List.copyOf(told);
    }

    private static void replaced(DataOutputStream out, List<Replaced> sets) throws IOException {
        out.writeInt(sets.size());
        for (Replaced replaced : sets) {
            text(out, replaced.space());
            replaced.asked().serialize(out);
            out.writeBoolean(replaced.sum().isPresent());
            if (replaced.sum().isPresent()) {
                combination(out, replaced.sum().get());
            }
        }
    }

    private static List<Replaced> replaced(DataInputStream in) throws IOException {
        List<Replaced> replaced = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            String space = text(in);
            RoaringBitmap asked = set(in);
            replaced.add(
                    new Replaced(space, asked, in.readBoolean() ? Optional.of(combination(in)) : Optional.empty()));
        }
        return List.copyOf(replaced);
    }

    private static RoaringBitmap set(DataInputStream in) throws IOException {
        RoaringBitmap set = new RoaringBitmap();
        set.deserialize(in);
        return set;
    }

    private static void combination(DataOutputStream out, Combination combination) throws IOException {
        out.writeInt(combination.divisor());
        out.writeInt(combination.parts().size());
        for (Combination.Part part : combination.parts()) {
            out.writeInt(part.factor());
            part.set().serialize(out);
        }
    }

    private static Combination combination(DataInputStream in) throws IOException {
        int divisor = in.readInt();
        List<Combination.Part> parts = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            int factor = in.readInt();
            parts.add(new Combination.Part(set(in), factor));
        }
        return new Combination(parts, divisor);
    }

    private static void content(DataOutputStream out, Released.Content content) throws IOException {
        out.writeInt(content.number());
        out.writeInt(content.suppressedGroups());
        text(out, content.planDigest());
        text(out, content.edition());
        text(out, content.rewrittenSql());
        out.writeInt(content.columns().size());
        for (Released.Column column : content.columns()) {
            text(out, column.name());
            text(out, column.sqlType());
            text(out, column.kind().name());
            text(out, column.tolerance().toString());
        }
        out.writeInt(content.rows().size());
        for (List<@Nullable Object> row : content.rows()) {
            for (Object value : row) {
                value(out, value);
            }
        }
        margins(out, content.margins());
    }

    private static Released.Content content(DataInputStream in) throws IOException {
        int number = in.readInt();
        int suppressed = in.readInt();
        String plan = text(in);
        String edition = text(in);
        String sql = text(in);
        List<Released.Column> columns = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            columns.add(new Released.Column(
                    text(in), text(in), Released.ColumnKind.valueOf(text(in)), new BigDecimal(text(in))));
        }
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            List<@Nullable Object> row = new ArrayList<>();
            for (int i = 0; i < columns.size(); i++) {
                row.add(value(in));
            }
            rows.add(row);
        }
        return new Released.Content(number, columns, rows, suppressed, plan, edition, sql, margins(in));
    }

    private static void margins(DataOutputStream out, List<Released.Margin> margins) throws IOException {
        out.writeInt(margins.size());
        for (Released.Margin margin : margins) {
            out.writeInt(margin.key().size());
            for (Object part : margin.key()) {
                value(out, part);
            }
            text(out, margin.value());
            text(out, margin.halfWidth().toString());
        }
    }

    private static List<Released.Margin> margins(DataInputStream in) throws IOException {
        List<Released.Margin> margins = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            List<@Nullable Object> key = new ArrayList<>();
            for (int parts = in.readInt(); parts > 0; parts--) {
                key.add(value(in));
            }
            margins.add(new Released.Margin(key, text(in), new BigDecimal(text(in))));
        }
        return margins;
    }

    private static Instant instant(DataInputStream in) throws IOException {
        try {
            return Instant.parse(text(in));
        } catch (DateTimeParseException damaged) {
            throw new IOException("a journal entry without a time", damaged);
        }
    }

    private static void value(DataOutputStream out, @Nullable Object value) throws IOException {
        switch (value) {
            case null -> out.writeByte('0');
            case Long whole -> {
                out.writeByte('L');
                out.writeLong(whole);
            }
            case BigDecimal decimal -> tagged(out, 'D', decimal.toString());
            case String text -> tagged(out, 'S', text);
            case LocalDate date -> tagged(out, 'T', date.toString());
            case Boolean flag -> tagged(out, 'B', flag.toString());
            default -> throw new IOException("no such type of value in an answer");
        }
    }

    private static @Nullable Object value(DataInputStream in) throws IOException {
        return switch (in.readByte()) {
            case '0' -> null;
            case 'L' -> in.readLong();
            case 'D' -> new BigDecimal(text(in));
            case 'S' -> text(in);
            case 'T' -> LocalDate.parse(text(in));
            case 'B' -> Boolean.valueOf(text(in));
            default -> throw new IOException("no such type of value in an answer");
        };
    }

    private static void tagged(DataOutputStream out, char tag, String text) throws IOException {
        out.writeByte(tag);
        text(out, text);
    }

    private static void longs(DataOutputStream out, List<Long> numbers) throws IOException {
        out.writeInt(numbers.size());
        for (long number : numbers) {
            out.writeLong(number);
        }
    }

    private static List<Long> longs(DataInputStream in) throws IOException {
        List<Long> numbers = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            numbers.add(in.readLong());
        }
        return numbers;
    }

    private static void numbers(DataOutputStream out, List<Integer> numbers) throws IOException {
        out.writeInt(numbers.size());
        for (int number : numbers) {
            out.writeInt(number);
        }
    }

    private static List<Integer> numbers(DataInputStream in) throws IOException {
        List<Integer> numbers = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            numbers.add(in.readInt());
        }
        return numbers;
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), java.nio.charset.StandardCharsets.UTF_8);
    }
}
