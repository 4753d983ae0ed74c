package org.datareturn.sandbox.zone;

import com.google.crypto.tink.Aead;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Set;
import java.util.function.Consumer;
import org.datareturn.guard.Journal;
import org.datareturn.sandbox.keys.DurableFiles;

/**
 * The memory of a zone's answers on disk: what was answered is remembered across restarts, or the audit could be
 * outlived. One file a zone; frames of four bytes of length and an AES-GCM ciphertext bound to zone and position, so
 * that frames can be neither read, nor swapped, nor dropped from the middle. A torn last frame was never acknowledged
 * and is cut off; anything else that does not decrypt stops the zone from opening. For one thread at a time.
 */
public final class AnswerJournal implements Journal, AutoCloseable {
    private static final int MAX_FRAME_BYTES = 1 << 28;

    private final FileChannel channel;
    private final Aead key;
    private final String zone;
    private long frames;
    private long end;

    private AnswerJournal(FileChannel channel, Aead key, String zone) {
        this.channel = channel;
        this.key = key;
        this.zone = zone;
    }

    /**
     * Opens a zone's journal, making it when there is none.
     *
     * @param folder where journals lie, one file a zone
     * @throws IOException when the file system fails
     */
    public static AnswerJournal open(Path folder, Aead key, String zone) throws IOException {
        DurableFiles.makeFolder(folder);
        FileChannel channel = FileChannel.open(
                folder.resolve(zone + ".journal"),
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        DurableFiles.forceFolder(folder);
        return new AnswerJournal(channel, key, zone);
    }

    @Override
    public void replay(Consumer<byte[]> reader) throws IOException {
        frames = 0;
        end = 0;
        while (end < channel.size()) {
            ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);
            if (!readWhole(length, end)) {
                break;
            }
            int bytes = length.flip().getInt();
            if (bytes <= 0 || bytes > MAX_FRAME_BYTES) {
                throw new IOException("the memory of answers of zone " + zone + " is damaged at frame " + frames);
            }
            ByteBuffer sealed = ByteBuffer.allocate(bytes);
            if (!readWhole(sealed, end + Integer.BYTES)) {
                break;
            }
            reader.accept(unseal(sealed.array()));
            frames++;
            end += Integer.BYTES + (long) bytes;
        }
        channel.truncate(end);
    }

    @Override
    public void append(byte[] entry) throws IOException {
        byte[] sealed = seal(entry);
        ByteBuffer frame = ByteBuffer.allocate(Integer.BYTES + sealed.length);
        frame.putInt(sealed.length).put(sealed).flip();
        long at = end;
        while (frame.hasRemaining()) {
            at += channel.write(frame, at);
        }
        channel.force(false);
        frames++;
        end = at;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private boolean readWhole(ByteBuffer target, long from) throws IOException {
        long at = from;
        while (target.hasRemaining()) {
            int read = channel.read(target, at);
            if (read < 0) {
                return false;
            }
            at += read;
        }
        return true;
    }

    private byte[] seal(byte[] entry) throws IOException {
        try {
            return key.encrypt(entry, place());
        } catch (GeneralSecurityException e) {
            throw new IOException("an answer's memory could not be sealed", e);
        }
    }

    private byte[] unseal(byte[] sealed) throws IOException {
        try {
            return key.decrypt(sealed, place());
        } catch (GeneralSecurityException e) {
            throw new IOException("the memory of answers of zone " + zone + " is damaged at frame " + frames, e);
        }
    }

    private byte[] place() {
        return ("datareturn.org/answer-memory/v1/" + zone + "/" + frames).getBytes(StandardCharsets.UTF_8);
    }
}
