package org.datareturn.sandbox.node;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks twice a second whether an edition waits to be taken over. Close it before the node's stores. */
final class RegistryWatch implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(RegistryWatch.class.getName());

    private static final long EVERY_MILLIS = 500;
    /** After a fault of the node's own: half a minute. */
    private static final int LOOKS_LEFT_OUT = 60;

    private final RegistryIntake intake;
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("registry-watch").factory());
    /** How many looks each registry is left out of, so that one in trouble keeps no other waiting. */
    private final Map<String, Integer> leftOut = new HashMap<>();

    RegistryWatch(RegistryIntake intake) {
        this.intake = intake;
    }

    /** Takes what waits now, among it what a node that crashed left half done, and goes on looking. */
    void start() {
        look();
        var _ = looking.scheduleWithFixedDelay(this::look, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        intake.registries().forEach(this::look);
    }

    private void look(String registry) {
        int left = leftOut.getOrDefault(registry, 0);
        if (left > 0) {
            leftOut.put(registry, left - 1);
            return;
        }
        try {
            intake.take(registry);
        } catch (NodeStartException | IOException | RuntimeException e) {
            // Whatever somebody laid into the folder must neither end the watch (a task that throws is not run again)
            // nor keep
            // the node from starting. The edition before goes on; the offer waits, and is looked at again later.
            LOG.log(System.Logger.Level.ERROR, "an edition offered to " + registry + " cannot be taken over now", e);
            leftOut.put(registry, LOOKS_LEFT_OUT);
        }
    }

    @Override
    public void close() {
        looking.close();
    }
}
