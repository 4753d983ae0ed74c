package org.datareturn.sandbox.province;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Looks for plain values in every file of a folder, as somebody with a copy of a node's data directory would. Values
 * are looked for as UTF-8; one shorter than 8 bytes is left out, for it would turn up by chance in enough ciphertext.
 * What is compressed or encoded otherwise is not found. Immutable and thread-safe.
 */
public final class PlainValueScan {
    private static final int SHORTEST_BYTES = Long.BYTES;
    private static final int FILTER_BITS = 24;

    /**
     * A plain value where none may be.
     *
     * @param file the file it stands in
     * @param offset where in the file, bytes from its beginning
     * @param kind what it is; the value itself is not repeated
     */
    public record Finding(Path file, long offset, PlainValue.Kind kind) {}

    private final Map<Long, List<PlainValue>> byHead = new HashMap<>();
    private final BitSet filter = new BitSet(1 << FILTER_BITS);
    private final int size;

    /** A scan for these values. */
    public PlainValueScan(Stream<PlainValue> values) {
        int taken = 0;
        List<PlainValue> distinct = values.distinct().toList();
        for (PlainValue value : distinct) {
            byte[] bytes = value.text().getBytes(StandardCharsets.UTF_8);
            if (bytes.length >= SHORTEST_BYTES) {
                long head = ByteBuffer.wrap(bytes).getLong();
                byHead.computeIfAbsent(head, h -> new ArrayList<>(1)).add(value);
                filter.set(slot(head));
                taken++;
            }
        }
        this.size = taken;
    }

    /** How many values are looked for. */
    public int size() {
        return size;
    }

    /**
     * The first plain value of each file that holds any.
     *
     * @throws IOException when a file cannot be read; a folder not wholly read proves nothing
     */
    public List<Finding> in(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> tree = Files.walk(folder)) {
            files = tree.filter(Files::isRegularFile).sorted().toList();
        }
        List<Finding> findings = new ArrayList<>();
        for (Path file : files) {
            first(file).ifPresent(findings::add);
        }
        return findings;
    }

    private Optional<Finding> first(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            long window = 0;
            for (int i = 0; i < bytes.limit(); i++) {
                window = (window << Byte.SIZE) | (bytes.get(i) & 0xff);
                int start = i - SHORTEST_BYTES + 1;
                if (start < 0 || !filter.get(slot(window))) {
                    continue;
                }
                for (PlainValue value : byHead.getOrDefault(window, List.of())) {
                    if (standsAt(bytes, start, value)) {
                        return Optional.of(new Finding(file, start, value.kind()));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static boolean standsAt(ByteBuffer bytes, int start, PlainValue value) {
        byte[] pattern = value.text().getBytes(StandardCharsets.UTF_8);
        if (bytes.limit() - start < pattern.length) {
            return false;
        }
        return bytes.slice(start, pattern.length).equals(ByteBuffer.wrap(pattern));
    }

    private static int slot(long head) {
        return (int) ((head * 0x9E3779B97F4A7C15L) >>> (Long.SIZE - FILTER_BITS));
    }
}
