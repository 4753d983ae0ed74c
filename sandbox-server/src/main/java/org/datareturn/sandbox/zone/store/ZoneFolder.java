package org.datareturn.sandbox.zone.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.datareturn.policy.Refusal;

/**
 * Where a zone's files lie: {@code current.sealed} points to one of {@code edition-N/}, each of which holds
 * {@code manifest.sealed} and one {@code TABLE.csv.sealed} a table. An edition grows in {@code .staging-ID/} and gets
 * its name by one rename; the pointer is replaced by one rename.
 *
 * @param path the zone's folder
 * @param zone the zone's name
 */
record ZoneFolder(Path path, String zone) {
    private static final Pattern ZONE = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
    private static final Pattern TABLE = Pattern.compile("[a-z0-9_]{1,64}");
    private static final Pattern EDITION = Pattern.compile("edition-([1-9][0-9]{0,17})");
    private static final String STAGING = ".staging-";

    static ZoneFolder of(Path root, String zone) throws StoreFailure {
        if (!ZONE.matcher(zone).matches()) {
            throw new StoreFailure(Refusal.of(ZoneStoreReason.ZONE_STORE_NAME_INVALID, zone));
        }
        return new ZoneFolder(root.resolve(zone), zone);
    }

    static void checkTable(String table) throws StoreFailure {
        if (!TABLE.matcher(table).matches()) {
            throw new StoreFailure(Refusal.of(ZoneStoreReason.ZONE_STORE_NAME_INVALID, table));
        }
    }

    static List<String> zonesUnder(Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(root)) {
            return entries.filter(Files::isDirectory)
                    .map(p -> p.getFileName().toString())
                    .filter(n -> ZONE.matcher(n).matches())
                    .sorted()
                    .toList();
        }
    }

    Path pointer() {
        return path.resolve("current.sealed");
    }

    Path pointerDraft() {
        return path.resolve(".current.draft");
    }

    Path edition(long number) {
        return path.resolve("edition-" + number);
    }

    Path staging(String editionId) {
        return path.resolve(STAGING + editionId);
    }

    static Path manifestIn(Path edition) {
        return edition.resolve("manifest.sealed");
    }

    static Path tableIn(Path edition, String table) {
        return edition.resolve(table + ".csv.sealed");
    }

    /** The numbers of the editions whose folders exist, ascending; a number alone proves nothing. */
    List<Long> editions() throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        List<Long> numbers = new ArrayList<>();
        try (Stream<Path> entries = Files.list(path)) {
            entries.map(p -> EDITION.matcher(p.getFileName().toString()))
                    .filter(Matcher::matches)
                    .forEach(m -> numbers.add(Long.parseLong(m.group(1))));
        }
        numbers.sort(Comparator.naturalOrder());
        return numbers;
    }

    /** Removes what an interrupted write left behind. Only under the lock. */
    void sweepStaging() throws IOException {
        List<Path> left;
        try (Stream<Path> entries = Files.list(path)) {
            left = entries.filter(p -> p.getFileName().toString().startsWith(STAGING))
                    .toList();
        }
        for (Path folder : left) {
            deleteFolder(folder);
        }
        Files.deleteIfExists(pointerDraft());
    }

    static void deleteFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> tree = Files.walk(folder)) {
            deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path p : deepestFirst) {
            Files.delete(p);
        }
    }

    static void createFolder(Path folder) throws IOException {
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(folder);
        }
    }

    /** Renames in one step and makes the new name last. */
    void publish(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        force(path);
    }

    /** Forces a folder's entries to disk: a file's own fsync does not cover its name. */
    static void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** The right to write this zone, against other threads and other processes. */
    Lock lock() throws StoreFailure, IOException {
        createFolder(path);
        FileChannel channel =
                FileChannel.open(path.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock held = channel.tryLock();
            if (held != null) {
                return new Lock(channel);
            }
        } catch (OverlappingFileLockException e) {
            // Another thread of this process holds it: the same answer as for another process.
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        throw new StoreFailure(Refusal.of(ZoneStoreReason.ZONE_STORE_BUSY, zone));
    }

    /** A held lock. */
    record Lock(FileChannel channel) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
