package org.datareturn.verifier.registry;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.datareturn.verifier.reason.RegistryReason;
import org.jspecify.annotations.Nullable;

/** A folder held by one process, and there by one holder. The operating system lets it go when the process ends. */
public final class FolderLock implements AutoCloseable {
    /** The file that is locked. */
    public static final String NAME = "LOCK";

    private final FileChannel file;

    private FolderLock(FileChannel file) {
        this.file = file;
    }

    /**
     * Takes it, making the folder when there is none.
     *
     * @param what the folder's meaning, for the message
     * @throws IOException when another holds it
     */
    public static FolderLock take(Path folder, String what) throws IOException {
        Files.createDirectories(folder);
        FileChannel channel =
                FileChannel.open(folder.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        @Nullable FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            channel.close();
            RegistryException held = new RegistryException(
                    what + " " + folder + " is already open in this process",
                    RegistryReason.REGISTRY_FOLDER_IN_USE,
                    folder.toString());
            held.initCause(e);
            throw held;
        }
        if (lock == null) {
            channel.close();
            throw new RegistryException(
                    what + " " + folder + " is open in another process",
                    RegistryReason.REGISTRY_FOLDER_IN_USE,
                    folder.toString());
        }
        return new FolderLock(channel);
    }

    /** Whether it is still held. */
    public boolean isHeld() {
        return file.isOpen();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
