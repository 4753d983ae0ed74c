package org.datareturn.sandbox.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.datareturn.sandbox.keys.DurableFiles;

/**
 * The public files of the log under one folder, laid out as C2SP tlog-tiles says: {@code checkpoint}, {@code
 * tile/L/N[.p/W]}, {@code tile/entries/N[.p/W]}. Tiles and bundles can be made again from the journal, so they are not
 * forced to disk one by one; opening the ledger checks every one. Not thread-safe.
 */
final class TileFolder {
    static final String CHECKPOINT = "checkpoint";

    private static final String ENTRIES = "entries";

    private final Path folder;
    private final List<Hash> edgeEntries = new ArrayList<>();
    private final List<Path> stale = new ArrayList<>();
    private final Set<Path> known = new HashSet<>();
    private long bundles;

    TileFolder(Path folder) {
        this.folder = folder;
    }

    Path folder() {
        return folder;
    }

    /** Takes one entry up into the growing bundle; a full bundle is written at once. */
    void append(Hash commitment) throws IOException {
        edgeEntries.add(commitment);
        if (edgeEntries.size() == Tile.WIDTH) {
            writeFull(ENTRIES, bundles, bundle());
            edgeEntries.clear();
            bundles++;
        }
    }

    /** Writes the tiles that were filled since the last call. */
    void writeFull(HashTree tree) throws IOException {
        for (Tile tile : tree.takeCompleted()) {
            writeFull(Integer.toString(tile.name().level()), tile.name().index(), tile.bytes());
        }
    }

    /** Writes the partial tiles and the partial bundle of the tree's present size. */
    void writePartial(HashTree tree) throws IOException {
        for (Tile tile : tree.partials()) {
            Path place =
                    place(Integer.toString(tile.name().level()), tile.name().index());
            write(partial(place, tile.width()), tile.bytes());
        }
        if (!edgeEntries.isEmpty()) {
            write(partial(place(ENTRIES, bundles), edgeEntries.size()), bundle());
        }
    }

    /** Puts a new checkpoint in place; everything it refers to must have been written. */
    void publish(String checkpoint) throws IOException {
        DurableFiles.replaceUnforced(
                folder.resolve(CHECKPOINT), checkpoint.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        // Only now does nobody start from a checkpoint that needs the partial forms of tiles that have since filled.
        for (Path partials : stale) {
            removePartials(partials);
        }
        stale.clear();
    }

    /** Forces the present checkpoint to disk. */
    void forceCheckpoint() throws IOException {
        try (FileChannel channel = FileChannel.open(folder.resolve(CHECKPOINT), StandardOpenOption.READ)) {
            channel.force(true);
        }
        DurableFiles.forceFolder(folder);
    }

    /** Reads a full tile. */
    Tile read(HashTree.TileName name) throws IOException {
        byte[] bytes = Files.readAllBytes(place(Integer.toString(name.level()), name.index()));
        if (bytes.length != Tile.WIDTH * Hash.BYTES) {
            throw new IOException("a full tile has " + Tile.WIDTH + " hashes: " + name);
        }
        Tile tile = new Tile(name);
        for (int i = 0; i < Tile.WIDTH; i++) {
            tile.append(Hash.of(Arrays.copyOfRange(bytes, i * Hash.BYTES, (i + 1) * Hash.BYTES)));
        }
        return tile;
    }

    private void writeFull(String level, long index, byte[] content) throws IOException {
        Path place = place(level, index);
        write(place, content);
        stale.add(place.resolveSibling(place.getFileName() + ".p"));
    }

    private void write(Path file, byte[] content) throws IOException {
        Path parent = file.getParent();
        if (parent != null && known.add(parent)) {
            DurableFiles.makeFolder(parent);
            forgetFolders(parent);
        }
        if (!holds(file, content)) {
            DurableFiles.replaceUnforced(file, content);
        }
    }

    // Folders already made are remembered to spare system calls; the memory is kept small.
    private void forgetFolders(Path keep) {
        if (known.size() > Tile.WIDTH) {
            known.clear();
            known.add(keep);
        }
    }

    private static boolean holds(Path file, byte[] content) throws IOException {
        try {
            return Files.size(file) == content.length && Arrays.equals(Files.readAllBytes(file), content);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private void removePartials(Path partials) throws IOException {
        if (Files.isDirectory(partials)) {
            try (Stream<Path> files = Files.list(partials)) {
                for (Path file : files.toList()) {
                    Files.deleteIfExists(file);
                }
            }
            Files.deleteIfExists(partials);
            known.remove(partials);
        }
    }

    private byte[] bundle() {
        ByteBuffer bundle = ByteBuffer.allocate(edgeEntries.size() * (Short.BYTES + Hash.BYTES));
        for (Hash entry : edgeEntries) {
            bundle.putShort((short) Hash.BYTES).put(entry.bytes());
        }
        return bundle.array();
    }

    private Path place(String level, long index) {
        return folder.resolve("tile/" + level + "/" + encode(index));
    }

    private static Path partial(Path place, int width) {
        return place.resolveSibling(place.getFileName() + ".p").resolve(Integer.toString(width));
    }

    /** The path form of a tile's index: three digits an element, all but the last beginning with x. */
    static String encode(long index) {
        StringBuilder path = new StringBuilder(String.format(Locale.ROOT, "%03d", index % 1000));
        for (long rest = index / 1000; rest > 0; rest /= 1000) {
            path.insert(0, String.format(Locale.ROOT, "x%03d/", rest % 1000));
        }
        return path.toString();
    }
}
