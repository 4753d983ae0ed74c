package org.datareturn.verifier.registry;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Writes each subject once. Of rows of different days the latest count; when those disagree, which of them is right is not
 * ours to guess: none is taken and each is reported. For one thread.
 */
final class Merge implements TokenRuns.Sink {
    private final EditionWriter writer;
    private final Contradictions contradictions;
    private final Pace pace;
    private final long expected;
    /** Of the subject at hand: the first row of the latest day, how many rows that day has, and whether they agree. */
    private TokenRuns.@Nullable Entry newest;

    private long count;
    private boolean agree;
    private final List<Long> lines = new ArrayList<>();

    private long taken;
    private long records;
    private long repeated;
    private long superseded;

    /** Hears of rows about one subject that contradict each other. */
    interface Contradictions {
        /**
         * Rows that disagree.
         *
         * @param lines where the first of them stand
         * @param count how many there are
         */
        void found(List<Long> lines, long count);
    }

    /**
     * Merges into an edition.
     *
     * @param expected about how many entries will come
     */
    Merge(EditionWriter writer, Contradictions contradictions, Pace pace, long expected) {
        this.writer = writer;
        this.contradictions = contradictions;
        this.pace = pace;
        this.expected = expected;
    }

    @Override
    public void take(TokenRuns.Entry entry) throws IOException {
        if (newest == null || !entry.key().equals(newest.key())) {
            flush();
            begin(entry);
        } else if (entry.day() > newest.day()) {
            superseded += count;
            begin(entry);
        } else if (entry.day() < newest.day()) {
            superseded++;
        } else {
            agree &= entry.value().equals(newest.value());
            count++;
            note(entry);
        }
        taken++;
        if (taken % (10 * LoadProgress.EVERY_ROWS) == 0) {
            pace.reached(taken, OptionalDouble.of(Math.min(1, (double) taken / expected)));
        }
    }

    private void begin(TokenRuns.Entry entry) {
        newest = entry;
        count = 1;
        agree = true;
        lines.clear();
        note(entry);
    }

    private void note(TokenRuns.Entry entry) {
        if (lines.size() < LoadReport.MAX_PROBLEMS) {
            lines.add(entry.line());
        }
    }

    private void flush() throws IOException {
        if (newest == null) {
            return;
        }
        if (agree) {
            writer.append(newest.key(), newest.value());
            records++;
            repeated += count - 1;
        } else {
            contradictions.found(lines, count);
        }
    }

    /** Writes the last one. */
    void end() throws IOException {
        flush();
        if (taken > 0) {
            pace.reached(taken, OptionalDouble.of(1));
        }
    }

    long records() {
        return records;
    }

    long repeated() {
        return repeated;
    }

    long superseded() {
        return superseded;
    }
}
