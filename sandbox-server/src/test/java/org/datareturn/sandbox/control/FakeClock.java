package org.datareturn.sandbox.control;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that moves when the test says so; its zone is the node's. */
public final class FakeClock extends Clock {
    private final AtomicLong now;
    private final ZoneId zone;

    private FakeClock(AtomicLong now, ZoneId zone) {
        this.now = now;
        this.zone = zone;
    }

    /** A clock at an instant, in Shanghai. */
    public static FakeClock at(String instant) {
        return new FakeClock(new AtomicLong(Instant.parse(instant).toEpochMilli()), ZoneId.of("Asia/Shanghai"));
    }

    /** Moves on. */
    public void advance(Duration duration) {
        now.addAndGet(duration.toMillis());
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(now.get());
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return new FakeClock(now, other);
    }
}
