package org.datareturn.sandbox.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.datareturn.sandbox.control.ControlStoreException;

/** Looks twice a second whether an edition waits to be taken over. Close it before the node's stores. */
final class RegistryWatch implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(RegistryWatch.class.getName());

    private static final long EVERY_MILLIS = 500;
    /** After a fault of the node's own: half a minute. */
    private static final int LOOKS_LEFT_OUT = 60;

    private final RegistryIntake intake;
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("registry-watch").factory());
    /** Of one look after the other. */
    private int leftOut;

    RegistryWatch(RegistryIntake intake) {
        this.intake = intake;
    }

    /** Takes what waits now, among it what a node that crashed left half done, and goes on looking. */
    void start() {
        look();
        var _ = looking.scheduleWithFixedDelay(this::look, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        if (leftOut > 0) {
            leftOut--;
            return;
        }
        try {
            intake.takeAll();
        } catch (NodeStartException | IOException | UncheckedIOException | ControlStoreException e) {
            // The offer waits on, and is taken up again when the node can.
            LOG.log(System.Logger.Level.ERROR, "an edition that was offered cannot be taken over now", e);
            leftOut = LOOKS_LEFT_OUT;
        }
    }

    @Override
    public void close() {
        looking.close();
    }
}
