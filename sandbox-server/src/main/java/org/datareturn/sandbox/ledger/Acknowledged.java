package org.datareturn.sandbox.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.datareturn.sandbox.keys.DurableFiles;

/**
 * How many entries callers have been told are recorded, noted before they are told: two slots written in turn, so that
 * a torn write leaves the other. Opening holds the journal against it. Not forced to disk: after a power cut an older
 * note is a weaker check, while the journal itself was forced. For one thread.
 */
final class Acknowledged implements AutoCloseable {
    // Slots in sectors of their own, so that one torn sector cannot take both.
    private static final int SLOT_SPACING = 4096;
    private static final int SLOT_BYTES = Long.BYTES + Hash.BYTES + Integer.BYTES;

    private final FileChannel channel;
    private int next;

    private Acknowledged(FileChannel channel) {
        this.channel = channel;
    }

    static void create(Path file) throws IOException {
        byte[] content = new byte[2 * SLOT_SPACING];
        slot(0, Hash.sha256()).get(content, 0, SLOT_BYTES);
        slot(0, Hash.sha256()).get(content, SLOT_SPACING, SLOT_BYTES);
        DurableFiles.write(file, content);
    }

    static Acknowledged open(Path file) throws IOException {
        return new Acknowledged(FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    /** What was last acknowledged: size and root. */
    record State(long size, Hash root) {}

    /** The larger of the two slots, or nothing when neither is whole. */
    Optional<State> read() throws IOException {
        Optional<State> first = read(0);
        Optional<State> second = read(1);
        if (first.isPresent()
                && (second.isEmpty() || second.get().size() <= first.get().size())) {
            next = 1;
            return first;
        }
        next = 0;
        return second;
    }

    void write(Checkpoint checkpoint) throws IOException {
        channel.position((long) next * SLOT_SPACING);
        DurableFiles.writeFully(channel, slot(checkpoint.size(), checkpoint.root()));
        next = 1 - next;
    }

    private Optional<State> read(int slot) throws IOException {
        ByteBuffer read = ByteBuffer.allocate(SLOT_BYTES);
        while (read.hasRemaining()) {
            if (channel.read(read, (long) slot * SLOT_SPACING + read.position()) < 0) {
                return Optional.empty();
            }
        }
        byte[] root = new byte[Hash.BYTES];
        read.get(Long.BYTES, root);
        State state = new State(read.getLong(0), Hash.of(root));
        return slot(state.size(), state.root()).equals(read.rewind()) ? Optional.of(state) : Optional.empty();
    }

    private static ByteBuffer slot(long size, Hash root) {
        ByteBuffer slot = ByteBuffer.allocate(SLOT_BYTES).putLong(size).put(root.bytes());
        CRC32C crc = new CRC32C();
        crc.update(slot.array(), 0, slot.position());
        return slot.putInt((int) crc.getValue()).flip();
    }

    @Override
    public void close() throws IOException {
        channel.force(true);
        channel.close();
    }
}
