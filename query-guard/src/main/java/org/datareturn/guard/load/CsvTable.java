package org.datareturn.guard.load;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.datareturn.guard.declaration.ColumnDeclaration;
import org.datareturn.guard.declaration.RowsPerSubject;
import org.datareturn.guard.declaration.TableDeclaration;
import org.datareturn.guard.plan.Values;
import org.jspecify.annotations.Nullable;

/** Reads one table from CSV, strictly typed by its declaration. Stateless and thread-safe. */
public final class CsvTable {
    private CsvTable() {}

    /**
     * Reads a table whole.
     *
     * @throws LoadException when the text cannot be read or a value does not fit, naming line and column
     */
    public static LoadedTable read(TableDeclaration table, CsvSource source) throws LoadException {
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        try (InputStreamReader text = new InputStreamReader(source.open(), decoder);
                CsvReader<CsvRecord> records = CsvReader.builder()
                        .detectBomHeader(false)
                        .allowMissingFields(true)
                        .allowExtraFields(true)
                        .ofCsvRecord(text)) {
            return new Reading(table, source.name()).read(records);
        } catch (CharacterCodingException notUtf8) {
            throw unreadable(source, "is not UTF-8", "不是 UTF-8 编码");
        } catch (IOException | UncheckedIOException absent) {
            throw unreadable(source, "cannot be read", "无法读取");
        } catch (CsvParseException malformed) {
            throw unreadable(source, "is not well-formed CSV", "不是格式正确的 CSV");
        }
    }

    private static LoadException unreadable(CsvSource source, String en, String zh) {
        return new LoadException(source.name() + ": " + en, source.name() + "：" + zh);
    }

    /** One reading of one table. */
    private static final class Reading {
        private final TableDeclaration table;
        private final String file;
        private final List<ColumnDeclaration> columns;
        private final MessageDigest sha256;
        private final List<List<@Nullable Object>> rows = new ArrayList<>();
        private final List<Long> rowHashes = new ArrayList<>();
        private final List<Long> subjectHashes = new ArrayList<>();
        private final List<Long> rowIdentities = new ArrayList<>();
        private final Map<Long, Integer> equalRows = new HashMap<>();
        private final Map<Long, Integer> rowsOfSubject = new HashMap<>();

        Reading(TableDeclaration table, String file) {
            this.table = table;
            this.file = file;
            this.columns = table.columns().stream().filter(c -> !c.hidden()).toList();
            try {
                this.sha256 = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException everyJdkHasIt) {
                throw new IllegalStateException(everyJdkHasIt);
            }
        }

        LoadedTable read(CsvReader<CsvRecord> records) throws LoadException {
            int[] places = null;
            int width = 0;
            for (CsvRecord csv : records) {
                if (places == null) {
                    places = header(csv);
                    width = csv.getFieldCount();
                } else if (csv.getFieldCount() != width) {
                    throw problem(
                            csv,
                            "has " + csv.getFieldCount() + " fields, the header has " + width,
                            "有 " + csv.getFieldCount() + " 个字段，表头有 " + width + " 个");
                } else {
                    row(csv, places);
                }
            }
            if (places == null) {
                throw new LoadException(file + ": has no header line", file + "：没有表头");
            }
            return new LoadedTable(table, columns, rows, rowHashes, rowIdentities, subjectHashes);
        }

        private int[] header(CsvRecord csv) throws LoadException {
            List<String> names = new ArrayList<>(csv.getFields());
            if (!names.isEmpty() && names.getFirst().startsWith("\uFEFF")) {
                names.set(0, names.getFirst().substring(1));
            }
            int[] places = new int[columns.size()];
            for (int i = 0; i < places.length; i++) {
                String name = columns.get(i).name();
                places[i] = names.indexOf(name);
                if (places[i] < 0 || names.lastIndexOf(name) != places[i]) {
                    throw new LoadException(
                            file + ": the header must name column " + name + " of table " + table.name() + " once",
                            file + "：表头须恰好包含一次表 " + table.name() + " 的列 " + name);
                }
            }
            return places;
        }

        private void row(CsvRecord csv, int[] places) throws LoadException {
            List<@Nullable Object> values = new ArrayList<>(places.length);
            long subject = 0;
            StringBuilder identity = new StringBuilder(table.name());
            for (int i = 0; i < places.length; i++) {
                ColumnDeclaration column = columns.get(i);
                String text = csv.getField(places[i]);
                Object value = text.isEmpty() ? null : value(csv, column, text);
                if (column.subject()) {
                    if (value == null) {
                        throw problem(
                                csv,
                                "has no value in subject column " + column.name(),
                                "subject 列 " + column.name() + " 为空");
                    }
                    subject = hash("subject\0" + value);
                }
                values.add(value);
                String canonical = String.valueOf(value);
                identity.append('\0')
                        .append(value == null ? -1 : canonical.length())
                        .append(':')
                        .append(canonical);
            }
            if (table.rows() == RowsPerSubject.ONE && rowsOfSubject.containsKey(subject)) {
                throw problem(
                        csv,
                        "is another row of one subject; the table is declared rows: one",
                        "是同一 subject 的又一行；该表声明为 rows: one");
            }
            long plain = hash(identity.toString());
            int number = equalRows.merge(plain, 1, Integer::sum);
            rows.add(Collections.unmodifiableList(values));
            rowHashes.add(number == 1 ? plain : hash(identity + "\0#" + number));
            subjectHashes.add(subject);
            rowIdentities.add(table.subject().isEmpty() ? rowHashes.getLast() : identity(subject));
        }

        /** A person's n-th row stays that row whatever a refresh changes in it. */
        private long identity(long subject) {
            int number = rowsOfSubject.merge(subject, 1, Integer::sum);
            return hash("row\0" + table.name() + "\0" + subject + "\0" + number);
        }

        private Object value(CsvRecord csv, ColumnDeclaration column, String text) throws LoadException {
            Optional<Object> value = column.type().read(text);
            if (value.isEmpty()) {
                throw problem(
                        csv,
                        "column " + column.name() + " is not of type "
                                + column.type().sqlName(),
                        "列 " + column.name() + " 不是 " + column.type().sqlName() + " 类型");
            }
            if (!column.values().isEmpty() && column.values().stream().noneMatch(v -> Values.same(v, value.get()))) {
                throw problem(
                        csv,
                        "column " + column.name() + " is not one of its declared values",
                        "列 " + column.name() + " 不在已声明的取值之内");
            }
            return value.get();
        }

        private LoadException problem(CsvRecord csv, String en, String zh) {
            long line = csv.getStartingLineNumber();
            return new LoadException(file + ": line " + line + ": " + en, file + "：第 " + line + " 行：" + zh);
        }

        private long hash(String text) {
            return ByteBuffer.wrap(sha256.digest(text.getBytes(StandardCharsets.UTF_8)))
                    .getLong();
        }
    }
}
