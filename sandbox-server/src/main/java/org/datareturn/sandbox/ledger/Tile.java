package org.datareturn.sandbox.ledger;

import java.util.ArrayList;
import java.util.List;

/** A tile: up to 256 neighbouring hashes of one tree level, and every whole node above them. Not thread-safe. */
final class Tile {
    static final int HEIGHT = 8;
    static final int WIDTH = 1 << HEIGHT;

    private final HashTree.TileName name;
    private final List<List<Hash>> nodes = new ArrayList<>(HEIGHT + 1);

    Tile(HashTree.TileName name) {
        this.name = name;
        for (int height = 0; height <= HEIGHT; height++) {
            nodes.add(new ArrayList<>());
        }
    }

    HashTree.TileName name() {
        return name;
    }

    int width() {
        return nodes.getFirst().size();
    }

    boolean isFull() {
        return width() == WIDTH;
    }

    void append(Hash hash) {
        nodes.getFirst().add(hash);
        for (int height = 0; nodes.get(height).size() % 2 == 0; height++) {
            List<Hash> below = nodes.get(height);
            nodes.get(height + 1).add(Hash.node(below.get(below.size() - 2), below.getLast()));
            if (height + 1 == HEIGHT) {
                break;
            }
        }
    }

    /** The node at a height above the tile's own hashes. */
    Hash node(int height, int index) {
        return nodes.get(height).get(index);
    }

    /** The tile as served: its hashes one after the other. */
    byte[] bytes() {
        byte[] bytes = new byte[width() * Hash.BYTES];
        for (int i = 0; i < width(); i++) {
            nodes.getFirst().get(i).copyTo(bytes, i * Hash.BYTES);
        }
        return bytes;
    }
}
