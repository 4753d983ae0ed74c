package org.datareturn.sandbox.watermark;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.datareturn.sandbox.keys.KeyedFunction;
import org.jspecify.annotations.Nullable;

/**
 * Where the marks lie: for each cell of a release, which way a recipient's copy is moved. The direction is one bit of a
 * pseudo-random function of release, recipient, row key and column, so it is the same every time the release is given to
 * the recipient, whatever the order of rows, and looks like a fair coin to everyone without the key.
 */
final class Marks {
    // Moving a whole number must not overflow.
    private static final BigDecimal LARGEST = new BigDecimal("1e18");

    private final KeyedFunction key;

    Marks(KeyedFunction key) {
        this.key = key;
    }

    /** Which way a cell is moved for a recipient: +1 or −1. */
    int direction(String release, String recipient, List<String> rowKey, String column) {
        List<byte[]> parts = new ArrayList<>(rowKey.size() + 4);
        parts.add(utf8("table-cell/v1"));
        parts.add(utf8(release));
        parts.add(utf8(recipient));
        parts.add(utf8(column));
        rowKey.forEach(part -> parts.add(utf8(part)));
        return (key.of(parts.toArray(new byte[0][]))[0] & 1) == 0 ? 1 : -1;
    }

    /**
     * How far a value may be moved, or nothing when it is not marked at all: NULL, no number, no tolerance, beyond
     * ±10^18, or so small that moving it down would make it negative. Whether a cell is marked thus never depends on the direction, which
     * the proof of the tracer's bound needs.
     */
    static Optional<BigDecimal> amplitude(@Nullable Object value, BigDecimal tolerance) {
        BigDecimal step = value instanceof Long ? tolerance.setScale(0, RoundingMode.DOWN) : tolerance;
        return CellText.number(value)
                .filter(number -> step.signum() > 0)
                .filter(number -> number.abs().compareTo(LARGEST) <= 0)
                .filter(number -> number.signum() < 0 || number.compareTo(step) >= 0)
                .map(number -> step);
    }

    /** The row's key: the texts of its key columns. */
    static List<String> rowKey(List<@Nullable Object> row, List<Integer> keyPlaces) {
        List<String> texts = new ArrayList<>(keyPlaces.size());
        for (int place : keyPlaces) {
            texts.add(CellText.of(row.get(place)));
        }
        return texts;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
