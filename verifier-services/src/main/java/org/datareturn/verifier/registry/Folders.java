package org.datareturn.verifier.registry;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What a registry's folder needs of the file system. */
public final class Folders {
    private Folders() {}

    /**
     * Deletes a folder and all in it, when it is there.
     *
     * @throws IOException when something in it cannot be deleted
     */
    public static void delete(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(folder)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.delete(path);
        }
    }

    /**
     * Writes a file in place of the one before, in one step; durable when it returns. What somebody laid in the way, such as a
     * link to another file, is removed and not followed.
     *
     * @throws IOException when it cannot be done; the one before is then still there, but where only the last step failed,
     *     {@link #force}
     */
    public static void replace(Path file, byte[] content) throws IOException {
        put(file, content);
        force(folder(file));
    }

    private static Path folder(Path file) {
        return Objects.requireNonNull(file.getParent(), "a file in a folder");
    }

    /**
     * As {@link #replace}, but that only the content is durable when it returns: after a power cut the file before may be there
     * again, until the folder is {@link #force forced}.
     *
     * @throws IOException when it cannot be done; the one before is then still there
     */
    public static void put(Path file, byte[] content) throws IOException {
        Path folder = folder(file);
        Path next = folder.resolve(file.getFileName() + ".next");
        Files.deleteIfExists(next);
        try (FileChannel out = FileChannel.open(
                next, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            ByteBuffer left = ByteBuffer.wrap(content);
            while (left.hasRemaining()) {
                out.write(left);
            }
            out.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Makes the names within a folder durable.
     *
     * @throws IOException when it cannot be done
     */
    public static void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
