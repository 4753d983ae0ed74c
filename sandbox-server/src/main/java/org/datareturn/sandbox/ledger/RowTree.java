package org.datareturn.sandbox.ledger;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The commitment of one record to many rows: the Merkle tree hash (RFC 6962 §2.1) over a line for each. Whoever has the
 * rows of a chunk can compute it and compare it with the record in the chunk's receipt.
 */
public final class RowTree {
    private RowTree() {}

    /** The root over lines, at least one. */
    public static Hash root(List<String> lines) {
        List<Hash> level = new ArrayList<>(lines.size());
        for (String line : lines) {
            level.add(Hash.leaf(line.getBytes(StandardCharsets.UTF_8)));
        }
        if (level.isEmpty()) {
            throw new IllegalArgumentException("a chunk has at least one row");
        }
        // Pairs from the left, an odd one left over goes up as it is: the same tree as the RFC's recursion.
        while (level.size() > 1) {
            List<Hash> above = new ArrayList<>((level.size() + 1) / 2);
            for (int i = 0; i + 1 < level.size(); i += 2) {
                above.add(Hash.node(level.get(i), level.get(i + 1)));
            }
            if (level.size() % 2 == 1) {
                above.add(level.getLast());
            }
            level = above;
        }
        return level.getFirst();
    }
}
