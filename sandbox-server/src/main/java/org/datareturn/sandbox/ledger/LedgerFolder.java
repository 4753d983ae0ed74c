package org.datareturn.sandbox.ledger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.datareturn.sandbox.keys.DurableFiles;

/** The ledger's folder, held by one process at a time: {@code lock}, {@code journal},
 * {@code acknowledged} and the public {@code log/}. */
final class LedgerFolder implements AutoCloseable {
    private static final String LOCK = "lock";
    private static final String JOURNAL = "journal";
    private static final String ACKNOWLEDGED = "acknowledged";
    private static final String PUBLIC = "log";

    private final Path folder;
    private final FileChannel lock;

    private LedgerFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    static LedgerFolder hold(Path folder) throws LedgerUnavailableException, IOException {
        DurableFiles.makeFolder(folder);
        Set<StandardOpenOption> options = EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileChannel channel = FileChannel.open(
                folder.resolve(LOCK),
                options,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            FileLock held = channel.tryLock();
            if (held != null) {
                return new LedgerFolder(folder, channel);
            }
            channel.close();
            throw new LedgerUnavailableException(LedgerReason.LEDGER_IN_USE, folder.toString());
        } catch (OverlappingFileLockException e) {
            // Held by this very process.
            channel.close();
            throw new LedgerUnavailableException(e, LedgerReason.LEDGER_IN_USE, folder.toString());
        }
    }

    Path journal() {
        return folder.resolve(JOURNAL);
    }

    Path acknowledged() {
        return folder.resolve(ACKNOWLEDGED);
    }

    Path publicFiles() {
        return folder.resolve(PUBLIC);
    }

    Path checkpoint() {
        return publicFiles().resolve(TileFolder.CHECKPOINT);
    }

    Path path() {
        return folder;
    }

    /** Whether no ledger was ever wholly made here. */
    boolean isNew() throws IOException {
        return !Files.exists(publicFiles())
                && (!Files.exists(journal()) || Files.size(journal()) <= Journal.HEADER.length);
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
