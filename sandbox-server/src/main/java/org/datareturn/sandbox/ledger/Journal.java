package org.datareturn.sandbox.ledger;

import com.google.crypto.tink.util.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.datareturn.sandbox.keys.DurableFiles;

/**
 * The journal file, the ledger's truth: a header, then frames. A batch is its entry frames and one commit frame that
 * holds the signed checkpoint over everything up to it; all are written together and forced to disk once. Reading at a
 * position is thread-safe; appending is for one thread.
 *
 * <p>Frame: magic (4) · kind (1) · payload length (4, big-endian) · payload · CRC-32C over kind, length and payload (4).
 */
final class Journal implements AutoCloseable {
    static final byte ENTRY = 'E';
    static final byte COMMIT = 'C';
    static final int MAX_PAYLOAD = 1 << 16;
    static final byte[] HEADER = "datareturn ledger journal v1\n\0\0\0".getBytes(StandardCharsets.US_ASCII);

    static final int MAGIC = 0xD1A7_4C1E;
    static final int OVERHEAD = Integer.BYTES + Byte.BYTES + Integer.BYTES + Integer.BYTES;
    private static final int PREFIX = OVERHEAD - Integer.BYTES;
    private static final int MAX_FRAME = OVERHEAD + MAX_PAYLOAD;
    private static final int FIRST_READ = 2048;
    private static final int SCAN_READ = 1 << 20;

    private final FileChannel channel;
    private long end;

    private Journal(FileChannel channel, long end) {
        this.channel = channel;
        this.end = end;
    }

    /** One frame read back. */
    record Frame(byte kind, Bytes payload, long position, long next) {}

    static Journal open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        return new Journal(channel, channel.size());
    }

    boolean hasHeader() throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER.length);
        return readFully(header, 0) && Arrays.equals(header.array(), HEADER);
    }

    static int frameLength(int payload) {
        return OVERHEAD + payload;
    }

    static void putFrame(ByteBuffer target, byte kind, byte[] payload) {
        target.putInt(MAGIC);
        int checked = target.position();
        target.put(kind).putInt(payload.length).put(payload);
        CRC32C crc = new CRC32C();
        crc.update(target.slice(checked, target.position() - checked));
        target.putInt((int) crc.getValue());
    }

    /** Where the next frame goes: the file's length. */
    long end() {
        return end;
    }

    /** Appends whole frames and forces them to disk. After a failure the journal must not be used again. */
    void append(ByteBuffer frames) throws IOException {
        long from = end;
        channel.position(from);
        int length = frames.remaining();
        DurableFiles.writeFully(channel, frames);
        channel.force(false);
        end = from + length;
    }

    /** Cuts the file and forces the cut to disk. */
    void truncate(long length) throws IOException {
        channel.truncate(length);
        channel.force(true);
        end = length;
    }

    /** The frame at a position, or nothing when there is no whole, undamaged frame. */
    Optional<Frame> read(long position) throws IOException {
        ByteBuffer first = window(position, FIRST_READ);
        Optional<Frame> frame = parse(first, position);
        return frame.isPresent() || first.limit() < FIRST_READ ? frame : parse(window(position, MAX_FRAME), position);
    }

    /** Reads frame after frame from a position on. */
    Scan scan(long from) {
        return new Scan(from);
    }

    /** A walk over the journal's frames; ends for good where no whole, undamaged frame stands. */
    final class Scan {
        private ByteBuffer window = ByteBuffer.allocate(0);
        private long position;

        private Scan(long from) {
            this.position = from;
        }

        Optional<Frame> next() throws IOException {
            Optional<Frame> frame = parse(window, position);
            if (frame.isEmpty()) {
                window = window(position, SCAN_READ);
                frame = parse(window, position);
            }
            frame.ifPresent(found -> {
                window.position(window.position() + Math.toIntExact(found.next() - found.position()));
                position = found.next();
            });
            return frame;
        }
    }

    private ByteBuffer window(long position, int length) throws IOException {
        ByteBuffer window = ByteBuffer.allocate(Math.clamp(end - position, 0, length));
        if (!readFully(window, position)) {
            throw new IOException("the journal became shorter while it was read");
        }
        return window.flip();
    }

    // The frame at the window's position, which is that place of the file.
    private static Optional<Frame> parse(ByteBuffer window, long position) {
        int at = window.position();
        if (window.remaining() < OVERHEAD || window.getInt(at) != MAGIC) {
            return Optional.empty();
        }
        int length = window.getInt(at + Integer.BYTES + Byte.BYTES);
        if (length < 0 || length > MAX_PAYLOAD || window.remaining() < frameLength(length)) {
            return Optional.empty();
        }
        CRC32C crc = new CRC32C();
        crc.update(window.slice(at + Integer.BYTES, PREFIX - Integer.BYTES + length));
        if (window.getInt(at + PREFIX + length) != (int) crc.getValue()) {
            return Optional.empty();
        }
        byte kind = window.get(at + Integer.BYTES);
        byte[] payload = new byte[length];
        window.get(at + PREFIX, payload);
        return Optional.of(new Frame(kind, Bytes.copyFrom(payload), position, position + frameLength(length)));
    }

    /**
     * A commit.
     *
     * @param batchStart where its batch's first frame stands in the file
     * @param note the signed checkpoint after it
     */
    record Commit(long batchStart, String note) {
        byte[] payload() {
            byte[] text = note.getBytes(StandardCharsets.UTF_8);
            return ByteBuffer.allocate(Long.BYTES + text.length)
                    .putLong(batchStart)
                    .put(text)
                    .array();
        }

        static Commit of(byte[] payload) {
            return payload.length < Long.BYTES
                    ? new Commit(-1, "")
                    : new Commit(
                            ByteBuffer.wrap(payload).getLong(),
                            new String(payload, Long.BYTES, payload.length - Long.BYTES, StandardCharsets.UTF_8));
        }
    }

    /**
     * Whether what follows a position, which is no whole batch, is more than one torn batch: whether a commit of another
     * batch than the one beginning there can still be read in it, or one that more bytes follow.
     */
    boolean hasCommitOfAnotherBatch(long from) throws IOException {
        long fileEnd = end;
        ByteBuffer window = ByteBuffer.allocate(1 << 16);
        byte[] magic = ByteBuffer.allocate(Integer.BYTES).putInt(MAGIC).array();
        long position = from;
        while (position + OVERHEAD <= fileEnd) {
            window.clear().limit((int) Math.min(window.capacity(), fileEnd - position));
            if (!readFully(window, position)) {
                return false;
            }
            for (int i = 0; i + Integer.BYTES <= window.limit(); i++) {
                if (window.get(i) == magic[0] && window.getInt(i) == MAGIC) {
                    Optional<Frame> frame = read(position + i);
                    if (frame.isPresent()
                            && frame.get().kind() == COMMIT
                            && (frame.get().next() < fileEnd
                                    || Commit.of(frame.get().payload().toByteArray())
                                                    .batchStart()
                                            != from)) {
                        return true;
                    }
                }
            }
            position += Math.max(1, window.limit() - (Integer.BYTES - 1));
        }
        return false;
    }

    private boolean readFully(ByteBuffer target, long position) throws IOException {
        while (target.hasRemaining()) {
            if (channel.read(target, position + target.position()) < 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
