package org.datareturn.sandbox.verification.batch;

import com.google.crypto.tink.Aead;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.datareturn.sandbox.ledger.TraceId;
import org.datareturn.verifier.probing.KeptPage;

/**
 * The rows answered in one chunk, as they are remembered: number, keyed digest of the request, code. No value of a
 * request. Encrypted, and bound to book, number and trace.
 *
 * @param number the page's place in its book
 * @param chunk the trace of the chunk
 * @param rows in the order of their places, the first of which is 1
 */
record AnsweredPage(long number, TraceId chunk, List<Row> rows) {
    private static final byte VERSION = 1;
    private static final int DIGEST_BYTES = 16;

    /** One remembered row. */
    record Row(long row, String digest, String code) {}

    AnsweredPage {
        rows = List.copyOf(rows);
    }

    /** The row's answer as it was given. */
    RowAnswer answer(int place) {
        Row row = rows.get(place - 1);
        return new RowAnswer(row.row(), chunk.ofRow(place), row.digest(), row.code(), true);
    }

    KeptPage seal(String book, Aead key, Instant at) {
        Map<String, Integer> codes = new LinkedHashMap<>();
        rows.forEach(row -> codes.putIfAbsent(row.code(), codes.size()));
        byte[] names = String.join("\n", codes.keySet()).getBytes(StandardCharsets.US_ASCII);
        ByteBuffer plain = ByteBuffer.allocate(
                1 + 2 * Integer.BYTES + names.length + rows.size() * (Long.BYTES + DIGEST_BYTES + Short.BYTES));
        plain.put(VERSION).putInt(names.length).put(names).putInt(rows.size());
        for (Row row : rows) {
            plain.putLong(row.row())
                    .put(HexFormat.of().parseHex(row.digest()))
                    .putShort(codes.getOrDefault(row.code(), 0).shortValue());
        }
        try {
            return new KeptPage(
                    book, number, chunk.hex(), key.encrypt(plain.array(), bound(book, number, chunk.hex())), at);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM can always encrypt a page", e);
        }
    }

    /** @throws IllegalStateException when the page was changed or is of another key: nothing is answered then */
    static AnsweredPage open(KeptPage page, Aead key) {
        try {
            ByteBuffer plain =
                    ByteBuffer.wrap(key.decrypt(page.sealed(), bound(page.book(), page.number(), page.trace())));
            if (plain.get() != VERSION) {
                throw new IllegalStateException("a page of a batch has an unknown version");
            }
            byte[] names = new byte[plain.getInt()];
            plain.get(names);
            List<String> codes = List.of(new String(names, StandardCharsets.US_ASCII).split("\n", -1));
            int count = plain.getInt();
            List<Row> rows = new ArrayList<>(count);
            byte[] digest = new byte[DIGEST_BYTES];
            for (int i = 0; i < count; i++) {
                long row = plain.getLong();
                plain.get(digest);
                rows.add(new Row(row, HexFormat.of().formatHex(digest), codes.get(plain.getShort())));
            }
            return new AnsweredPage(page.number(), new TraceId(page.trace()), rows);
        } catch (GeneralSecurityException | BufferUnderflowException | IndexOutOfBoundsException e) {
            throw new IllegalStateException("a page of a batch is damaged", e);
        }
    }

    private static byte[] bound(String book, long number, String trace) {
        return ("datareturn.org/batch-page/v1/" + book + "/" + number + "/" + trace)
                .getBytes(StandardCharsets.US_ASCII);
    }
}
