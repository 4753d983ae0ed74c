package org.datareturn.sandbox.cli;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.datareturn.verifier.registry.rocks.OfferPlace;

/** Waits for a serving node to take an edition over, and says so. For one thread. */
final class TakeoverPatience implements OfferPlace.Patience {
    /** The node reads every byte of the edition before: minutes for the largest on a slow disk. */
    private static final long MOST_NANOS = TimeUnit.MINUTES.toNanos(10);

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final int LOOKS_A_NOTE = 25;

    private final Console console;
    private final long began = System.nanoTime();
    private long looks;

    TakeoverPatience(Console console) {
        this.console = console;
    }

    @Override
    public boolean lookAgain() {
        if (looks % LOOKS_A_NOTE == 0) {
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
            console.note("  waiting for the node to take the edition over 等待节点接管新版本, " + seconds + " s");
        }
        looks++;
        LockSupport.parkNanos(LOOK_NANOS);
        return !Thread.currentThread().isInterrupted() && System.nanoTime() - began < MOST_NANOS;
    }
}
