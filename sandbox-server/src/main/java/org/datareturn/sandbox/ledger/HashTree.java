package org.datareturn.sandbox.ledger;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The log's Merkle tree (RFC 6962 §2.1), held as tiles of height 8: in memory the growing tile of every level and a
 * few recent full ones, everything else on disk. Memory does not grow with the log. Not thread-safe.
 */
final class HashTree {
    private static final int CACHED_TILES = 64;

    private final TileFolder tiles;
    private final List<Tile> edges = new ArrayList<>();
    private final List<Tile> completed = new ArrayList<>();
    private final Map<TileName, Tile> cache = new LinkedHashMap<>(16, 0.75f, true);
    private long size;

    /** Where a tile stands. */
    record TileName(int level, long index) {}

    HashTree(TileFolder tiles) {
        this.tiles = tiles;
    }

    long size() {
        return size;
    }

    /** Adds one leaf hash. */
    void append(Hash leaf) {
        size++;
        push(0, leaf);
    }

    private void push(int level, Hash hash) {
        if (edges.size() == level) {
            edges.add(new Tile(new TileName(level, 0)));
        }
        Tile edge = edges.get(level);
        edge.append(hash);
        if (edge.isFull()) {
            completed.add(edge);
            remember(edge);
            edges.set(level, new Tile(new TileName(level, edge.name().index() + 1)));
            push(level + 1, edge.node(Tile.HEIGHT, 0));
        }
    }

    /** The tiles filled since this was last asked; they must be on disk before they fall out of memory. */
    List<Tile> takeCompleted() {
        List<Tile> taken = List.copyOf(completed);
        completed.clear();
        return taken;
    }

    /** The growing tiles that hold at least one hash. */
    List<Tile> partials() {
        return edges.stream().filter(tile -> tile.width() > 0).toList();
    }

    /** The root over the first {@code upTo} leaves. */
    Hash root(long upTo) throws IOException {
        return upTo == 0 ? Hash.sha256() : range(0, upTo);
    }

    /** The inclusion proof of a leaf in the tree of the first {@code upTo} leaves (RFC 6962 §2.1.1). */
    List<Hash> inclusion(long index, long upTo) throws IOException {
        List<Hash> proof = new ArrayList<>();
        long from = 0;
        long to = upTo;
        while (to - from > 1) {
            long middle = from + split(to - from);
            if (index < middle) {
                proof.addFirst(range(middle, to));
                to = middle;
            } else {
                proof.addFirst(range(from, middle));
                from = middle;
            }
        }
        return proof;
    }

    /** The consistency proof between two sizes, the first at least 1 (RFC 6962 §2.1.2). */
    List<Hash> consistency(long size1, long size2) throws IOException {
        List<Hash> proof = new ArrayList<>();
        long from = 0;
        long to = size2;
        while (to > size1) {
            long middle = from + split(to - from);
            if (size1 <= middle) {
                proof.addFirst(range(middle, to));
                to = middle;
            } else {
                proof.addFirst(range(from, middle));
                from = middle;
            }
        }
        if (from > 0) {
            proof.addFirst(range(from, to));
        }
        return proof;
    }

    private Hash range(long from, long to) throws IOException {
        long width = to - from;
        if (Long.bitCount(width) == 1 && from % width == 0) {
            return node(Long.numberOfTrailingZeros(width), from / width);
        }
        long middle = from + split(width);
        return Hash.node(range(from, middle), range(middle, to));
    }

    private Hash node(int height, long index) throws IOException {
        int level = height / Tile.HEIGHT;
        int within = height % Tile.HEIGHT;
        int perTile = Tile.HEIGHT - within;
        TileName name = new TileName(level, index >> perTile);
        return tile(name).node(within, (int) (index & ((1L << perTile) - 1)));
    }

    private Tile tile(TileName name) throws IOException {
        if (name.level() < edges.size() && edges.get(name.level()).name().equals(name)) {
            return edges.get(name.level());
        }
        @Nullable Tile known = cache.get(name);
        if (known != null) {
            return known;
        }
        Tile read = tiles.read(name);
        remember(read);
        return read;
    }

    private void remember(Tile tile) {
        cache.put(tile.name(), tile);
        if (cache.size() > CACHED_TILES) {
            Iterator<TileName> eldest = cache.keySet().iterator();
            eldest.next();
            eldest.remove();
        }
    }

    // The largest power of two smaller than the width.
    private static long split(long width) {
        return Long.highestOneBit(width - 1);
    }
}
