package org.datareturn.verifier.registry;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** Says how far a stage of a load has come, and how fast. For one thread. */
final class Pace {
    private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

    private final LoadProgress.Stage stage;
    private final long from;
    private final LoadProgress progress;
    private final long began = System.nanoTime();

    /**
     * Begins now.
     *
     * @param from how many were there before, whose time is not known
     */
    Pace(LoadProgress.Stage stage, long from, LoadProgress progress) {
        this.stage = stage;
        this.from = from;
        this.progress = progress;
    }

    void reached(long count, OptionalDouble share) {
        double seconds = Math.max(1, System.nanoTime() - began) / SECOND;
        OptionalInt percent =
                share.isPresent() ? OptionalInt.of((int) Math.floor(share.getAsDouble() * 100)) : OptionalInt.empty();
        progress.reached(new LoadProgress.Reached(stage, count, (count - from) / seconds, percent));
    }
}
