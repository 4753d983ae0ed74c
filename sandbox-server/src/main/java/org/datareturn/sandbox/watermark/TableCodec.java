package org.datareturn.sandbox.watermark;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The archive's plain form of tables: counts, then values each behind a byte that names its type. */
final class TableCodec {
    private TableCodec() {}

    static byte[] encode(ReleaseArchive.Copy copy) {
        return bytes(out -> {
            putText(out, copy.release());
            putText(out, copy.recipient());
            out.writeLong(copy.at().toEpochMilli());
        });
    }

    static ReleaseArchive.Copy decodeCopy(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        return new ReleaseArchive.Copy(text(in), text(in), Instant.ofEpochMilli(in.readLong()));
    }

    static byte[] encode(NeutralTable table) {
        return bytes(out -> {
            out.writeInt(table.columns().size());
            for (NeutralTable.Column column : table.columns()) {
                putText(out, column.name());
                out.writeBoolean(column.role() == NeutralTable.Role.KEY);
                putDecimal(out, column.tolerance());
            }
            out.writeInt(table.rows().size());
            for (List<@Nullable Object> row : table.rows()) {
                for (@Nullable Object value : row) {
                    put(out, value);
                }
            }
        });
    }

    /**
     * Reads a table back.
     *
     * @throws IOException when the bytes are no table
     */
    static NeutralTable decodeTable(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        int width = in.readInt();
        List<NeutralTable.Column> columns = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            String name = text(in);
            NeutralTable.Role role = in.readBoolean() ? NeutralTable.Role.KEY : NeutralTable.Role.VALUE;
            columns.add(new NeutralTable.Column(name, role, decimal(in)));
        }
        int height = in.readInt();
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < height; i++) {
            List<@Nullable Object> row = new ArrayList<>(width);
            for (int j = 0; j < width; j++) {
                row.add(value(in));
            }
            rows.add(row);
        }
        if (in.available() > 0) {
            throw new IOException("bytes behind the end of an archived table");
        }
        return new NeutralTable(columns, rows);
    }

    private static void put(DataOutputStream out, @Nullable Object value) throws IOException {
        switch (value) {
            case null -> out.writeByte('0');
            case String text -> {
                out.writeByte('S');
                putText(out, text);
            }
            case Long whole -> {
                out.writeByte('L');
                out.writeLong(whole);
            }
            case BigDecimal decimal -> {
                out.writeByte('D');
                putDecimal(out, decimal);
            }
            case Double real -> {
                out.writeByte('R');
                out.writeDouble(real);
            }
            case Boolean truth -> out.writeByte(truth ? 'T' : 'F');
            default -> throw new IOException("a table holds no " + value.getClass());
        }
    }

    private static @Nullable Object value(DataInputStream in) throws IOException {
        byte type = in.readByte();
        return switch (type) {
            case '0' -> null;
            case 'S' -> text(in);
            case 'L' -> in.readLong();
            case 'D' -> decimal(in);
            case 'R' -> in.readDouble();
            case 'T' -> true;
            case 'F' -> false;
            default -> throw new IOException("an archived table holds a value of unknown type");
        };
    }

    private static void putDecimal(DataOutputStream out, BigDecimal decimal) throws IOException {
        out.writeInt(decimal.scale());
        putBytes(out, decimal.unscaledValue().toByteArray());
    }

    private static BigDecimal decimal(DataInputStream in) throws IOException {
        int scale = in.readInt();
        return new BigDecimal(new BigInteger(readBytes(in)), scale);
    }

    private static void putText(DataOutputStream out, String text) throws IOException {
        putBytes(out, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(readBytes(in), StandardCharsets.UTF_8);
    }

    private static void putBytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] readBytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new IOException("an archived table ends early");
        }
        return in.readNBytes(length);
    }

    @FunctionalInterface
    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    private static byte[] bytes(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            writing.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException("memory can always be written", e);
        }
        return bytes.toByteArray();
    }
}
