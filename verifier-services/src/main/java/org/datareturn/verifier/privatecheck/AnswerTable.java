package org.datareturn.verifier.privatecheck;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.List;

/**
 * A table of encrypted answers, as every client of a scope downloads it whole: 8 bytes of tag, 16 bytes of edition, the
 * number of rows in 8 bytes, then rows of 33 bytes in ascending order of their labels. To whoever cannot evaluate an item
 * of it, the rows are random. Made by {@link TableBuilder} only. Immutable.
 */
public final class AnswerTable {
    /** The tag a table begins with. */
    public static byte[] tag() {
        return "DRPRIV01".getBytes(StandardCharsets.US_ASCII);
    }

    /** Bytes of an edition. */
    public static final int EDITION_BYTES = 16;

    /** Bytes of a row: label and encrypted answer. */
    public static final int ROW_BYTES = RowKeys.LABEL_BYTES + RowKeys.SEALED_BYTES;

    private final byte[] edition;
    private final List<byte[]> rows;

    AnswerTable(byte[] edition, List<byte[]> sortedRows) {
        this.edition = edition.clone();
        this.rows = List.copyOf(sortedRows);
    }

    byte[] edition() {
        return edition.clone();
    }

    /** Rows, padding among them. */
    public long rows() {
        return rows.size();
    }

    /** Writes the table as it is downloaded; leaves the stream open. */
    public void writeTo(OutputStream out) throws IOException {
        out.write(tag());
        out.write(edition);
        out.write(ByteBuffer.allocate(Long.BYTES).putLong(rows.size()).array());
        for (byte[] row : rows) {
            out.write(row);
        }
    }

    /** SHA-256 of what {@link #writeTo} writes. */
    byte[] digest() {
        MessageDigest digest = Frame.sha256();
        try (DigestOutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            writeTo(out);
        } catch (IOException e) {
            throw new IllegalStateException("a stream to nowhere does not fail", e);
        }
        return digest.digest();
    }
}
