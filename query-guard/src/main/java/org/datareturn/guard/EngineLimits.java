package org.datareturn.guard;

import java.time.Duration;

/**
 * What a zone's embedded engine may use.
 *
 * @param memoryMegabytes its memory
 * @param threads its threads
 * @param timeout how long one statement may run, in whole seconds
 */
public record EngineLimits(int memoryMegabytes, int threads, Duration timeout) {
    public EngineLimits {
        if (memoryMegabytes < 64 || threads < 1 || timeout.toSeconds() < 1) {
            throw new IllegalArgumentException("an engine needs at least 64 MB, one thread and one second");
        }
    }

    /** 1 GB, 2 threads, 30 seconds. */
    public static EngineLimits standard() {
        return new EngineLimits(1024, 2, Duration.ofSeconds(30));
    }
}
