package org.datareturn.verifier.privatecheck;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.datareturn.verifier.oprf.OprfException;
import org.datareturn.verifier.oprf.OprfServer;

/**
 * Makes the answer table of an epoch from the registry's entries, while the source is read: registries keep keyed tokens,
 * which cannot be hashed to the curve. One multiplication an entry; memory about 70 bytes an entry. Thread-safe.
 *
 * <p>An entry whose answer is no, or that is there twice, becomes a row of random bytes, and the number of rows is rounded
 * up with such rows: the table tells about how many entries the registry has and nothing of their answers.
 */
final class TableBuilder {
    /** Entries evaluated together: what is shared by a batch is shared by this many. */
    private static final int CHUNK = 512;
    /** Rows are rounded up to so many leading bits, by at most 1 in 16. */
    private static final int KEPT_BITS = 5;

    private static final int MIN_ROWS = 64;

    private final SecureRandom random;

    TableBuilder(SecureRandom random) {
        this.random = random;
    }

    AnswerTable build(OprfServer server, Iterator<PrivateEntry> entries) {
        byte[] edition = randomBytes(AnswerTable.EDITION_BYTES);
        List<byte[]> rows = new ArrayList<>();
        int together = CHUNK * Runtime.getRuntime().availableProcessors();
        List<byte[]> items = new ArrayList<>(together);
        int others = 0;
        while (entries.hasNext()) {
            PrivateEntry entry = entries.next();
            switch (entry.answer()) {
                case YES -> items.add(entry.item().plainBytes());
                case NO -> others++;
            }
            if (items.size() == together || !entries.hasNext()) {
                addRows(server, items, edition, rows);
                items.clear();
            }
        }
        rows.sort(Arrays::compareUnsigned);
        others += blankRepeated(rows);
        int padded = padded(rows.size() + others);
        while (rows.size() < padded) {
            rows.add(randomBytes(AnswerTable.ROW_BYTES));
        }
        rows.sort(Arrays::compareUnsigned);
        return new AnswerTable(edition, rows);
    }

    /** Chunk by chunk on all processors: hours of one become minutes of many. */
    private static void addRows(OprfServer server, List<byte[]> items, byte[] edition, List<byte[]> rows) {
        int chunks = (items.size() + CHUNK - 1) / CHUNK;
        IntStream.range(0, chunks)
                .parallel()
                .mapToObj(chunk -> rows(
                        server, items.subList(chunk * CHUNK, Math.min(items.size(), (chunk + 1) * CHUNK)), edition))
                .toList()
                .forEach(rows::addAll);
    }

    private static List<byte[]> rows(OprfServer server, List<byte[]> items, byte[] edition) {
        try {
            return server.outputs(items).stream()
                    .map(output -> RowKeys.derive(output, edition).yesRow())
                    .toList();
        } catch (OprfException e) {
            throw new IllegalArgumentException("an item longer than 65,535 bytes", e);
        }
    }

    /** Takes out rows met before, which lie next to each other; says how many. */
    private static int blankRepeated(List<byte[]> sorted) {
        List<byte[]> once = new ArrayList<>(sorted.size());
        for (byte[] row : sorted) {
            if (once.isEmpty() || !Arrays.equals(once.getLast(), row)) {
                once.add(row);
            }
        }
        int repeated = sorted.size() - once.size();
        sorted.clear();
        sorted.addAll(once);
        return repeated;
    }

    /** The number of rows a table of so many entries has. */
    static int padded(int entries) {
        if (entries <= MIN_ROWS) {
            return MIN_ROWS;
        }
        int step = 1 << Math.max(0, Integer.SIZE - Integer.numberOfLeadingZeros(entries) - KEPT_BITS);
        return Math.toIntExact(((long) entries + step - 1) / step * step);
    }

    private byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
