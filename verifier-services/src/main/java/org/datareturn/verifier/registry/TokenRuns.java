package org.datareturn.verifier.registry;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.datareturn.verifier.tokens.RecordKey;
import org.datareturn.verifier.tokens.RecordValue;

/**
 * Sorts any number of records by key in bounded memory: sorted runs on disk, then one merge. Only tokens, days and line
 * numbers are written. Runs are durable: those of a load that broke off can be taken up again. For one thread.
 */
final class TokenRuns {
    /** How many records are sorted in memory, some 40 MB, unless a test says otherwise. */
    static final int RUN_LENGTH = 200_000;

    private final Path folder;
    private final int runLength;
    private final List<Path> runs = new ArrayList<>();
    private final List<Entry> open = new ArrayList<>();

    /**
     * One record and the line it stands on.
     *
     * @param day the day that says which of several rows is the newest; the same for all where there is none
     */
    record Entry(RecordKey key, RecordValue value, int day, long line) implements Comparable<Entry> {
        private static final Comparator<Entry> ORDER =
                Comparator.comparing(Entry::key).thenComparingLong(Entry::line);

        @Override
        public int compareTo(Entry other) {
            return ORDER.compare(this, other);
        }
    }

    /** Takes the records in order of key, then line. */
    interface Sink {
        void take(Entry entry) throws IOException;
    }

    TokenRuns(Path folder, int runLength) {
        this.folder = folder;
        this.runLength = runLength;
    }

    /** Takes up the first so many runs a broken load wrote into the folder. */
    void resume(int count) {
        for (int run = 0; run < count; run++) {
            runs.add(file(run));
        }
    }

    /** How many runs are on disk. */
    int count() {
        return runs.size();
    }

    void add(Entry entry) {
        open.add(entry);
    }

    /** Whether it is time to {@link #spill}. */
    boolean isFull() {
        return open.size() >= runLength;
    }

    /** Gives everything that was added, in order. Once. */
    void drain(Sink sink) throws IOException {
        if (runs.isEmpty()) {
            Collections.sort(open);
            for (Entry entry : open) {
                sink.take(entry);
            }
            return;
        }
        spill();
        List<Run> readers = new ArrayList<>();
        try {
            PriorityQueue<Run> heads = new PriorityQueue<>(Comparator.comparing(run -> run.head));
            for (Path file : runs) {
                Run run = new Run(file);
                readers.add(run);
                heads.add(run);
            }
            while (!heads.isEmpty()) {
                Run least = heads.remove();
                sink.take(least.head);
                if (least.advance()) {
                    heads.add(least);
                }
            }
        } finally {
            for (Run run : readers) {
                run.close();
            }
        }
    }

    /** Puts what is in memory on disk, durable when it returns. */
    void spill() throws IOException {
        if (open.isEmpty()) {
            return;
        }
        Collections.sort(open);
        Path file = file(runs.size());
        try (FileChannel channel = FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
                DataOutputStream out =
                        new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16))) {
            out.writeInt(open.size());
            for (Entry entry : open) {
                out.write(entry.key().bytes());
                byte[] value = entry.value().bytes();
                out.writeByte(value.length);
                out.write(value);
                out.writeInt(entry.day());
                out.writeLong(entry.line());
            }
            out.flush();
            channel.force(true);
        }
        runs.add(file);
        open.clear();
    }

    private Path file(int run) {
        return folder.resolve("run-" + run);
    }

    /** One run while it is merged; never empty. */
    private static final class Run implements AutoCloseable {
        private final DataInputStream in;
        private int left;
        private Entry head;

        Run(Path file) throws IOException {
            in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 15));
            left = in.readInt();
            head = next();
        }

        boolean advance() throws IOException {
            if (left == 0) {
                return false;
            }
            head = next();
            return true;
        }

        private Entry next() throws IOException {
            byte[] key = in.readNBytes(RecordKey.LENGTH);
            byte[] value = in.readNBytes(in.readUnsignedByte());
            left--;
            return new Entry(new RecordKey(key), RecordValue.read(value), in.readInt(), in.readLong());
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
