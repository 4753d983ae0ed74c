package org.datareturn.verifier.trial;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;

/** The time the questions say it is. For one thread. */
final class TrialClock extends Clock {
    private Instant now;
    private ZoneId zone;
    private boolean running;

    TrialClock(Clock start) {
        this.now = start.instant();
        this.zone = start.getZone();
    }

    /** Moves on; false when that would be backwards. */
    boolean moveTo(OffsetDateTime at) {
        if (running && at.toInstant().isBefore(now)) {
            return false;
        }
        running = true;
        now = at.toInstant();
        zone = at.getOffset();
        return true;
    }

    /** The next move may go anywhere. */
    void beginAnew() {
        running = false;
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return Clock.fixed(now, other);
    }

    @Override
    public Instant instant() {
        return now;
    }
}
