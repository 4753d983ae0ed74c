package org.datareturn.sandbox.keys;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * Files that are wholly there or not at all, also after a power cut: written beside their place, forced to disk,
 * renamed over it, and the folder forced too. Files are mode 0600, folders 0700.
 */
public final class DurableFiles {
    private DurableFiles() {}

    /**
     * Writes or replaces a file.
     *
     * @throws IOException when it could not be made durable; the former file, if any, is then still whole
     */
    public static void write(Path file, byte[] content) throws IOException {
        replace(file, content, true);
        forceFolder(folderOf(file));
    }

    /**
     * Writes or replaces a file at once, leaving it to the operating system when it reaches the disk: for what can be
     * made again from something durable.
     *
     * @throws IOException when it could not be written; the former file, if any, is then still whole
     */
    public static void replaceUnforced(Path file, byte[] content) throws IOException {
        replace(file, content, false);
    }

    private static void replace(Path file, byte[] content, boolean force) throws IOException {
        Path beside = file.resolveSibling(file.getFileName() + ".new");
        Set<StandardOpenOption> options =
                EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        try (FileChannel channel = FileChannel.open(
                beside, options, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            writeFully(channel, ByteBuffer.wrap(content));
            if (force) {
                channel.force(true);
            }
        }
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Writes all that remains in a buffer at the channel's position. */
    public static void writeFully(FileChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    /** Makes a folder and its parents, mode 0700 where they are new. */
    public static void makeFolder(Path folder) throws IOException {
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /** Forces a folder's names to disk, so that a rename within it survives a power cut. */
    public static void forceFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static Path folderOf(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException("a file needs a folder: " + file);
        }
        return folder;
    }
}
